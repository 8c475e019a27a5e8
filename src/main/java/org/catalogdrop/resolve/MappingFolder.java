package org.catalogdrop.resolve;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.catalogdrop.mapping.MappingFile;
import org.catalogdrop.mapping.MappingRefused;
import org.catalogdrop.mapping.rule.DropPatterns;
import org.catalogdrop.mapping.yaml.MappingParser;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.DropRefused;
import org.catalogdrop.model.NormalizedName;
import org.catalogdrop.model.RunHalted;

/** The folder of mapping files. It is read again for each drop, so an edited file counts from the next drop on. Immutable. */
public record MappingFolder(Path folder) {

    /**
     * The bytes of a file in the folder.
     *
     * @param name the name of the file
     * @param content its bytes
     */
    public record RawFile(String name, byte[] content) {

        public MappingFile parsed() throws MappingRefused {
            return MappingParser.parse(name, content);
        }
    }

    /**
     * Returns the files; none if the folder does not exist.
     *
     * @throws RunHalted if it is not a folder or cannot be read, because without its mapping file a drop would mean something else
     */
    public List<RawFile> files() {
        if (Files.notExists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        try (Stream<Path> paths = Files.list(folder)) {
            List<RawFile> files = new ArrayList<>();
            for (Path path : paths.filter(MappingFolder::isMapping).sorted().toList()) {
                files.add(new RawFile(path.getFileName().toString(), Files.readAllBytes(path)));
            }
            return files;
        } catch (IOException fault) {
            throw new RunHalted(
                    Code.DISK,
                    "the mappings in " + folder + " cannot be read (" + fault
                            + "). Check that it is a folder that this program may read, or set drop.mappings, then run again to resume.");
        }
    }

    private static boolean isMapping(Path path) {
        String name = NormalizedName.folded(path.getFileName().toString());
        return !name.startsWith(".") && (name.endsWith(".yaml") || name.endsWith(".yml")) && Files.isRegularFile(path);
    }

    /**
     * Returns the file for a drop, by the drop's name.
     *
     * @throws DropRefused TWO_MAPPINGS if several files fit, BAD_MAPPING if the file has errors or another file has so many that it may
     *     be the one
     */
    Optional<RawFile> forDrop(String drop) {
        if (isUndo(drop)) {
            return Optional.empty();
        }
        List<RawFile> fit = new ArrayList<>();
        for (RawFile file : files()) {
            Optional<DropPatterns> globs = MappingParser.globs(file.name(), file.content());
            if (globs.isEmpty()) {
                throw new DropRefused(
                        Code.BAD_MAPPING,
                        "it is unclear which drops the mapping file " + folder.resolve(file.name()) + " is for. "
                                + faults(file) + " Fix or remove that file, then drop this file again.");
            }
            if (globs.get().fits(drop)) {
                fit.add(file);
            }
        }
        return one(fit, "the name '" + NormalizedName.show(drop) + "'");
    }

    /**
     * Returns the file that a caller names.
     *
     * @throws DropRefused NO_MAPPING if there is none
     */
    RawFile named(String name) {
        List<RawFile> files = files();
        return files.stream()
                .filter(file -> file.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new DropRefused(
                        Code.NO_MAPPING,
                        "the call names the mapping " + NormalizedName.show(name) + ", which is not in " + folder
                                + (files.isEmpty()
                                        ? ". There are no mapping files there."
                                        : ". The mapping files there: "
                                                + files.stream()
                                                        .map(RawFile::name)
                                                        .collect(Collectors.joining(", "))
                                                + ".")));
    }

    /** Returns the names of the files for drops of a name, including files with errors if that is known. */
    public List<String> namesFor(String drop) {
        return files().stream()
                .filter(file -> MappingParser.globs(file.name(), file.content())
                        .filter(globs -> globs.fits(drop))
                        .isPresent())
                .map(RawFile::name)
                .toList();
    }

    /** Returns whether a drop is an undo file. Those have the standard columns, whatever mapping the load had. */
    private static boolean isUndo(String drop) {
        String name = NormalizedName.folded(drop);
        return name.equals("undo.csv") || name.endsWith(".undo.csv");
    }

    private Optional<RawFile> one(List<RawFile> fit, String what) {
        if (fit.size() > 1) {
            throw new DropRefused(
                    Code.TWO_MAPPINGS,
                    what + " fits several mapping files in " + folder + ": "
                            + fit.stream().map(MappingFolder::describeDrops).collect(Collectors.joining("; "))
                            + ". Narrow 'drops' of one of them, or rename this file, and drop it again.");
        }
        return fit.stream().findFirst();
    }

    /** Returns the columns that a file reads; none if it has errors. */
    static Set<String> columns(RawFile file) {
        try {
            return file.parsed().columns();
        } catch (MappingRefused faulty) {
            return Set.of("(faulty)");
        }
    }

    /** Returns which drops each file is for, for a message; empty if there are no files. */
    String describeDrops() {
        return files().stream().map(MappingFolder::describeDrops).collect(Collectors.joining("; "));
    }

    private static String describeDrops(RawFile file) {
        return file.name() + " is for "
                + MappingParser.globs(file.name(), file.content())
                        .map(DropPatterns::toString)
                        .orElse("(cannot be read)");
    }

    /** Parses and checks a file. */
    MappingFile parsed(RawFile file) {
        try {
            return file.parsed();
        } catch (MappingRefused faulty) {
            throw new DropRefused(
                    Code.BAD_MAPPING,
                    "the mapping " + folder.resolve(file.name()) + " is faulty. "
                            + String.join(" ", faulty.faults())
                            + " Fix it and drop this file again.");
        }
    }

    private static String faults(RawFile file) {
        try {
            file.parsed();
            return "";
        } catch (MappingRefused faulty) {
            return String.join(" ", faulty.faults());
        }
    }
}
