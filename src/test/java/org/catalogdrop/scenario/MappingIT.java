package org.catalogdrop.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.catalogdrop.sandbox.Sandbox;
import org.catalogdrop.sandbox.store.StoredElement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program, as a user comes from a file of their own columns to upserts that can be undone. */
class MappingIT {

    private static final String MAPPING = """
            drops: "erp*.csv"
            action: upsert
            key: Article
            name: Title
            fields:
              - {field: SKU, column: Article}
            """;

    @TempDir
    Path home;

    private Sandbox sandbox;

    @BeforeEach
    void begin() throws IOException {
        sandbox = Sandbox.start(Loading.sandboxSettings());
        Files.writeString(home.resolve("erp.csv"), "Article,Title\nA-1,Pen\nA-2,Ink\n");
    }

    @AfterEach
    void end() {
        sandbox.close();
    }

    private Command.Result run(int status, String... words) throws Exception {
        Map<String, String> settings = Loading.settings(home, sandbox.baseUrl());
        Command.Result result = new Command(home).with(settings).run(words);
        assertThat(result.status())
                .as(String.join(" ", words) + ": " + result.out() + result.err())
                .isEqualTo(status);
        return result;
    }

    private List<String> names() {
        return sandbox.store().elements(Loading.LIST).stream()
                .map(StoredElement::name)
                .sorted()
                .toList();
    }

    private Path results(String ending) throws IOException {
        try (Stream<Path> folders = Files.list(home.resolve("outbox"))) {
            return folders.filter(folder -> folder.getFileName().toString().matches(ending))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void mapping_is_drafted_corrected_and_checked() throws Exception {
        run(0, "mapping", "init", "erp.csv", "--output", "mappings/erp.yaml");
        assertThat(home.resolve("mappings/erp.yaml")).content().contains("Article", "Title");
        assertThat(home.resolve("mappings/mapping.schema.json"))
                .hasSameTextualContentAs(Path.of("mappings/mapping.schema.json"));

        Files.writeString(home.resolve("mappings/erp.yaml"), MAPPING.replace("name: Title", "name: Tittle"));
        assertThat(run(2, "mapping", "check", "erp.csv").err()).contains("did you mean 'Title'");
        assertThat(sandbox.log().stream().filter(request -> request.method().equals("POST")))
                .as("a check sends nothing")
                .isEmpty();
    }

    @Test
    void upserts_are_recognised_and_undone() throws Exception {
        Files.createDirectory(home.resolve("mappings"));
        Files.writeString(home.resolve("mappings/erp.yaml"), MAPPING);
        run(0, "load", "erp.csv");
        assertThat(names()).containsExactly("Ink", "Pen");

        Files.writeString(home.resolve("erp-2.csv"), "Article,Title\nA-1,Pen\nA-2,Red ink\nA-3,Cup\n");
        assertThat(run(0, "load", "erp-2.csv").out()).contains("1 created, 1 updated, 1 unchanged");
        assertThat(names()).containsExactly("Cup", "Pen", "Red ink");

        run(0, "undo", results("erp-2.csv-[0-9a-f]{8}").toString());
        assertThat(names()).as("an undo takes back what was added").doesNotContain("Cup");
        run(0, "keys", "sync");
    }
}
