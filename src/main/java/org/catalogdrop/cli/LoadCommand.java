package org.catalogdrop.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.util.ObjectHelper;
import org.catalogdrop.cli.output.ExitStatus;
import org.catalogdrop.cli.output.ProgressBar;
import org.catalogdrop.config.Folders;
import org.catalogdrop.config.Repeat;
import org.catalogdrop.config.Settings;
import org.catalogdrop.journal.Ownership;
import org.catalogdrop.model.DropHeld;
import org.catalogdrop.model.NormalizedName;
import org.catalogdrop.model.RunHalted;
import org.catalogdrop.model.Summary;
import org.catalogdrop.resolve.RecordedSettings;
import org.catalogdrop.results.NextStep;
import org.catalogdrop.results.Summaries;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code load FILE…}. */
@Command(
        name = "load",
        mixinStandardHelpOptions = true,
        description = "Loads files now, and ends. The files stay where they are; the results go to the outbox.")
final class LoadCommand extends AccountCommand {

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description = "A drop: .csv .tsv .json .ndjson .jsonl, each also .gz or in a .zip; .xlsx .xlsm")
    private List<Path> files;

    @Option(
            names = "--json",
            description =
                    "Prints the summary of each file as JSON, as in summary.json. For a refused file it has the reason.")
    private boolean json;

    @ArgGroup
    private Finished finished = new Finished();

    /** The decision about finished drops. */
    private static final class Finished {

        @Option(names = "--again", description = "Loads files again whose bytes were loaded before.")
        private boolean again;

        @Option(names = "--settle", description = "Looks up again rows that ended in doubt.")
        private boolean settle;

        @Option(names = "--results", description = "Writes the results again from the journal. Sends nothing.")
        private boolean results;

        private Optional<Repeat> choice() {
            Repeat choice = again ? Repeat.AGAIN : settle ? Repeat.SETTLE : Repeat.RESULTS;
            return again || settle || results ? Optional.of(choice) : Optional.empty();
        }
    }

    @Override
    public Integer call() throws Exception {
        files.forEach(file -> requireDropFile(file));
        Settings settings = settings(true);
        LoadedBefore before = new LoadedBefore(
                settings.folders().journal(), RecordedSettings.ofAccount(settings.api()), spec.commandLine());
        finished.choice().ifPresent(choice -> before.check(files, choice));
        Folders.make(settings.folders());
        int worst = 0;
        boolean left = false;
        try (Program program = Program.start(settings);
                ProgressBar progress = ProgressBar.of(program.drop(), err())) {
            program.show(settings);
            progress.begin();
            finished.choice().ifPresent(program.drop().loads().entrance()::onRepeat);
            ownWatched(program);
            ProducerTemplate template = program.context().createProducerTemplate();
            for (Path file : files) {
                Optional<Summary> summary = load(program, template, file.toAbsolutePath());
                summary.ifPresent(one -> print(one, file));
                worst = Math.max(worst, summary.map(Summary::exitStatus).orElse(0));
                left |= summary.isEmpty();
            }
        }
        return left ? ExitStatus.STOPPED : worst;
    }

    @Override
    void print(Summary summary, Path file) {
        if (json) {
            out().print(Summaries.text(summary));
        } else {
            super.print(summary, file);
        }
    }

    /**
     * Loads a file. Returns nothing if the file cannot be loaded for now, which does not hold up others, unless they could overtake rows
     * of it.
     */
    private Optional<Summary> load(Program program, ProducerTemplate template, Path file) {
        try {
            return Optional.of(template.requestBody("direct:catalog-load", file, Summary.class));
        } catch (CamelExecutionException fault) {
            DropHeld held = ObjectHelper.getException(DropHeld.class, fault);
            if (held == null) {
                throw fault;
            }
            String name = NormalizedName.show(file.getFileName().toString());
            if (program.drop().aside().isAwaited(name, held)) {
                throw new RunHalted(
                        held.problem().code(),
                        held.getMessage() + " Rows of " + name
                                + " may have been applied, so the files named after it were not loaded. To load them anyway, leave "
                                + name + " out.");
            }
            err().println(name + ": not loaded for now ("
                    + held.problem().code().word() + "): " + held.getMessage()
                    + forAccount(NextStep.of(held.problem().code(), file)));
            return Optional.empty();
        }
    }

    /** Locks the inbox of files that are in one, because they belong to the process that watches it. */
    private void ownWatched(Program program) {
        files.stream()
                .map(file -> file.toAbsolutePath().getParent())
                .distinct()
                .filter(folder -> Files.exists(folder.resolve(Ownership.Kind.INBOX.file())))
                .forEach(program.drop()::own);
    }
}
