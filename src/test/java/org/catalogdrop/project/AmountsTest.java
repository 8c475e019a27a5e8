package org.catalogdrop.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.catalogdrop.model.Summary;
import org.catalogdrop.scenario.Loading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One row is told as {@code 1 row}, wherever it is told. */
class AmountsTest {

    /** A number with the word for several things, whatever the number is. */
    private static final Pattern SEVERAL = Pattern.compile(
            "\\+\\s*\" (?:finished |rejected |such )?(?:rows|elements|requests|rejects|keys|drops|cells|columns)\\b(?! file)");

    @TempDir
    Path home;

    @Test
    void numbers_are_put_into_words_in_one_place() throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java/org/catalogdrop"))) {
            // The sandbox knows nothing of the loader.
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().contains("sandbox"))
                    .toList()) {
                SEVERAL.matcher(Files.readString(file))
                        .results()
                        .forEach(match -> found.add(file + ": " + match.group()));
            }
        }
        assertThat(found).isEmpty();
    }

    @Test
    void a_drop_of_one_row() throws Exception {
        try (Loading loading = Loading.start(home, "drop.on-reject=stop")) {
            Summary refused = loading.load("d.csv", "name,id\nx,no\n");
            assertThat(refused.refusal().orElseThrow().message()).contains("1 of 1 row would be rejected");
        }
        Path lone = Files.writeString(home.resolve("lone.csv"), "name,id\nx,no\n");
        try (Loading loading = Loading.start(home, "drop.on-reject=stop")) {
            Object plan = loading.context().createProducerTemplate().requestBody("direct:catalog-plan", lone);
            assertThat(plan.toString()).contains("1 of 1 row would be rejected");
        }
    }
}
