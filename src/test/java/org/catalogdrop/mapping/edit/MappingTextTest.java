package org.catalogdrop.mapping.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.catalogdrop.mapping.MappingRefused;
import org.junit.jupiter.api.Test;

class MappingTextTest {

    private static final String FILE = """
            # Prices of the shop, every night.
            drops: "products*.csv"   # not the old ones
            action: add
            name: Titel
            defaults:
              empty: leave
            fields:
              # gross
              - field: "Ціна 💶"
                column: "Preis"
                type: number
                decimal: "?"   # comma or dot
              - {field: 7, column: Farbe, type: options}
              - field: 8
                column: Since
                type: date
                # how are the dates written?
            # Columns that are not read:
            #  - field: ?
            """;

    private static MappingText text() throws MappingRefused {
        return MappingText.of("shop.yaml", FILE);
    }

    @Test
    void given_comments_when_a_value_is_changed_then_nothing_else_changes() throws Exception {
        MappingText changed = text().with(",", "fields", "0", "decimal").with("upsert", "action");

        assertThat(changed.text())
                .isEqualTo(FILE.replace("decimal: \"?\"", "decimal: \",\"").replace("action: add", "action: upsert"));
    }

    @Test
    void given_an_entry_in_block_or_in_braces_when_a_key_is_added_then_it_stands_in_that_entry() throws Exception {
        MappingText changed = text().with(".", "fields", "0", "thousands")
                .with("clear", "fields", "1", "empty")
                .with(List.of("-", "n/a"), "fields", "2", "empty_words")
                .with("reject", "defaults", "empty")
                .with("Nr", "key");

        assertThat(changed.text())
                .contains("    decimal: \"?\"   # comma or dot\n    thousands: \".\"\n  - {")
                .contains("- {field: 7, column: Farbe, type: options, empty: clear}")
                .contains("    type: date\n    empty_words: [\"-\", \"n/a\"]\n    # how are the dates written?")
                .contains("  empty: reject\nkey: \"Nr\"\nfields:");
        assertThat(changed.values("fields", "2", "empty_words")).containsExactly("-", "n/a");
    }

    @Test
    void given_a_word_without_a_meaning_when_it_gets_one_then_labels_are_made_and_extended() throws Exception {
        MappingText changed = text().withPair("rot", "Red", "fields", "1", "labels")
                .withPair("blau: \"x\"", "Blue", "fields", "1", "labels");

        assertThat(changed.pairs("fields", "1", "labels"))
                .containsExactly(Map.entry("rot", "Red"), Map.entry("blau: \"x\"", "Blue"));
    }

    @Test
    void given_a_value_when_it_is_removed_then_its_line_becomes_a_comment() throws Exception {
        MappingText changed = text().without("fields", "0", "decimal").without("fields", "1", "type");

        assertThat(changed.has("fields", "0", "decimal")).isFalse();
        assertThat(changed.text())
                .contains("#    decimal: \"?\"   # comma or dot\n")
                .contains("- {field: 7, column: Farbe}\n");
    }

    @Test
    void given_fields_when_one_is_added_then_it_stands_behind_the_comments_of_the_last_one() throws Exception {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("field", "Gewicht");
        keys.put("column", "kg \"netto\"");

        MappingText changed = text().withField(keys);

        assertThat(changed.text())
                .contains("    # how are the dates written?\n  - field: \"Gewicht\"\n    column: \"kg \\\"netto\\\"\"\n"
                        + "# Columns that are not read:");
        assertThat(changed.value("fields", "3", "column")).contains("kg \"netto\"");
    }

    @Test
    void given_fields_when_all_are_removed_then_they_are_comments_and_one_can_be_added_again() throws Exception {
        MappingText none = text().withoutField(2).withoutField(1).withoutField(0);

        assertThat(none.fields()).isZero();
        assertThat(none.text()).contains("#  - field: \"Ціна 💶\"", "#fields:", "  # gross\n", "# comma or dot");
        assertThat(none.withField(Map.of("field", "9")).value("fields", "0", "field"))
                .contains("9");
    }

    @Test
    void given_a_value_that_is_written_once_for_several_places_when_it_is_changed_then_the_reason_is_given()
            throws Exception {
        MappingText anchored = MappingText.of(
                "a.yaml",
                "fields:\n  - &one {field: 1, column: a}\n  - *one\n  - field: 2\n    labels: |\n      text\n");

        assertThatThrownBy(() -> anchored.with("b", "fields", "1", "column"))
                .isInstanceOfSatisfying(MappingRefused.class, told -> assertThat(told.faults())
                        .containsExactly("a.yaml:2: this cannot be changed here, because it is written once for several"
                                + " places (& and *). Edit the file."));
        assertThatThrownBy(() -> anchored.with("b", "fields", "2", "labels"))
                .isInstanceOfSatisfying(
                        MappingRefused.class,
                        told -> assertThat(told.faults().get(0)).contains("a.yaml:5:", "over several lines"));
    }

    @Test
    void given_windows_line_ends_when_a_value_is_changed_then_the_file_stays_valid() throws Exception {
        MappingText changed = MappingText.of("w.yaml", FILE.replace("\n", "\r\n"))
                .with(",", "fields", "0", "decimal")
                .with(".", "fields", "0", "thousands");

        assertThat(changed.value("fields", "0", "thousands")).contains(".");
        assertThat(changed.value("fields", "0", "decimal")).contains(",");
    }

    @Test
    void given_a_text_that_is_no_yaml_when_read_then_its_line_is_named() {
        assertThatThrownBy(() -> MappingText.of("b.yaml", "drops: [\n"))
                .isInstanceOfSatisfying(
                        MappingRefused.class,
                        told -> assertThat(told.faults().get(0)).startsWith("b.yaml:"));
    }
}
