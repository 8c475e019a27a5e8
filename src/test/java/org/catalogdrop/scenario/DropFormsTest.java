package org.catalogdrop.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.catalogdrop.model.Summary;
import org.catalogdrop.sandbox.store.StoredElement;
import org.catalogdrop.sandbox.store.StoredElement.Field;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every form of a drop carries the same three rows into the list, digit for digit. */
public class DropFormsTest {

    private static final String LONG = "12345678901234567890";

    @TempDir
    Path home;

    static Stream<Arguments> forms() {
        String csv = "request_id,name,cf:4400049,cf:4400093\n" + "7,00123,1.10,\"two\nlines\"\n8,1E5," + LONG
                + ",\"a,b;c\td\"\n9,Café €,-0,\"say \"\"hi\"\"\"\n";
        String semicolon = csv.replace("request_id,name,cf:4400049,", "request_id;name;cf:4400049;")
                .replace("7,00123,1.10,", "7;00123;1.10;")
                .replace("8,1E5," + LONG + ",", "8;1E5;" + LONG + ";")
                .replace("9,Café €,-0,", "9;Café €;-0;");
        String tab = csv.replace("request_id,name,cf:4400049,", "request_id\tname\tcf:4400049\t")
                .replace("7,00123,1.10,", "7\t00123\t1.10\t")
                .replace("8,1E5," + LONG + ",", "8\t1E5\t" + LONG + "\t")
                .replace("9,Café €,-0,", "9\tCafé €\t-0\t");
        List<String> objects = List.of(
                "{\"request_id\":7,\"name\":\"00123\",\"cf:4400049\":1.10,\"cf:4400093\":\"two\\nlines\"}",
                "{\"request_id\":8,\"name\":\"1E5\",\"cf:4400049\":" + LONG + ",\"cf:4400093\":\"a,b;c\\td\"}",
                "{\"request_id\":9,\"name\":\"Caf\\u00e9 €\",\"cf:4400049\":\"-0\",\"cf:4400093\":\"say \\\"hi\\\"\"}");
        List<String> api = List.of(
                api(7, "00123", "1.10", "two\\nlines"),
                api(8, "1E5", LONG, "a,b;c\\td"),
                api(9, "Café €", "-0", "say \\\"hi\\\""));
        String array = "[" + String.join(",", objects) + "]";
        String lines = String.join("\n", objects);
        String document = "{\"add\":[" + String.join(",", api) + "]}";
        // A line break of the file inside a quoted cell is part of the text, so that only the rows' own are changed.
        String inner = "two\nlines";
        String crlf = csv.replace(inner, "\0").replace("\n", "\r\n").replace("\0", inner);
        String cr = csv.replace(inner, "\0").replace("\n", "\r").replace("\0", inner);
        String pipe = tab.replace("\t", "|").replace("b;c|d", "b;c\td");
        return Stream.of(
                        arguments("pipe.csv", pipe),
                        arguments("sep.csv", "sep=;\r\n" + semicolon),
                        arguments("sep-other.csv", "sep=~\n" + pipe.replace("|", "~")),
                        arguments("comma.csv", csv),
                        arguments("UPPER.CSV", csv),
                        arguments("semicolon.csv", semicolon),
                        arguments("tab.csv", tab),
                        arguments("tab.tsv", tab),
                        arguments("bom.csv", "\uFEFF" + csv),
                        arguments("crlf.csv", crlf),
                        arguments("cr.csv", cr),
                        arguments("no-last-newline.csv", csv.stripTrailing()),
                        arguments("array.json", array),
                        arguments("bom.json", "\uFEFF" + array),
                        arguments("lines.ndjson", lines),
                        arguments("lines.jsonl", lines.replace("\n", "\r\n") + "\r\n"),
                        arguments("document.json", document))
                .flatMap(form -> Stream.of(form, packed(form)));
    }

    private static Arguments packed(Arguments form) {
        return arguments(form.get()[0] + ".gz", form.get()[1]);
    }

    private static String api(int requestId, String name, String sku, String text) {
        return "{\"request_id\":" + requestId + ",\"name\":\"" + name
                + "\",\"custom_fields\":[{\"id\":\"4400049\",\"values\":[{\"value\":\"" + sku
                + "\"}]},{\"id\":4400093,\"values\":[{\"value\":\"" + text + "\"}]}]}";
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forms")
    void loads(String name, String text) throws Exception {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try (Loading loading = Loading.start(home)) {
            Summary summary = loading.load(name, name.endsWith(".gz") ? gzip(bytes) : bytes);

            assertThat(summary.exitStatus()).isZero();
            assertThat(loading.stored())
                    .extracting(StoredElement::name, StoredElement::fields)
                    .containsExactly(
                            tuple("00123", fields("1.10", "two\nlines")),
                            tuple("1E5", fields(LONG, "a,b;c\td")),
                            tuple("Café €", fields("-0", "say \"hi\"")));
            List<Long> ids = loading.stored().stream().map(StoredElement::id).toList();
            assertThat(loading.outbox(summary).mapping().entrySet())
                    .containsExactly(
                            Map.entry("7", ids.get(0)), Map.entry("8", ids.get(1)), Map.entry("9", ids.get(2)));
            loading.holdLaws(summary, Map.of(1L, "00123", 2L, "1E5", 3L, "Café €"));
        }
    }

    private static List<Field> fields(String sku, String text) {
        return List.of(Field.of(4400049, sku), Field.of(4400093, text));
    }

    public static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream packed = new GZIPOutputStream(out)) {
            packed.write(bytes);
        }
        return out.toByteArray();
    }
}
