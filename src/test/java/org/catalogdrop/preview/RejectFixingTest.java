package org.catalogdrop.preview;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.catalogdrop.config.Settings;
import org.catalogdrop.config.SettingsReader;
import org.catalogdrop.input.Book;
import org.catalogdrop.model.Account;
import org.catalogdrop.model.Status;
import org.catalogdrop.model.Summary;
import org.catalogdrop.preview.RejectFixing.Edits;
import org.catalogdrop.preview.RejectFixing.Part;
import org.catalogdrop.resolve.MappingResolver;
import org.catalogdrop.scenario.Loading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rejects of a real load, fixed as on the page and loaded again. */
class RejectFixingTest {

    private static final String MAPPING = """
            drops: "d*"
            action: upsert
            key: Nr
            name: Name
            fields:
              - {field: 4400049, column: Nr}
              - {field: 4400051, column: Preis, type: number, decimal: ","}
            """;

    @TempDir
    Path home;

    private RejectFixing fixing(Loading loading) {
        Map<String, String> values = Loading.settings(home, loading.sandbox().baseUrl());
        Settings settings = SettingsReader.read(key -> Optional.ofNullable(values.get(key)), true);
        return new RejectFixing(
                MappingResolver.readOnly(settings.api(), settings.drops(), settings.folders()), settings.drops());
    }

    private static Account account(Loading loading) {
        return loading.context()
                .createProducerTemplate()
                .requestBody("direct:catalog-account", (Object) null, Account.class);
    }

    private static String cell(String text) {
        return "<c t=\"inlineStr\"><is><t>" + text + "</t></is></c>";
    }

    private static Edits edits(Map<String, String> texts) {
        return (row, cell) -> Optional.ofNullable(texts.get(row + "." + cell));
    }

    private Path folder() throws Exception {
        return Files.createDirectories(home.resolve("fixed"));
    }

    @Test
    void given_rejects_of_csv_when_one_is_fixed_then_it_loads_and_the_other_keeps_its_reason() throws Exception {
        try (Loading loading = Loading.start(home)) {
            Summary first = loading.load("d.csv", "name,action\n\"a, b\",\n,add\nc,later\n");
            assertThat(first.count(Status.REJECTED)).isEqualTo(2);
            Part part = new Part(loading.outbox(first).rejects("csv"), "rejects-d.csv", 0, 50);
            RejectFixing fixing = fixing(loading);
            RejectTable table = fixing.table(part, Edits.NONE, () -> account(loading));
            assertThat(table.columns()).containsExactly("name", "action");
            assertThat(table.rows()).hasSize(2).allSatisfy(row -> assertThat(row.code())
                    .isNotEmpty());
            assertThat(table.rows().get(0).code()).isEqualTo("name_missing");
            assertThat(table.rows().get(0).cells().get(0).atFault()).isTrue();

            Edits edits = edits(Map.of("1.0", "New \u202E\"name\"", "1.1", "", "2.1", "add"));
            assertThat(fixing.problems(part, edits, () -> account(loading))).isEmpty();
            Edits one = edits(Map.of("1.0", "New"));
            assertThat(fixing.problems(part, one, () -> account(loading))).containsOnlyKeys(2L);
            Path fixed = fixing.write(part.file(), part.name(), one, row -> true, () -> account(loading), folder())
                    .orElseThrow()
                    .file();

            Summary second = loading.load("rejects-d.csv", Files.readAllBytes(fixed));
            assertThat(second.count(Status.CREATED)).isEqualTo(1);
            assertThat(second.count(Status.REJECTED)).isEqualTo(1);
            assertThat(loading.names()).containsExactly("a, b", "New");
        }
    }

    @Test
    void given_a_row_that_stays_rejected_when_nothing_is_changed_in_it_then_the_written_file_does_not_load_it()
            throws Exception {
        Files.writeString(Files.createDirectories(home.resolve("mappings")).resolve("d.yaml"), MAPPING);
        try (Loading loading = Loading.start(home)) {
            Summary first = loading.load("d.csv", "Nr;Name;Preis\nA;Ant;1,5\nA;Other;2\nB;Bee;x\n");
            assertThat(loading.outbox(first).codes()).containsExactly("", "double_key", "bad_number");
            assertThat(loading.outbox(first).lines().stream().map(line -> line.get("key")))
                    .as("the key of a row that the mapping rejects")
                    .containsExactly("A", "A", "B");
            Part part = new Part(loading.outbox(first).rejects("csv"), "rejects-d.csv", 0, 50);
            RejectFixing fixing = fixing(loading);
            Edits edits = edits(Map.of("1.0", "A", "1.1", "Other", "2.2", "2,75"));
            assertThat(fixing.problems(part, edits, () -> account(loading))).containsOnlyKeys(1L);
            Path fixed = fixing.write(part.file(), part.name(), edits, row -> true, () -> account(loading), folder())
                    .orElseThrow()
                    .file();

            Summary second = loading.load("rejects-d.csv", Files.readAllBytes(fixed));

            assertThat(second.mapping()).startsWith("d.yaml@");
            assertThat(loading.outbox(second).codes()).containsExactly("double_key", "");
            assertThat(loading.names()).containsExactly("Ant", "Bee");
        }
    }

    @Test
    void given_rejects_of_a_workbook_when_a_number_is_corrected_then_it_stays_a_number() throws Exception {
        Files.writeString(Files.createDirectories(home.resolve("mappings")).resolve("d.yaml"), MAPPING);
        try (Loading loading = Loading.start(home)) {
            byte[] book = Book.of("<row>" + cell("Nr") + cell("Name") + cell("Preis") + "</row><row><c><v>12</v></c>"
                            + "<c/><c><v>1.5</v></c></row>")
                    .bytes();
            Summary first = loading.load("d.xlsx", book);
            assertThat(first.count(Status.REJECTED)).isEqualTo(1);
            Part part = new Part(loading.outbox(first).rejects("xlsx"), "rejects-d.xlsx", 0, 50);
            Path fixed = fixing(loading)
                    .write(
                            part.file(),
                            part.name(),
                            edits(Map.of("1.0", "12", "1.1", "Twelve", "1.2", "2.25")),
                            row -> true,
                            () -> account(loading),
                            folder())
                    .orElseThrow()
                    .file();

            Summary second = loading.load("rejects-d.xlsx", Files.readAllBytes(fixed));

            assertThat(second.count(Status.CREATED)).isEqualTo(1);
            assertThat(loading.names()).containsExactly("Twelve");
        }
    }
}
