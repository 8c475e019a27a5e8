package org.catalogdrop.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.catalogdrop.journal.DropLine;
import org.catalogdrop.journal.Entry;
import org.catalogdrop.journal.Journal;
import org.catalogdrop.model.Amount;
import org.catalogdrop.model.Plain;
import org.catalogdrop.results.Refusal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code status}. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Tells the drops known, how each stands, and what to do next.")
final class StatusCommand implements Callable<Integer> {

    private static final int MOST_REFUSALS = 20;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Settings settings = Program.settings(false);
        List<DropLine> drops = Journal.drops(settings.folders().state());
        List<Refusal> refusals = Refusal.in(settings.folders().refused());
        PrintWriter writer = spec.commandLine().getOut();
        // Names of files and of drops are of others.
        Consumer<String> out = line -> writer.println(Plain.of(line));
        if (drops.isEmpty() && refusals.isEmpty()) {
            out.accept("No drop is known in " + settings.folders().state() + ".");
        }
        BlockFile block = new BlockFile(
                settings.folders().state(),
                settings.api().baseUrl(),
                new com.fasterxml.jackson.databind.ObjectMapper());
        block.recall()
                .ifPresent(standing ->
                        out.accept("Blocked: " + block.problem(standing).message()));
        drops.forEach(drop -> tell(drop, settings.folders().inbox(), out));
        tell(refusals, settings.folders().refused(), out);
        new Approvals(settings, digest -> false).waiting().forEach(out);
        Inbox.drops(settings.folders().inbox()).forEach(drop -> tellUnreadable(drop, out));
        return 0;
    }

    /** What was refused when it was opened is in no journal; of what was refused later, the file's place is told here too. */
    private static void tell(List<Refusal> refusals, Path folder, Consumer<String> out) {
        if (refusals.isEmpty()) {
            return;
        }
        out.accept("Refused, newest first; mend a file and move it into the inbox, or delete it with its .reason.txt:");
        refusals.stream().limit(MOST_REFUSALS).forEach(refusal -> {
            out.accept(
                    refusal.drop() + " (refused " + refusal.at() + "): " + refusal.code() + ": " + refusal.message());
            out.accept("  " + refusal.file()
                    + (Files.exists(refusal.file(), LinkOption.NOFOLLOW_LINKS) ? "" : " (is not there any more)"));
        });
        if (refusals.size() > MOST_REFUSALS) {
            out.accept((refusals.size() - MOST_REFUSALS) + " more in " + folder);
        }
    }

    private static void tellUnreadable(Path drop, Consumer<String> out) {
        try (InputStream file = Files.newInputStream(drop)) {
            file.read();
            SetAside.badName(drop).ifPresent(bad -> {
                out.accept(drop.getFileName() + " is not loaded: " + bad);
                out.accept("  It stays in " + drop.getParent() + ".");
            });
        } catch (NoSuchFileException taken) {
            // It is on its way to the archive.
        } catch (IOException unreadable) {
            out.accept(drop.getFileName() + " cannot be read by this user (" + unreadable + ").");
            out.accept("  It stays in " + drop.getParent() + "; give the user of 'run' the right to read it.");
        }
    }

    private static void tell(DropLine drop, Path inbox, Consumer<String> out) {
        String counts = drop.counts().entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey().word())
                .collect(Collectors.joining(", "));
        out.accept(drop.name() + " (" + drop.digest().substring(0, 8) + ", entered " + drop.entered() + "): "
                + state(drop) + ", "
                + (drop.rows() < 0 ? "rows not counted yet" : Amount.of(drop.rows(), "row"))
                + (counts.isEmpty() ? "" : ": " + counts)
                + "; for " + Recorded.of(drop.settings()).target());
        out.accept("  " + next(drop, inbox));
    }

    private static String state(DropLine drop) {
        return drop.abandoned() ? "abandoned" : drop.state().name().toLowerCase(java.util.Locale.ROOT);
    }

    private static String next(DropLine drop, Path inbox) {
        if (drop.abandoned() && drop.state() != Entry.State.DONE) {
            return "'forget' was stopped before it had ended. Run 'forget " + NamedDrops.digest8(drop) + "' again.";
        }
        return switch (drop.state()) {
            case OPEN, PUBLISHING -> new LeftOpen(drop).next(inbox);
            case PUBLISHED -> "Results in " + drop.folder() + "; the next run takes the file out of the inbox.";
            case DONE ->
                drop.inDoubt() > 0
                        ? Amount.of(drop.inDoubt(), "row") + " in doubt; see results.csv in " + drop.folder()
                                + ", then load the file with --settle."
                        : "Results in " + drop.folder() + ".";
            case REFUSED ->
                drop.problem()
                        .map(problem -> problem.code().word() + ": " + problem.message())
                        .orElse("Refused.");
        };
    }
}
