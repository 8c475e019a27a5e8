package org.catalogdrop.app;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code list}. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description =
                "Reads the elements of a list back, all pages. Its CSV is a valid drop: edit it, drop it, it updates.")
final class ListCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--catalog-id", paramLabel = "ID", description = "The list; without it kommo.catalog-id.")
    private Optional<Long> catalogId;

    @Option(names = "--id", paramLabel = "ID", description = "Only the element of this id.")
    private Optional<Long> id;

    @Option(names = "--term", paramLabel = "TEXT", description = "Only elements whose name has this text.")
    private Optional<String> term;

    @Option(
            names = "--format",
            defaultValue = "csv",
            description = "${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.")
    private ListFormat format;

    @Option(names = "--output", paramLabel = "FILE", description = "Where to; appears whole. Default: standard output.")
    private Optional<Path> output;

    @Override
    public Integer call() throws Exception {
        Settings settings = Program.settings(true);
        if (catalogId.isEmpty() && settings.api().catalogId().isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "no list is named: use --catalog-id or set kommo.catalog-id");
        }
        try (Program program = Program.start(settings, new CatalogDrop.Mode(false, false))) {
            if (output.isEmpty()) {
                read(program, System.out);
                System.out.flush();
            } else {
                Path part = output.get().resolveSibling(output.get().getFileName() + ".part");
                try (OutputStream out = Files.newOutputStream(part)) {
                    read(program, out);
                }
                Files.move(part, output.get(), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return 0;
    }

    private void read(Program program, OutputStream out) throws IOException {
        try (ListOutput writer = ListOutput.of(format, out)) {
            ProducerTemplate template = program.context().createProducerTemplate();
            Exchange answer = template.request("direct:catalog-list", exchange -> {
                catalogId.ifPresent(number -> exchange.getMessage().setHeader("CatalogId", number));
                id.ifPresent(number -> exchange.getMessage().setHeader("CatalogElementId", number));
                term.ifPresent(text -> exchange.getMessage().setHeader("CatalogTerm", text));
                exchange.getMessage().setBody((Listings.Sink) writer::accept);
            });
            if (answer.getException() != null) {
                throw new CamelExecutionException("the list could not be read", answer, answer.getException());
            }
            writer.finish();
        }
    }
}
