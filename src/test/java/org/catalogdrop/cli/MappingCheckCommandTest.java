package org.catalogdrop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappingCheckCommandTest {

    @TempDir
    Path home;

    @BeforeEach
    void set() throws Exception {
        System.setProperty("drop.home", home.toString());
        System.setProperty("kommo.catalog-id", "4220");
        Files.createDirectory(home.resolve("mappings"));
    }

    @AfterEach
    void clear() {
        System.clearProperty("drop.home");
        System.clearProperty("kommo.catalog-id");
    }

    private void mapping(String name, String more) throws Exception {
        Files.writeString(
                home.resolve("mappings").resolve(name + ".yaml"),
                "drops: \"" + name + "*.csv\"\naction: upsert\nkey: Article\nname: Article\n" + more);
    }

    private String check() {
        return check(0);
    }

    private String check(int expected, String... drop) {
        StringWriter out = new StringWriter();
        PrintWriter told = new PrintWriter(out, true);
        int status = CatalogDropMain.commandLine()
                .setOut(told)
                .setErr(told)
                .execute(Stream.concat(Stream.of("mapping", "check", "--offline"), Stream.of(drop))
                        .toArray(String[]::new));
        assertThat(status).as(out.toString()).isEqualTo(expected);
        return out.toString();
    }

    @Test
    void rejected_rows_are_reported_by_the_exit_status() throws Exception {
        mapping("north", "");
        Path drop = Files.writeString(home.resolve("north.csv"), "Article\nA-1\n\"\"\n");
        assertThat(check(3, drop.toString()))
                .contains("1 row with key_missing in 'Article', for example row 2 (line 3)", "1 rejected, 1 upsert");
        Files.writeString(drop, "Article\nA-1\n");
        check(0, drop.toString());
        Files.writeString(drop, "Number\nA-1\n");
        check(2, drop.toString());
    }

    @Test
    void given_a_word_that_means_empty_already_when_a_name_is_missing_then_it_is_not_proposed_again() throws Exception {
        mapping("north", "defaults: {empty_words: [\"\\\\N\"]}\n");
        Path drop = Files.writeString(home.resolve("north.csv"), "Article\nA-1\n\\N\n");
        assertThat(check(3, drop.toString()))
                .contains("skip_rows: [{column: \"Article\", empty: true}]")
                .doesNotContain("add 'empty_words");
    }

    @Test
    void two_files_for_one_list_of_which_one_deletes_what_is_missing_are_reported() throws Exception {
        mapping("north", "missing: delete\n");
        mapping("south", "catalog: 4220\n");
        mapping("other", "catalog: 4221\n");
        assertThat(check()).contains("north.yaml deletes elements").contains("and south.yaml is for the same");
    }

    @Test
    void others_are_not() throws Exception {
        mapping("north", "missing: delete\n");
        mapping("other", "catalog: 4221\nmissing: delete\n");
        assertThat(check()).contains("north.yaml: for").doesNotContain("Mind");
    }

    @Test
    void given_many_rejects_when_checked_then_each_fault_is_reported_once_with_its_cure() throws Exception {
        mapping("north", """
                fields:
                  - {field: 4400051, column: Price, type: number, decimal: ","}
                  - {field: 4400052, column: Since, type: date}
                  - {field: 4400053, column: Stock, type: number}
                """);
        StringBuilder rows = new StringBuilder("Article;Price;Since;Stock;Colour;Note\u00A0\n");
        for (int i = 1; i <= 30; i++) {
            rows.append("A-").append(i).append(";1.234,50;2024-02-01;1;red;x\n");
        }
        rows.append(
                "B-1;5,00 \u20AC;2024-02-01;1;;\nB-2;1,00;28.02.2024;1;;\nB-3;1,00;;NULL;;\nA-7;1,00;;1;;\nB-4;1;;two;;\nB-4;2;;2;;\n");
        String told =
                check(3, Files.writeString(home.resolve("north.csv"), rows).toString());
        assertThat(told.lines().filter(line -> line.contains("bad_number in 'Price'")))
                .hasSize(1);
        assertThat(told)
                .contains("31 rows with bad_number in 'Price', for example row 1 (line 2)")
                .contains("add 'thousands: \".\"' and 'signs: [\"\u20AC\"]'")
                .contains("1 row with bad_date in 'Since'", "write 'pattern: \"dd.MM.yyyy\"'")
                .contains(
                        "2 rows with bad_number in 'Stock'",
                        "empty_words: [\"NULL\"]",
                        "empty_words: [\"two\"]' to the field")
                .doesNotContain("double_key in 'Article', for example row 34")
                .contains("columns that north.yaml does not read: Colour, Note\\u00A0")
                .contains("34 rejected, 2 upsert");
    }

    @Test
    void given_duplicate_keys_when_checked_then_they_are_reported() throws Exception {
        mapping("north", "");
        String told = check(
                3,
                Files.writeString(home.resolve("north.csv"), "Article\nA\nB\nA\n A\u00A0\nC\n")
                        .toString());
        assertThat(told)
                .contains("2 rows with double_key in 'Article', for example row 3 (line 4)", "is already in row 1")
                .contains("2 rejected, 3 upsert");
    }

    private void json(String name) throws Exception {
        Files.writeString(home.resolve("mappings").resolve(name + ".yaml"), """
                drops: "%s*"
                action: add
                name: Article
                fields:
                  - {field: 4400050, column: price.amount}
                  - {field: 4400051, column: price.amount, type: number}
                  - {field: 4400052, column: prices, type: number, separator: "|"}
                """.formatted(name));
    }

    @Test
    void given_a_word_among_numbers_when_checked_then_the_cure_of_the_numbers_is_reported() throws Exception {
        mapping("north", "fields:\n  - {field: 4400051, column: Price, type: number}\n");
        String told = check(
                3,
                Files.writeString(home.resolve("north.csv"), "Article;Price\nA;auf Anfrage\nB;488,75\nC;?\n")
                        .toString());
        assertThat(told).contains("add 'decimal: \",\"', if '488,75' is 488.75");
    }

    @Test
    void given_numbers_inside_of_objects_or_several_in_a_cell_when_checked_then_their_cure_is_reported()
            throws Exception {
        json("south");
        String told = check(
                3,
                Files.writeString(
                                home.resolve("south.json"),
                                "[{\"Article\":\"A\",\"price\":{\"amount\":\"488,75\"},\"prices\":\"1\"},"
                                        + "{\"Article\":\"B\",\"price\":{\"amount\":\"1\"},\"prices\":\"488,75|1,5\"}]")
                        .toString());
        assertThat(told.lines().filter(line -> line.contains("add 'decimal: \",\"', if '488,75' is 488.75")))
                .hasSize(2);
    }
}
