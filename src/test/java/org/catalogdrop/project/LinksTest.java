package org.catalogdrop.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Follows the relative links of all documents to the file and the heading that they name. */
class LinksTest {

    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s#]*)(?:#([^)\\s]+))?\\)");
    private static final Pattern HEADING = Pattern.compile("#{1,6} +(.+)");
    private static final Pattern CODE_FENCE = Pattern.compile(" *```.*");

    private final Map<Path, Set<String>> anchors = new HashMap<>();

    @Test
    void every_relative_link_leads_to_a_file_and_a_heading() throws IOException {
        List<String> broken = new ArrayList<>();
        int followed = 0;
        for (Document document : Document.all()) {
            Matcher link = LINK.matcher(String.join("\n", text(document.lines())));
            while (link.find()) {
                if (link.group(1).contains("://")) {
                    continue;
                }
                followed++;
                Path target = link.group(1).isEmpty()
                        ? document.path()
                        : Path.of("")
                                .resolve(document.path())
                                .resolveSibling(link.group(1))
                                .normalize();
                if (!Files.exists(target)
                        || (link.group(2) != null && !anchors(target).contains(link.group(2)))) {
                    broken.add(document.path() + ": " + link.group());
                }
            }
        }

        assertThat(broken).isEmpty();
        assertThat(followed).isGreaterThan(100);
    }

    @Test
    void every_page_is_in_the_index_of_the_documentation() throws IOException {
        String index = Files.readString(Path.of("docs/README.md"));
        assertThat(Document.all())
                .filteredOn(document -> document.path().getParent() != null)
                .filteredOn(document -> document.path().getParent().equals(Path.of("docs")))
                .filteredOn(document -> !document.path().endsWith("README.md"))
                .hasSizeGreaterThan(15)
                .allSatisfy(
                        page -> assertThat(index).contains("](" + page.path().getFileName() + ")"));
    }

    private Set<String> anchors(Path file) throws IOException {
        if (!anchors.containsKey(file)) {
            anchors.put(
                    file,
                    text(Files.readAllLines(file)).stream()
                            .map(HEADING::matcher)
                            .filter(Matcher::matches)
                            .map(heading -> anchor(heading.group(1)))
                            .collect(Collectors.toSet()));
        }
        return anchors.get(file);
    }

    /** Returns the anchor that GitHub gives a heading. */
    private static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .strip()
                .replace(' ', '-');
    }

    /** Returns the lines outside of code blocks. */
    private static List<String> text(List<String> lines) {
        List<String> text = new ArrayList<>();
        boolean code = false;
        for (String line : lines) {
            if (CODE_FENCE.matcher(line).matches()) {
                code = !code;
            } else if (!code) {
                text.add(line);
            }
        }
        return text;
    }
}
