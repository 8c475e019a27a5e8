package org.catalogdrop.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.catalogdrop.camel.DropCalls;
import org.catalogdrop.config.Folders;
import org.catalogdrop.config.Settings;
import org.catalogdrop.config.SettingsReader;
import org.catalogdrop.inbox.FormatsTest;
import org.catalogdrop.input.DropInspector;
import org.catalogdrop.input.DropReader;
import org.catalogdrop.input.row.FormatHints;
import org.catalogdrop.input.stream.ReadLimits;
import org.catalogdrop.model.Drop;
import org.catalogdrop.model.DropFormat;
import org.catalogdrop.model.Outcome;
import org.catalogdrop.model.Plan;
import org.catalogdrop.model.Row;
import org.catalogdrop.model.Status;
import org.catalogdrop.model.Summary;
import org.catalogdrop.results.Given;
import org.catalogdrop.results.RequestCounts;
import org.catalogdrop.results.Results;
import org.catalogdrop.sandbox.Sandbox;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The rejects of a workbook are a workbook: all cells come back as they were, in whatever program it is opened. */
@Timeout(60)
class XlsxRejectsTest {

    private static final String LONG = "1234567890123456789";

    @TempDir
    Path home;

    private static String text(String text) {
        return "<c t=\"str\"><v>" + text + "</v></c>";
    }

    private static String number(String number, int style) {
        return "<c s=\"" + style + "\"><v>" + number + "</v></c>";
    }

    private static String row(String... cells) {
        return "<row>" + String.join("", cells) + "</row>";
    }

    /** A workbook with the formats General, 00000, date, date and time, time. */
    private static byte[] workbook(String rows) throws Exception {
        String types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
        String relation = "<Relationship Id=\"%s\" Type=\"" + types + "%s\" Target=\"%s\"/>";
        return FormatsTest.zip(Map.of(
                "_rels/.rels",
                "<Relationships>" + relation.formatted("r", "officeDocument", "book.xml") + "</Relationships>",
                "_rels/book.xml.rels",
                "<Relationships>" + relation.formatted("r", "worksheet", "sheet.xml")
                        + relation.formatted("s", "styles", "styles.xml") + "</Relationships>",
                "book.xml",
                "<workbook xmlns:r=\"urn:r\"><sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"r\"/></sheets></workbook>",
                "styles.xml",
                "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"00000\"/></numFmts><cellXfs>"
                        + "<xf numFmtId=\"0\"/><xf numFmtId=\"164\"/><xf numFmtId=\"14\"/><xf numFmtId=\"22\"/>"
                        + "<xf numFmtId=\"21\"/></cellXfs></styleSheet>",
                "sheet.xml",
                "<worksheet><sheetData>" + rows + "</sheetData></worksheet>"));
    }

    /** All rows lack a name; each has one cell of a kind under {@code v}. */
    private static byte[] kinds() throws Exception {
        StringBuilder rows = new StringBuilder(row(text("name"), text("v")));
        for (String cell : List.of(
                number("1.5", 0),
                number("-0.1000000000000000055", 0),
                number("1E-300", 0),
                number("123456789012345", 0),
                number("415", 1),
                number("0", 1),
                number("45992", 2),
                number("1", 2),
                number("45992.75", 3),
                number("45992.123456789", 3),
                number("0.75", 4),
                "<c t=\"b\"><v>1</v></c>",
                text("00123"),
                text(LONG),
                text("\uD83D\uDE00 \u00E4&amp;&lt;b>\u0085"),
                text("_x0001_a_x000D_\nb\tc"),
                text("_x005F_x0041__x005F_x_x0001__"),
                "<c t=\"inlineStr\"><is><t xml:space=\"preserve\">  two  </t></is></c>",
                text("=1+1"),
                text("@SUM(A1)"),
                text("2025-12-01"),
                "<c t=\"d\"><v>1850-01-01</v></c>",
                text("x".repeat(32_767)))) {
            rows.append(row("<c/>", cell));
        }
        return workbook(rows.toString());
    }

    private List<Row> read(Path file) throws Exception {
        var drop = DropInspector.ofAnyColumns(ReadLimits.DEFAULT, FormatHints.NOTHING)
                .identify(file, file.getFileName().toString());
        List<Row> rows = new ArrayList<>();
        try (DropReader reading = DropReader.open(drop, ReadLimits.DEFAULT)) {
            Iterator<Row> read = reading.csv(reading.records());
            read.forEachRemaining(rows::add);
        }
        return rows;
    }

    @Test
    void given_cells_of_all_kinds_when_rejected_and_read_again_then_they_are_the_same() throws Exception {
        try (Loading loading = Loading.start(home)) {
            Summary summary = loading.load("d.xlsx", kinds());
            assertThat(summary.count(Status.REJECTED)).isEqualTo(23);
            assertThat(Outbox.names(loading.outbox(summary).folder()))
                    .containsExactly("mapping.json", "rejects.xlsx", "report.html", "results.csv", "summary.json");
            List<Row> before = read(home.resolve("given/d.xlsx"));
            List<Row> after = read(loading.outbox(summary).rejects("xlsx"));
            assertThat(after)
                    .extracting(row -> row.cells().subList(0, 2))
                    .isEqualTo(before.stream()
                            .map(row -> row.cells().subList(0, 2))
                            .map(cells ->
                                    cells.get(1).toString().startsWith("1850") ? List.of("", "1850-01-01") : cells)
                            .toList());
            assertThat(after).extracting(row -> row.cells().get(2)).containsOnly("name_missing");
            assertThat(before.get(15).cells().get(1)).isEqualTo("\u0001a\r\nb\tc");

            byte[] rejects = Files.readAllBytes(loading.outbox(summary).rejects("xlsx"));
            Summary again = loading.load("again.xlsx", rejects);
            assertThat(again.count(Status.REJECTED)).isEqualTo(23);
            assertThat(loading.outbox(again).rejects("xlsx")).hasBinaryContent(rejects);
        }
    }

    @Test
    void given_cells_of_all_kinds_when_rejected_then_a_spreadsheet_has_numbers_dates_and_text() throws Exception {
        try (Loading loading = Loading.start(home)) {
            RejectsBook book = RejectsBook.of(
                    loading.outbox(loading.load("d.xlsx", kinds())).rejects("xlsx"));
            assertThat(Stream.of(1, 4, 5, 7, 8, 9, 11, 12, 13, 14, 19, 20).map(row -> book.told(row, "v")))
                    .containsExactly(
                            "|0|1.5",
                            "|1|123456789012345",
                            "|00000|415",
                            "|yyyy-mm-dd|45992",
                            "|yyyy-mm-dd|1",
                            "|yyyy-mm-dd hh:mm:ss|45992.75",
                            "inlineStr|49|18:00:00",
                            "b|0|1",
                            "inlineStr|49|00123",
                            "inlineStr|49|" + LONG,
                            "inlineStr|49|=1+1",
                            "inlineStr|49|@SUM(A1)");
        }
    }

    /** Returns a cell as our reader of workbooks gives it. */
    private static Object anyCell(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> {
                BigDecimal number = BigDecimal.valueOf(random.nextLong(1_000_000_000_000_000L), random.nextInt(40))
                        .movePointRight(random.nextInt(3))
                        .stripTrailingZeros();
                boolean isNumber = number.compareTo(BigDecimal.TEN.pow(15)) < 0;
                yield new Row.Typed(Row.Type.NUMBER, isNumber ? number.toPlainString() : "00" + random.nextInt(9));
            }
            case 1 -> {
                LocalDateTime moment = LocalDate.of(1900, 1, 1)
                        .plusDays(random.nextInt(2_000_000))
                        .atStartOfDay();
                long millis = random.nextInt(86_400) * 1000L + (random.nextBoolean() ? random.nextInt(1000) : 0);
                String text = moment.plusNanos(random.nextBoolean() ? 0 : millis * 1_000_000)
                        .format(DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS"));
                yield new Row.Typed(
                        Row.Type.DATE, text.replaceFirst("\\.000$", "").replaceFirst(" 00:00:00$", ""));
            }
            default -> {
                String signs = "_x_x00419aF<&>\r\n\t \u0001\u001F\u00A0=+\uFFFE'\"\u2028";
                StringBuilder text = new StringBuilder("t");
                for (int i = random.nextInt(30); i > 0; i--) {
                    text.append(signs.charAt(random.nextInt(signs.length())));
                }
                yield text.append(random.nextBoolean() ? "\uD83D\uDE00" : "").toString();
            }
        };
    }

    @Test
    void given_any_cells_when_written_and_read_again_then_they_are_the_same() throws Exception {
        Random random = new Random(20261129);
        List<Row> rows = new ArrayList<>();
        for (int i = 1; i <= 2000; i++) {
            rows.add(Row.of(i, i + 1, List.of("name", "v"), List.of(anyCell(random), anyCell(random))));
        }
        Drop drop = new Drop(home, "d.xlsx", "0123456789abcdef".repeat(4), 0, 1, Instant.EPOCH, DropFormat.XLSX);
        try (Results results = Given.begin(home.resolve("outbox"), drop, "")) {
            for (Row row : rows) {
                results.write(new Outcome(row, "", "add", Status.REJECTED, 0, Optional.empty()));
            }
            results.publish(name -> {}, new RequestCounts(0, 0, 0, Instant.EPOCH));
        }
        assertThat(read(home.resolve("outbox/d.xlsx-01234567/rejects.xlsx")))
                .extracting(row -> row.cells().subList(0, 2))
                .isEqualTo(rows.stream().map(Row::cells).toList());
    }

    private static String python(String program, Path... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("python3", "-c", program));
        Stream.of(arguments).map(Path::toString).forEach(command::add);
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor(30, TimeUnit.SECONDS);
            return told.strip();
        } catch (IOException none) {
            return "none";
        }
    }

    @Test
    void given_rejects_when_another_program_fixes_and_saves_them_then_each_row_is_loaded_once() throws Exception {
        assumeThat(python("import openpyxl; print('here')")).isEqualTo("here");
        byte[] drop = workbook(row(text("name"), text("cf:4400049"), text("cf:4400050"), text("cf:4400091"), text("id"))
                + row(text("A"), text("00001"), number("1", 0), number("45992", 2))
                + row("<c/>", text("00123"), number("12.5", 0), number("45992.75", 3))
                + row("<c/>", text("=1+1"), number("1", 0), number("45993", 2))
                + row(text("D"), text(LONG), number("2", 0), "<c/>", text("x")));
        try (Loading loading = Loading.start(home)) {
            Summary summary = loading.load("d.xlsx", drop);
            Path rejects = loading.outbox(summary).rejects("xlsx");
            Path saved = home.resolve("saved.xlsx");
            assertThat(python("""
                    import sys, openpyxl
                    book = openpyxl.load_workbook(sys.argv[1])
                    sheet = book.active
                    print(book.sheetnames, [c.value for c in sheet[1]][:6])
                    for row in sheet.iter_rows(min_row=2):
                        print([(c.data_type, str(c.value)) for c in row][:5])
                    sheet['A2'] = 'B'
                    sheet['A3'] = 'C'
                    sheet['E4'] = None
                    book.save(sys.argv[2])
                    """, rejects, saved)).isEqualTo("""
                    ['rejects'] ['name', 'cf:4400049', 'cf:4400050', 'cf:4400091', 'id', '_code']
                    [('n', 'None'), ('s', '00123'), ('n', '12.5'), ('d', '2025-12-01 18:00:00'), ('n', 'None')]
                    [('n', 'None'), ('s', '=1+1'), ('n', '1'), ('d', '2025-12-02 00:00:00'), ('n', 'None')]
                    [('s', 'D'), ('s', '%s'), ('n', '2'), ('n', 'None'), ('s', 'x')]""".formatted(LONG));
            Summary fixed = loading.load("rejects.xlsx", Files.readAllBytes(saved));
            assertThat(fixed.count(Status.CREATED)).isEqualTo(3);
            assertThat(loading.stored())
                    .extracting(element -> element.name()
                            + element.fields().stream()
                                    .map(field -> field.values().get(0).text())
                                    .toList())
                    .containsExactly(
                            "A[00001, 1, 2025-12-01 00:00:00]",
                            "B[00123, 12.5, 2025-12-01 18:00:00]",
                            "C[=1+1, 1, 2025-12-02 00:00:00]",
                            "D[" + LONG + ", 2]");
        }
    }

    @Test
    void given_a_double_request_id_when_the_rejects_are_dropped_as_they_are_then_the_row_stays_rejected()
            throws Exception {
        byte[] drop = workbook(row(text("name"), text("request_id"), text("v"))
                + row(text("a"), number("7", 0), number("45992.75", 3))
                + row(text("b"), number("7", 0), number("415", 1)));
        try (Loading loading = Loading.start(home)) {
            RejectsBook rejects =
                    RejectsBook.of(loading.outbox(loading.load("d.xlsx", drop)).rejects("xlsx"));
            Summary again = loading.load("again.xlsx", rejects.bytes());
            assertThat(loading.outbox(again).codes()).containsExactly("double_request_id");
            RejectsBook twice = RejectsBook.of(loading.outbox(again).rejects("xlsx"));
            assertThat(twice.header()).containsExactly("name", "request_id", "v", "_code", "_column", "_message");
            assertThat(twice.text(1, "_message")).isEqualTo(rejects.text(1, "_message"));
            Summary fixed = loading.load(
                    "fixed.xlsx", twice.typeNumber(1, "request_id", "8").bytes());
            assertThat(loading.outbox(fixed).mapping()).containsOnlyKeys("8");
            assertThat(loading.names()).containsExactly("a", "b");
        }
    }

    @Test
    void given_a_text_longer_than_a_cell_takes_when_rejected_then_its_row_is_in_a_csv_file_beside() throws Exception {
        String longText = "x".repeat(32_768);
        byte[] drop = workbook(row(text("name"), text("v"))
                + row("<c/>", text(longText))
                + row("<c/>", number("1.5", 0))
                + row("<c/>", text(longText)));
        try (Loading loading = Loading.start(home, "drop.results-delimiter=semicolon")) {
            Summary summary = loading.load("d.xlsx", drop);
            assertThat(RejectsBook.of(loading.outbox(summary).rejects("xlsx")).size())
                    .isEqualTo(1);
            assertThat(Outbox.csv(loading.outbox(summary).rejects("csv")))
                    .hasSize(2)
                    .allSatisfy(
                            row -> assertThat(row).containsEntry("v", longText).containsEntry("_code", "name_missing"));
        }
    }

    @Test
    void given_a_workbook_when_planned_then_its_rejects_are_a_workbook() throws Exception {
        try (Loading loading = Loading.start(home)) {
            Path file = home.resolve("d.xlsm");
            Files.write(file, kinds());
            Path folder = home.resolve("plan");
            loading.context()
                    .createProducerTemplate()
                    .requestBodyAndHeaders(
                            "direct:catalog-plan", file, Map.of(DropCalls.PLAN_FOLDER, folder), Plan.class);
            assertThat(RejectsBook.of(folder.resolve("rejects.xlsx")).size()).isEqualTo(23);
            assertThat(folder.resolve("rejects.csv")).doesNotExist();
        }
    }

    /** What stands in the way of {@code summary.json} stops it after the rejects are on disk and before the rename. */
    @Test
    void given_a_death_between_the_rejects_and_the_rename_when_run_again_then_the_rejects_are_whole() throws Exception {
        try (Sandbox sandbox = Sandbox.start(Loading.sandboxSettings())) {
            Map<String, String> told = Loading.settings(home, sandbox.baseUrl());
            Settings settings = SettingsReader.read(key -> Optional.ofNullable(told.get(key)), true);
            Folders.make(settings.folders());
            Files.write(
                    home.resolve("inbox/d.xlsx"),
                    workbook(row(text("name"), text("v")) + row(text("A")) + row("<c/>", number("45992", 2))));
            StepLife.run(settings, (node, after) -> {
                if (node.contains("catalog-loads method:publishResults")) {
                    block();
                }
                return false;
            });
            assertThat(home.resolve("inbox/d.xlsx")).exists();

            assertThat(StepLife.run(settings, (node, after) -> false)).isFalse();
            Outbox outbox = Outbox.only(home);
            assertThat(outbox.outcomes()).containsExactly("created", "rejected");
            assertThat(outbox.rejects("csv")).doesNotExist();
            assertThat(RejectsBook.of(outbox.rejects("xlsx")).told(1, "v")).isEqualTo("|yyyy-mm-dd|45992");
            assertThat(sandbox.store().elements(Loading.LIST)).hasSize(1);
        }
    }

    private void block() {
        try (Stream<Path> parts = Files.list(home.resolve("outbox"))) {
            for (Path part : parts.toList()) {
                // As a version before left it, too.
                Files.writeString(part.resolve("rejects.csv"), "name,_code\n");
                Files.createDirectories(part.resolve("summary.json"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
