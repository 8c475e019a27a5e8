package org.catalogdrop.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.catalogdrop.results.NextStep;
import org.catalogdrop.scenario.Loading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Advice fits where it is read. The messages of the library are read in plans, checks, results and logs of a host, which has no commands and
 * maybe no rejects file: so they name neither. What speaks at the command line adds them ({@link NextStep}).
 */
class AdviceTest {

    private static final Path SOURCES = Path.of("src/main/java/org/catalogdrop");

    /** Classes beside the commands that only speak at the command line, or into a file that only a command or a rejects file has. */
    private static final Set<String> AT_THE_COMMAND_LINE =
            Set.of("NextStep.java", "PlanText.java", "RejectMark.java", "MappingDraft.java");

    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\\\n]|\\\\.)*)\"");
    private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/|(?m)^\\s*//.*$");
    private static final Pattern COMMAND = Pattern.compile(
            "rejects file|catalog-drop (run|load|plan|undo|list|status|forget|login|verify|keys|mapping|sandbox|demo)\\b"
                    + "|'(run|load|plan|undo|status|forget|login|verify|keys sync|mapping (init|check|accept))( [^']*)?('|$)"
                    + "|--(again|settle|results|output|sample|once|applied-too|mapping)\\b");

    @TempDir
    Path home;

    @Test
    void given_the_texts_of_the_library_then_they_name_no_command_and_no_rejects_file() throws IOException {
        List<String> found;
        try (Stream<Path> files = Files.walk(SOURCES)) {
            found = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !isAtTheCommandLine(file))
                    .flatMap(file -> faults(file).stream())
                    .toList();
        }
        assertThat(found).isEmpty();
    }

    private static boolean isAtTheCommandLine(Path file) {
        return file.startsWith(SOURCES.resolve("cli"))
                || AT_THE_COMMAND_LINE.contains(file.getFileName().toString());
    }

    private static List<String> faults(Path file) {
        try {
            String code = COMMENT.matcher(Files.readString(file)).replaceAll("");
            return LITERAL.matcher(code)
                    .results()
                    .map(MatchResult::group)
                    .filter(text -> COMMAND.matcher(text.substring(1, text.length() - 1))
                            .find())
                    .map(text -> file + ": " + text)
                    .toList();
        } catch (IOException fault) {
            throw new java.io.UncheckedIOException(fault);
        }
    }

    @Test
    void given_a_refused_drop_then_the_command_line_adds_the_command_that_helps() throws Exception {
        Path file = Files.writeString(home.resolve("p.csv"), "name\na\n");
        try (Loading loading = Loading.start(home)) {
            loading.load(file);
            String message = loading.load(file).refusal().orElseThrow().message();
            assertThat(message).contains("drop.repeat=allow").doesNotContain("--again");
            assertThat(NextStep.of(org.catalogdrop.model.Code.ALREADY_LOADED)).contains("load --again FILE");
            assertThat(loading.drop().nextStep().after(org.catalogdrop.model.Code.ALREADY_LOADED))
                    .as("in a host")
                    .isEmpty();
        }
    }
}
