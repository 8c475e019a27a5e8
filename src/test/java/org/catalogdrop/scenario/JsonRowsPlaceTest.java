package org.catalogdrop.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Problem;
import org.catalogdrop.model.Status;
import org.catalogdrop.model.Summary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows of JSON are found inside of other objects where the mapping says so, and messages say where they seem to be. */
class JsonRowsPlaceTest {

    private static final String MAPPING = """
            drops: "m*.json"
            action: add
            name: title
            fields:
              - {field: 4400049, column: sku}
            """;

    private static final String ROWS = "[{\"title\":\"A\",\"sku\":\"1\"},{\"title\":\"B\",\"sku\":\"2\"}]";

    @TempDir
    Path home;

    private Loading start(String more) throws Exception {
        Files.writeString(Files.createDirectories(home.resolve("mappings")).resolve("m.yaml"), MAPPING + more);
        return Loading.start(home);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '#',
            value = {
                "data       ! {\"data\":ROWS}",
                "data       ! {\"meta\":{\"data\":[1]},\"data\":ROWS,\"links\":{\"next\":null,\"more\":[{},{},{}]}}",
                "data.items ! {\"data\":{\"size\":2,\"items\":ROWS,\"x\":[[1]]},\"y\":{}}",
                "data.items ! ROWS",
                "x          ! {\"x\":{\"title\":\"A\",\"sku\":\"1\"},\"y\":1}",
            })
    void given_a_path_when_loaded_then_the_rows_there_are_taken(String path, String json) throws Exception {
        try (Loading loading = start("rows: " + path)) {
            assertThat(loading.load("m.json", json.replace("ROWS", ROWS)).exitStatus())
                    .isZero();
            assertThat(loading.names()).startsWith("A").hasSize(json.contains("ROWS") ? 2 : 1);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '#',
            value = {
                "data       ! {\"data\":ROWS,\"data\":[{\"title\":\"C\"}]}        ! 'data' is there twice",
                "data       ! {\"data\":ROWS,\"x\":1,\"data\":null}               ! 'data' is there twice",
                "data.items ! {\"data\":{\"items\":ROWS,\"items\":ROWS}}         ! 'data.items' is there twice",
                "data.items ! {\"data\":{\"items\":ROWS},\"data\":{\"items\":[]}} ! 'data' is there twice",
            })
    void given_a_path_that_leads_to_two_places_when_loaded_then_the_drop_is_refused(
            String path, String json, String told) throws Exception {
        try (Loading loading = start("rows: " + path)) {
            Summary summary = loading.load("m.json", json.replace("ROWS", ROWS));
            assertThat(summary.refusal().orElseThrow().code()).isEqualTo(Code.MALFORMED_JSON);
            assertThat(summary.refusal().orElseThrow().message()).contains(told, "into one array");
            assertThat(loading.posts()).isEmpty();
        }
    }

    @Test
    void given_lines_in_which_the_path_leads_to_two_rows_when_loaded_then_they_are_rejected() throws Exception {
        try (Loading loading = start("rows: data")) {
            Summary summary = loading.load(
                    "m.json",
                    "{\"data\":{\"title\":\"A\",\"sku\":\"1\"}}\n"
                            + "{\"data\":{\"title\":\"B\",\"sku\":\"2\"},\"data\":{\"title\":\"C\",\"sku\":\"3\"}}\n");
            assertThat(loading.outbox(summary).codes()).containsExactly("", "malformed_line");
            assertThat(loading.names()).containsExactly("A");
        }
    }

    @Test
    void given_rejects_of_rows_in_an_envelope_when_corrected_and_dropped_then_they_load() throws Exception {
        try (Loading loading = start("rows: data")) {
            Summary summary = loading.load(
                    "m.json",
                    "{\n\"count\": 2,\n\"data\":[\n{\"title\":\"A\",\"sku\":\"1\"},\n{\"title\":\"\",\"sku\":\"2\"}]}");
            assertThat(loading.outbox(summary).lines())
                    .extracting(line -> line.get("line") + " " + line.get("code"))
                    .containsExactly("4 ", "5 name_missing");
            String rejects = Files.readString(loading.outbox(summary).rejects("json"))
                    .replace("\"title\":\"\"", "\"title\":\"B\"");
            assertThat(loading.load("rejects.json", rejects).exitStatus()).isZero();
            assertThat(loading.load("m-again.json", rejects + "\n").exitStatus())
                    .isZero();
            assertThat(loading.names()).containsExactly("A", "B", "B");
        }
    }

    @Test
    void given_a_path_that_is_not_there_when_loaded_then_the_message_says_where_rows_are() throws Exception {
        try (Loading loading = start("rows: items")) {
            Problem problem = loading.load("m.json", "{\"data\":{\"list\":" + ROWS + "}}")
                    .refusal()
                    .orElseThrow();
            assertThat(problem.code()).isEqualTo(Code.MALFORMED_JSON);
            assertThat(problem.message())
                    .contains(
                            "found nothing in 'items', where the mapping expects the rows",
                            "in 'data.list' (2 objects)");
            assertThat(loading.load("m.json", "{\"data\":1}")
                            .refusal()
                            .orElseThrow()
                            .message())
                    .contains("'items', where the mapping expects the rows, is empty or missing");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"data\":ROWS}", "{\n \"meta\": {\"size\":[{}]},\n \"data\": ROWS\n}"})
    void given_an_envelope_when_nothing_says_the_path_then_the_message_does(String json) throws Exception {
        try (Loading loading = start("")) {
            for (String name : new String[] {"m.json", "standard.json"}) {
                assertThat(loading.load(name, json.replace("ROWS", ROWS))
                                .refusal()
                                .orElseThrow()
                                .message())
                        .contains("The rows seem to be in 'data' (2 objects)", "rows: \"data\"");
            }
            assertThat(loading.posts()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\n  \"name\": \"A\",\n  \"cf:4400049\": \"1\"\n}\n", "{\"name\": \"A\"}"})
    void given_one_object_when_loaded_then_it_is_one_row(String json) throws Exception {
        try (Loading loading = Loading.start(home)) {
            Summary summary = loading.load("single.json", json);
            assertThat(summary.rows()).isEqualTo(1);
            assertThat(summary.count(Status.CREATED)).isEqualTo(1);
            assertThat(loading.names()).containsExactly("A");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"data\":[{\"title\":\"A\"}]} x",
                "{\"data\":[{\"title\":\"A\"}",
                "{\"data\":[{\"title\":\"A\"}],"
            })
    void given_an_envelope_that_is_broken_when_loaded_then_nothing_is_sent(String json) throws Exception {
        try (Loading loading = start("rows: data")) {
            assertThat(loading.load("m.json", json).refusal().orElseThrow().code())
                    .isEqualTo(Code.MALFORMED_JSON);
            assertThat(loading.posts()).isEmpty();
        }
    }

    private static final String LINES =
            "{\"n\":1,\"data\":{\"item\":{\"title\":\"A\",\"sku\":\"1\"}},\"z\":[{}]}\n{\"data\":{\"item\":{\"title\":\"\",\"sku\":\"2\"},\"y\":{}}}\n";

    @ParameterizedTest
    @ValueSource(strings = {"m.ndjson", "m.jsonl", "m.json"})
    void given_objects_around_the_rows_of_lines_when_loaded_then_the_path_is_followed_on_each(String name)
            throws Exception {
        Files.writeString(
                Files.createDirectories(home.resolve("mappings")).resolve("m.yaml"),
                MAPPING.replace("m*.json", "m*") + "rows: data.item");
        try (Loading loading = Loading.start(home)) {
            Summary summary = loading.load(
                    name, LINES + "{\"data\":1}\n{\"data\":{\"item\":[{}]}}\n{\"data\":{\"item\":{}}} 7\n[]\n");
            assertThat(loading.outbox(summary).lines())
                    .extracting(line -> line.get("line") + " " + line.get("code"))
                    .containsExactly(
                            "1 ",
                            "2 name_missing",
                            "3 malformed_line",
                            "4 malformed_line",
                            "5 malformed_line",
                            "6 malformed_line");
            assertThat(loading.outbox(summary).lines().get(3).get("message"))
                    .contains("an object in 'data.item'", "array", "correct the key rows");
            assertThat(loading.names()).containsExactly("A");
            Path file = loading.outbox(summary).rejects(name.substring(name.indexOf('.') + 1));
            String rejects = Files.readString(file)
                    .lines()
                    .findFirst()
                    .orElseThrow()
                    .replace("\"title\":\"\"", "\"title\":\"B\"");
            assertThat(loading.load("m-again.ndjson", rejects + "\n").exitStatus())
                    .isZero();
            assertThat(loading.names()).containsExactly("A", "B");
        }
    }
}
