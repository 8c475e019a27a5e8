package org.catalogdrop.results;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
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
 * @param next what to do next; empty if that is not known
 * @param reason the file with this content
 * @param at when it was refused
 */
public record Refusal(String drop, String code, String message, Path file, String next, Path reason, Instant at) {

    static final String ENDING = ".reason.txt";

    /** Far more than a reason has; larger files with such a name are not read. */
    private static final long LARGEST = 1 << 20;

    private static final Pattern FORM = Pattern.compile(
            "(.*) was refused as a whole\\.\n\ncode:    (\\w+)\n.*?reason:  (.*)\nfile:    ([^\n]*)\n(?:next:    ([^\n]*)\n)?\n.*",
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
        return latest(refused, name -> true, Integer.MAX_VALUE).refusals().stream()
                .sorted(Comparator.comparing(Refusal::at).reversed().thenComparing(Refusal::drop))
                .toList();
    }

    /**
     * Some refusals of a folder, the newest first.
     *
     * @param refusals the refusals
     * @param all how many there are in all
     */
    public record Latest(List<Refusal> refusals, int all) {}

    /**
     * Returns the latest refusals of a folder. Only their files are read, so that thousands of others cost little.
     *
     * @param name which drops, by the name of the file with the reason, which begins with theirs
     * @param most how many at most
     * @throws IOException if the folder exists and cannot be read
     */
    public static Latest latest(Path refused, Predicate<String> name, int most) throws IOException {
        if (!Files.isDirectory(refused)) {
            return new Latest(List.of(), 0);
        }
        try (Stream<Path> files = Files.list(refused)) {
            Map<Path, FileTime> times = new HashMap<>();
            files.filter(file -> file.getFileName().toString().endsWith(ENDING))
                    .filter(file -> name.test(file.getFileName().toString()))
                    .forEach(file -> times.put(file, time(file)));
            List<Refusal> refusals = times.entrySet().stream()
                    .sorted(Map.Entry.<Path, FileTime>comparingByValue()
                            .reversed()
                            .thenComparing(Map.Entry.comparingByKey()))
                    .flatMap(file -> read(file.getKey()).stream())
                    .limit(most)
                    .toList();
            return new Latest(refusals, times.size());
        }
    }

    private static FileTime time(Path file) {
        try {
            return Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException gone) {
            return FileTime.fromMillis(0);
        }
    }

    /** Returns the name of the page beside it. */
    public String report() {
        return OutboxReports.pageName(file.getFileName().toString());
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
                            Optional.ofNullable(form.group(5)).orElse(""),
                            file,
                            Files.getLastModifiedTime(file).toInstant()))
                    : Optional.empty();
        } catch (IOException | IllegalArgumentException noReason) {
            return Optional.empty();
        }
    }
}
