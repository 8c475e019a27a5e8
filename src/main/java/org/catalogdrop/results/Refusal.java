package org.catalogdrop.results;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.catalogdrop.model.Problem;
import org.catalogdrop.model.SafeText;

/**
 * The content of a {@code NAME.reason.txt} in the folder of refused drops.
 *
 * @param drop the name of the drop
 * @param code the word of the code
 * @param message the message
 * @param file where the drop is
 * @param at when it was refused
 */
public record Refusal(String drop, String code, String message, Path file, Instant at) {

    static final String ENDING = ".reason.txt";

    /** Far more than a reason has; larger files with such a name are not read. */
    private static final long LARGEST = 1 << 20;

    private static final Pattern FORM = Pattern.compile(
            "(.*) was refused as a whole\\.\n\ncode:    (\\w+)\n.*?reason:  (.*)\nfile:    ([^\n]*)\n(?:next:    [^\n]*\n)?\n.*",
            Pattern.DOTALL);

    static String text(String nameInRefused, String dropName, Problem problem, String next) {
        StringBuilder text = new StringBuilder();
        text.append(dropName).append(" was refused as a whole.\n\n");
        text.append("code:    ").append(problem.code().word()).append('\n');
        if (!problem.column().isEmpty()) {
            text.append("column:  ").append(problem.column()).append('\n');
        }
        text.append("reason:  ").append(problem.message()).append('\n');
        text.append("file:    ").append(nameInRefused).append('\n');
        text.append("next:    ").append(SafeText.of(next)).append("\n\n");
        text.append("docs/rejects.md explains the cause and the cure of each code.\n");
        return text.toString();
    }

    /**
     * Returns the refusals of a folder, the newest first; none if the folder does not exist.
     *
     * @throws IOException if the folder exists and cannot be read
     */
    public static List<Refusal> in(Path refused) throws IOException {
        if (!Files.isDirectory(refused)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(refused)) {
            return files.filter(file -> file.getFileName().toString().endsWith(ENDING))
                    .flatMap(file -> read(file).stream())
                    .sorted(Comparator.comparing(Refusal::at).reversed().thenComparing(Refusal::drop))
                    .toList();
        }
    }

    /** Returns the refusal; empty if the file has other text, is gone or cannot be read. The drop is beside it anyway. */
    private static Optional<Refusal> read(Path file) {
        try {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > LARGEST) {
                return Optional.empty();
            }
            Matcher form = FORM.matcher(Files.readString(file));
            return form.matches()
                    ? Optional.of(new Refusal(
                            form.group(1),
                            form.group(2),
                            form.group(3),
                            file.resolveSibling(form.group(4)),
                            Files.getLastModifiedTime(file).toInstant()))
                    : Optional.empty();
        } catch (IOException | IllegalArgumentException noReason) {
            return Optional.empty();
        }
    }
}
