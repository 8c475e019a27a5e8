package org.catalogdrop.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.catalogdrop.input.row.FormatHints;
import org.catalogdrop.input.stream.ReadLimits;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.DetectedBy;
import org.catalogdrop.model.Drop;
import org.catalogdrop.model.DropRefused;
import org.catalogdrop.model.Problem;
import org.catalogdrop.model.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CharsetTest {

    @TempDir
    Path folder;

    private record Sample(String language, String charset, String text) {}

    /** Short lists as people have them. */
    private static final List<Sample> KNOWN = List.of(
            new Sample(
                    "ru", "windows-1251", "name;cf:1\nКарандаш простой;5\nЛинейка 30 см;12\nТетрадь в клетку;18,50\n"),
            new Sample(
                    "ru-caps",
                    "windows-1251",
                    "name;НАИМЕНОВАНИЕ\nСТОЛ ПИСЬМЕННЫЙ ДУБ;1\nШКАФ КНИЖНЫЙ 2-Х ДВЕРНЫЙ;2\nСТУЛ ОФИСНЫЙ;3\n"),
            new Sample(
                    "ru-brands",
                    "windows-1251",
                    "name;cf:1\nДрель Bosch GSR-12V «Профи»;шт.\nШуруповёрт Makita DF333 – кейс № 3;шт.\n"),
            new Sample("ru-small", "windows-1251", "name\nмолоко 3,2%\nхлеб ржаной\nсыр российский\n"),
            new Sample(
                    "uk",
                    "windows-1251",
                    "name;cf:1\nОлівець простий;5\nЄмність для води, ґрунт;2\nЇжачок гумовий;3\n"),
            new Sample(
                    "bg",
                    "windows-1251",
                    "name;cf:1\nМолив червен;5\nСтол дървен с подлакътници;2\nМаса за хранене;2\n"),
            new Sample(
                    "fr",
                    "windows-1252",
                    "name;cf:1\nCafé moulu;5 €\nThé à la menthe;4 €\nCrème brûlée;3\nŒufs d’été;2\nMaïs;1\n"),
            new Sample(
                    "fr-1",
                    "windows-1252",
                    "name;Désignation\nFenêtre;Chêne massif\nÉtagère;Hêtre\nGâteau;Pâte à sucre\n"),
            new Sample("fr-caps", "windows-1252", "name\nCAFÉ CRÈME\nTHÉ À LA MENTHE\nFENÊTRE\n"),
            new Sample("de", "windows-1252", "name;Größe\nTür weiß;5\nStühle;4\nKühlschrank groß;3\nÖl;1\n"),
            new Sample("de-caps", "windows-1252", "name;cf:2\nMÜLLER KÄSE;1\nTÜRÖFFNER;2\n"),
            new Sample(
                    "es", "windows-1252", "name\nLápiz nº 2\nCuaderno pequeño\n¿Qué? Añil\nNiño\nPiña 1ª\nPingüino\n"),
            new Sample("it", "windows-1252", "name\nCaffè macinato\nTè alla menta\nPiù buono\nRagù\n"),
            new Sample("pt", "windows-1252", "name\nMaçã\nPão de ló\nFeijões\nÁgua com gás\n"),
            new Sample("da", "windows-1252", "name\nRødgrød\nSmørrebrød\nÆbler på træ\nGrå knæbukser\n"),
            new Sample("sv", "windows-1252", "name\nKöttbullar\nÅngmaskin blå\nÄpple\n"),
            new Sample("signs", "windows-1252", "name;cf:1\nSand 1 m³ – 5 °C;12 €\nMcDonald’s “big”;3,5 ± 0,1\n"));

    /** What is in neither must never come out as text. */
    private static final List<Sample> OTHERS = List.of(
            new Sample("pl", "windows-1250", "name\nPudełko żółte\nŁyżka duża\nŚwieca\n"),
            new Sample("pl-ę", "windows-1250", "name\nRęcznik\nPędzel mały\n"),
            new Sample("cs", "windows-1250", "name\nTužka červená\nPříbor\nKolečko\n"),
            new Sample("hr", "windows-1250", "name\nČokolada\nKolač\n"),
            new Sample("hu", "windows-1250", "name\nHűtőszekrény\nŐszi alma\n"),
            new Sample("ro", "windows-1250", "name\nMasă de lemn\nScaun mică\n"),
            new Sample("tr", "windows-1254", "name\nKırmızı şişe\nYağ\n"),
            new Sample("lt", "windows-1257", "name\nKėdė žalia\nPieštukas ąžuolas\n"),
            new Sample("el", "windows-1253", "name\nΜολύβι κόκκινο\nΚαρέκλα\n"),
            new Sample("he", "windows-1255", "name\nעיפרון אדום\nכיסא\n"),
            new Sample("ar", "windows-1256", "name\nقلم رصاص\nكرسي\n"),
            new Sample("koi8", "KOI8-R", "name\nКарандаш простой\nСтол письменный\n"),
            new Sample("koi8-small", "KOI8-R", "name\nкарандаш простой\nстол письменный\nмолоко свежее\n"),
            new Sample("koi8-caps", "KOI8-R", "name\nКАРАНДАШ ПРОСТОЙ\nСТОЛ ПИСЬМЕННЫЙ\nМОЛОКО СВЕЖЕЕ\n"),
            new Sample("866", "IBM866", "name\nКарандаш простой\nСтол письменный\n"),
            new Sample("866-caps", "IBM866", "name\nКАРАНДАШ ПРОСТОЙ\nСТОЛ ПИСЬМЕННЫЙ\n"),
            new Sample("mac-cyr", "x-MacCyrillic", "name\nКарандаш простой\nСтол письменный\n"),
            new Sample("iso-5", "ISO-8859-5", "name\nКарандаш простой\nСтол письменный\n"),
            new Sample("iso-5-caps", "ISO-8859-5", "name\nКАРАНДАШ ПРОСТОЙ\nСТОЛ ПИСЬМЕННЫЙ\n"),
            new Sample("850", "IBM850", "name\nCafé\nGâteau\nCrème\n"),
            new Sample("850-de", "IBM850", "name\nTür weiß\nÖl schön\n"),
            new Sample("mac", "x-MacRoman", "name\nCafé\nGâteau\n"),
            new Sample("ja", "Shift_JIS", "name\n鉛筆\n椅子\n"),
            new Sample("ja-euc", "EUC-JP", "name\n鉛筆\n椅子\n"),
            new Sample("zh", "GBK", "name\n铅笔\n椅子\n"),
            new Sample("ko", "EUC-KR", "name\n연필\n의자\n"));

    static Stream<Sample> known() {
        return KNOWN.stream();
    }

    static Stream<Sample> all() {
        return Stream.concat(KNOWN.stream(), OTHERS.stream());
    }

    private static String text(List<Row> rows) {
        StringBuilder text = new StringBuilder();
        rows.forEach(row -> text.append(row.cells()).append('\n'));
        return text.toString();
    }

    private static List<Row> list(Iterator<Row> rows) {
        List<Row> list = new ArrayList<>();
        rows.forEachRemaining(list::add);
        return list;
    }

    private String meant(String text) {
        return text(Dropped.text(folder, "meant.csv", text).rows());
    }

    @ParameterizedTest
    @MethodSource("known")
    void charset_of_short_lists_is_detected(Sample sample) {
        Dropped dropped = Dropped.bytes(folder, "a.csv", sample.text().getBytes(Charset.forName(sample.charset())));

        assertThat(dropped.drop().shape().charset()).isEqualTo(Charset.forName(sample.charset()));
        assertThat(dropped.drop().shape().charsetBy()).isEqualTo(DetectedBy.STATISTICS);
        assertThat(text(dropped.rows())).isEqualTo(meant(sample.text()));
    }

    /** The law: any text in any charset is read back exactly, or refused; it is never changed. */
    @ParameterizedTest
    @MethodSource("all")
    void text_is_never_changed(Sample sample) {
        String[] lines = sample.text().split("\n", 0);
        Random random = new Random(sample.hashCode());
        for (String charset : List.of(sample.charset(), "UTF-8", "UTF-16LE", "UTF-16BE", "UTF-16")) {
            for (int i = 0; i < (charset.startsWith("UTF") ? 1 : 6); i++) {
                StringBuilder text = new StringBuilder(lines[0]).append('\n');
                for (int n = random.nextInt(8); n >= 0; n--) {
                    text.append(lines[1 + random.nextInt(lines.length - 1)]).append('\n');
                }
                Dropped dropped = Dropped.bytes(folder, "a.csv", text.toString().getBytes(Charset.forName(charset)));
                try {
                    List<Row> rows = dropped.rows();
                    if (rows.stream().allMatch(row -> row.problem().isEmpty())) {
                        assertThat(text(rows)).as(charset).isEqualTo(meant(text.toString()));
                    }
                } catch (DropRefused refused) {
                    assertThat(refused.problem().code()).isIn(Code.CHARSET, Code.BINARY, Code.NO_HEADER);
                    assertThat(charset).isEqualTo(sample.charset());
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-16", "UTF-8"})
    void unicode_with_and_without_mark_is_read(String charset) {
        String text = "name,cf:1\nКарандаш 😀,1\n鉛筆,2\n";
        for (String mark : List.of("", "\uFEFF")) {
            if (!charset.equals("UTF-16") || mark.isEmpty()) {
                Dropped dropped = Dropped.bytes(folder, "a.csv", (mark + text).getBytes(Charset.forName(charset)));
                DetectedBy expected =
                        mark.isEmpty() && !charset.equals("UTF-16") ? DetectedBy.CONTENT : DetectedBy.MARK;

                assertThat(dropped.drop().shape().charsetBy()).isEqualTo(expected);
                assertThat(dropped.rows())
                        .isEqualTo(Dropped.text(folder, "b.csv", text).rows());
            }
        }
    }

    @Test
    void charset_behind_a_long_stretch_of_ascii_is_detected() {
        String text = "name\n" + "plain\n".repeat(200_000) + "Стол письменный\nШкаф дубовый\n";

        Dropped dropped = Dropped.bytes(folder, "a.csv", text.getBytes(Charset.forName("windows-1251")));

        assertThat(dropped.rows().get(200_000).cells()).isEqualTo(List.of("Стол письменный"));
    }

    @Test
    void row_with_a_byte_that_the_charset_does_not_have_is_rejected() {
        String text = "name;id\nСтол письменный;1\nШкаф дубовый;2\n" + "Стул;3\n".repeat(30_000);
        byte[] head = text.getBytes(Charset.forName("windows-1251"));
        byte[] bytes = java.util.Arrays.copyOf(head, head.length + 4);
        System.arraycopy(new byte[] {'a', (byte) 0x98, ';', '4'}, 0, bytes, head.length, 4);

        List<Row> rows = Dropped.bytes(folder, "a.csv", bytes).rows();

        assertThat(Dropped.codes(rows)).containsExactly(Code.BAD_ENCODING);
        Problem problem = Dropped.problem(rows.get(30_002)).orElseThrow();
        assertThat(problem.message()).contains("windows-1251", "0x98", "drop.charset");
        assertThat(rows.get(30_002).line()).isEqualTo(30_004);
    }

    @Test
    void row_with_half_a_character_of_utf16_is_rejected() {
        // Java writes a question mark for half a character.
        byte[] half = "\uFEFFname\nok\naXb\nend\n".getBytes(StandardCharsets.UTF_16LE);
        for (int i = 0; i < half.length; i += 2) {
            if (half[i] == 'X') {
                half[i] = 0x3D;
                half[i + 1] = (byte) 0xD8;
            }
        }

        List<Row> rows = Dropped.bytes(folder, "a.csv", half).rows();

        assertThat(Dropped.codes(rows)).containsExactly(Code.BAD_ENCODING);
        assertThat(rows.get(2).cells()).isEqualTo(List.of("end"));
    }

    @ParameterizedTest
    @CsvSource({"KOI8-R, Стол", "IBM866, Стол", "windows-1250, Łyżka", "windows-1251, Мел", "Shift_JIS, 鉛筆"})
    void given_set_format_when_read_then_it_is_used(String charset, String name) {
        Dropped dropped = Dropped.bytes(folder, "a.csv", ("name\n" + name + "\n").getBytes(Charset.forName(charset)));
        FormatHints expected =
                new FormatHints(Optional.of(Charset.forName(charset)), Optional.empty(), Optional.empty());

        Drop drop = new DropInspector(ReadLimits.DEFAULT, List.of(), expected).identify(dropped.file(), "a.csv");

        assertThat(drop.shape().charsetBy()).isEqualTo(DetectedBy.SETTING);
        dropped.read(drop, rows -> assertThat(text(list(rows))).isEqualTo("[" + name + "]\n"));
    }

    @Test
    void utf8_is_refused_if_another_charset_is_set() {
        Dropped dropped = Dropped.text(folder, "a.csv", "name␊Стол␊");
        FormatHints expected =
                new FormatHints(Optional.of(Charset.forName("windows-1251")), Optional.empty(), Optional.empty());
        DropInspector drops = new DropInspector(ReadLimits.DEFAULT, List.of(), expected);

        Problem refusal = Dropped.refusal(() -> drops.identify(dropped.file(), "a.csv"));

        assertThat(refusal.code()).isEqualTo(Code.CHARSET);
        assertThat(refusal.message()).contains("it is UTF-8", "drop.charset=auto");
        Dropped marked = Dropped.text(folder, "b.csv", "\uFEFFname␊Стол␊");
        assertThat(drops.identify(marked.file(), "b.csv").shape().charset()).isEqualTo(StandardCharsets.UTF_8);
    }

    @Test
    void uncertain_charset_is_refused_and_the_setting_named() {
        byte[] bytes = "name\nPudełko żółte\n".getBytes(Charset.forName("windows-1250"));

        Problem refusal = Dropped.bytes(folder, "a.csv", bytes).refusal();

        assertThat(refusal.code()).isEqualTo(Code.CHARSET);
        assertThat(refusal.message()).contains("drop.charset");
    }

    @Test
    void charset_that_the_text_cannot_be_in_is_not_suggested() {
        byte[] bytes = "name\nКарандаш простой\nСтол письменный\n".getBytes(Charset.forName("IBM866"));

        Problem refusal = Dropped.bytes(folder, "a.csv", bytes).refusal();

        assertThat(refusal.message()).contains("IBM866").doesNotContain("drop.charset=windows-1251");
    }
}
