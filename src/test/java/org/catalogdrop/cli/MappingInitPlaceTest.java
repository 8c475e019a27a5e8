package org.catalogdrop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.catalogdrop.sandbox.Sandbox;
import org.catalogdrop.scenario.Loading;
import org.catalogdrop.scenario.MergedCellsTest;
import org.catalogdrop.scenario.TablePlaceTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code mapping init} finds where the table of a drop is, and the mapping that it writes reads the drop. */
class MappingInitPlaceTest {

    @TempDir
    Path home;

    private Sandbox sandbox;

    @BeforeEach
    void start() throws Exception {
        sandbox = Sandbox.start(Loading.sandboxSettings());
        System.setProperty("drop.home", home.toString());
        System.setProperty("kommo.base-url", sandbox.baseUrl());
        System.setProperty("kommo.access-token", Loading.TOKEN);
        System.setProperty("kommo.catalog-id", Long.toString(Loading.LIST));
        System.setProperty("kommo.pace-folder", home.toString());
        System.setProperty("kommo.requests-per-second", "0");
    }

    @AfterEach
    void stop() throws Exception {
        sandbox.close();
        for (String key : new String[] {
            "drop.home",
            "kommo.base-url",
            "kommo.access-token",
            "kommo.catalog-id",
            "kommo.pace-folder",
            "kommo.requests-per-second"
        }) {
            System.clearProperty(key);
        }
    }

    private String mapping(String... arguments) {
        return mapping(0, arguments);
    }

    private String mapping(int expected, String... arguments) {
        StringWriter out = new StringWriter();
        PrintWriter told = new PrintWriter(out, true);
        String[] all = new String[arguments.length + 1];
        all[0] = "mapping";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        int status = CatalogDropMain.commandLine().setOut(told).setErr(told).execute(all);
        assertThat(status).as(out.toString()).isEqualTo(expected);
        return out.toString();
    }

    @Test
    void given_a_mapping_for_drops_of_the_name_when_another_is_drafted_then_no_second_one_is_written()
            throws Exception {
        Path folder = Files.createDirectory(home.resolve("mappings"));
        Files.writeString(folder.resolve("goods.yaml"), "drops: \"new*.csv\"\naction: add\nname: Title\n");
        Path drop = Files.writeString(home.resolve("new-1.csv"), "SKU;Name\n1;Cable\n2;Plug\n");
        assertThat(mapping(2, "init", drop.toString())).contains("goods.yaml in ", "mapping check", "--output");
        assertThat(folder.toFile().list()).containsExactly("goods.yaml");
        mapping(
                "init",
                drop.toString(),
                "--output",
                home.resolve("other/draft.yaml").toString());
    }

    @Test
    void given_quotes_that_make_no_sense_when_a_mapping_is_drafted_then_it_does_not_advise_itself() throws Exception {
        Path drop = Files.writeString(home.resolve("q.csv"), "SKU;Name\n1;\"Cable\" 3 m\n2;\"Plug\n");
        assertThat(mapping(4, "init", drop.toString()))
                .contains("(quote)", "cannot be read")
                .doesNotContain("mapping init");
    }

    @ParameterizedTest
    @CsvSource({"1.234 ! 2.500 ! Price", "03/04/2024 ! 01/02/2024 ! Since"})
    void given_values_with_two_meanings_when_a_mapping_is_drafted_then_nothing_is_loaded_with_it(String values)
            throws Exception {
        String[] parts = values.split(" ! ", 0);
        Path drop = Files.writeString(
                home.resolve("two.csv"),
                "SKU;Name;" + parts[2] + "\n1;Cable;" + parts[0] + "\n2;Plug;" + parts[1] + "\n");
        mapping("init", drop.toString());
        assertThat(mapping(2, "check", drop.toString())).contains("two.yaml:", "is not decided yet");
    }

    @Test
    void given_ids_of_elements_and_of_a_shop_when_a_mapping_is_drafted_then_only_the_first_are_ids() throws Exception {
        Path own = Files.writeString(home.resolve("own.csv"), "name\nCable\nPlug\n");
        StringWriter out = new StringWriter();
        CatalogDropMain.commandLine().setOut(new PrintWriter(out, true)).execute("load", own.toString());
        List<Long> ids = sandbox.store().elements(Loading.LIST).stream()
                .map(one -> one.id())
                .toList();
        Path drop =
                Files.writeString(home.resolve("ids.csv"), "id;Price\n" + ids.get(0) + ";1\n" + ids.get(1) + ";2\n");
        mapping("init", drop.toString());
        assertThat(Files.readString(home.resolve("mappings/ids.yaml"))).contains("\nid: \"id\"");
        Path shop = Files.writeString(home.resolve("shop.csv"), "id;Title;Price\n9000001;Cable;1\n9000002;Plug;2\n");
        mapping("init", shop.toString());
        assertThat(Files.readString(home.resolve("mappings/shop.yaml"))).contains("\n#id: \"id\"", "\naction: add");
    }

    private String init(Path drop) throws Exception {
        mapping("init", drop.toString());
        String stem = drop.getFileName().toString().replaceFirst("\\..*", "");
        String mapping = Files.readString(home.resolve("mappings").resolve(stem + ".yaml"));
        assertThat(mapping("check", drop.toString())).contains("2 add").doesNotContain("rejected");
        return mapping;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '#',
            value = {
                "a.csv  ! SKU;Name␊1;Cable␊2;Plug␊                                        ! #fields:#            ! header",
                "b.csv  ! Price list of 'x␊Created;29.02.2024␊␊SKU;Name;Price␊1;Cable;2,5␊2;Plug;3␊ ! header: auto ! sheet",
                "c.csv  ! \"Name\",\"SKU\"␊\"Monitor 24\\\" black\",\"1\"␊\"Plug\",\"2\"␊ ! escape: \"\\\\\" ! header",
                "e.csv  ! SKU,Name,Comment,Comment␊1,Cable,a,b␊2,Plug␊       ! missing_cells: empty ! header",
                "f.csv  ! SKU,Name,Comment,Comment,␊1,Cable,a,b,␊2,Plug,,,␊  ! read: Comment ! missing_cells",
                "d.json ! {\"data\":{\"items\":[{\"name\":\"A\"},{\"name\":\"B\"}],\"tags\":[{}]}} ! rows: \"data.items\" ! header",
                "g.json ! {\"list\":[{\"sku\":\"1\",\"title\":\"A\"},{\"sku\":\"2\",\"title\":\"B\"}],\"links\":[{\"href\":\"a\"},{\"href\":\"b\"},{\"href\":\"c\"}]} ! rows: \"list\" ! href",
            })
    void given_a_drop_when_a_mapping_is_drafted_then_it_says_where_the_table_is(
            String name, String text, String expected, String not) throws Exception {
        Path drop =
                Files.writeString(home.resolve(name), text.replace('␊', '\n').replace("'x", "\"x"));
        assertThat(init(drop)).contains(expected).doesNotContain(not + ":");
    }

    @Test
    void given_merged_cells_when_a_mapping_is_drafted_then_it_fills_them() throws Exception {
        byte[] workbook = MergedCellsTest.workbook(
                List.of(List.of("Name", "Description"), List.of("Cable", "Goods"), List.of("Plug", "")), "B2:B3");
        assertThat(init(Files.write(home.resolve("m.xlsx"), workbook))).contains("\nmerged_cells: fill");
    }

    @Test
    void given_a_workbook_with_a_cover_when_a_mapping_is_drafted_then_it_names_the_sheet() throws Exception {
        Path drop = Files.write(
                home.resolve("w.xlsx"),
                TablePlaceTest.workbook(
                        TablePlaceTest.row("How to use this list"),
                        TablePlaceTest.row("Goods")
                                + TablePlaceTest.row("SKU", "Name", "Price")
                                + TablePlaceTest.row("1", "Cable", "2")
                                + TablePlaceTest.row("2", "Plug", "3")));
        assertThat(init(drop)).contains("sheet: \"Goods 2024\"", "header: auto");
    }

    @Test
    void given_a_cover_that_is_a_table_when_a_mapping_is_drafted_then_the_sheet_with_most_rows_is_taken()
            throws Exception {
        Path drop = Files.write(
                home.resolve("c.xlsx"),
                TablePlaceTest.workbook(
                        TablePlaceTest.row("Key", "Meaning") + TablePlaceTest.row("SKU", "our number"),
                        TablePlaceTest.row("name", "Colour")
                                + TablePlaceTest.row("Cable", "red")
                                + TablePlaceTest.row("Plug", "green")));
        assertThat(init(drop))
                .contains("sheet: \"Goods 2024\"", "# Its other sheets are not read: \"Read me\".")
                .doesNotContain("without a mapping file");
    }

    @Test
    void given_a_small_sheet_behind_the_table_when_a_mapping_is_drafted_then_it_is_named() throws Exception {
        Path drop = Files.write(
                home.resolve("l.xlsx"),
                TablePlaceTest.workbook(
                        TablePlaceTest.row("Name", "Colour")
                                + TablePlaceTest.row("Cable", "red")
                                + TablePlaceTest.row("Plug", "green"),
                        TablePlaceTest.row("Key", "Meaning") + TablePlaceTest.row("red", "RAL 3000")));
        assertThat(init(drop))
                .contains("# Its other sheets are not read: \"Goods 2024\". To read one of them")
                .doesNotContain("\nsheet:");
    }

    @Test
    void given_a_header_without_rows_when_a_mapping_is_drafted_then_its_columns_are_mapped() throws Exception {
        Path drop = Files.writeString(home.resolve("h.csv"), "SKU;Name;Price\n");
        mapping("init", drop.toString());
        assertThat(Files.readString(home.resolve("mappings/h.yaml")))
                .contains("name: \"Name\"", "column: \"SKU\"", "column: \"Price\"");
    }

    @Test
    void given_a_long_drop_with_a_total_when_a_mapping_is_drafted_then_its_last_row_is_skipped() throws Exception {
        StringBuilder text = new StringBuilder("SKU;Price\n");
        for (int i = 1; i <= 1200; i++) {
            text.append("A-").append(i).append(";12,50\n");
        }
        Path drop = Files.writeString(home.resolve("long.csv"), text.append("Gesamtsumme;15.000,00\n"));
        mapping("init", drop.toString());
        assertThat(Files.readString(home.resolve("mappings/long.yaml")))
                .contains("action: update\nkey: \"SKU\"", "words: [\"Gesamtsumme\"]}   # such as row 1201 (line 1202)");
        assertThat(mapping("check", drop.toString())).contains("1 skipped, 1200 upsert");
    }
}
