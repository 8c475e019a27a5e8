package org.catalogdrop.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.catalogdrop.model.Summary;
import org.catalogdrop.scenario.Loading;
import org.catalogdrop.scenario.RejectsBook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an ERP or a spreadsheet writes goes through the shipped routes, and so do the rejects of it when they are mended. */
public class FormatsTest {

    private static final String RUSSIAN = "name;id;catalog_id\nСтол письменный;;\nШкаф «Дубовый»;x;\nСтул офисный;;\n";

    @TempDir
    Path home;

    public static byte[] zip(Map<String, String> files) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }

    /** The least that is a workbook. */
    public static byte[] workbook(String rows) throws IOException {
        String types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
        String relation =
                "<Relationships><Relationship Id=\"r\" Type=\"" + types + "%s\" Target=\"%s\"/></Relationships>";
        return zip(Map.of(
                "_rels/.rels",
                relation.formatted("officeDocument", "book.xml"),
                "_rels/book.xml.rels",
                relation.formatted("worksheet", "sheet.xml"),
                "book.xml",
                "<workbook xmlns:r=\"urn:r\"><sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"r\"/></sheets></workbook>",
                "sheet.xml",
                "<worksheet><sheetData>" + rows + "</sheetData></worksheet>"));
    }

    private static String row(String... cells) {
        StringBuilder row = new StringBuilder("<row>");
        for (String cell : cells) {
            row.append("<c t=\"str\"><v>").append(cell).append("</v></c>");
        }
        return row.append("</row>").toString();
    }

    private void mendAndLoad(Loading loading, Summary summary, String name, List<String> names) throws IOException {
        assertThat(summary.exitStatus()).isEqualTo(3);
        String rejects = Files.readString(loading.outbox(summary).rejects("csv"));
        assertThat(rejects).startsWith("\uFEFF");
        Summary mended = loading.load(name, rejects.replace("x", ""));
        assertThat(mended.exitStatus()).isZero();
        assertThat(loading.names()).isEqualTo(names);
    }

    @Test
    void given_a_file_named_xlsx_when_it_is_another_document_then_the_refusal_says_what_it_is_and_what_to_do()
            throws Exception {
        try (Loading loading = Loading.start(home)) {
            byte[] pdf = "%PDF-1.7\n\u0001\u0002 1 0 obj".getBytes(StandardCharsets.UTF_8);
            assertThat(loading.load("a.xlsx", pdf).refusal())
                    .hasValueSatisfying(problem -> assertThat(problem.message())
                            .contains("it is a PDF document, not an .xlsx workbook. Export the rows"));
            byte[] ods = zip(
                    Map.of("mimetype", "application/vnd.oasis.opendocument.spreadsheet", "content.xml", "<office/>"));
            assertThat(loading.load("b.xlsx", ods).refusal())
                    .hasValueSatisfying(problem -> assertThat(problem.message())
                            .contains("it is an OpenDocument spreadsheet (.ods)", "save it as .xlsx"));
        }
    }

    @Test
    void fixed_rejects_of_another_charset_load() throws Exception {
        try (Loading loading = Loading.start(home)) {
            Summary summary = loading.load("erp.csv", RUSSIAN.getBytes(Charset.forName("windows-1251")));

            String told = Files.readString(
                    home.resolve("outbox").resolve(summary.folder()).resolve("summary.json"));
            assertThat(told)
                    .contains(
                            "\"charset\": \"windows-1251\"", "\"charset_by\": \"statistics\"", "\"delimiter\": \";\"");
            mendAndLoad(loading, summary, "mended.csv", List.of("Стол письменный", "Стул офисный", "Шкаф «Дубовый»"));
            byte[] wide = RUSSIAN.replace(";", "\t").getBytes(StandardCharsets.UTF_16);
            assertThat(loading.load("unicode.csv", wide).exitStatus()).isEqualTo(3);
        }
    }

    @Test
    void fixed_rejects_of_another_quote_and_delimiter_load() throws Exception {
        try (Loading loading = Loading.start(home)) {
            byte[] bytes = "sep=~\n'name'~'id'\n'It''s ~ red'~''\n'Стол'~'x'\n".getBytes(StandardCharsets.UTF_16LE);
            Summary summary = loading.load("odd.csv", bytes);

            mendAndLoad(loading, summary, "mended.csv", List.of("It's ~ red", "Стол"));
        }
    }

    @Test
    void workbooks_and_zip_files_in_the_inbox_load() throws Exception {
        Path inbox = Files.createDirectories(home.resolve("inbox"));
        Files.write(inbox.resolve("book.XLSX"), workbook(row("name", "cf:4400049") + row("Стол, дуб", "00123")));
        Files.write(inbox.resolve("export.zip"), zip(Map.of("products.csv", "name\nChair\n")));
        Files.write(inbox.resolve("two.zip"), zip(Map.of("a.csv", "name\na\n", "b.csv", "name\nb\n")));
        try (Loading loading = Loading.watch(home)) {
            loading.drop().runs().awaitIdle();

            assertThat(loading.names()).containsExactlyInAnyOrder("Стол, дуб", "Chair");
            assertThat(home.resolve("archive/book.XLSX")).exists();
            assertThat(home.resolve("refused/two.zip.reason.txt")).content().contains("bad_zip", "found 2");
        }
    }

    @Test
    void fixed_rejects_of_a_workbook_load() throws Exception {
        try (Loading loading = Loading.start(home)) {
            byte[] bytes = workbook(row("name", "id") + row("Стол", "x") + "<row/>"
                    + "<row><c t=\"e\"><v>#N/A</v></c><c t=\"str\"><v></v></c></row>");
            Summary summary = loading.load("book.xlsx", bytes);

            assertThat(loading.outbox(summary).codes()).containsExactly("bad_id", "bad_cell");
            assertThat(loading.outbox(summary).lines())
                    .extracting(line -> line.get("line"))
                    .containsExactly("2", "4");
            byte[] mended = RejectsBook.of(loading.outbox(summary).rejects("xlsx"))
                    .type(1, "id", "")
                    .type(2, "name", "Стул")
                    .bytes();
            assertThat(loading.load("mended.xlsx", mended).exitStatus()).isZero();
            assertThat(loading.names()).containsExactly("Стол", "Стул");
        }
    }

    @Test
    void drop_is_read_as_the_settings_say() throws Exception {
        try (Loading loading =
                Loading.start(home, "drop.charset=windows-1250", "drop.delimiter=:", "drop.quote=single")) {
            byte[] bytes = "name:cf:4400093\n'Kolač: velký':Łyżka\n"
                    .replace("cf:4400093", "x")
                    .getBytes(Charset.forName("windows-1250"));
            Summary summary = loading.load("a.csv", bytes);

            assertThat(summary.exitStatus()).isZero();
            assertThat(loading.names()).containsExactly("Kolač: velký");
        }
    }
}
