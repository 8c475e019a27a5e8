package org.catalogdrop.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.catalogdrop.cli.output.ExitStatus;
import org.catalogdrop.cli.status.NamedDrops;
import org.catalogdrop.config.Folders;
import org.catalogdrop.config.Settings;
import org.catalogdrop.inbox.Approvals;
import org.catalogdrop.inbox.DropFiles;
import org.catalogdrop.inbox.EndedDrops;
import org.catalogdrop.input.DropInspector;
import org.catalogdrop.journal.DropEntry.State;
import org.catalogdrop.journal.DropLine;
import org.catalogdrop.journal.Journal;
import org.catalogdrop.journal.Ownership;
import org.catalogdrop.journal.store.JournalPlace;
import org.catalogdrop.load.AbandonedDrop;
import org.catalogdrop.load.Publishing;
import org.catalogdrop.model.Plural;
import org.catalogdrop.model.Problem;
import org.catalogdrop.model.SafeText;
import org.catalogdrop.model.Status;
import org.catalogdrop.model.Summary;
import org.catalogdrop.resolve.MappingResolver;
import org.catalogdrop.resolve.RecordedSettings;
import org.catalogdrop.results.NextStep;
import org.catalogdrop.results.OutboxReports;
import org.catalogdrop.results.SummaryLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code forget DROP}. */
@Command(
        name = "forget",
        mixinStandardHelpOptions = true,
        description = {
            "Abandons a drop that cannot be resumed: nothing more of it is sent, and its file is moved to the refused drops.",
            "If rows of the drop were or may have been applied, it is kept unless --applied-too is given. Its results then say what was applied."
        })
final class ForgetCommand extends AccountCommand {

    private static final Set<State> UNFINISHED = EnumSet.of(State.OPEN, State.PUBLISHING, State.PUBLISHED);

    @Parameters(
            paramLabel = "DROP",
            description = "The digest of the drop, its first digits (at least 4), or its name; 'status' shows them.")
    private String word;

    @Option(
            names = "--applied-too",
            description = "Abandons the drop even if rows of it were applied or may have been.")
    private boolean appliedToo;

    @Option(
            names = "--drop",
            paramLabel = "FILE",
            description = "The file of the drop. Default: it is looked for in the inbox.")
    private Optional<Path> given;

    @Override
    public Integer call() throws IOException {
        Settings settings = settings(false);
        given.ifPresent(file -> requireDropFile(file));
        JournalPlace place = settings.folders().journal();
        if (place instanceof JournalPlace.Folder && !Files.isDirectory(place.state())) {
            throw unknown(settings);
        }
        try (Journal journal = Journal.open(place, InstantSource.system())) {
            DropLine drop = chosen(journal.drops(), settings);
            Optional<Path> file = file(drop, settings);
            Optional<Path> laid = file.filter(path -> isInInbox(path, settings));
            Optional<Ownership> inbox =
                    laid.map(path -> Ownership.take(Ownership.Kind.INBOX, path.getParent(), Instant.now()));
            try {
                return forget(settings, journal, drop, file, laid);
            } finally {
                inbox.ifPresent(Ownership::close);
            }
        }
    }

    private DropLine chosen(List<DropLine> known, Settings settings) {
        List<DropLine> meant = new NamedDrops(known).of(word);
        List<DropLine> unfinished =
                meant.stream().filter(drop -> UNFINISHED.contains(drop.state())).toList();
        if (meant.isEmpty()) {
            throw unknown(settings);
        }
        if (unfinished.size() > 1) {
            throw misuse("'" + word + "' fits several drops: "
                    + unfinished.stream().map(NamedDrops::label).collect(Collectors.joining(", "))
                    + ". Nothing was done. Give the digits of one of them.");
        }
        DropLine drop = unfinished.isEmpty() ? meant.get(meant.size() - 1) : unfinished.get(0);
        if (unfinished.isEmpty() || (drop.state() == State.PUBLISHED && !drop.abandoned())) {
            throw misuse(NamedDrops.label(drop) + " " + ended(drop, settings));
        }
        return drop;
    }

    private static String ended(DropLine drop, Settings settings) {
        return drop.state() == State.REFUSED
                ? "was refused: nothing is left to forget."
                : "was loaded completely: nothing is left to forget. Its results are in "
                        + settings.folders().outbox().resolve(drop.folder()) + "."
                        + (drop.inDoubt() > 0
                                ? " " + Plural.of(drop.inDoubt(), "row") + " of it ended in doubt:"
                                        + NextStep.settle(drop.place()) + "."
                                : "");
    }

    private ParameterException unknown(Settings settings) {
        return misuse("no drop '" + word + "' is known in "
                + settings.folders().journal().display() + ". 'catalog-drop status' shows the drops and their digits.");
    }

    private Optional<Path> file(DropLine drop, Settings settings) throws IOException {
        if (given.isPresent()) {
            if (!DropInspector.digest(given.get()).equals(drop.digest())) {
                throw misuse(given.get() + " is not the file of " + NamedDrops.label(drop) + ": it has other bytes.");
            }
            return given.map(Path::toAbsolutePath);
        }
        Path named = settings.folders().inbox().resolve(drop.name());
        List<Path> candidates =
                new ArrayList<>(DropFiles.drops(settings.folders().inbox()));
        candidates.sort(java.util.Comparator.comparing((Path path) -> !path.equals(named)));
        for (Path candidate : candidates) {
            if (isOf(drop, candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    private static boolean isOf(DropLine drop, Path file) {
        try {
            return DropInspector.digest(file).equals(drop.digest());
        } catch (IOException unreadable) {
            return false;
        }
    }

    private static boolean isInInbox(Path file, Settings settings) {
        return Files.isDirectory(settings.folders().inbox())
                && Folders.isSame(file.getParent(), settings.folders().inbox());
    }

    private int forget(Settings settings, Journal journal, DropLine drop, Optional<Path> file, Optional<Path> laid)
            throws IOException {
        long applied = applied(drop);
        if (applied + drop.inDoubt() > 0 && !appliedToo && !drop.abandoned()) {
            err().println(SafeText.of(kept(settings, drop, applied)));
            return ExitStatus.USAGE;
        }
        // A crash may have prevented the journal from recording that the results are in place.
        boolean ended = drop.state() == State.PUBLISHING || drop.abandoned();
        if (applied + drop.inDoubt() == 0 && !ended) {
            // First the file: if it were still there after a crash, the next run would load it.
            Optional<Path> place = move(laid, settings, free -> {});
            journal.refuse(drop.id(), Publishing.abandoned());
            say(NamedDrops.label(drop) + " is forgotten. Nothing of it was applied." + movedTo(place)
                    + (place.isPresent() ? " To load it after all, move it back into the inbox." : ""));
            return 0;
        }
        String results = publish(settings, journal, drop, file);
        // First the file: if it were still there after a crash, and its rows had keys, the next run would load it as a
        // new drop.
        Optional<Path> place = move(laid, settings, free -> journal.locate(drop.id(), free));
        Optional<Path> lies = place.or(() -> file);
        lies.ifPresent(path -> journal.locate(drop.id(), path));
        journal.finish(drop.id());
        say(NamedDrops.label(drop) + " is forgotten. " + results + movedTo(place)
                + doubts(journal.line(drop.id()), lies.map(Path::toString)));
        return 0;
    }

    private String publish(Settings settings, Journal journal, DropLine drop, Optional<Path> file) {
        if (drop.state() == State.PUBLISHED) {
            return "Its results are in " + settings.folders().outbox().resolve(drop.folder()) + ".";
        }
        journal.abandon(drop.id());
        Summary summary = new AbandonedDrop(
                        settings.drops(), settings.folders(), RecordedSettings.host(settings.api()), journal, drop)
                .publish(file);
        return "It has " + Plural.of(summary.rows(), "row") + ": " + SummaryLine.counts(summary)
                + ". Its results are in "
                + settings.folders().outbox().resolve(summary.folder()) + "."
                + (file.isEmpty()
                        ? " They were made without the file, so they have no line numbers, no rejects file and no undo.csv."
                        : "");
    }

    private static String doubts(DropLine drop, Optional<String> file) {
        if (drop.inDoubt() == 0) {
            return "";
        }
        return file.isPresent()
                ? " Rows of it are in doubt:" + NextStep.settle(file) + "."
                : " Its rows in doubt can be looked up again only with its file (SHA-256 " + NamedDrops.digest8(drop)
                        + "…):" + NextStep.settle(Optional.empty()) + " if FILE has the same bytes.";
    }

    private static long applied(DropLine drop) {
        return drop.counts().getOrDefault(Status.CREATED, 0L)
                + drop.counts().getOrDefault(Status.UPDATED, 0L)
                + drop.counts().getOrDefault(Status.DELETED, 0L);
    }

    private static String kept(Settings settings, DropLine drop, long applied) {
        return NamedDrops.label(drop) + " was not forgotten: " + Plural.of(applied, "row") + " of it were applied and "
                + drop.inDoubt() + " may have been, in "
                + RecordedSettings.of(drop.settings()).target()
                + ". Nothing was done. To finish it, put its file into "
                + settings.folders().inbox()
                + " or load it: the load resumes, and rows in doubt are looked up. To abandon it anyway: 'catalog-drop forget "
                + NamedDrops.digest8(drop)
                + " --applied-too'. Its results then say what was applied, and the undo.csv in them takes that back.";
    }

    private static Optional<Path> move(Optional<Path> laid, Settings settings, Consumer<Path> announced)
            throws IOException {
        if (laid.isEmpty() || Files.notExists(laid.get(), LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        Optional<Problem> refusal = Optional.of(Publishing.abandoned());
        new Approvals(
                        settings.drops(),
                        settings.folders(),
                        MappingResolver.readOnly(settings.api(), settings.drops(), settings.folders()),
                        digest -> false,
                        digest -> false)
                .useUp(laid.get(), refusal, true);
        return Optional.of(EndedDrops.move(
                laid.get(),
                refusal,
                settings.folders(),
                new NextStep(),
                OutboxReports.of(settings.drops().reports(), settings.folders().outbox()),
                announced));
    }

    private static String movedTo(Optional<Path> place) {
        return place.map(path -> " Its file is " + path + " now.").orElse("");
    }

    private void say(String text) {
        PrintWriter out = out();
        out.println(SafeText.of(text));
    }
}
