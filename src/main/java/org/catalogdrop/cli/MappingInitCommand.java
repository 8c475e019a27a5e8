package org.catalogdrop.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.catalogdrop.camel.ListSteps;
import org.catalogdrop.cli.output.ExitStatus;
import org.catalogdrop.config.Settings;
import org.catalogdrop.mapping.draft.MappingDraft;
import org.catalogdrop.model.Account;
import org.catalogdrop.model.DropRefused;
import org.catalogdrop.model.Element;
import org.catalogdrop.model.SafeText;
import org.catalogdrop.preview.DropSample;
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
final class MappingInitCommand extends AccountCommand {

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
        Settings settings = settings(true);
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
        DropSample sample;
        try {
            sample = DropSample.read(file, name, settings.drops());
        } catch (DropRefused refused) {
            // The usual advice for these codes is this command itself.
            err().println("the file cannot be used ("
                    + refused.problem().code().word() + "): "
                    + refused.problem().message());
            return ExitStatus.REFUSED;
        }
        write(target, draft(settings, sample));
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

    private String draft(Settings settings, DropSample sample) throws Exception {
        try (Program program = Program.startReading(settings, err()::println)) {
            Account.Catalog list = list(settings, program.account());
            MappingDraft draft = sample.draft(list, id -> isElement(program, list.id(), id));
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
