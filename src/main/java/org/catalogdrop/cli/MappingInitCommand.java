package org.catalogdrop.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.catalogdrop.camel.ListSteps;
import org.catalogdrop.cli.output.ExitStatus;
import org.catalogdrop.config.Settings;
import org.catalogdrop.input.DropInspector;
import org.catalogdrop.input.DropReader;
import org.catalogdrop.input.row.FormatHints;
import org.catalogdrop.mapping.draft.MappingDraft;
import org.catalogdrop.model.Account;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Drop;
import org.catalogdrop.model.DropRefused;
import org.catalogdrop.model.Element;
import org.catalogdrop.model.Row;
import org.catalogdrop.model.SafeText;
import org.catalogdrop.model.Table;
import org.catalogdrop.resolve.MappingFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code mapping init}. */
@Command(
        name = "init",
        mixinStandardHelpOptions = true,
        description = "Reads a drop and the account, and writes a mapping file with its best guesses for you to edit.")
final class MappingInitCommand extends CliCommand {

    private static final int SAMPLE = 1000;
    private static final int LAST = 20;
    private static final String SCHEMA = "mapping.schema.json";

    @Parameters(paramLabel = "FILE", description = "A sample of the drops that will come.")
    private Path file;

    @Option(
            names = "--output",
            paramLabel = "MAPPING",
            description = "The file to write. Default: drop.mappings/NAME.yaml.")
    private Optional<Path> output;

    @Option(
            names = "--catalog",
            paramLabel = "LIST",
            description = "The id or name of the list. Default: kommo.catalog-id.")
    private Optional<String> catalog;

    @Override
    public Integer call() throws Exception {
        Settings settings = Program.settings(true);
        if (!Files.isRegularFile(file)) {
            throw misuse(SafeText.of(file + " is not a file"));
        }
        String name = file.getFileName().toString();
        Path target = output.orElseGet(() ->
                settings.folders().mappings().resolve(name.replaceFirst("(?i)(\\.[a-z]+)(\\.gz)?$", "") + ".yaml"));
        if (Files.exists(target)) {
            throw taken(target);
        }
        List<String> others = othersFor(name, target, settings.folders().mappings());
        if (!others.isEmpty()) {
            throw misuse(SafeText.of(String.join(", ", others) + " in "
                    + settings.folders().mappings()
                    + (others.size() == 1 ? " is" : " are") + " for drops named " + name
                    + ", and drops with two mapping files are refused. Correct it and run: catalog-drop mapping check "
                    + file + ". To draft another one, name a file in another folder with --output."));
        }
        Sample sample;
        try {
            sample = sample(settings, name);
        } catch (DropRefused refused) {
            // The usual advice for these codes is this command itself.
            err().println("the file cannot be used ("
                    + refused.problem().code().word() + "): "
                    + refused.problem().message());
            return ExitStatus.REFUSED;
        }
        write(target, draft(settings, name, sample));
        addSchema(target.resolveSibling(SCHEMA));
        out().println(SafeText.of(
                target + ": written. Read and correct it, then run: catalog-drop mapping check " + file));
        return 0;
    }

    /** Returns the mapping files that also fit the drop. */
    private static List<String> othersFor(String drop, Path target, Path mappings) {
        Path folder = target.toAbsolutePath().normalize().getParent();
        return folder.equals(mappings.toAbsolutePath().normalize())
                ? new MappingFolder(mappings).namesFor(drop)
                : List.of();
    }

    private String draft(Settings settings, String name, Sample sample) throws Exception {
        try (Program program = Program.start(settings)) {
            Account.Catalog list = list(settings, program.account());
            MappingDraft draft = new MappingDraft(
                    name,
                    list,
                    sample.header(),
                    sample.rows(),
                    sample.table(),
                    sample.sheets(),
                    id -> isElement(program, list.id(), id));
            if (!draft.hasColumns()) {
                throw misuse(
                        SafeText.of(file + " has no rows with columns. Take a drop with some rows as they will come."));
            }
            return draft.text();
        }
    }

    private static boolean isElement(Program program, long list, long id) {
        List<Element> found = new ArrayList<>();
        try {
            program.list(Map.of(ListSteps.CATALOG_ID, list, ListSteps.ELEMENT_ID, id), found::add);
        } catch (RuntimeException fault) {
            throw fault;
        } catch (Exception fault) {
            throw new IllegalStateException(fault);
        }
        return !found.isEmpty();
    }

    /** The first and last rows of the drop, and where they were found. */
    private record Sample(List<String> header, List<Row> rows, Table table, List<String> sheets) {}

    /** Reads the sample. If the quotes make no sense, they may be written as MySQL does. */
    private Sample sample(Settings settings, String name) throws IOException {
        FormatHints expected = settings.drops().expected();
        try {
            return sample(settings, name, expected);
        } catch (DropRefused refused) {
            if (refused.problem().code() != Code.QUOTE) {
                throw refused;
            }
            try {
                return sample(settings, name, expected.with(Table.PLAIN.withEscape(Optional.of('\\'))));
            } catch (DropRefused neither) {
                throw refused;
            }
        }
    }

    private Sample sample(Settings settings, String name, FormatHints expected) throws IOException {
        Drop drop =
                DropInspector.ofAnyColumns(settings.drops().limits(), expected).identify(file, name);
        List<Row> rows = new ArrayList<>();
        List<String> header;
        try (DropReader reading = DropReader.open(drop, settings.drops().limits())) {
            Iterator<Row> all = reading.rows();
            header = reading.columns();
            while (rows.size() < SAMPLE && all.hasNext()) {
                rows.add(all.next());
            }
            rows.addAll(last(all));
        }
        return new Sample(
                header,
                rows,
                drop.shape().table(),
                DropInspector.sheets(drop, settings.drops().limits()));
    }

    /** Returns the last of the remaining rows, as far as they can be read: remarks below a table are not in its first rows. */
    private static List<Row> last(Iterator<Row> rows) {
        ArrayDeque<Row> last = new ArrayDeque<>();
        try {
            while (rows.hasNext()) {
                last.addLast(rows.next());
                if (last.size() > LAST) {
                    last.removeFirst();
                }
            }
        } catch (DropRefused unreadable) {
            // A load of it reports that.
        }
        return List.copyOf(last);
    }

    private Account.Catalog list(Settings settings, Account account) {
        String told = catalog.orElseGet(() -> settings.api().catalogId().isPresent()
                ? Long.toString(settings.api().catalogId().getAsLong())
                : "");
        return account.catalogs().stream()
                .filter(one ->
                        Long.toString(one.id()).equals(told) || one.name().equalsIgnoreCase(told))
                .findFirst()
                .orElseThrow(() -> misuse("name the list with --catalog; the account has "
                        + account.catalogs().stream()
                                .map(one -> one.id() + " '" + SafeText.of(one.name()) + "'")
                                .toList()));
    }

    private void write(Path target, String text) throws IOException {
        if (target.getParent() != null) {
            Files.createDirectories(target.getParent());
        }
        try {
            Files.writeString(target, text, StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException meanwhile) {
            throw taken(target);
        }
    }

    /** Writes the schema that the draft names, with which editors complete and check its keys. */
    private static void addSchema(Path schema) throws IOException {
        if (Files.notExists(schema)) {
            try (InputStream shipped = MappingInitCommand.class.getResourceAsStream("/catalog-drop/" + SCHEMA)) {
                Files.copy(shipped, schema);
            }
        }
    }

    private ParameterException taken(Path target) {
        return misuse(SafeText.of(target + " exists and is not overwritten; name another file with --output"));
    }
}
