package org.catalogdrop.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.catalogdrop.cli.CatalogDropMain;
import org.catalogdrop.scenario.Loading;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of the inbox that are not loaded are reported with what to do, once. */
class IgnoredFileReportTest {

    @TempDir
    Path home;

    private Path inbox;

    @BeforeEach
    void inbox() throws Exception {
        System.setProperty("drop.home", home.toString());
        inbox = Files.createDirectories(home.resolve("inbox"));
    }

    @AfterEach
    void forget() {
        System.clearProperty("drop.home");
    }

    private String advice(String name) throws Exception {
        return IgnoredFile.of(Files.createFile(inbox.resolve(name)))
                .orElseThrow()
                .advice();
    }

    @ParameterizedTest
    @CsvSource({
        "old.xls, save it as .xlsx or CSV",
        "OLD.XLS, Renaming it alone does not help",
        "calc.ods, save it as .xlsx or CSV",
        "binary.xlsb, save it as .xlsx or CSV",
        "mac.numbers, save it as .xlsx or CSV",
        "unicode.txt, rename it to 'unicode.csv'",
        "products.csv.txt, Rename it to 'products.csv'",
        "products.csv.approve.txt, Rename it to 'products.csv.approve'",
        "products.csv.xz, pack it as .zip or .gz",
        "products.tar.gz, rename it",
        "products, Expected .csv",
        "products.xml, Expected .csv",
    })
    void given_a_file_that_is_not_loaded_when_looked_at_then_the_advice_fits(String name, String advice)
            throws Exception {
        assertThat(advice(name)).contains(advice).doesNotContain("null");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "~$goods.xlsx",
                "~$old.xls",
                ".products.csv.aB3x",
                ".hidden",
                "products.csv.part",
                "products.csv.filepart",
                "products.xlsx.crdownload",
                "products.tmp",
                "products.csv~",
                "products.csv.approve",
                "products.csv",
                "PRODUCTS.XLSM",
                "products.csv\u00A0"
            })
    void given_a_drop_or_a_passing_file_when_looked_at_then_nothing_is_reported(String name) throws Exception {
        assertThat(IgnoredFile.of(Files.createFile(inbox.resolve(name)))).isEmpty();
    }

    @Test
    void given_folders_and_links_when_looked_at_then_they_are_reported_whatever_their_names() throws Exception {
        Path folder = Files.createDirectory(inbox.resolve("july.csv"));
        Path link = Files.createSymbolicLink(inbox.resolve("link.csv"), home.resolve("elsewhere.csv"));
        assertThat(IgnoredFile.of(folder).orElseThrow().advice())
                .contains("folder")
                .contains(inbox.toString());
        assertThat(IgnoredFile.of(link).orElseThrow().advice()).contains("link");
    }

    @Test
    void given_a_name_with_a_blank_nobody_sees_when_reported_then_it_is_shown() throws Exception {
        assertThat(IgnoredFile.of(Files.createFile(inbox.resolve("a\u00A0b.xls")))
                        .orElseThrow()
                        .name())
                .isEqualTo("a\\u00A0b.xls");
    }

    private List<Path> there() throws Exception {
        return DropFiles.files(inbox);
    }

    @Test
    void given_ignored_files_when_looked_at_again_then_each_was_reported_once() throws Exception {
        Path state = Files.createDirectories(home.resolve("state"));
        Path old = Files.createFile(inbox.resolve("old.xls"));
        Files.createFile(inbox.resolve("text.txt"));
        IgnoredFileReport ignored = new IgnoredFileReport(state);
        assertThat(ignored.report(there(), file -> false)).hasSize(2);
        assertThat(ignored.report(there(), file -> false)).isEmpty();

        Files.createFile(inbox.resolve("new.ods"));
        IgnoredFileReport next = new IgnoredFileReport(state);
        assertThat(next.report(there(), file -> false))
                .singleElement()
                .extracting(IgnoredFile::name)
                .isEqualTo("new.ods");

        Files.delete(old);
        assertThat(next.report(there(), file -> false)).isEmpty();
        Files.createFile(old);
        assertThat(new IgnoredFileReport(state).report(there(), file -> false))
                .singleElement()
                .extracting(IgnoredFile::path)
                .isEqualTo(old);
    }

    private List<String> status() {
        StringWriter out = new StringWriter();
        int ended = CatalogDropMain.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(out, true))
                .execute("status");
        assertThat(ended).as(out.toString()).isZero();
        return out.toString().lines().toList();
    }

    @Test
    void given_an_inbox_with_files_of_many_kinds_when_run_then_drops_load_and_the_others_stay_and_are_in_status()
            throws Exception {
        List<String> others = List.of("old.xls", "calc.ods", "unicode.txt", "products.csv.txt", "~$macro.xlsm");
        for (String other : others) {
            Files.writeString(inbox.resolve(other), "name\nnot loaded\n");
        }
        Files.writeString(Files.createDirectory(inbox.resolve("sub")).resolve("p.csv"), "name\nnot loaded\n");
        Files.write(
                inbox.resolve("macro.xlsm"),
                FormatsTest.workbook(
                        "<row><c t=\"str\"><v>name</v></c></row><row><c t=\"str\"><v>of macro</v></c></row>"));
        Files.writeString(inbox.resolve("plain.csv\u200B"), "name\nof plain\n");
        try (Loading loading = Loading.watch(home)) {
            loading.drop().runs().awaitIdle();
            assertThat(loading.drop().runs().exitStatus()).isZero();
            assertThat(loading.names()).containsExactlyInAnyOrder("of macro", "of plain");
        }
        for (String other : others) {
            assertThat(inbox.resolve(other)).hasContent("name\nnot loaded\n");
        }
        assertThat(home.resolve("refused")).isEmptyDirectory();
        assertThat(home.resolve("archive/macro.xlsm")).exists();
        assertThat(home.resolve("archive/plain.csv\u200B")).exists();

        List<String> lines = status();
        assertThat(lines.stream().filter(line -> line.contains(" is ignored: ")))
                .hasSize(5)
                .anyMatch(line -> line.startsWith("old.xls is ignored: It is a workbook"))
                .anyMatch(line -> line.startsWith("sub is ignored: It is a folder"))
                .noneMatch(line -> line.contains("~$"));
    }

    @Test
    void given_hundreds_of_foreign_files_when_asked_for_the_status_then_twenty_and_their_number_are_reported()
            throws Exception {
        for (int i : IntStream.range(0, 300).toArray()) {
            Files.createFile(inbox.resolve("photo-" + i + ".jpg"));
        }
        assertThat(status().stream().filter(line -> line.contains(" is ignored: ")))
                .hasSize(20);
        assertThat(status()).contains("280 more in " + inbox + " are not taken");
    }

    @Test
    void given_a_refused_folder_that_was_taken_away_when_asked_for_the_status_then_it_says_so() throws Exception {
        Files.writeString(inbox.resolve("a.csv"), "name\na\n");
        try (Loading loading = Loading.watch(home)) {
            loading.drop().runs().awaitIdle();
        }
        Files.delete(home.resolve("refused"));
        assertThat(status()).anyMatch(line -> line.startsWith("There is no folder " + home.resolve("refused")));
    }

    @Test
    void given_mapping_files_with_a_wrong_ending_when_run_then_they_are_reported_once_with_what_to_do()
            throws Exception {
        Path mappings = Files.createDirectories(home.resolve("mappings"));
        for (String name : List.of("goods.yaml.txt", "A.YML.TXT", "b.yaml.sample", "c.txt")) {
            Files.writeString(mappings.resolve(name), "drops: x*\n");
        }
        Files.writeString(mappings.resolve("UPPER.YAML"), "drops: p*\naction: add\nname: Title\n");
        Files.writeString(inbox.resolve("p.csv"), "Title\nof mapping\n");
        try (Loading loading = Loading.watch(home)) {
            loading.drop().runs().awaitIdle();
            assertThat(loading.names()).containsExactly("of mapping");
        }
        assertThat(home.resolve("state/ignored-files.txt")).hasContent("A.YML.TXT\ngoods.yaml.txt\n");
        assertThat(status().stream().filter(line -> line.contains(" is ignored: ")))
                .hasSize(2)
                .anyMatch(line ->
                        line.contains("goods.yaml.txt is ignored") && line.contains("rename it to 'goods.yaml'"));
    }

    @ParameterizedTest
    @CsvSource({
        "old.xls, save it as .xlsx or CSV",
        "calc.ODS, Renaming it alone does not help",
        "~$goods.xlsx, Drop the workbook itself",
        "products.txt, Rename the file"
    })
    void given_a_file_that_cannot_be_read_when_loaded_by_name_then_the_advice_fits(String name, String advice)
            throws Exception {
        try (Loading loading = Loading.start(home)) {
            assertThat(loading.load(name, "x").refusal().orElseThrow().message())
                    .contains(advice);
        }
    }
}
