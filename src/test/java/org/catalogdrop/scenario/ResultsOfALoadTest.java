package org.catalogdrop.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.catalogdrop.model.Summary;
import org.catalogdrop.sandbox.store.StoredElement;
import org.catalogdrop.sandbox.store.StoredElement.Field;
import org.catalogdrop.sandbox.store.StoredElement.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a load leaves behind for people and scripts. */
class ResultsOfALoadTest {

    @TempDir
    Path home;

    @Test
    void every_form_of_custom_field_arrives() throws Exception {
        String drop =
                "name,cf:4400049,cf:4400062:enum,cf:4400070:enum,cf:4400080:city,cf:4400080:zip,cf:4400090,cf:4400091\n"
                        + "all,A-1,3692539|3692541,3692602,Riga,LV-1010,1,2026-01-31\n"
                        + "none,,,,,,,\n";
        try (Loading loading = Loading.start(home)) {
            Summary summary = loading.load("fields.csv", drop);

            assertThat(loading.outbox(summary).outcomes()).containsExactly("created", "created");
            assertThat(loading.stored().get(0).fields())
                    .containsExactlyInAnyOrder(
                            Field.of(4400049, "A-1"),
                            new Field(4400062, List.of(new Value("", "3692539"), new Value("", "3692541"))),
                            new Field(4400070, List.of(new Value("", "3692602"))),
                            new Field(4400080, List.of(new Value("Riga", "3"), new Value("LV-1010", "5"))),
                            Field.of(4400090, "1"),
                            // As the API gives dates back.
                            Field.of(4400091, "2026-01-31 00:00:00"));
            assertThat(loading.stored().get(1).fields()).isEmpty();
        }
    }

    @Test
    void custom_fields_of_the_api_and_the_three_actions_of_its_document_arrive() throws Exception {
        try (Loading loading = Loading.start(home)) {
            long changed = loading.sandbox().store().put(Loading.LIST, "old", 1_500_000_000L, List.of());
            long gone = loading.sandbox().store().put(Loading.LIST, "gone", List.of());
            String drop = "{\"add\":[{\"catalog_id\":\"4220\",\"name\":\"new\",\"request_id\":5,\"custom_fields\":["
                    + "{\"id\":\"4400062\",\"values\":[\"3692539\",\"3692540\"]},"
                    + "{\"id\":4400080,\"values\":[{\"value\":\"Main St\",\"subtype\":\"address_line_1\"}]}]}],"
                    + "\"update\":[{\"id\":" + changed + ",\"name\":\"changed\",\"updated_at\":1600000000}],"
                    + "\"delete\":[" + gone + "]}";
            Summary summary = loading.load("document.json", drop);

            assertThat(loading.outbox(summary).outcomes()).containsExactly("created", "updated", "deleted");
            assertThat(loading.names()).containsExactly("changed", "new");
            assertThat(loading.stored().get(0).updatedAt()).isEqualTo(1_600_000_000L);
            assertThat(loading.stored().get(1).fields())
                    .containsExactlyInAnyOrder(
                            new Field(4400062, List.of(new Value("", "3692539"), new Value("", "3692540"))),
                            new Field(4400080, List.of(new Value("Main St", "1"))));
            assertThat(loading.outbox(summary).mapping()).containsKey("5").containsValues(changed, gone);
        }
    }

    @Test
    void summary_has_name_rows_counts_and_folder() throws Exception {
        try (Loading loading = Loading.start(home)) {
            Summary summary = loading.load("drop.csv", "action,name\n,a\nnonsense,b\nadd,\ndelete,c\n");
            JsonNode json = new ObjectMapper()
                    .readTree(loading.outbox(summary)
                            .folder()
                            .resolve("summary.json")
                            .toFile());

            assertThat(summary.exitStatus()).isEqualTo(3);
            assertThat(json.path("drop").asText()).isEqualTo("drop.csv");
            assertThat(json.path("rows").asInt()).isEqualTo(4);
            assertThat(json.toString()).contains("\"created\":1").contains("\"rejected\":3");
            assertThat(loading.outbox(summary).codes()).containsExactly("", "bad_action", "name_missing", "id_missing");
            assertThat(summary.folder())
                    .isEqualTo("drop.csv-" + summary.digest().substring(0, 8));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "\t=1"})
    void text_of_the_file_is_no_formula_in_results_and_verbatim_in_rejects(String text) throws Exception {
        try (Loading loading = Loading.start(home)) {
            String quoted = "\"" + text.replace("\"", "\"\"") + "\"";
            Summary summary = loading.load("formula.csv", "name,request_id\nfine," + quoted + "\n" + quoted + ",7\n");

            List<Map<String, String>> lines = loading.outbox(summary).lines();
            assertThat(lines.get(0).get("code")).isEqualTo("bad_request_id");
            assertThat(lines.get(0).values()).noneMatch(cell -> cell.matches("(?s)\\s*[=+@-].*"));
            assertThat(Outbox.csv(loading.outbox(summary).rejects("csv")).get(0))
                    .containsEntry("request_id", text);
            assertThat(loading.names()).containsExactly(text);
        }
    }

    @Test
    void fixed_rejects_load() throws Exception {
        try (Loading loading = Loading.start(home)) {
            String drop =
                    "request_id,name,cf:4400051,note\n1,good,5,n\n2,,5,\"two\nlines\"\n3,Café,x,\"a;b\"\n4,good too,7,n\n";
            Summary summary = loading.load("drop.csv", drop);
            assertThat(loading.outbox(summary).codes()).containsExactly("", "name_missing", "bad_field_value", "");

            String rejects = Files.readString(loading.outbox(summary).rejects("csv"));
            Summary mended = loading.load(
                    "mended.csv", rejects.replace("2,,5", "2,named,5").replace(",x,", ",8,"));
            assertThat(mended.exitStatus()).isZero();
            assertThat(mended.rows()).isEqualTo(2);
            assertThat(loading.names()).containsExactlyInAnyOrder("good", "good too", "named", "Café");
            assertThat(loading.outbox(mended).mapping()).containsOnlyKeys("2", "3");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ndjson", "json"})
    void fixed_line_is_read_from_its_place_in_the_rejects(String ending) throws Exception {
        try (Loading loading = Loading.start(home)) {
            Summary summary =
                    loading.load("l." + ending, "{\"name\":\"L1\"}\n{\"name\":\"L2\",}\n{\"name\":\"L3\",}\n");
            assertThat(loading.outbox(summary).codes()).containsExactly("", "malformed_line", "malformed_line");

            String rejects = Files.readString(loading.outbox(summary).rejects(ending));
            Summary half = loading.load("half." + ending, rejects.replace("L3\\\",}", "L3\\\"}"));
            assertThat(loading.outbox(half).codes()).containsExactly("malformed_line", "");
            Summary rest = loading.load(
                    "rest." + ending,
                    Files.readString(loading.outbox(half).rejects(ending)).replace("L2\\\",}", "L2\\\"}"));
            assertThat(rest.exitStatus()).isZero();
            assertThat(loading.names()).containsExactly("L1", "L3", "L2");
        }
    }

    @Test
    void ragged_rows_stay_rejected_until_they_are_fixed() throws Exception {
        try (Loading loading = Loading.start(home)) {
            Summary summary =
                    loading.load("ragged.csv", "name,cf:4400049,cf:4400093\nPencil, HB,1,2\nShort\n,x,\nSh\u00F6rt\n");
            String rejects = Files.readString(loading.outbox(summary).rejects("csv"));
            Summary again = loading.load("again.csv", rejects.replace("\n,x,", "\nMended,x,"));

            assertThat(loading.outbox(again).codes()).containsExactly("ragged_row", "ragged_row", "", "ragged_row");
            assertThat(loading.names()).containsExactly("Mended");
            List<Map<String, String>> left = Outbox.csv(loading.outbox(again).rejects("csv"));
            assertThat(left)
                    .isEqualTo(Outbox.csv(loading.outbox(summary).rejects("csv")).stream()
                            .filter(row -> row.get("_code").equals("ragged_row"))
                            .toList());
            assertThat(left.get(0).get("_message")).contains("the extra cells are: 2", "empty its cell _code");

            String mended = Files.readString(loading.outbox(again).rejects("csv"))
                    .replace("Pencil,\" HB\",1,ragged_row", "\"Pencil, HB\",1,2,ragged_row")
                    .replace("Short,,,ragged_row", "Short,,,");
            assertThat(loading.outbox(loading.load("mended.csv", mended)).codes())
                    .containsExactly("", "", "ragged_row");
            assertThat(loading.names()).containsExactly("Mended", "Pencil, HB", "Short");
        }
    }

    @Test
    void row_whose_only_cell_is_empty_is_rejected() throws Exception {
        try (Loading loading = Loading.start(home)) {
            Summary summary = loading.load("one.csv", "name\nA\n\"\"\n\nB\n");

            assertThat(summary.rows()).isEqualTo(3);
            assertThat(loading.outbox(summary).codes()).containsExactly("", "name_missing", "");
            assertThat(loading.names()).containsExactly("A", "B");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rows.ndjson", "rows.json", "rows.json.gz", "rows.tsv"})
    void fixed_rejects_load_in_the_format_of_the_drop(String name) throws Exception {
        String drop =
                switch (name) {
                    case "rows.ndjson" -> "{\"name\":\"a\"}\n{\"name\":\"\",\"cf:4400049\":1.50}\n";
                    case "rows.tsv" -> "name\tcf:4400049\na\t\n\t1.50\n";
                    default -> "[{\"name\":\"a\"},{\"name\":\"\",\"cf:4400049\":1.50}]";
                };
        byte[] bytes = drop.getBytes(StandardCharsets.UTF_8);
        try (Loading loading = Loading.start(home)) {
            Summary summary = loading.load(name, name.endsWith(".gz") ? DropFormsTest.gzip(bytes) : bytes);
            assertThat(loading.outbox(summary).outcomes()).containsExactly("created", "rejected");

            String ending = name.substring(name.indexOf('.') + 1).replace(".gz", "");
            String rejects = Files.readString(loading.outbox(summary).rejects(ending));
            String mended = ending.equals("tsv")
                    ? rejects.replace("\n\t1.50", "\nnamed\t1.50")
                    : rejects.replaceFirst("\"name\": ?\"\"", "\"name\":\"named\"");
            assertThat(loading.load("mended." + ending, mended).exitStatus()).isZero();
            assertThat(loading.stored())
                    .extracting(StoredElement::name, StoredElement::fields)
                    .contains(org.assertj.core.groups.Tuple.tuple("named", List.of(Field.of(4400049, "1.50"))));
        }
    }

    @Test
    void huge_drop_of_bad_rows_has_a_result_line_for_each() throws Exception {
        try (Loading loading = Loading.start(home)) {
            Summary summary = loading.load("bad.csv", "name,note\nfine,\n" + ",x\n".repeat(20_000) + "last,\n");

            assertThat(summary.rows()).isEqualTo(20_002);
            assertThat(loading.names()).containsExactlyInAnyOrder("fine", "last");
            assertThat(loading.outbox(summary).outcomes()).hasSize(20_002);
        }
    }
}
