package org.catalogdrop.results.reject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.catalogdrop.results.Given.drop;
import static org.catalogdrop.results.Given.rejected;
import static org.catalogdrop.results.Given.results;
import static org.catalogdrop.results.Given.row;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Drop;
import org.catalogdrop.model.DropFormat;
import org.catalogdrop.model.Outcome;
import org.catalogdrop.model.Problem;
import org.catalogdrop.model.Row;
import org.catalogdrop.model.Status;
import org.catalogdrop.results.Given;
import org.catalogdrop.results.Results;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RejectFileTest {

    private static final Problem RAGGED = Problem.of(Code.RAGGED_ROW, "3 cells. As rejected: 0");
    private static final Row.Literal DIGITS = new Row.Literal("12345678901234567890.10");

    @TempDir
    Path outbox;

    @ParameterizedTest
    @CsvSource({
        "a.csv, CSV_COMMA, csv",
        "A.CSV.GZ, CSV_SEMICOLON, csv",
        "a.tsv, CSV_TAB, tsv",
        "a.csv, CSV_TAB, csv",
        "a.jsonl.gz, JSON_LINES, jsonl",
        "a.ndjson, JSON_LINES, ndjson",
        "a.json, JSON_LINES, json",
        "stream, API_DOCUMENT, json"
    })
    void ending_is_that_of_the_drop(String name, DropFormat format, String ending) {
        Map<String, String> files = results(outbox, drop(name, format), rejected(row(1, List.of("action"), "add")));

        assertThat(files).containsKey("rejects." + ending);
    }

    @Test
    void ragged_rows_are_fitted_to_the_header() {
        List<String> columns = List.of("id", "name");

        String csv = one(
                drop("a.tsv", DropFormat.CSV_TAB),
                rejected(row(1, columns, "1"), RAGGED),
                rejected(row(2, columns, "1", "a\tb", "surplus"), RAGGED),
                rejected(row(3, columns), RAGGED));

        assertThat(csv)
                .isEqualTo("id\tname\t_code\t_column\t_message\n"
                        + "1\t\tragged_row\t\t3 cells. As rejected: 0\n"
                        + "1\t\"a\tb\"\tragged_row\t\t3 cells. As rejected: 0\n"
                        + "\t\tragged_row\t\t3 cells. As rejected: 0\n");
    }

    @Test
    void cells_are_quoted_so_that_they_are_read_back() {
        String csv = one(
                drop("a.csv", DropFormat.CSV_COMMA),
                rejected(row(1, List.of("a;b", "x,y"), "line\nbreak", " blank "), RAGGED),
                rejected(row(2, List.of("a;b", "x,y"), "cr\r", "1;2"), RAGGED));

        assertThat(csv)
                .isEqualTo("\"a;b\",\"x,y\",_code,_column,_message\n"
                        + "\"line\nbreak\",\" blank \",ragged_row,,3 cells. As rejected: 0\n"
                        + "\"cr\r\",1;2,ragged_row,,3 cells. As rejected: 0\n");
    }

    @Test
    void columns_of_an_earlier_rejects_file_are_replaced() {
        List<String> columns = List.of("_Code", "name", "_COLUMN", "_message");

        String csv =
                one(drop("a.csv", DropFormat.CSV_COMMA), rejected(row(1, columns, "old", "Tea", "old", "old"), RAGGED));
        String json = one(
                drop("b.json", DropFormat.JSON_ARRAY), rejected(row(1, columns, "old", "Tea", "old", "old"), RAGGED));

        assertThat(csv).isEqualTo("name,_code,_column,_message\nTea,ragged_row,,3 cells. As rejected: 0\n");
        assertThat(json).isEqualTo("""
                [
                {"name":"Tea","_code":"ragged_row","_column":"","_message":"3 cells. As rejected: 0"}
                ]
                """);
    }

    @Test
    void undecodable_bytes_are_written_as_they_were() throws IOException {
        Drop csv = drop("a.csv", DropFormat.CSV_COMMA);
        Drop json = drop("a.ndjson", DropFormat.JSON_LINES);
        Row row = row(1, List.of("n\uDCFF"), "caf\uDCE9 é\uD83D\uDE00 \uD800");

        byte[] cells = bytes(csv, rejected(row, RAGGED));
        byte[] object = bytes(json, rejected(row, RAGGED));

        assertThat(new String(cells, StandardCharsets.ISO_8859_1))
                .isEqualTo("n\u00FF,_code,_column,_message\ncaf\u00E9 " + latin("é\uD83D\uDE00")
                        + " ?,ragged_row,,3 cells. As rejected: 0\n");
        assertThat(new String(object, StandardCharsets.ISO_8859_1))
                .startsWith("{\"n\u00FF\":\"caf\u00E9 " + latin("é\uD83D\uDE00") + " \\ud800\",\"_code\"");
    }

    @Test
    void json_keeps_its_types_and_digits() {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("value", "a\"\\\n\u0001");
        value.put("enum", DIGITS);
        Row row = row(
                1,
                List.of("name", "price", "ok", "custom_fields", "none"),
                "Tea",
                DIGITS,
                new Row.Literal("true"),
                List.of(List.of(value), new Row.Literal("1E5"), Map.of(), List.of()),
                new Row.Literal("null"));

        String json =
                one(drop("a.json", DropFormat.JSON_ARRAY), rejected(row), rejected(row(2, List.of("_row"), "text")));

        assertThat(json).isEqualTo("""
                [
                {"name":"Tea","price":12345678901234567890.10,"ok":true,\
                "custom_fields":[[{"value":"a\\"\\\\\\n\\u0001","enum":12345678901234567890.10}],1E5,{},[]],"none":null,\
                "_code":"name_missing","_column":"name","_message":"column 'name' is empty; an add needs one"},
                {"_row":"text",\
                "_code":"name_missing","_column":"name","_message":"column 'name' is empty; an add needs one"}
                ]
                """);
    }

    @Test
    void unreadable_line_is_kept_completely() {
        String json = one(
                drop("a.jsonl", DropFormat.JSON_LINES),
                rejected(row(1, List.of("_line"), "{\"name\": \"Te"), Problem.of(Code.MALFORMED_LINE, "cut off")),
                rejected(row(2, List.of("name"), ""), RAGGED));

        assertThat(json).isEqualTo("""
                {"_line":"{\\"name\\": \\"Te","_code":"malformed_line","_column":"","_message":"cut off"}
                {"name":"","_code":"ragged_row","_column":"","_message":"3 cells. As rejected: 0"}
                """);
    }

    @Test
    void api_document_keeps_its_sections_in_the_drops_order() throws IOException {
        List<String> columns = List.of("action", "id", "action");

        String json = one(
                drop("a.json", DropFormat.API_DOCUMENT),
                rejected(row(1, columns, "delete", "1", "own"), RAGGED),
                rejected(row(2, columns, "delete", "2"), RAGGED),
                Given.created(3),
                rejected(row(4, List.of("action", "name"), "add", ""), RAGGED));

        assertThat(json).isEqualTo("""
                {"delete":[
                {"id":"1","action":"own","_code":"ragged_row","_column":"","_message":"3 cells. As rejected: 0"},
                {"id":"2","_code":"ragged_row","_column":"","_message":"3 cells. As rejected: 0"}
                ],"add":[
                {"name":"","_code":"ragged_row","_column":"","_message":"3 cells. As rejected: 0"}
                ]}
                """);
        assertThat(new ObjectMapper().readTree(json).fieldNames()).toIterable().containsExactly("delete", "add");
    }

    @Test
    void repeated_section_is_a_bug() {
        Outcome add = rejected(row(1, List.of("action"), "add"));
        Outcome delete = rejected(row(2, List.of("action"), "delete"));
        Outcome again = rejected(row(3, List.of("action"), "add"));

        assertThatThrownBy(() -> results(outbox, drop("a.json", DropFormat.API_DOCUMENT), add, delete, again))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'add' comes back after 'delete'");
    }

    @Test
    void only_rejected_rows_are_written() {
        Outcome bare = new Outcome(row(1), "1", "add", Status.REJECTED, 0, Optional.empty());

        assertThat(one(drop("a.csv", DropFormat.CSV_COMMA), bare, Given.created(2)))
                .isEqualTo("name,_code,_column,_message\nn1,,,\n");
    }

    private String one(Drop drop, Outcome... outcomes) {
        return results(outbox, drop, outcomes).entrySet().stream()
                .filter(file -> file.getKey().startsWith("rejects."))
                .findFirst()
                .orElseThrow()
                .getValue();
    }

    private byte[] bytes(Drop drop, Outcome outcome) throws IOException {
        String name;
        try (Results results = Given.begin(outbox, drop, "")) {
            results.write(outcome);
            name = results.publish(announced -> {}, Given.COST).folder();
        }
        return Files.readAllBytes(
                outbox.resolve(name).resolve("rejects." + drop.format().extension()));
    }

    private static String latin(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
