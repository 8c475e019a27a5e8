package org.catalogdrop.cli.status;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.catalogdrop.config.Settings;
import org.catalogdrop.inbox.DeferredDrops;
import org.catalogdrop.inbox.DropFiles;
import org.catalogdrop.inbox.IgnoredFile;
import org.catalogdrop.inbox.IgnoredFileReport;
import org.catalogdrop.journal.DropEntry;
import org.catalogdrop.journal.DropHalt;
import org.catalogdrop.journal.DropLine;
import org.catalogdrop.journal.Ownership;
import org.catalogdrop.load.ProgressFile;
import org.catalogdrop.load.UnfinishedDrop;
import org.catalogdrop.model.Plural;
import org.catalogdrop.model.Times;
import org.catalogdrop.resolve.RecordedSettings;
import org.catalogdrop.results.NextStep;
import org.catalogdrop.results.Refusal;

/**
 * The content of {@code status}.
 *
 * @param owner the process that has the state folder now
 * @param loading what that process loads, if it reports it
 * @param blocked why nothing may be sent to the API; empty if it may
 * @param waiting a line for each drop that waits for an approval
 * @param handover what is on its way between the machines
 * @param target the current account and default list, if they are set
 * @param journal what other machines do with the journal
 */
public record StatusReport(
        Settings.Folders folders,
        Optional<Ownership.Owner> owner,
        Optional<ProgressFile.Note> loading,
        Optional<String> blocked,
        List<DropLine> drops,
        Map<Long, DropHalt> halts,
        List<Refusal> refusals,
        List<String> waiting,
        List<NotTaken> notTaken,
        HandoverStatus handover,
        Optional<RecordedSettings> target,
        SharedJournal journal) {

    /**
     * What other machines do with a journal on PostgreSQL.
     *
     * @param elsewhere whether the owner is a process of another machine, so that what it loads is not known here
     * @param gone whether the owner was a process of this state folder that has ended without giving the journal up
     * @param standbys the processes that stand by
     * @param refusal why no machine uses the journal; empty if it may be used
     */
    public record SharedJournal(boolean elsewhere, boolean gone, List<String> standbys, Optional<String> refusal) {

        /** A journal in a state folder, which has none of that. */
        public static final SharedJournal NONE = new SharedJournal(false, false, List.of(), Optional.empty());
    }

    /**
     * A file of the inbox that is not taken, and what to do.
     *
     * @param file the file
     * @param why why it is not taken
     * @param next what to do
     */
    public record NotTaken(Path file, String why, String next) {

        public static List<NotTaken> in(Settings.Folders folders) throws IOException {
            List<Path> files = DropFiles.files(folders.inbox());
            List<IgnoredFile> ignored = new ArrayList<>(IgnoredFileReport.among(files));
            ignored.addAll(IgnoredFile.ofMappings(folders.mappings()));
            return Stream.concat(
                            files.stream().filter(DropFiles::isDrop).flatMap(drop -> of(drop).stream()),
                            ignored.stream().map(NotTaken::of))
                    .toList();
        }

        private static NotTaken of(IgnoredFile ignored) {
            Path file = ignored.path();
            return new NotTaken(file, "is ignored: " + ignored.advice(), "It stays in " + file.getParent() + ".");
        }

        private static Optional<NotTaken> of(Path drop) {
            try (InputStream file = Files.newInputStream(drop)) {
                file.read();
                return DeferredDrops.badName(drop)
                        .map(bad ->
                                new NotTaken(drop, "is not loaded: " + bad, "It stays in " + drop.getParent() + "."));
            } catch (NoSuchFileException taken) {
                // It is on its way to the archive.
                return Optional.empty();
            } catch (IOException unreadable) {
                return Optional.of(new NotTaken(
                        drop,
                        "cannot be read by this user (" + unreadable + ").",
                        "It stays in " + drop.getParent()
                                + "; give the user of 'catalog-drop run' the right to read it."));
            }
        }
    }

    /** Returns why no drops come from the inbox, if it is no folder. */
    Optional<String> inboxFault() {
        Path inbox = folders.inbox();
        if (Files.isDirectory(inbox)) {
            return Optional.empty();
        }
        return Optional.of(
                Files.exists(inbox, LinkOption.NOFOLLOW_LINKS)
                        ? "The inbox " + inbox + " is not a folder, so no drop can be put there. Move it away, or set"
                                + " drop.inbox to a folder."
                        : "The inbox " + inbox
                                + " does not exist. 'catalog-drop run' creates it. If you expected drops in it, check"
                                + " drop.home and drop.inbox.");
    }

    boolean isLoading(DropLine drop) {
        return loading.filter(note -> note.digest().equals(drop.digest())).isPresent() && isOpen(drop);
    }

    private static boolean isOpen(DropLine drop) {
        return drop.state() == DropEntry.State.OPEN || drop.state() == DropEntry.State.PUBLISHING;
    }

    static String state(DropLine drop) {
        return drop.abandoned() ? "abandoned" : drop.state().name().toLowerCase(Locale.ROOT);
    }

    /** Returns the text if nobody loads. A load that ended with an error has reported the reason in its output and its log. */
    private String nobodyLoads() {
        return blocked.isPresent()
                ? "No process is loading it: the account is blocked, see above. "
                : "No process is loading it: the one that did was stopped or killed, or it ended with an error, which its output or"
                        + " log shows. ";
    }

    /** Returns why its last load stopped; empty if that is not known, or it is finished. */
    Optional<DropHalt> halt(DropLine drop) {
        return Optional.ofNullable(halts.get(drop.id())).filter(halt -> isOpen(drop));
    }

    /** Returns what happens with a drop, and what to do. */
    String next(DropLine drop) {
        if (isLoading(drop)) {
            return "It is being loaded now.";
        }
        if (drop.abandoned() && drop.state() != DropEntry.State.DONE) {
            return "'forget' was stopped before its end. Run 'catalog-drop forget " + NamedDrops.digest8(drop)
                    + "' again.";
        }
        return switch (drop.state()) {
            case OPEN, PUBLISHING ->
                journal.elsewhere() && halt(drop).isEmpty() && !drop.abandoned()
                        ? "The owner of the journal loads it, or goes on with it when its turn comes. Rows that were sent and have no"
                                + " answer yet are in no count."
                        : (owner.isPresent() ? "" : nobodyLoads())
                                + halt(drop)
                                        .map(halt -> "Its last load stopped on " + Times.of(halt.at()) + " ("
                                                + halt.code() + "): " + halt.message() + " ")
                                        .orElse("")
                                + new UnfinishedDrop(drop).next(folders.inbox(), target);
            case PUBLISHED -> "Results in " + drop.folder() + "; the next run moves the file out of the inbox.";
            case DONE ->
                drop.inDoubt() > 0
                        ? Plural.of(drop.inDoubt(), "row is", "rows are") + " in doubt: results.csv in " + drop.folder()
                                + " says what to look at in the account. Then" + NextStep.settle(drop.place()) + "."
                        : "Results in " + drop.folder() + ".";
            case REFUSED ->
                drop.problem()
                        .map(problem -> problem.code().word() + ": " + problem.message())
                        .orElse("Refused.");
        };
    }
}
