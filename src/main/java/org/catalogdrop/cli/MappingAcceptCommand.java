package org.catalogdrop.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.catalogdrop.CatalogDrop;
import org.catalogdrop.config.Folders;
import org.catalogdrop.config.Settings;
import org.catalogdrop.journal.KeptMapping;
import org.catalogdrop.mapping.MappingRefused;
import org.catalogdrop.mapping.NameSearch;
import org.catalogdrop.mapping.Names;
import org.catalogdrop.model.Account;
import org.catalogdrop.model.Plain;
import org.catalogdrop.resolve.MappingFolder;
import org.catalogdrop.resolve.MappingFolder.Lying;
import org.catalogdrop.resolve.Meaning;
import org.catalogdrop.resolve.Meanings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mapping accept}. */
@Command(
        name = "accept",
        mixinStandardHelpOptions = true,
        description = "Accepts the account's current ids for the names used in a mapping file.")
final class MappingAcceptCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "MAPPING", description = "The mapping file, or its name in drop.mappings.")
    private Path path;

    @Override
    public Integer call() throws Exception {
        Settings settings = Program.settings(true);
        Folders.make(settings.folders());
        Lying lying = lying(settings);
        try (Program program = Program.start(settings, new CatalogDrop.Mode(false, false))) {
            Account account = program.context()
                    .createProducerTemplate()
                    .requestBody("direct:catalog-account", (Object) null, Account.class);
            Names names =
                    NameSearch.find(lying.parsed(), account, settings.api().catalogId());
            Meaning.OfFile named = new Meaning.OfFile(
                    lying.parsed(),
                    lying.content(),
                    Optional.of(names),
                    settings.api().catalogId());
            var mappings = program.drop().journal().mappings();
            List<String> changes = mappings.accepted(lying.name(), account.id())
                    .map(KeptMapping::names)
                    .map(before -> new Names(before).changes(names))
                    .orElse(List.of());
            mappings.accept(Meanings.kept(named), account.id());
            changes.forEach(change -> spec.commandLine().getOut().println(Plain.of(change)));
            spec.commandLine().getOut().println(lying.name() + ": the account's current ids are accepted");
            return 0;
        } catch (MappingRefused faulty) {
            faulty.faults().forEach(spec.commandLine().getErr()::println);
            return 2;
        }
    }

    private Lying lying(Settings settings) {
        String name = path.getFileName().toString();
        return new MappingFolder(settings.folders().mappings())
                .files().stream()
                        .filter(file -> file.name().equals(name))
                        .findFirst()
                        .orElseThrow(() -> new ParameterException(
                                spec.commandLine(),
                                "there is no " + name + " in "
                                        + settings.folders().mappings()));
    }
}
