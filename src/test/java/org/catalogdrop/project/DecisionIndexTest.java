package org.catalogdrop.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds docs/decisions/README.md to the records beside it. */
class DecisionIndexTest {

    private static final Path FOLDER = Path.of("docs/decisions");
    private static final Pattern HEADING = Pattern.compile("# (\\d+)\\.? (.+)");
    private static final Pattern STATUS = Pattern.compile("\\*(\\d{4}-\\d\\d-\\d\\d), (holds|.*decision \\d+.*)\\.\\*");
    private static final Pattern ROW = Pattern.compile("\\| (\\d+) \\| (\\[.+]\\(.+\\)) \\| (\\S+) \\| (.+) \\|");

    @Test
    void the_index_lists_every_record_with_title_date_and_status_in_order() throws IOException {
        List<String> records;
        try (Stream<Path> files = Files.list(FOLDER)) {
            records = files.filter(file -> file.getFileName().toString().matches("\\d.*\\.md"))
                    .sorted()
                    .map(DecisionIndexTest::entry)
                    .toList();
        }
        List<String> index = Files.readAllLines(FOLDER.resolve("README.md")).stream()
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .map(row -> row.group(1) + " " + row.group(2) + " " + row.group(3) + " " + row.group(4))
                .toList();

        assertThat(records).hasSizeGreaterThan(40);
        assertThat(index).isEqualTo(records);
    }

    private static String entry(Path file) {
        try {
            List<String> lines = Files.readAllLines(file);
            Matcher heading = HEADING.matcher(lines.get(0));
            assertThat(heading.matches())
                    .as("%s begins with a heading: # NUMBER. TITLE", file)
                    .isTrue();
            Matcher status = STATUS.matcher(lines.get(2));
            assertThat(status.matches())
                    .as("%s has a line like *2026-11-29, holds.* below its heading", file)
                    .isTrue();
            return heading.group(1) + " [" + heading.group(2) + "](" + file.getFileName() + ") " + status.group(1) + " "
                    + status.group(2);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
