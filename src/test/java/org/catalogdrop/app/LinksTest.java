package org.catalogdrop.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Relative links of the documents lead to files that exist. */
class LinksTest {

    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");

    @Test
    void lead_somewhere() throws IOException {
        List<Path> targets = new ArrayList<>();
        for (Document document : Document.all()) {
            Path folder = document.path().toAbsolutePath().getParent();
            LINK.matcher(String.join("\n", document.lines()))
                    .results()
                    .map(MatchResult::group)
                    .map(link -> link.substring(2, link.length() - 1))
                    .filter(link -> !link.contains("://"))
                    .map(link -> folder.resolve(link.replaceFirst("#.*", "")))
                    .forEach(targets::add);
        }
        assertThat(targets).hasSizeGreaterThan(10).allSatisfy(target -> assertThat(target)
                .exists());
    }
}
