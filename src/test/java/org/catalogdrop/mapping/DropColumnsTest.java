package org.catalogdrop.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.catalogdrop.model.CustomField;
import org.catalogdrop.model.CustomField.Value;
import org.catalogdrop.model.Element;
import org.catalogdrop.model.Element.Field;
import org.catalogdrop.model.Element.FieldValue;
import org.catalogdrop.model.Operation;
import org.catalogdrop.model.Row;
import org.catalogdrop.model.Verdict;
import org.junit.jupiter.api.Test;

class DropColumnsTest {

    @Test
    void elements_of_the_vendors_page_become_a_drop() {
        Element markers = element(
                41873,
                "Markers",
                field("4400062", option("2", "3692540"), option("3", "3692541")),
                field("4400050", text("250")));
        Element pencils = element(41872, "Pencils", field("4400050", text("a|b"), text("c")));
        DropColumns columns = seen(markers, pencils);
        assertThat(columns.columns()).containsExactly("id", "catalog_id", "name", "cf:4400050", "cf:4400062:enum");
        assertThat(columns.cells(markers)).containsExactly("41873", "4220", "Markers", "250", "3692540|3692541");
        assertThat(columns.cells(pencils)).containsExactly("41872", "4220", "Pencils", "a\\|b|c", "");
    }

    @Test
    void fields_are_in_ascending_order() {
        assertThat(seen(element(1, "n", field("1000", text("a")), field("999", text("b")), field("5")))
                        .columns())
                .containsExactly("id", "catalog_id", "name", "cf:5", "cf:999", "cf:1000");
    }

    @Test
    void kinds_are_beside_their_values_and_subtypes_in_columns_of_their_own() {
        Element element = element(
                1,
                "n",
                field("1", option("+7", "WORK"), text("+8")),
                field("2", part("Main St", "1"), part("Rome", "3")),
                field("3", option("+7", "12"), option("+8", "12")));
        DropColumns columns = seen(element);
        assertThat(columns.columns()).endsWith("name", "cf:1", "cf:1:enum", "cf:2:1", "cf:2:3", "cf:3", "cf:3:enum");
        assertThat(columns.cells(element)).endsWith("n", "+7|+8", "WORK|", "Main St", "Rome", "+7|+8", "12|12");
    }

    @Test
    void values_that_cells_cannot_express_are_read_only() {
        Element element = element(
                1,
                "n",
                field("1", text("{\"name\":\"Ltd\"}")),
                field("2", part("a", "enum")),
                field("3", text("{\"a\":1}"), text("b")));
        DropColumns columns = seen(element);
        assertThat(columns.columns()).endsWith("name", "_cf:1", "_cf:2", "cf:3");
        assertThat(columns.cells(element)).endsWith("n", "{\"name\":\"Ltd\"}", "a", "{\"a\":1}|b");
        assertThat(update(columns, element).fields())
                .extracting(CustomField::id)
                .containsExactly("3");
    }

    @Test
    void field_changed_since_the_first_pass_is_left_out() {
        DropColumns columns = seen(element(1, "n", field("1", option("a", "5")), field("2", text("x"))));
        Element changed =
                element(1, "n", field("1", text("b")), field("2", option("x", "WORK")), field("3", text("new")));
        assertThat(columns.cells(changed)).containsExactly("1", "4220", "n", "", "");
    }

    @Test
    void drop_of_a_list_updates_to_the_same_values() {
        Random random = new Random(20261124);
        for (int round = 0; round < 100; round++) {
            List<Element> elements = new ArrayList<>();
            for (int i = 1; i <= 8; i++) {
                elements.add(randomElement(random, i));
            }
            DropColumns columns = seen(elements.toArray(Element[]::new));
            for (Element element : elements) {
                Operation.Update update = update(columns, element);
                assertThat(update.id()).isEqualTo(element.id());
                assertThat(update.name()).isEqualTo(element.name());
                assertThat(update.catalogId()).isEqualTo(element.catalogId());
                assertThat(update.updatedAt()).isZero();
                assertThat(update.fields())
                        .as("%s by %s", element, columns.columns())
                        .isEqualTo(expected(element));
            }
        }
    }

    // Field 1 plain, 2 options, 3 texts with a kind, 4 parts, 5 texts with and without a kind.
    private static Element randomElement(Random random, long id) {
        List<FieldValue> plain = new ArrayList<>();
        List<FieldValue> options = new ArrayList<>();
        List<FieldValue> kinds = new ArrayList<>();
        List<FieldValue> parts = new ArrayList<>();
        List<FieldValue> mixed = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            plain.add(text(randomText(random)));
            int option = random.nextInt(1, 9);
            FieldValue chosen = option("text " + option, Integer.toString(option));
            // An element has an option at most once.
            if (!options.contains(chosen)) {
                options.add(chosen);
            }
            mixed.add(new FieldValue("m" + randomText(random), random.nextBoolean() ? "" : "W\\|", ""));
            kinds.add(option("t" + randomText(random), random.nextBoolean() ? "WORK" : "HO|ME"));
        }
        for (String subtype : List.of("1", "2", "city")) {
            for (int i = random.nextInt(3); i > 0; i--) {
                parts.add(part("p" + randomText(random), subtype));
            }
        }
        return element(
                id,
                "n" + randomText(random),
                new Field("1", "", plain),
                new Field("2", "", options),
                new Field("3", "", kinds),
                new Field("4", "", parts),
                new Field("5", "", mixed));
    }

    private static String randomText(Random random) {
        String alphabet = "a|\\\\| é😀";
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(7); i > 0; i--) {
            text.append(alphabet.charAt(random.nextInt(6)));
        }
        return text.toString();
    }

    private static List<CustomField> expected(Element element) {
        List<CustomField> fields = new ArrayList<>();
        for (Field field : element.fields()) {
            List<Value> values = new ArrayList<>();
            for (FieldValue value : field.values()) {
                values.add(expected(field.id(), value));
            }
            // Parts stand in the order of their columns; a single empty text is an empty cell, which leaves the field
            // as it is.
            boolean unsent = values.isEmpty() || values.equals(List.of(new CustomField.Plain("")));
            if (!unsent) {
                fields.add(new CustomField(field.id(), values));
            }
        }
        return fields;
    }

    private static Value expected(String field, FieldValue value) {
        return switch (field) {
            case "1" -> new CustomField.Plain(value.value());
            case "2" -> new CustomField.Option(value.enumId());
            case "5" ->
                value.enumId().isEmpty()
                        ? new CustomField.Plain(value.value())
                        : new CustomField.WithEnum(value.value(), value.enumId());
            case "3" -> new CustomField.WithEnum(value.value(), value.enumId());
            default -> new CustomField.WithSubtype(value.value(), value.subtype());
        };
    }

    private static Operation.Update update(DropColumns columns, Element element) {
        Row row = Row.of(1, 2, columns.columns(), List.copyOf(columns.cells(element)));
        Verdict verdict = new StandardMapping(OptionalLong.empty()).verdict(row);
        assertThat(verdict).isInstanceOf(Operation.Update.class);
        return (Operation.Update) verdict;
    }

    private static DropColumns seen(Element... elements) {
        DropColumns columns = new DropColumns();
        for (Element element : elements) {
            columns.see(element);
        }
        return columns;
    }

    private static Element element(long id, String name, Field... fields) {
        return new Element(id, 4220, name, 1, 2, List.of(fields));
    }

    private static Field field(String id, FieldValue... values) {
        return new Field(id, "", List.of(values));
    }

    private static FieldValue text(String value) {
        return new FieldValue(value, "", "");
    }

    private static FieldValue option(String value, String enumId) {
        return new FieldValue(value, enumId, "");
    }

    private static FieldValue part(String value, String subtype) {
        return new FieldValue(value, "", subtype);
    }
}
