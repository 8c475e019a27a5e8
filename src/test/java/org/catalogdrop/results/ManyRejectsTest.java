package org.catalogdrop.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipFile;
import org.catalogdrop.model.DropFormat;
import org.catalogdrop.model.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** As many rejects as a sheet has rows, in a process with little memory. */
@Tag("slow")
@Timeout(300)
class ManyRejectsTest {

    private static final int MOST_ROWS = (1 << 20) - 1;
    private static final String LAST_ROW = "<row r=\"1048576\">";

    @TempDir
    Path outbox;

    @Tag("slow")
    @Test
    void given_a_million_rejects_of_a_workbook_when_written_with_little_memory_then_all_are_in_the_sheet()
            throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx24m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ManyRejectsTest.class.getName(),
                        outbox.toString())
                .redirectErrorStream(true)
                .start();
        String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(told).isZero();
        assertThat(end(outbox.resolve("many.xlsx-01234567/rejects.xlsx")))
                .contains(LAST_ROW)
                .endsWith("</worksheet>");
    }

    private static String end(Path file) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile());
                var sheet = zip.getInputStream(zip.getEntry("xl/worksheets/sheet1.xml"))) {
            byte[] last = new byte[0];
            for (byte[] block = sheet.readNBytes(1 << 16); block.length > 0; block = sheet.readNBytes(1 << 16)) {
                byte[] both = java.util.Arrays.copyOf(last, last.length + block.length);
                System.arraycopy(block, 0, both, last.length, block.length);
                last = java.util.Arrays.copyOfRange(both, Math.max(0, both.length - 2000), both.length);
            }
            return new String(last, StandardCharsets.UTF_8);
        }
    }

    public static void main(String[] arguments) {
        List<String> columns = List.of("name", "sku", "price", "since");
        try (Results results =
                Given.begin(Path.of(arguments[0]), Given.drop("many.xlsx", DropFormat.XLSX), "p.yaml@1")) {
            for (int i = 1; i <= MOST_ROWS; i++) {
                results.write(Given.rejected(Given.row(
                        i,
                        columns,
                        "",
                        "0000" + i,
                        new Row.Typed(Row.Type.NUMBER, i + ".5"),
                        new Row.Typed(Row.Type.DATE, "2025-12-01 18:00:00"))));
            }
            results.publish(name -> {}, Given.COST);
        }
    }
}
