package org.catalogdrop.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.catalogdrop.cli.output.ProgressBar;
import org.catalogdrop.config.Settings;
import org.catalogdrop.load.KeyScanSteps;
import org.catalogdrop.mapping.MappingCompiler;
import org.catalogdrop.mapping.MappingFile;
import org.catalogdrop.mapping.MappingRefused;
import org.catalogdrop.mapping.NameSearch;
import org.catalogdrop.mapping.ResolvedNames;
import org.catalogdrop.mapping.rule.KeyLocation;
import org.catalogdrop.model.Plural;
import org.catalogdrop.resolve.MappingFolder;
import org.catalogdrop.resolve.MappingFolder.RawFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code keys sync}. */
@Command(
        name = "sync",
        mixinStandardHelpOptions = true,
        description = {
            "Reads the whole lists of the mapping files with 'action: upsert', to find the key of each element.",
            "Forgets the keys of elements that no longer exist."
        })
final class KeysSyncCommand extends AccountCommand {

    @Option(
            names = "--mapping",
            paramLabel = "FILE",
            description = "Reads only the list of this mapping file, a name in drop.mappings.")
    private Optional<Path> mapping;

    @Override
    public Integer call() throws Exception {
        Settings settings = settings(true);
        List<RawFile> files = mapping.map(path -> List.of(mappingFile(settings, path)))
                .orElseGet(() -> new MappingFolder(settings.folders().mappings()).files());
        try (Program program = Program.start(settings);
                ProgressBar progress = ProgressBar.of(program.drop(), err())) {
            // Before anything is read: while another process owns the journal, the rate limit is that one's.
            program.drop().journal();
            progress.begin();
            boolean any = false;
            for (RawFile file : files) {
                Optional<KeyLocation> place = place(program, settings, file);
                any |= place.isPresent();
                place.ifPresent(where -> sync(program, file.name(), where));
            }
            if (!any) {
                throw misuse("no mapping file with 'action: upsert' is in "
                        + settings.folders().mappings());
            }
            return 0;
        } catch (MappingRefused faulty) {
            faulty.faults().forEach(err()::println);
            return 2;
        }
    }

    private static Optional<KeyLocation> place(Program program, Settings settings, RawFile rawFile)
            throws MappingRefused {
        MappingFile file = rawFile.parsed();
        if (!file.isUpsert()) {
            return Optional.empty();
        }
        ResolvedNames names = ResolvedNames.NONE;
        if (file.needsAccount()) {
            names = NameSearch.find(file, program.account(), settings.api().catalogId());
        }
        return MappingCompiler.of(file, names, settings.api().catalogId()).keyPlace();
    }

    private void sync(Program program, String name, KeyLocation place) {
        if (place.catalog() == 0) {
            throw misuse(name + " names no list: set 'catalog' in it, or kommo.catalog-id");
        }
        KeyScanSteps.Looking done = program.drop().keyLooks().sync(place);
        out().println(name + ": list " + place.catalog() + " has " + Plural.of(done.elements(), "element") + ", "
                + done.found() + " of them with a key; " + Plural.of(done.forgotten(), "key was", "keys were")
                + " forgotten, since the element is gone or has another key");
    }
}
