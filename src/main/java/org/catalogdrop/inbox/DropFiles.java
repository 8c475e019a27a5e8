package org.catalogdrop.inbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.catalogdrop.model.NormalizedName;

/** Decides by their names which files of a folder are drops. Stateless. */
public final class DropFiles {

    private static final Pattern DROP =
            Pattern.compile(".*\\.((csv|tsv|json|ndjson|jsonl)(\\.gz)?|zip|xlsx|xlsm)", Pattern.DOTALL);

    private DropFiles() {}

    public static boolean isDrop(Path path) {
        return isNamedAsDrop(path.getFileName().toString()) && Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
    }

    /** Returns whether a file is a drop by its name. {@code ~$goods.xlsx} is not: Excel writes it beside a workbook that is open. */
    static boolean isNamedAsDrop(String name) {
        return !name.startsWith(".")
                && !name.startsWith("~$")
                && DROP.matcher(NormalizedName.folded(name)).matches();
    }

    /**
     * Returns the drops in an inbox, by name; none if the folder does not exist.
     *
     * @throws IOException if the folder exists and cannot be read
     */
    public static List<Path> drops(Path inbox) throws IOException {
        return files(inbox).stream().filter(DropFiles::isDrop).toList();
    }

    /**
     * Returns all files in an inbox, by name; none if the folder does not exist.
     *
     * @throws IOException if the folder exists and cannot be read
     */
    public static List<Path> files(Path inbox) throws IOException {
        if (!Files.isDirectory(inbox)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(inbox)) {
            return files.sorted().toList();
        }
    }
}
