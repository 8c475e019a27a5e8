package org.catalogdrop.inbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.catalogdrop.model.NormalizedName;

/**
 * A file in the inbox that is never loaded, although somebody may expect it to be.
 *
 * @param path where it is
 * @param advice what it is, and what to do so that it is loaded
 */
public record IgnoredFile(Path path, String advice) {

    /** Endings of files that are still being written, and of files that programs write beside others. Nobody expects them to be loaded. */
    private static final Set<String> PASSING = Set.of(
            "tmp temp part partial filepart crdownload download opdownload swp lock camellock approve".split(" ", -1));

    /** Returns why a file of the inbox is ignored; empty if it is a drop, or a file that nobody takes for one. */
    static Optional<IgnoredFile> of(Path path) {
        String name = NormalizedName.of(path.getFileName().toString());
        if (isPassing(name)) {
            return Optional.empty();
        }
        try {
            BasicFileAttributes is = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return advice(path, name, is).map(advice -> new IgnoredFile(path, advice));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    /** Returns the files in the folder of mapping files that seem to be mapping files but do not have such names. */
    public static List<IgnoredFile> ofMappings(Path folder) {
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.sorted().flatMap(path -> ofMapping(path).stream()).toList();
        } catch (IOException | UncheckedIOException unreadable) {
            return List.of(); // whoever reads the mapping files says so
        }
    }

    /** Returns why a file in the folder of mapping files is ignored, if its name seems to be that of one. */
    private static Optional<IgnoredFile> ofMapping(Path path) {
        String name = NormalizedName.folded(path.getFileName().toString());
        if (isPassing(name) || !name.matches(".*\\.ya?ml\\.(txt|text|rtf|doc|docx)") || !Files.isRegularFile(path)) {
            return Optional.empty();
        }
        String shown = NormalizedName.show(path.getFileName().toString());
        return Optional.of(new IgnoredFile(
                path,
                "Its name is not that of a mapping file: an editor has added an extension. Save it as plain text and rename it to '"
                        + shown.substring(0, shown.lastIndexOf('.')) + "'."));
    }

    /** Returns the name for a message. */
    public String name() {
        return NormalizedName.show(path.getFileName().toString());
    }

    /**
     * Returns whether a file belongs to a program. {@code ~$goods.xlsx} is the lock file that Excel writes beside a workbook while it is
     * open.
     */
    private static boolean isPassing(String name) {
        return name.startsWith(".") || name.startsWith("~$") || name.endsWith("~") || PASSING.contains(ending(name));
    }

    private static Optional<String> advice(Path path, String name, BasicFileAttributes is) {
        if (is.isDirectory()) {
            return Optional.of("It is a folder, and files in folders are not loaded. Move the files to load into "
                    + path.getParent() + " itself.");
        }
        if (is.isSymbolicLink()) {
            return Optional.of("It is a link, and links are not followed. Put the file itself into the inbox.");
        }
        if (!is.isRegularFile()) {
            return Optional.of("It is a device or a pipe, not a file. Put a file into the inbox.");
        }
        return DropFiles.isNamedAsDrop(name) ? Optional.empty() : Optional.of(byName(name));
    }

    private static String byName(String name) {
        String ending = ending(name);
        String stem = name.substring(0, Math.max(0, name.length() - ending.length() - 1));
        return switch (ending) {
            case "xls", "xlsb", "xlt", "xltx", "xltm", "ods", "ots", "fods", "numbers", "wk1", "et" ->
                "It is a workbook of a type that is not supported (." + ending
                        + "). Open it in a spreadsheet program, save it as .xlsx or CSV, and drop that file. Renaming it alone does not help.";
            case "txt" -> text(stem);
            case "rar", "7z", "tar", "tgz", "bz2", "xz", "zst", "lzma", "z" ->
                "It is packed in a format that is not supported (." + ending
                        + "). Unpack it, or pack it as .zip or .gz, and drop that file.";
            case "gz" ->
                "Its name does not say what type the packed file is. Unpack it, or rename it so that the type comes before .gz, such as '"
                        + stem + ".csv.gz'.";
            default ->
                "Its name does not end in a known type. Expected .csv .tsv .json .ndjson or .jsonl, each also with .gz or .zip,"
                        + " or .xlsx or .xlsm. If it is one of these types, rename it. If it is not for this program, move it elsewhere.";
        };
    }

    private static String text(String stem) {
        if (DropFiles.isNamedAsDrop(stem) || stem.toLowerCase(Locale.ROOT).endsWith(".approve")) {
            return "The program that saved it added .txt to its name. Rename it to '" + NormalizedName.show(stem)
                    + "'.";
        }
        return "The ending .txt does not say which type it is. If it is a table, rename it to '"
                + NormalizedName.show(stem) + ".csv'; commas, semicolons and tabs are recognised.";
    }

    private static String ending(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
    }
}
