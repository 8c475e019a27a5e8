package org.catalogdrop.mapping.draft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.catalogdrop.mapping.MappingFile;
import org.catalogdrop.mapping.yaml.MappingParser;
import org.catalogdrop.model.Account;
import org.catalogdrop.model.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MappingDraftTest {

    private static final Account.Catalog LIST = new Account.Catalog(
            4220,
            "Products",
            List.of(
                    new Account.Field(1, "Vendor code", "SKU", 1, Map.of()),
                    new Account.Field(2, "Price", "PRICE", 2, Map.of()),
                    new Account.Field(3, "Brand", "", 1, Map.of()),
                    new Account.Field(4, "Colour", "", 4, Map.of(10L, "Red", 11L, "Blue"))));

    private static String draft(List<String> columns, List<Object> cells) {
        return new MappingDraft("goods.csv", LIST, List.of(Row.of(1, 2, columns, cells))).text();
    }

    @ParameterizedTest
    @CsvSource({
        "Item No., Product Name, Unit Price, Manufacturer",
        "Artikel-Nr., Bezeichnung, VK-Preis (EUR), Hersteller",
        "Артикул, Наименование, Цена (руб.), Производитель",
        "Код товару, Назва, Ціна, Виробник",
        "Referencia, Nombre, Precio, Marca",
        "Código, Nome do produto, Preço, Fabricante",
    })
    void given_columns_in_other_languages_when_drafted_then_they_match_fields(
            String sku, String name, String price, String brand) {
        String draft = draft(List.of(sku, name, price, brand), List.of("A-1", "Cable", "9.90", "Acme"));

        assertThat(draft)
                .contains(
                        "name: \"" + name + "\"",
                        "#key: \"" + sku + "\"",
                        "field: \"Vendor code\"   # a guess by its name\n    column: \"" + sku + "\"",
                        "\n    column: \"" + price + "\"\n    type: number",
                        "\n    column: \"" + brand + "\"");
        assertThat(draft).doesNotContain("Columns that are not read");
    }

    @ParameterizedTest
    @CsvSource({"В наличии", "Disponible", "Verfügbar", "Disponível"})
    void given_a_word_for_available_when_drafted_then_the_field_is_found(String column) {
        Account.Catalog list =
                new Account.Catalog(1, "Goods", List.of(new Account.Field(7, "Available", "", 3, Map.of())));
        assertThat(new MappingDraft("a.csv", list, List.of(Row.of(1, 2, List.of("Name", column), List.of("A", "1"))))
                        .text())
                .contains("field: \"Available\"   # a guess by its name\n    column: \"" + column + "\"");
    }

    @Test
    void given_column_without_a_field_when_drafted_then_type_and_two_values_are_shown() {
        String draft = new MappingDraft(
                        "goods.csv",
                        LIST,
                        List.of(
                                Row.of(1, 2, List.of("Name", "Rack"), List.of("a", "7")),
                                Row.of(2, 3, List.of("Name", "Rack"), List.of("b", "8")),
                                Row.of(3, 4, List.of("Name", "Rack"), List.of("c", "9"))))
                .text();

        assertThat(draft).contains("column: \"Rack\"   # number, such as \"7\" and \"8\"");
    }

    @Test
    void given_words_that_are_no_options_when_drafted_then_labels_are_filled_in() {
        String draft = new MappingDraft(
                        "goods.csv",
                        LIST,
                        List.of(
                                Row.of(1, 2, List.of("Name", "Farbe"), List.of("a", "Redd")),
                                Row.of(2, 3, List.of("Name", "Farbe"), List.of("b", "grün"))))
                .text();

        assertThat(draft).contains("\"Redd\": \"Red\"   # a guess", "#   \"grün\": ?");
    }

    @Test
    void given_money_and_words_for_nothing_when_drafted_then_signs_and_empty_words_are_proposed() throws Exception {
        List<String> columns = List.of("Name", "Price", "Note", "Active");
        String draft = new MappingDraft(
                        "goods.csv",
                        LIST,
                        List.of(
                                Row.of(1, 2, columns, List.of("a", "1.234,50\u00A0\u20AC", "\\N", "x")),
                                Row.of(2, 3, columns, List.of("b", "EUR 7,00", "NULL", "-")),
                                Row.of(3, 4, columns, List.of("c", "NULL", "red", "x")),
                                Row.of(4, 5, columns, List.of("d", "(0,01)", "red", "-"))))
                .text();
        assertThat(draft)
                .contains("  empty_words: [\"NULL\", \"\\\\N\"]")
                .doesNotContain("\"-\"]")
                .contains("    decimal: \",\"\n    thousands: \".\"\n    signs: [\"EUR\", \"\u20AC\"]");
        MappingFile file = MappingParser.parse("m.yaml", draft.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertThat(file.columns()).contains("Price");
    }

    private static final Account.Catalog STANDARD = new Account.Catalog(
            4220,
            "Products",
            List.of(
                    new Account.Field(4400049, "Vendor code", "SKU", 1, Map.of()),
                    new Account.Field(4400051, "Price", "PRICE", 2, Map.of()),
                    new Account.Field(4400070, "Colour", "", 4, Map.of(10L, "Red")),
                    new Account.Field(4400080, "Address", "", 13, Map.of()),
                    new Account.Field(4400091, "Since", "", 6, Map.of())));

    /** Rows from lines of cells, parted by semicolons; the first line is the header. */
    private static String draftOf(String... lines) throws Exception {
        String draft = draftOf(java.util.Set.of(), lines);
        MappingParser.parse("m.yaml", draft.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return draft;
    }

    /** @param elements the ids of elements in the list */
    private static String draftOf(java.util.Set<Long> elements, String... lines) {
        List<String> header = List.of(lines[0].split(";", -1));
        List<Row> rows = new java.util.ArrayList<>();
        for (int i = 1; i < lines.length; i++) {
            rows.add(Row.of(i, i + 1, header, List.of((Object[]) lines[i].split(";", -1))));
        }
        return new MappingDraft(
                        "goods.csv",
                        STANDARD,
                        header,
                        rows,
                        org.catalogdrop.model.Table.PLAIN,
                        List.of(),
                        elements::contains)
                .text();
    }

    @Test
    void given_standard_columns_when_drafted_then_ids_names_parts_and_options_are_mapped_for_certain()
            throws Exception {
        String draft = draftOf(
                "action;id;request_id;name;cf:Price;cf:4400049;cf:Colour:enum;cf:4400080:city",
                "add;;7;A;12.5;x|y;10;Berlin",
                "update;4;8;B;3;z;10;Kyiv");
        assertThat(draft)
                .contains(
                        "action: {column: \"action\"}",
                        "request_id: \"request_id\"",
                        "- field: \"Price\"\n    column: \"cf:Price\"\n    type: number\n    decimal: \".\"\n",
                        "- field: \"Vendor code\"\n    column: \"cf:4400049\"\n    separator: \"|\"\n",
                        "- field: \"Colour\"\n    column: \"cf:Colour:enum\"\n    type: option_ids\n",
                        "- field: \"Address\"\n    subtype: \"city\"\n    column: \"cf:4400080:city\"\n",
                        "loaded without a mapping file too")
                .doesNotContain("guess by its name", "Columns that are not read");
    }

    @ParameterizedTest
    @CsvSource({"SKU, Price", "Artikel-Nr., VK-Preis in EUR", "Код товару, Ціна грн", "cf:SKU, cf:4400051"})
    void given_keys_and_prices_alone_when_drafted_then_elements_are_updated_by_the_key(String sku, String price)
            throws Exception {
        String draft = draftOf(sku + ";" + price, "A-1;12,50", "A-2;7,00");
        assertThat(draft)
                .contains("\naction: update\nkey: \"" + sku + "\"\n", "column: \"" + sku + "\"", "decimal: \",\"")
                .doesNotContain("\nname:");
    }

    @Test
    void given_ids_and_prices_alone_when_drafted_then_elements_are_updated_by_id() throws Exception {
        assertThat(draftOf(java.util.Set.of(1L, 2L), "id;Price", "1;2", "2;3"))
                .contains("\naction: update\nid: \"id\"\n")
                .doesNotContain("\nname:");
    }

    @ParameterizedTest
    @CsvSource({"id;sku;title, 1;A-1;Cable, 2;A-2;Plug", "id;name, 1;Cable, 2;Plug", "ID;Price;Title, 1;5;a, 9;7;b"})
    void given_ids_of_a_shop_when_drafted_then_they_are_no_ids_of_elements(String header, String first, String second)
            throws Exception {
        assertThat(draftOf(header, first, second))
                .containsIgnoringCase("\n#id: \"id\"\n")
                .contains("\naction: add\n", "\nname: ")
                .doesNotContainIgnoringCase("\nid: ");
        assertThat(draftOf(java.util.Set.of(1L), header, first, second))
                .as("one of them is an element by chance")
                .doesNotContainIgnoringCase("\nid: ");
    }

    @Test
    void given_ids_of_a_shop_and_no_names_when_drafted_then_the_name_is_left_open() throws Exception {
        assertThat(draftOf("id;Price", "1;2", "2;3")).contains("\nname: \"?\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Price; 1.234; 2.500 | 1.234 with decimal: \".\", or 1234 with decimal: \",\" and thousands: \".\"",
                "Price; 1,234; 2     | 1.234 with decimal: \",\", or 1234 with decimal: \".\" and thousands: \",\"",
                "Since; 03/04/2024; 01/02/2024 | 2024-04-03 with \"dd/MM/yyyy\", or 2024-03-04 with \"MM/dd/yyyy\"",
                "Since; 03/04/2024 10:30; 01/02/2024 11:00 | 2024-04-03 10:30:00 with \"dd/MM/yyyy HH:mm\", or 2024-03-04",
            })
    void given_values_with_two_meanings_when_drafted_then_the_mapping_is_invalid_until_one_is_chosen(
            String values, String readings) {
        String[] parts = values.split("; *", 0);
        String draft = draftOf(
                java.util.Set.of(), "SKU;Name;" + parts[0], "1;a;" + parts[1].strip(), "2;b;" + parts[2].strip());
        assertThat(draft).contains("# \"" + parts[1].strip() + "\" is " + readings);
        assertThatThrownBy(() -> MappingParser.parse("m.yaml", draft.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .hasMessageContaining("is not decided yet");
    }

    @ParameterizedTest
    @CsvSource({"1.234, 0.500", "1.234, 2.5", "1.234, 1.234.567", "1.234, '7,5'"})
    void given_one_value_that_shows_what_separates_when_drafted_then_the_number_is_decided(String first, String second)
            throws Exception {
        assertThat(draftOf("SKU;Name;Price", "1;a;" + first, "2;b;" + second)).contains("    decimal: ");
    }

    @Test
    void given_amounts_of_two_units_when_drafted_then_only_the_usual_unit_is_read() throws Exception {
        assertThat(draftOf("SKU;Name;Price", "1;a;1.5 kg", "2;b;500.5 g", "3;c;2.5 kg"))
                .contains("signs: [\"kg\"]   # not [\"g\"]");
    }

    @Test
    void given_standard_columns_in_another_place_when_drafted_then_no_load_without_the_mapping_is_promised() {
        List<String> columns = List.of("name", "cf:Price");
        List<Row> rows = List.of(Row.of(1, 4, columns, List.of("a", "1")));
        org.catalogdrop.model.Table below = org.catalogdrop.model.Table.PLAIN.withHeader(3);
        assertThat(new MappingDraft("goods.xlsx", STANDARD, columns, rows, below, List.of(), id -> false).text())
                .doesNotContain("without a mapping file");
    }

    @ParameterizedTest
    @CsvSource({"SKU;Title 2;Price, A-1;Cable;2, A-2;Plug;3", "SKU;Price, A-1;2, A-1;3"})
    void given_texts_that_may_be_names_or_duplicate_keys_when_drafted_then_it_adds(
            String header, String first, String second) throws Exception {
        assertThat(draftOf(header, first, second)).contains("\naction: add\n", "\nname: ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "12,50   | decimal: \",\"",
                "1.234,5 | decimal: \",\"\\n    thousands: \".\"",
                "7       | empty_words",
                "12.50 € | decimal: \".\"\\n    signs: [\"€\"]",
            })
    void given_a_word_among_numbers_when_drafted_then_most_of_them_say_how_they_are_written(
            String number, String expected) throws Exception {
        String draft = draftOf("SKU;Name;Price", "1;a;" + number, "2;b;" + number, "3;c;auf Anfrage");
        assertThat(draft)
                .contains(expected.replace("\\n", "\n"), "\n    #empty_words: [\"auf Anfrage\"]")
                .doesNotContain("not all values seem");
    }

    @Test
    void given_a_broken_number_among_numbers_when_drafted_then_it_is_reported() throws Exception {
        assertThat(draftOf("SKU;Name;Price", "1;a;12,50", "2;b;1,00", "3;c;1.5.3", "4;d;3,00"))
                .contains("decimal: \",\"", "rows are rejected: [\"1.5.3\"]")
                .doesNotContain("empty_words: [");
    }

    @ParameterizedTest
    @CsvSource({
        "12.50 EUR, EUR",
        "12.50 руб., руб.",
        "12.50 ₴, ₴",
        "12.50 грн, грн",
        "CHF 12.50, CHF",
        "5.5 %, %",
        "12.50-, ''",
        "(0.01), ''"
    })
    void given_signs_when_drafted_then_they_are_proposed(String value, String sign) throws Exception {
        String draft = draftOf("SKU;Name;Price", "1;a;" + value, "2;b;7.00");
        assertThat(draft).contains("decimal: \".\"" + (sign.isEmpty() ? "" : "\n    signs: [\"" + sign + "\"]\n"));
        assertThat(draft.contains("signs:")).isEqualTo(!sign.isEmpty());
    }

    @Test
    void given_letters_of_a_name_among_numbers_when_drafted_then_they_are_no_signs() throws Exception {
        assertThat(draftOf("SKU;Name;Price", "1;a;8.5", "2;b;7", "3;c;M8")).doesNotContain("signs:");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "Summe;;19.50            ! {column: \"SKU\", words: [\"Summe\"]}",
                ";TOTAL:;19.50           ! {column: \"Name\", words: [\"TOTAL:\"]}",
                "Итого;;19.50            ! {column: \"SKU\", words: [\"Итого\"]}",
                ";Разом;19.50            ! {column: \"Name\", words: [\"Разом\"]}",
                ";Grand total;19.50      ! {column: \"Name\", words: [\"Grand total\"]}",
                "Summe (3 Artikel);;19.5 ! {column: \"SKU\", words: [\"Summe (*Artikel)\"]}",
                ";Stand heute, netto;    ! {column: \"SKU\", empty: true}",
            })
    void given_totals_and_remarks_below_the_rows_when_drafted_then_they_are_skipped(String row, String expected)
            throws Exception {
        assertThat(draftOf("SKU;Name;Price", "A-1;Cable;12.50", "A-2;Total station;7.00", "A-3;Hat;8", row))
                .contains("\nskip_rows:\n  - " + expected + "   # such as row 4 (line 5): ")
                .contains("\naction: add\n");
    }

    @ParameterizedTest
    @CsvSource({"A-3;Total station;7", "A-3;Summerhat;7", "A-3;;7", "Sum-1;x;7"})
    void given_rows_of_the_list_when_drafted_then_none_is_skipped(String row) throws Exception {
        assertThat(draftOf("SKU;Name;Price", "A-1;Cable;12.50", "A-2;Plug;7.00", row))
                .doesNotContain("skip_rows");
    }

    @Test
    void given_objects_in_json_when_drafted_then_their_values_are_named_by_paths() throws Exception {
        List<String> columns = List.of("code", "attributes", "tags");
        String draft = new MappingDraft(
                        "goods.json",
                        STANDARD,
                        List.of(Row.of(
                                1,
                                1,
                                columns,
                                List.of(
                                        "A",
                                        Map.of(
                                                "name",
                                                "Cable",
                                                "price",
                                                Map.of("amount", new Row.Literal("1.5")),
                                                "category",
                                                Map.of("name", "Goods")),
                                        List.of("x")))))
                .text();
        assertThat(draft)
                .contains(
                        "name: \"attributes.name\"",
                        "field: \"Price\"   # a guess by its name\n    column: \"attributes.price.amount\"",
                        "column: \"attributes.category.name\"   # text",
                        "column: \"tags\"   # arrays");
    }
}
