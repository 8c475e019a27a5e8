package org.catalogdrop.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.catalogdrop.inbox.FormatsTest;
import org.catalogdrop.model.Summary;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Who does what the message of a row says loads that row, and none of the others a second time. */
class OneBadCellTest {

    private static final String BAD = "\u00F3";

    @TempDir
    Path home;

    static Stream<Arguments> drops() throws IOException {
        String cells = "<row><c t=\"str\"><v>name</v></c></row><row><c t=\"str\"><v>good</v></c></row>"
                + "<row><c t=\"e\"><v>#N/A</v></c></row>";
        String good = "z\u00C5\u0082oty";
        String objects = ("{\"name\":\"" + good + "\"}\n").repeat(8) + "{\"name\":\"St" + BAD + "\"}\n";
        return Stream.of(
                arguments("d.csv", latin("name\n" + (good + "\n").repeat(8) + "St" + BAD + "\n"), "csv"),
                arguments("d.ndjson", latin(objects), "ndjson"),
                arguments("d.xlsx", FormatsTest.workbook(cells), "xlsx"));
    }

    private static byte[] latin(String bytes) {
        return bytes.getBytes(StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("drops")
    void one_bad_cell_is_fixed_in_the_rejects(String name, byte[] bytes, String ending) throws Exception {
        try (Loading loading = Loading.start(home)) {
            Summary summary = loading.load(name, bytes);
            assertThat(summary.exitStatus()).isEqualTo(3);
            int good = loading.names().size();
            assertThat(loading.outbox(summary).lines())
                    .last()
                    .extracting(line -> line.get("message"))
                    .asString()
                    .containsPattern("Correct it|Save it as UTF-8")
                    .doesNotContain("drop it again");

            byte[] mended = mended(loading.outbox(summary).rejects(ending));
            assertThat(loading.load("rejects." + ending, mended).exitStatus()).isZero();
            assertThat(loading.names()).hasSize(good + 1).last().isEqualTo("Sto");
        }
    }

    private static byte[] mended(Path rejects) throws Exception {
        return rejects.toString().endsWith(".xlsx")
                ? RejectsBook.of(rejects).type(1, "name", "Sto").bytes()
                : latin(Files.readString(rejects, StandardCharsets.ISO_8859_1).replace(BAD, "o"));
    }
}
