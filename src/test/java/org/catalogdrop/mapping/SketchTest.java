package org.catalogdrop.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.catalogdrop.model.Account;
import org.catalogdrop.model.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SketchTest {

    private static final Account.Catalog LIST = new Account.Catalog(
            4220,
            "Products",
            List.of(
                    new Account.Field(1, "Vendor code", "SKU", 1, Map.of()),
                    new Account.Field(2, "Price", "PRICE", 2, Map.of()),
                    new Account.Field(3, "Brand", "", 1, Map.of()),
                    new Account.Field(4, "Colour", "", 4, Map.of(10L, "Red", 11L, "Blue"))));

    private static String draft(List<String> columns, List<Object> cells) {
        return new Sketch("goods.csv", LIST, List.of(Row.of(1, 2, columns, cells))).text();
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
    void columnsInOtherLanguages_draft_matchesThemToFields(String sku, String name, String price, String brand) {
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

    @Test
    void columnWithoutField_draft_showsTypeAndTwoValues() {
        String draft = new Sketch(
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
    void wordsThatAreNoOptions_draft_fillsLabels() {
        String draft = new Sketch(
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
        String draft = new Sketch(
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
        MappingFile file = MappingFile.of("m.yaml", draft.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertThat(file.columns()).contains("Price");
    }
}
