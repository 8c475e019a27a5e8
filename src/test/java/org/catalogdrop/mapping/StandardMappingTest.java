package org.catalogdrop.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.catalogdrop.mapping.Rows.add;
import static org.catalogdrop.mapping.Rows.literal;
import static org.catalogdrop.mapping.Rows.numbered;
import static org.catalogdrop.mapping.Rows.reject;
import static org.catalogdrop.mapping.Rows.row;
import static org.catalogdrop.mapping.Rows.update;
import static org.catalogdrop.mapping.Rows.verdict;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Stream;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.CustomField;
import org.catalogdrop.model.Operation;
import org.catalogdrop.model.Problem;
import org.catalogdrop.model.Reject;
import org.catalogdrop.model.Row;
import org.catalogdrop.model.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class StandardMappingTest {

    @Test
    void add_of_the_vendors_page_is_mapped() {
        Operation.Add add =
                add("catalog_id", "2534", "name", "Black iPhone", "cf:4400050", "100", "cf:4400062:enum", "1|2");
        assertThat(add.catalogId()).isEqualTo(2534);
        assertThat(add.name()).isEqualTo("Black iPhone");
        assertThat(add.requestId()).isEqualTo(1);
        assertThat(add.fields())
                .containsExactly(
                        new CustomField("4400050", List.of(new CustomField.Plain("100"))),
                        new CustomField("4400062", List.of(new CustomField.Option("1"), new CustomField.Option("2"))));
    }

    @Test
    void update_of_the_vendors_page_needs_no_action() {
        Operation.Update update = update("id", "35431", "name", "MacBook Pro 2016", "request_id", "7");
        assertThat(update.id()).isEqualTo(35431);
        assertThat(update.catalogId()).isEqualTo(4220);
        assertThat(update.updatedAt()).isZero();
        assertThat(update.requestId()).isEqualTo(7);
    }

    @Test
    void delete_of_the_vendors_page_needs_only_the_id() {
        Verdict verdict =
                new StandardMapping(OptionalLong.empty()).verdict(row("action", "delete", "id", literal("35159")));
        assertThat(verdict).isInstanceOfSatisfying(Operation.Delete.class, delete -> {
            assertThat(delete.id()).isEqualTo(35159);
            assertThat(delete.requestId()).isEqualTo(1);
        });
    }

    @Test
    void column_names_and_actions_are_trimmed_and_of_any_letter_case() {
        assertThat(update(" ACTION ", " Update ", "Id", " 5 ", "NAME", " a ", "Catalog_ID", " 9 ", "REQUEST_id", " 3 "))
                .extracting(
                        Operation.Update::id,
                        Operation.Update::name,
                        Operation.Update::catalogId,
                        Operation.Update::requestId)
                .containsExactly(5L, " a ", 9L, 3);
    }

    @Test
    void json_literals_are_kept_digit_for_digit_and_null_is_absent() {
        Operation.Add add =
                add("action", literal("null"), "id", literal("null"), "name", literal("1.10"), "cf:1", literal("1E5"));
        assertThat(add.name()).isEqualTo("1.10");
        assertThat(add.fields()).containsExactly(new CustomField("1", List.of(new CustomField.Plain("1E5"))));
        assertThat(add("name", "n", "cf:1", literal("null")).fields()).isEmpty();
    }

    static Stream<Arguments> rejects() {
        Map<String, Object> object = Map.of("a", "b");
        return Stream.of(
                reject(Code.BAD_ACTION, "action", "action", "upsert", "name", "n"),
                reject(Code.BAD_ACTION, "action", "action", object, "name", "n"),
                reject(Code.NAME_MISSING, "name", "action", "add", "name", "  "),
                reject(Code.NAME_MISSING, "name", "id", "5"),
                reject(Code.NAME_MISSING, "name"),
                reject(Code.BAD_TEXT, "name", "name", object),
                reject(Code.ID_MISSING, "ID", "action", "update", "name", "n", "ID", " "),
                reject(Code.ID_MISSING, "id", "action", "delete", "name", "n"),
                reject(Code.ID_UNEXPECTED, "id", "action", "add", "name", "n", "id", "5"),
                reject(Code.ID_UNEXPECTED, "id", "action", "add", "name", "n", "id", "x"),
                reject(Code.BAD_ID, "id", "name", "n", "id", "0"),
                reject(Code.BAD_ID, "id", "name", "n", "id", "007"),
                reject(Code.BAD_ID, "id", "name", "n", "id", "+7"),
                reject(Code.BAD_ID, "id", "name", "n", "id", "-7"),
                reject(Code.BAD_ID, "id", "name", "n", "id", literal("1.0")),
                reject(Code.BAD_ID, "id", "name", "n", "id", literal("1e5")),
                reject(Code.BAD_ID, "id", "name", "n", "id", "9223372036854775808"),
                reject(Code.BAD_ID, "id", "action", "delete", "id", "99999999999999999999"),
                reject(Code.BAD_ID, "id", "name", "n", "id", List.of("1")),
                reject(Code.BAD_CATALOG, "catalog_id", "name", "n", "catalog_id", "goods"),
                reject(Code.BAD_CATALOG, "catalog_id", "name", "n", "catalog_id", object),
                reject(Code.BAD_CATALOG, "catalog_id", "action", "delete", "id", "1", "catalog_id", "Pencil"),
                reject(Code.BAD_REQUEST_ID, "request_id", "name", "n", "request_id", "2147483648"),
                reject(Code.BAD_REQUEST_ID, "request_id", "name", "n", "request_id", "-1"),
                reject(Code.BAD_REQUEST_ID, "request_id", "name", "n", "request_id", "a-b"),
                reject(Code.BAD_REQUEST_ID, "request_id", "name", "n", "request_id", object),
                reject(Code.BAD_UPDATED_AT, "updated_at", "id", "1", "name", "n", "updated_at", "yesterday"),
                reject(Code.BAD_UPDATED_AT, "updated_at", "id", "1", "name", "n", "updated_at", "1509003163000"),
                reject(Code.BAD_UPDATED_AT, "updated_at", "id", "1", "name", "n", "updated_at", "1969-01-01"),
                reject(Code.BAD_UPDATED_AT, "updated_at", "id", "1", "name", "n", "updated_at", "2017-02-30"),
                reject(Code.BAD_COLUMN, "cf:abc", "name", "n", "cf:abc", ""),
                reject(Code.BAD_COLUMN, "cf:", "name", "n", "cf:", ""),
                reject(Code.BAD_COLUMN, "cf:0", "name", "n", "cf:0", ""),
                reject(Code.BAD_COLUMN, "cf:12:", "name", "n", "cf:12:", ""),
                reject(Code.BAD_COLUMN, "cf:12:a:b", "name", "n", "cf:12:a:b", ""),
                reject(Code.DOUBLE_COLUMN, "Name", "name", "n", "Name", "m"),
                reject(Code.DOUBLE_COLUMN, "CF:12", "name", "n", "cf:12", "", "CF:12", "m"),
                reject(Code.BAD_ENCODING, "name", "name", "caf\uDCE9"),
                reject(Code.BAD_ENCODING, "cf:1", "name", "n", "cf:1", "a|caf\uDCE9"),
                reject(Code.BAD_TEXT, "name", "name", "a\uD83Db"),
                reject(Code.BAD_TEXT, "name", "name", "a\u0000b"),
                reject(Code.BAD_TEXT, "cf:1", "name", "n", "cf:1", List.of("a", "\uD83D")));
    }

    private static Arguments reject(Code code, String column, Object... row) {
        return Arguments.of(code, column, row);
    }

    @ParameterizedTest
    @MethodSource("rejects")
    void row_without_a_needed_value_is_rejected(Code code, String column, Object[] row) {
        assertThat(verdict(row)).isInstanceOfSatisfying(Reject.class, reject -> {
            assertThat(reject.problem().code()).isEqualTo(code);
            assertThat(reject.problem().column()).isEqualTo(column);
            assertThat(reject.problem().message()).contains("column '" + column).endsWith(".");
        });
    }

    @Test
    void messages_say_what_where_expected_found_and_what_next() {
        assertThat(Rows.reject("action", "add", "name", "").problem().message())
                .isEqualTo("column 'name' is empty; an add needs one. Fill it.");
        assertThat(Rows.reject("name", "n", "id", "1.0").problem().message())
                .isEqualTo(
                        "column 'id' must be the element's id, a whole number from 1; found '1.0'." + " Correct it.");
        assertThat(Rows.reject("name", "caf\uDCE9").problem().message())
                .contains("byte 0xE9 at character 4")
                .contains("'caf\\uDCE9'");
    }

    @Test
    void without_a_default_list_a_row_must_name_one() {
        StandardMapping mapping = new StandardMapping(OptionalLong.empty());
        assertThat(mapping.verdict(row("name", "n"))).isInstanceOfSatisfying(Reject.class, reject -> assertThat(
                        reject.problem().code())
                .isEqualTo(Code.CATALOG_MISSING));
        assertThat(mapping.verdict(row("name", "n", "catalog_id", "1"))).isInstanceOf(Operation.Add.class);
    }

    @ParameterizedTest
    @CsvSource({
        "1509003163, 1509003163",
        "2017-10-26T07:32:43Z, 1509003163",
        "2017-10-26T10:32:43.9+03:00, 1509003163",
        "2017-10-26T07:32:43, 1509003163",
        "2017-10-26 07:32:43, 1509003163",
        "2017-10-26T07:32, 1509003120",
        "2017-10-26, 1508976000",
        "' 1509003163 ', 1509003163"
    })
    void updated_at_is_unix_seconds_or_iso(String text, long seconds) {
        assertThat(update("id", "1", "name", "n", "updated_at", text).updatedAt())
                .isEqualTo(seconds);
    }

    @Test
    void updated_at_of_an_add_is_not_read() {
        assertThat(verdict("name", "n", "updated_at", "soon")).isInstanceOf(Operation.Add.class);
    }

    @Test
    void unreadable_row_has_its_request_id_and_action_if_they_are_legible() {
        Problem ragged = Problem.of(Code.RAGGED_ROW, "too short");
        StandardMapping mapping = new StandardMapping(OptionalLong.of(1));
        List<String> columns = List.of("request_id", "action", "name");
        assertThat(mapping.verdict(new Row(3, 4, columns, List.of("9", "ADD"), Optional.of(ragged))))
                .isEqualTo(new Reject(
                        new Row(3, 4, columns, List.of("9", "ADD"), Optional.of(ragged)), "9", "add", ragged));
        Row none = new Row(4, 5, List.of(), List.of("{nonsense"), Optional.of(ragged));
        assertThat(mapping.verdict(none)).isEqualTo(new Reject(none, "", "", ragged));
        Row empty = new Row(5, 6, columns, List.of(), Optional.of(ragged));
        assertThat(mapping.verdict(empty)).isEqualTo(new Reject(empty, "", "", ragged));
    }

    @Test
    void reject_has_its_request_id_and_action_if_they_are_valid() {
        assertThat(Rows.reject("request_id", "x", "action", "delete"))
                .extracting(Reject::requestId, Reject::action)
                .containsExactly("", "delete");
        assertThat(Rows.reject("request_id", "8", "action", "sell"))
                .extracting(Reject::requestId, Reject::action)
                .containsExactly("8", "");
        assertThat(Rows.reject("name", ""))
                .extracting(Reject::requestId, Reject::action)
                .containsExactly("1", "add");
    }

    @Test
    void request_id_can_be_used_once() {
        StandardMapping mapping = new StandardMapping(OptionalLong.of(1));
        assertThat(mapping.verdict(numbered(1, "name", "n", "request_id", "3"))).isInstanceOf(Operation.class);
        assertThat(mapping.verdict(numbered(2, "name", "n", "request_id", "3")))
                .isInstanceOfSatisfying(Reject.class, reject -> {
                    assertThat(reject.problem().code()).isEqualTo(Code.DOUBLE_REQUEST_ID);
                    assertThat(reject.problem().message()).contains("request_id 3 ");
                    assertThat(reject.requestId()).isEqualTo("3");
                });
        assertThat(mapping.verdict(numbered(3, "name", "n"))).isInstanceOfSatisfying(Reject.class, reject -> assertThat(
                        reject.problem().message())
                .contains("request_id 3 (this row's number)"));
    }

    @Test
    void rejected_row_leaves_its_request_id_free() {
        StandardMapping mapping = new StandardMapping(OptionalLong.of(1));
        assertThat(mapping.verdict(numbered(1, "name", "", "request_id", "3"))).isInstanceOf(Reject.class);
        assertThat(mapping.verdict(numbered(2, "name", "n", "request_id", "3"))).isInstanceOf(Operation.class);
    }

    @Test
    void row_number_beyond_the_range_is_no_request_id() {
        StandardMapping mapping = new StandardMapping(OptionalLong.of(1));
        assertThat(mapping.verdict(numbered(Integer.MAX_VALUE, "name", "n"))).isInstanceOf(Operation.class);
        assertThat(mapping.verdict(numbered(Integer.MAX_VALUE + 1L, "name", "n")))
                .isInstanceOfSatisfying(Reject.class, reject -> {
                    assertThat(reject.problem().code()).isEqualTo(Code.BAD_REQUEST_ID);
                    assertThat(reject.requestId()).isEmpty();
                });
    }

    @Test
    void unknown_columns_are_reported_once_and_not_without_limit() {
        StandardMapping mapping = new StandardMapping(OptionalLong.of(1));
        mapping.verdict(
                row("name", "n", "Colour", "red", "", "x", "_code", "a", "_row", "b", "_line", "l", "_cf:5", "c"));
        mapping.verdict(numbered(2, "name", "n", "Colour", "red"));
        assertThat(mapping.unknownColumns()).containsExactly("Colour");
        for (int i = 0; i < 1000; i++) {
            mapping.verdict(numbered(3 + i, "name", "n", "x" + i, "y"));
        }
        assertThat(mapping.unknownColumns()).hasSize(50).startsWith("Colour", "x0");
    }

    @Test
    void rows_of_many_shapes_in_one_drop_are_read_by_their_own_columns() {
        StandardMapping mapping = new StandardMapping(OptionalLong.of(1));
        Random random = new Random(7);
        for (int i = 1; i <= 2000; i++) {
            List<Object> parts = new ArrayList<>();
            for (int k = random.nextInt(4); k > 0; k--) {
                parts.addAll(List.of("x" + random.nextInt(1_000_000_000), "y"));
            }
            parts.addAll(random.nextInt(parts.size() / 2 + 1) * 2, List.of("name", "n" + i));
            assertThat(mapping.verdict(numbered(i, parts.toArray())))
                    .extracting(verdict -> ((Operation.Add) verdict).name())
                    .isEqualTo("n" + i);
        }
    }
}
