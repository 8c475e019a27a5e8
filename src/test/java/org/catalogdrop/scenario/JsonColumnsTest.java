package org.catalogdrop.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Status;
import org.catalogdrop.model.Summary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A column of a mapping that no row of a JSON drop has is missed, and values inside of objects can be named. */
class JsonColumnsTest {

    private static final String MAPPING = """
            drops: "j*.*json"
            action: add
            name: title
            defaults: {empty: clear}
            fields:
              - {field: 4400049, column: sku}
              - {field: 4400050, column: PRICE, type: number}
            """;

    @TempDir
    Path home;

    private Loading start(String column) throws Exception {
        Files.writeString(
                Files.createDirectories(home.resolve("mappings")).resolve("j.yaml"), MAPPING.replace("PRICE", column));
        return Loading.start(home);
    }

    @Test
    void given_a_column_that_no_row_has_when_loaded_then_the_drop_is_refused_before_anything_is_sent()
            throws Exception {
        try (Loading loading = start("prise")) {
            for (String drop : new String[] {
                "[{\"title\":\"A\",\"sku\":\"1\",\"price\":1},{\"title\":\"B\",\"price\":2}]",
                "[{\"title\":\"A\",\"sku\":\"1\"}]"
            }) {
                Summary summary = loading.load("j.json", drop);
                assertThat(summary.refusal()).hasValueSatisfying(problem -> {
                    assertThat(problem.code()).isEqualTo(Code.COLUMN_MISSING);
                    assertThat(problem.message()).contains("'prise'", "title, sku");
                });
            }
            assertThat(loading.posts()).isEmpty();
        }
    }

    @Test
    void given_a_column_that_only_a_skipped_row_has_when_loaded_then_the_drop_is_refused() throws Exception {
        Files.writeString(
                Files.createDirectories(home.resolve("mappings")).resolve("j.yaml"),
                MAPPING.replace("PRICE", "price") + "skip_rows: [{column: kind, words: total}]\n");
        try (Loading loading = Loading.start(home)) {
            String total = "{\"kind\":\"total\",\"price\":9}";
            assertThat(loading.load("j.json", "[{\"title\":\"A\",\"sku\":\"1\"}," + total + "]")
                            .refusal())
                    .hasValueSatisfying(problem ->
                            assertThat(problem.message()).contains("'price'").doesNotContain("'kind'"));
            assertThat(loading.posts()).isEmpty();
            assertThat(loading.load("j.json", "[{\"title\":\"A\",\"sku\":\"1\",\"price\":1}," + total + "]")
                            .refusal())
                    .isEmpty();
        }
    }

    @Test
    void given_a_column_that_the_last_row_alone_has_when_loaded_then_all_rows_are_taken() throws Exception {
        try (Loading loading = start("price")) {
            Summary summary = loading.load(
                    "j.ndjson",
                    "{\"title\":\"A\"}\n7\n{\"title\":\"B\",\"sku\":\"1\"}\n{\"title\":\"C\",\"price\":null}\n");
            assertThat(summary.count(Status.CREATED)).isEqualTo(3);
            String rejects = Files.readString(loading.outbox(summary).rejects("ndjson"));
            assertThat(loading.load(
                                    "rejects.ndjson",
                                    rejects.replace("\"_row\":7", "\"title\":\"D\"")
                                            .replace(":7,", ":7,\"title\":\"D\","))
                            .refusal())
                    .isEmpty();
        }
    }

    @Test
    void given_a_path_when_loaded_then_the_value_inside_of_the_object_is_sent() throws Exception {
        try (Loading loading = start("price.amount.net")) {
            Summary summary = loading.load(
                    "j.json",
                    "[{\"title\":\"A\",\"sku\":\"1\",\"price\":{\"amount\":{\"net\":1.5}}},"
                            + "{\"title\":\"B\",\"price.amount.net\":2.5},"
                            + "{\"title\":\"C\",\"price\":{\"amount\":null}},"
                            + "{\"title\":\"D\",\"price\":3},"
                            + "{\"title\":\"E\",\"price\":{\"amount\":{\"net\":[{}]}}}]");
            assertThat(loading.outbox(summary).codes()).containsExactly("", "", "", "bad_field", "bad_field");
            assertThat(loading.stored().get(0).fields().get(1).values().get(0).text())
                    .isEqualTo("1.5");
            assertThat(loading.stored().get(1).fields().get(0).values().get(0).text())
                    .isEqualTo("2.5");
        }
    }
}
