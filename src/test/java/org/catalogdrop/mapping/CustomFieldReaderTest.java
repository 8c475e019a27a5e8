package org.catalogdrop.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.catalogdrop.mapping.Rows.add;
import static org.catalogdrop.mapping.Rows.literal;
import static org.catalogdrop.mapping.Rows.reject;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.CustomField;
import org.catalogdrop.model.CustomField.Option;
import org.catalogdrop.model.CustomField.Plain;
import org.catalogdrop.model.CustomField.Raw;
import org.catalogdrop.model.CustomField.Value;
import org.catalogdrop.model.CustomField.WithEnum;
import org.catalogdrop.model.CustomField.WithSubtype;
import org.catalogdrop.model.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CustomFieldReaderTest {

    static Stream<Arguments> forms() {
        return Stream.of(
                form("plain, verbatim", values(new Plain(" a ")), "cf:9", " a "),
                form("several", values(new Plain("a"), new Plain(""), new Plain("b")), "cf:9", "a||b"),
                form("literal bars", values(new Plain("a|b"), new Plain("c")), "cf:9", "a\\|b|c"),
                form("backslash and bar", values(new Plain("a\\"), new Plain("b\\n")), "cf:9", "a\\\\|b\\n"),
                form("three backslashes", values(new Plain("a\\|b")), "cf:9", "a\\\\\\|b"),
                form("options", values(new Option("3692539"), new Option("3692540")), "cf:9:enum", "3692539| 3692540"),
                form("option number", values(new Option("3692539")), "cf:9:ENUM", literal("3692539")),
                form("options list", values(new Option("1"), new Option("2")), "cf:9:enum", List.of("1", literal("2"))),
                form(
                        "pairs",
                        values(new WithEnum("+7", "WORK"), new WithEnum("+8", "12")),
                        "cf:9",
                        "+7|+8",
                        "cf:9:enum",
                        "WORK|12"),
                form("pairs, enum first", values(new WithEnum("+7", "WORK")), "cf:9:enum", "WORK", "cf:9", "+7"),
                form(
                        "pair without a kind",
                        values(new Plain("+7"), new WithEnum("+8", "HOME")),
                        "cf:9",
                        "+7|+8",
                        "cf:9:enum",
                        "|HOME"),
                form("enum empty", values(new Plain("+7")), "cf:9", "+7", "cf:9:enum", " "),
                form("value empty", values(new Option("5")), "cf:9", "", "cf:9:enum", "5"),
                form(
                        "subtypes",
                        values(new WithSubtype("Main St", "address_line_1"), new WithSubtype("Rome", "City")),
                        "cf:9:address_line_1",
                        "Main St",
                        "cf:9:zip",
                        "",
                        "cf:9:City",
                        "Rome"),
                form(
                        "plain and subtypes",
                        values(new WithSubtype("a", "x"), new WithSubtype("b", "x"), new Plain("c")),
                        "cf:9:x",
                        "a|b",
                        "cf:9",
                        "c"),
                form(
                        "JSON list is not split",
                        values(new Plain("a|b"), new Plain("1.50")),
                        "cf:9",
                        List.of("a|b", literal("1.50"))),
                form(
                        "checkbox",
                        values(new Plain("1"), new Plain("0")),
                        "cf:9",
                        List.of(literal("true"), literal("false"))),
                form("checkbox alone", values(new Plain("1")), "cf:9", literal("true")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forms")
    void cells_get_the_forms_of_the_vendors_page(String form, List<Value> values, Object[] cells) {
        assertThat(add(named(cells)).fields()).containsExactly(new CustomField("9", values));
    }

    @Test
    void empty_cells_are_not_sent() {
        assertThat(add(
                                "name",
                                "n",
                                "cf:9",
                                "",
                                "cf:8:enum",
                                "  ",
                                "cf:7:city",
                                "",
                                "cf:6",
                                List.of(),
                                "custom_fields",
                                "")
                        .fields())
                .isEmpty();
    }

    @Test
    void fields_are_in_the_order_of_their_first_columns() {
        assertThat(add("cf:9:x", "a", "cf:8", "b", "name", "n", "cf:9:y", "c").fields())
                .containsExactly(
                        new CustomField("9", List.of(new WithSubtype("a", "x"), new WithSubtype("c", "y"))),
                        new CustomField("8", List.of(new Plain("b"))));
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                fault(Code.ENUM_COUNT, "cf:9", "a|b", "cf:9:enum", "WORK"),
                fault(Code.BAD_FIELD, "cf:9:enum", "WORK"),
                fault(Code.BAD_FIELD, "cf:9:enum", "1||2"),
                fault(Code.BAD_FIELD, "cf:9:enum", "1.5"),
                fault(Code.BAD_FIELD, "cf:9", Map.of("value", "a")),
                fault(Code.BAD_FIELD, "cf:9", List.of(List.of("a"))),
                fault(Code.BAD_FIELD, "cf:9", List.of(literal("null"))),
                fault(Code.BAD_FIELD, "custom_fields", "[{\"id\":1}]"),
                fault(Code.BAD_FIELD, "custom_fields", Map.of("id", "1")),
                fault(Code.BAD_FIELD, "custom_fields", List.of("1")),
                fault(Code.BAD_FIELD, "custom_fields", List.of(Map.of("id", "x", "values", List.of()))),
                fault(Code.BAD_FIELD, "custom_fields", List.of(Map.of("id", "1"))),
                fault(Code.BAD_FIELD, "custom_fields", List.of(Map.of("id", "1", "values", "a"))),
                fault(Code.BAD_FIELD, "custom_fields", List.of(Map.of("code", "SKU", "values", List.of()))),
                fault(Code.BAD_FIELD, "custom_fields", List.of(api("1", "red"))),
                fault(Code.BAD_FIELD, "custom_fields", List.of(api("1", literal("null")))),
                fault(Code.BAD_FIELD, "custom_fields", List.of(api("1", "2"), api("1", "3"))),
                fault(Code.BAD_FIELD, "cf:1", "a", "custom_fields", List.of(api("1", "2"))),
                fault(Code.BAD_ENCODING, "custom_fields", List.of(api("1", Map.of("value", "\uDCE9")))),
                fault(Code.BAD_TEXT, "custom_fields", List.of(api("1", Map.of("value", Map.of("n\u0000", "v"))))));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void value_in_no_form_of_a_field_is_rejected(Code code, Object[] cells) {
        Problem problem = reject(named(cells)).problem();
        assertThat(problem.code()).isEqualTo(code);
        assertThat(problem.column()).matches("cf:9.*|custom_fields");
    }

    @Test
    void field_code_is_distinguished_from_an_id() {
        assertThat(reject("name", "n", "custom_fields", List.of(Map.of("code", "SKU", "values", List.of("1"))))
                        .problem()
                        .message())
                .contains("custom_fields[0] has no id")
                .contains("the id of the field, not its code or name (found code)");
    }

    @Test
    void custom_fields_of_the_api_are_taken_in_every_form() {
        Map<String, Object> legal = Map.of("value", Map.of("name", "Ltd", "vat_id", literal("7")));
        List<Object> items = List.of(Map.of("quantity", literal("2")));
        List<CustomField> fields = add(
                        "name",
                        "n",
                        "cf:7",
                        "a",
                        "custom_fields",
                        List.of(
                                api(literal("4400050"), Map.of("value", literal("100"))),
                                api("4400062", "3692539", literal("3692540")),
                                api(
                                        "3",
                                        Map.of("value", "+7", "enum", "WORK"),
                                        Map.of("value", "+8", "enum", literal("null"))),
                                api("4", Map.of("value", "Rome", "subtype", "city")),
                                api("5", legal, items),
                                api("6", Map.of("value", literal("true")), Map.of("value", "x", "extra", "y")),
                                api("8")))
                .fields();
        assertThat(fields)
                .containsExactly(
                        new CustomField("7", values(new Plain("a"))),
                        new CustomField("4400050", values(new Plain("100"))),
                        new CustomField("4400062", values(new Option("3692539"), new Option("3692540"))),
                        new CustomField("3", values(new WithEnum("+7", "WORK"), new Plain("+8"))),
                        new CustomField("4", values(new WithSubtype("Rome", "city"))),
                        new CustomField("5", values(new Raw(legal), new Raw(items))),
                        new CustomField("6", values(new Plain("1"), new Raw(Map.of("value", "x", "extra", "y")))),
                        new CustomField("8", values()));
    }

    @Test
    void fields_as_the_api_returns_them_are_taken() {
        Map<String, Object> multilist = Map.of(
                "id",
                literal("4400062"),
                "name",
                "Multilist",
                "is_system",
                literal("false"),
                "values",
                List.of(Map.of("value", "2", "enum", "3692540")));
        assertThat(add("name", "n", "custom_fields", List.of(multilist)).fields())
                .containsExactly(new CustomField("4400062", values(new WithEnum("2", "3692540"))));
    }

    private static Arguments form(String form, List<Value> values, Object... cells) {
        return Arguments.of(form, values, cells);
    }

    private static Arguments fault(Code code, Object... cells) {
        return Arguments.of(code, cells);
    }

    private static List<Value> values(Value... values) {
        return List.of(values);
    }

    private static Map<String, Object> api(Object id, Object... values) {
        return Map.of("id", id, "values", List.of(values));
    }

    private static Object[] named(Object[] cells) {
        return Stream.concat(Stream.of("name", "n"), Stream.of(cells)).toArray();
    }
}
