package org.catalogdrop.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.catalogdrop.config.Folders;
import org.catalogdrop.config.Settings;
import org.catalogdrop.journal.MappingHistory.MappingSnapshot;
import org.catalogdrop.mapping.MappingRefused;
import org.catalogdrop.mapping.NameSearch;
import org.catalogdrop.mapping.ResolvedNames;
import org.catalogdrop.model.Account;
import org.catalogdrop.model.SafeText;
import org.catalogdrop.resolve.MappingFolder.RawFile;
import org.catalogdrop.resolve.MappingResolver;
import org.catalogdrop.resolve.ResolvedMapping;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code mapping accept}. */
@Command(
        name = "accept",
        mixinStandardHelpOptions = true,
        description = "Accepts the account's current ids for the names used in a mapping file.")
final class MappingAcceptCommand extends AccountCommand {

    @Parameters(paramLabel = "MAPPING", description = "The mapping file, or its name in drop.mappings.")
    private Path path;

    @Override
    public Integer call() throws Exception {
        Settings settings = settings(true);
        Folders.make(settings.folders());
        RawFile rawFile = mappingFile(settings, path);
        try (Program program = Program.start(settings)) {
            Account account = program.account();
            ResolvedNames names =
                    NameSearch.find(rawFile.parsed(), account, settings.api().catalogId());
            ResolvedMapping.OfFile named = new ResolvedMapping.OfFile(
                    rawFile.parsed(),
                    rawFile.content(),
                    Optional.of(names),
                    settings.api().catalogId());
            var mappings = program.drop().journal().mappings();
            List<String> changes = mappings.accepted(rawFile.name(), account.id())
                    .map(MappingSnapshot::names)
                    .map(before -> new ResolvedNames(before).changes(names))
                    .orElse(List.of());
            mappings.accept(MappingResolver.kept(named), account.id());
            changes.forEach(change -> out().println(SafeText.of(change)));
            out().println(rawFile.name() + ": the account's current ids are accepted");
            return 0;
        } catch (MappingRefused faulty) {
            faulty.faults().forEach(err()::println);
            return 2;
        }
    }
}
