package org.catalogdrop.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.catalogdrop.camel.ListSteps;
import org.catalogdrop.cli.output.CommandOutput;
import org.catalogdrop.cli.output.ListOutput;
import org.catalogdrop.cli.output.ListOutput.ListFormat;
import org.catalogdrop.cli.output.ProgressBar;
import org.catalogdrop.cli.output.StatusLine;
import org.catalogdrop.config.Settings;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.RunHalted;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code list}. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description =
                "Reads all elements of a list. Its CSV is a valid drop: edit it and drop it to update the elements.")
final class ListCommand extends AccountCommand {

    @Option(names = "--catalog-id", paramLabel = "ID", description = "The id of the list. Default: kommo.catalog-id.")
    private Optional<Long> catalogId;

    @Option(names = "--id", paramLabel = "ID", description = "Reads only the element with this id.")
    private Optional<Long> id;

    @Option(names = "--term", paramLabel = "TEXT", description = "Reads only elements whose name contains this text.")
    private Optional<String> term;

    @Option(
            names = "--format",
            defaultValue = "csv",
            description = "The form of the output: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private ListFormat format;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "The file to write; it appears when it is complete. Default: standard output.")
    private Optional<Path> output;

    @Override
    public Integer call() throws Exception {
        requirePositive("--catalog-id", catalogId);
        requirePositive("--id", id);
        Settings settings = settings(true);
        if (catalogId.isEmpty() && settings.api().catalogId().isEmpty()) {
            throw misuse("no list is given: use --catalog-id, or set kommo.catalog-id");
        }
        try (Program program = Program.startReading(settings, err()::println)) {
            if (output.isEmpty() && StatusLine.ofTerminal().isPresent()) {
                // The elements themselves show the progress.
                read(program, CommandOutput.of(spec));
                return 0;
            }
            try (ProgressBar progress = ProgressBar.of(program.drop(), err())) {
                progress.begin();
                if (output.isEmpty()) {
                    read(program, CommandOutput.of(spec));
                } else {
                    write(program, output.get());
                }
            }
        }
        return 0;
    }

    /** Checks that an id is positive: the API takes 0 for no filter, or for a list without elements. */
    private void requirePositive(String option, Optional<Long> value) {
        if (value.isPresent() && value.get() < 1) {
            throw misuse(option + " is " + value.get() + "; an id is a whole number of at least 1");
        }
    }

    /** Writes under another name until the file is complete, so that half a list is not taken for the list. */
    private void write(Program program, Path target) throws Exception {
        Path part = target.resolveSibling(target.getFileName() + ".part");
        try {
            try (OutputStream out = Files.newOutputStream(part)) {
                read(program, out);
            }
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException fault) {
            throw new RunHalted(
                    Code.DISK,
                    target + " cannot be written (" + fault
                            + "). Name a file in a folder that may be written to and whose disk has room.");
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private void read(Program program, OutputStream out) throws Exception {
        try (ListOutput writer = ListOutput.of(format, out)) {
            Map<String, Object> query = new HashMap<>();
            catalogId.ifPresent(number -> query.put(ListSteps.CATALOG_ID, number));
            id.ifPresent(number -> query.put(ListSteps.ELEMENT_ID, number));
            term.ifPresent(text -> query.put(ListSteps.TERM, text));
            program.list(query, writer::accept);
            writer.finish();
        }
    }
}
