package org.catalogdrop.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.catalogdrop.camel.DropBody;
import org.catalogdrop.cli.output.ProgressBar;
import org.catalogdrop.config.Folders;
import org.catalogdrop.config.Settings;
import org.catalogdrop.model.Plural;
import org.catalogdrop.model.SafeText;
import org.catalogdrop.model.Status;
import org.catalogdrop.model.Summary;
import org.catalogdrop.resolve.RecordedSettings;
import org.catalogdrop.results.ResultsReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code undo OUTBOX-FOLDER}. */
@Command(
        name = "undo",
        mixinStandardHelpOptions = true,
        description =
                "Undoes a load with the undo.csv in its results. Elements that someone edited since are left unchanged.")
final class UndoCommand extends AccountCommand {

    private static final int SHOWN = 10;

    @Parameters(paramLabel = "OUTBOX-FOLDER", description = "The folder of the results in the outbox.")
    private Path folder;

    @Override
    public Integer call() throws Exception {
        Summary load = summary(folder);
        Path file = folder.resolve("undo.csv");
        long done = load.count(Status.CREATED) + load.count(Status.UPDATED) + load.count(Status.DELETED);
        if (!Files.exists(file)) {
            return nothing(done);
        }
        Settings settings = settings(true);
        requireAccount(load, settings);
        Folders.make(settings.folders());
        try (Program program = Program.start(settings);
                ProgressBar progress = ProgressBar.of(program.drop(), err())) {
            program.show(settings);
            progress.begin();
            Summary summary = program.context()
                    .createProducerTemplate()
                    .requestBodyAndHeader(
                            "direct:catalog-load", file.toAbsolutePath(), DropBody.NAME, name(load), Summary.class);
            report(settings, summary, file, done);
            return summary.exitStatus();
        }
    }

    /** Elements of another account have other ids, so an undo there would change elements that this load has never touched. */
    private void requireAccount(Summary load, Settings settings) {
        String then = load.target().account();
        String now = RecordedSettings.host(settings.api());
        if (!then.isEmpty() && !then.replaceFirst(":\\d+$", "").equals(now)) {
            throw misuse(folder + ": was loaded into the account " + SafeText.of(then) + ", but kommo.base-url names "
                    + now + ". Nothing was sent. Set kommo.base-url to " + SafeText.of(then)
                    + " and run undo again.");
        }
    }

    /** Returns a name for the drop, so that its results show what was taken back. */
    private static String name(Summary load) {
        return load.folder() + ".undo.csv";
    }

    private int nothing(long done) {
        PrintWriter out = out();
        if (done == 0) {
            out.println(folder + ": nothing to take back, because the load changed nothing");
            return 0;
        }
        out.println(folder + ": nothing can be taken back: " + Plural.of(done, "row")
                + " changed something, but there is no undo.csv."
                + " New elements can be taken back unless they were loaded with drop.undo=off, updates and deletes only if they were loaded with"
                + " drop.undo=full.");
        return 3;
    }

    private void report(Settings settings, Summary summary, Path file, long done) throws IOException {
        print(summary, file);
        if (summary.folder().isEmpty()) {
            return;
        }
        if (summary.rows() < done) {
            out().println(Plural.of(done - summary.rows(), "row of the load is", "rows of the load are")
                    + " not in its undo.csv, because their former values were not kept (drop.undo was not full)");
        }
        if (summary.exitStatus() != 0) {
            reportLeft(settings.folders().outbox().resolve(summary.folder()));
        }
    }

    /** Reports the rows that were left: how many by code, and the first of each. */
    private void reportLeft(Path results) throws IOException {
        Map<String, Integer> counts = new TreeMap<>();
        List<String> first = new ArrayList<>();
        try (ResultsReader lines = ResultsReader.open(results)) {
            while (lines.hasNext()) {
                ResultsReader.Line line = lines.next();
                if (!line.code().isEmpty()) {
                    counts.merge(line.code(), 1, Integer::sum);
                    if (first.size() < SHOWN) {
                        first.add("  row " + line.row() + ", element " + line.id() + ": " + line.message());
                    }
                }
            }
        }
        PrintWriter out = out();
        counts.forEach((code, count) -> out.println("left: " + count + " " + code));
        first.forEach(line -> out.println(SafeText.of(line)));
        out.println("  all of them are in " + results.resolve("results.csv"));
    }
}
