package org.catalogdrop.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.catalogdrop.camel.DropCalls;
import org.catalogdrop.cli.CatalogDropMain;
import org.catalogdrop.config.SettingsReader;
import org.catalogdrop.inbox.FormatsTest;
import org.catalogdrop.model.Plan;
import org.catalogdrop.model.Status;
import org.catalogdrop.model.Summary;
import org.catalogdrop.results.ResultsReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The CSV of results opens in the program that wrote the drop. */
class ResultsForExcelTest {

    private static final String MARK = "\uFEFF";

    @TempDir
    Path home;

    private static String start(Path folder, String file) throws Exception {
        return Files.readString(folder.resolve(file)).split("\n", -1)[0];
    }

    private static String results(String mark, String delimiter) {
        return mark + "request_id,row,line,action,outcome,id,key,code,column,message".replace(",", delimiter);
    }

    private static byte[] drop(String mark, String delimiter, Charset charset) {
        return (mark + "name,cf:4400049\n\u00c4pfel,1\n,2\n")
                .replace(",", delimiter)
                .getBytes(charset);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            nullValues = "-",
            value = {
                "d.csv # , # - # UTF-8 # false",
                "d.csv # ; # - # UTF-8 # false",
                "d.csv # ; # m # UTF-8 # true",
                "d.csv # , # m # UTF-8 # true",
                "d.csv # | # - # windows-1252 # true",
                "d.csv # ; # m # UTF-16LE # true",
            })
    void given_drop_when_loaded_then_all_csv_has_its_mark_and_delimiter_and_is_read_again(
            String name, String delimiter, String mark, Charset charset, boolean marked) throws Exception {
        try (Loading loading = Loading.start(home)) {
            byte[] drop = drop(mark == null ? "" : MARK, delimiter, charset);
            Summary summary = loading.load(name, drop);
            Path folder = loading.outbox(summary).folder();

            String begin = marked ? MARK : "";
            assertThat(start(folder, "results.csv")).isEqualTo(results(begin, delimiter));
            assertThat(start(folder, "undo.csv"))
                    .startsWith(begin + "action")
                    .contains(delimiter)
                    .contains("_was:");
            assertThat(start(folder, "rejects.csv")).startsWith(begin + "name" + delimiter + "cf:4400049");
            isReadBack(folder);

            Summary mended = loading.load(
                    "rejects.csv",
                    Files.readString(folder.resolve("rejects.csv"))
                            .replace("\n" + delimiter + "2", "\n\u00d6l" + delimiter + "2"));
            assertThat(mended.count(Status.CREATED)).isEqualTo(1);
            assertThat(loading.names()).containsExactly("\u00c4pfel", "\u00d6l");
            Summary undone = loading.load("undo.csv", Files.readAllBytes(folder.resolve("undo.csv")));
            assertThat(undone.count(Status.DELETED)).isEqualTo(1);
            assertThat(loading.names()).containsExactly("\u00d6l");
        }
    }

    private static void isReadBack(Path folder) throws Exception {
        try (ResultsReader reader = ResultsReader.open(folder)) {
            assertThat(reader.next().outcome()).isEqualTo("created");
            assertThat(reader.next().code()).isNotEmpty();
            assertThat(reader.hasNext()).isFalse();
        }
    }

    @Test
    void given_json_when_loaded_then_csv_is_plain() throws Exception {
        try (Loading loading = Loading.start(home)) {
            Summary summary = loading.load("d.json", MARK + "[{\"name\":\"\u00c4pfel\"}]");
            assertThat(start(loading.outbox(summary).folder(), "results.csv")).isEqualTo(results("", ","));
            assertThat(start(loading.outbox(summary).folder(), "undo.csv")).startsWith("action,");
        }
    }

    @Test
    void given_workbook_when_loaded_then_csv_has_a_mark_and_commas() throws Exception {
        byte[] workbook =
                FormatsTest.workbook("<row><c t=\"str\"><v>name</v></c></row><row><c t=\"str\"><v>A</v></c></row>");
        try (Loading loading = Loading.start(home)) {
            Summary summary = loading.load("d.xlsx", workbook);
            assertThat(start(loading.outbox(summary).folder(), "results.csv")).isEqualTo(results(MARK, ","));
        }
    }

    @ParameterizedTest
    @CsvSource({"comma, ','", "semicolon, ;", "tab, '\t'", "pipe, |"})
    void given_set_form_when_any_drop_is_loaded_then_csv_has_it_and_is_read_again(String word, String delimiter)
            throws Exception {
        for (String mark : List.of("true", "false")) {
            Path folder = home.resolve(mark);
            try (Loading loading =
                    Loading.start(folder, "drop.results-delimiter=" + word, "drop.results-mark=" + mark)) {
                Summary summary = loading.load("d.csv", drop(MARK, ";", StandardCharsets.UTF_8));
                Path results = loading.outbox(summary).folder();

                String begin = mark.equals("true") ? MARK : "";
                assertThat(start(results, "results.csv")).isEqualTo(results(begin, delimiter));
                assertThat(start(results, "rejects.csv")).startsWith(begin + "name;cf:4400049");
                isReadBack(results);
                Summary undone = loading.load("undo.csv", Files.readAllBytes(results.resolve("undo.csv")));
                assertThat(undone.count(Status.DELETED)).isEqualTo(1);
            }
        }
    }

    @Test
    void given_set_delimiter_and_charset_of_drops_when_undo_is_dropped_then_it_loads() throws Exception {
        try (Loading loading = Loading.start(home, "drop.delimiter=^", "drop.charset=windows-1252")) {
            Summary summary = loading.load("d.json", "[{\"name\":\"A\\u00c4\"}]".getBytes(StandardCharsets.US_ASCII));
            Path undo = loading.outbox(summary).folder().resolve("undo.csv");
            Summary undone = loading.load("undo.csv", Files.readAllBytes(undo));
            assertThat(undone.count(Status.DELETED)).isEqualTo(1);
        }
    }

    @Test
    void given_semicolon_drop_when_planned_then_its_changes_have_the_same_form() throws Exception {
        try (Loading loading = Loading.start(home)) {
            Path file = home.resolve("d.csv");
            Files.write(file, drop(MARK, ";", StandardCharsets.UTF_8));
            Path folder = home.resolve("plan");
            loading.context()
                    .createProducerTemplate()
                    .requestBodyAndHeaders(
                            "direct:catalog-plan", file, Map.of(DropCalls.PLAN_FOLDER, folder), Plan.class);
            assertThat(start(folder, "changes.csv"))
                    .isEqualTo(MARK + "row;line;action;id;field;before;after;key;name;field_name;undo");
            assertThat(Outbox.csv(folder.resolve("changes.csv")).get(0))
                    .containsEntry("after", "\u00c4pfel")
                    .containsEntry("undo", "yes");
        }
    }

    @Test
    void given_semicolon_drop_when_verified_and_undone_by_command_then_its_results_are_read() throws Exception {
        try (Loading loading = Loading.start(home)) {
            Summary summary = loading.load("d.csv", drop(MARK, ";", StandardCharsets.UTF_8));
            Map<String, String> settings =
                    Loading.settings(home, loading.sandbox().baseUrl());
            String folder = loading.outbox(summary).folder().toString();
            loading.drop().close();
            settings.forEach(System::setProperty);
            try {
                StringWriter out = new StringWriter();
                assertThat(run(out, "verify", folder)).as(out::toString).isZero();
                assertThat(run(out, "undo", folder)).as(out::toString).isZero();
                assertThat(loading.names()).isEmpty();
            } finally {
                settings.keySet().forEach(System::clearProperty);
            }
        }
    }

    private static int run(StringWriter out, String... words) {
        PrintWriter told = new PrintWriter(out, true);
        return CatalogDropMain.commandLine().setOut(told).setErr(told).execute(words);
    }

    @Test
    void given_wrong_values_when_settings_are_read_then_the_allowed_ones_are_reported() {
        Map<String, String> settings = Map.of("drop.results-delimiter", "colon", "drop.results-mark", "bom");
        assertThat(catchThrowable(() -> SettingsReader.read(key -> Optional.ofNullable(settings.get(key)), false)))
                .hasMessageContaining("drop.results-delimiter = 'colon': expected auto, comma, semicolon, tab or pipe")
                .hasMessageContaining("drop.results-mark = 'bom': expected auto, true or false");
    }
}
