package org.catalogdrop.input.xlsx;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.catalogdrop.input.Book;
import org.catalogdrop.input.DropReader;
import org.catalogdrop.input.Dropped;
import org.catalogdrop.input.stream.ReadLimits;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.DropFormat;
import org.catalogdrop.model.Problem;
import org.catalogdrop.model.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorkbookTest {

    private static final String HEADER = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c>"
            + "<c r=\"B1\" t=\"inlineStr\"><is><t>cf:1</t></is></c></row>";

    @TempDir
    Path folder;

    private Dropped drop(Book book) {
        return Dropped.bytes(folder, "a.xlsx", book.bytes());
    }

    private List<Row> rows(String rows) {
        return drop(Book.of(HEADER + rows)).rows();
    }

    @Test
    void first_visible_sheet_is_read() throws Exception {
        Dropped dropped = drop(Book.of(HEADER
                + "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>1</v></c><c r=\"B2\"><v>1.5</v></c></row>"
                + "<row r=\"4\"><c r=\"B4\" t=\"str\"><f>A1</f><v>two\nlines, \"x\"_x000D_</v></c></row>"
                + "<row r=\"5\"><c r=\"A5\" s=\"1\"/><c r=\"B5\" t=\"inlineStr\"><is><t></t></is></c></row>"
                + "<row r=\"6\"><c r=\"A6\" t=\"s\"><v>2</v></c><c r=\"D6\" s=\"1\"/></row>"));

        assertThat(dropped.format()).isEqualTo(DropFormat.XLSX);
        List<String> columns = List.of("name", "cf:1");
        assertThat(dropped.rows())
                .containsExactly(
                        Row.of(1, 2, columns, List.of("Кар&an", new Row.Typed(Row.Type.NUMBER, "1.5"))),
                        Row.of(2, 4, columns, List.of("", "two\nlines, \"x\"\r")),
                        Row.of(3, 6, columns, List.of("Rich text", "")));
        try (DropReader reading = DropReader.open(dropped.drop(), ReadLimits.DEFAULT)) {
            assertThat(reading.countRows()).hasValue(3);
            reading.verify();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "s='0'                 ! 42                    ! 42",
                "s='0'                 ! 1.5                   ! 1.5",
                "s='0'                 ! 0.30000000000000004   ! 0.3",
                "s='0'                 ! 19.989999999999998    ! 19.99",
                "s='0'                 ! 1E-3                  ! 0.001",
                "s='0'                 ! -7                    ! -7",
                "s='0'                 ! 999999999999999       ! 999999999999999",
                "s='0'                 ! 1.23456789012345E+14  ! 123456789012345",
                "s='5'                 ! 007                   ! 7",
                "s='1'                 ! 415                   ! 00415",
                "s='1'                 ! 123456                ! 123456",
                "s='1'                 ! 0                     ! 00000",
                "s='7'                 ! 1234.5                ! 1234.5",
                "s='2'                 ! 45992                 ! 2025-12-01",
                "s='2'                 ! 1                     ! 1900-01-01",
                "s='2'                 ! 59                    ! 1900-02-28",
                "s='2'                 ! 61                    ! 1900-03-01",
                "s='3'                 ! 45992.75              ! 2025-12-01 18:00:00",
                "s='3'                 ! 45992.999999999996    ! 2025-12-02         ",
                "s='4'                 ! 0.52083333333333337   ! 12:30:00",
                "s='6'                 ! 1.1041666666666667    ! 26:30:00",
                "t='b'                 ! 1                     ! 1",
                "t='b'                 ! 0                     ! 0",
                "t='b'                 ! false                 ! 0",
                "t='b'                 ! true                  ! 1",
                "t='d'                 ! 2025-12-01T00:00:00   ! 2025-12-01",
                "t='str'               ! 00123                 ! 00123",
            })
    void cells_have_the_text_that_is_meant(String attributes, String value, String expected) {
        List<Row> rows = rows("<row r=\"2\"><c r=\"A2\" " + attributes.replace('\'', '"') + "><v>" + value
                + "</v></c><c r=\"B2\"><v>1</v></c></row>");

        assertThat(texts(rows.get(0))).containsExactly(expected, "1");
        assertThat(rows.get(0).line()).isEqualTo(2);
    }

    @Test
    void days_count_from_1904_if_the_workbook_says_so() {
        Book book = Book.of(HEADER
                        + "<row r=\"2\"><c r=\"A2\" s=\"2\"><v>0</v></c><c r=\"B2\" s=\"2\"><v>44530</v></c></row>")
                .book("<workbookPr date1904=\"1\"/>", "<sheet name=\"Products\" sheetId=\"1\" r:id=\"rId1\"/>");

        assertThat(texts(drop(book).rows().get(0))).containsExactly("1904-01-01", "2025-12-01");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "<c t='e'><v>#N/A</v></c>                      ! #N/A                ! #N/A",
                "<c><v>1234567890123456</v></c>                ! 1234567890123456    ! 15 digits",
                "<c><v>1.23456789012346E+19</v></c>            ! 12345678901234600000 ! 15 digits",
                "<c><f>1+1</f></c>                             ! ''                  ! not in the file",
                "<c><f>1+1</f><v/></c>                         ! ''                  ! not in the file",
                "<c t='n' s='2'><f>1+1</f><v> </v></c>         ! ''                  ! not in the file",
                "<c t='b'><f>1=1</f><v></v></c>                ! ''                  ! not in the file",
                "<c t='e'><f>1/0</f><v/></c>                   ! ''                  ! not in the file",
                "<c t='s'><f>A1</f><v/></c>                    ! ''                  ! not in the file",
                "<c t='str'><f>A1</f></c>                      ! ''                  ! not in the file",
                "<c s='2'><v>-1</v></c>                        ! -1                  ! is not one",
                "<c s='2'><v>60</v></c>                        ! 60                  ! is not one",
            })
    void row_with_a_damaged_cell_is_rejected(String cell, String given, String told) {
        List<Row> rows = rows("<row>" + cell.replace('\'', '"') + "<c><v>1</v></c></row><row><c><v>2</v></c></row>");

        Problem problem = Dropped.problem(rows.get(0)).orElseThrow();
        assertThat(problem.code()).isEqualTo(Code.BAD_CELL);
        assertThat(problem.column()).isEqualTo("name");
        assertThat(problem.message()).contains("'name'", told);
        assertThat(texts(rows.get(0))).containsExactly(given, "1");
        assertThat(texts(rows.get(1))).containsExactly("2", "");
    }

    @Test
    void given_a_formula_whose_value_is_the_empty_text_when_read_then_its_cell_is_empty() {
        List<Row> rows = rows("<row><c t=\"str\"><f>IF(1,\"\")</f><v></v></c><c><v>1</v></c></row>"
                + "<row><c t=\"inlineStr\"><f>A1</f><is><t>x</t></is></c><c/></row>");

        assertThat(Dropped.codes(rows)).isEmpty();
        assertThat(texts(rows.get(0))).containsExactly("", "1");
        assertThat(texts(rows.get(1))).containsExactly("x", "");
    }

    @Test
    void given_cells_beside_the_table_when_read_then_they_are_no_part_of_it() throws Exception {
        Dropped dropped = drop(
                Book.of(
                        HEADER + "<row><c><v>1</v></c><c><v>2</v></c><c r=\"D2\"><v>3</v></c></row>"
                                + "<row r=\"5\"><c r=\"F5\" t=\"e\"><v>#REF!</v></c></row><row r=\"6\"><c r=\"A6\"><v>4</v></c></row>"));

        List<Row> rows = dropped.rows();
        assertThat(Dropped.codes(rows)).isEmpty();
        assertThat(Dropped.lines(rows)).containsExactly(2L, 6L);
        assertThat(texts(rows.get(0))).containsExactly("1", "2");
        try (DropReader reading = DropReader.open(dropped.drop(), ReadLimits.DEFAULT)) {
            assertThat(reading.countRows()).hasValue(2);
        }
    }

    @Test
    void macros_are_ignored() {
        Book book = Book.of(HEADER + "<row><c><v>1</v></c></row>").raw("xl/vbaProject.bin", "Sub AutoOpen()");

        assertThat(drop(book).rows()).hasSize(1);
    }

    static Stream<Arguments> hostile() {
        String row = HEADER + "<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>&x;</t></is></c></row>";
        String entity = "<!DOCTYPE w [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>";
        String laughs = "<!DOCTYPE w [<!ENTITY a \"ha\"><!ENTITY x \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">]>";
        String sheet = "xl/worksheets/sheet1.xml";
        byte[] good = Book.of(HEADER).bytes();
        return Stream.of(
                Arguments.of(
                        "xxe",
                        Book.of(row).part(sheet, entity + Book.sheet(row)).bytes(),
                        "document type"),
                Arguments.of(
                        "laughs",
                        Book.of(row).part(sheet, laughs + Book.sheet(row)).bytes(),
                        "document type"),
                Arguments.of(
                        "laughs in texts",
                        Book.of(HEADER)
                                .raw("xl/sharedStrings.xml", laughs + "<sst>&x;</sst>")
                                .bytes(),
                        "document type"),
                Arguments.of("undeclared", Book.of(row).bytes(), "not well-formed XML"),
                Arguments.of("cut", Arrays.copyOf(good, good.length / 2), "truncated"),
                Arguments.of("empty file", new byte[0], "truncated"),
                Arguments.of("locked", HexFormat.of().parseHex("d0cf11e0a1b11ae1".repeat(100)), "password"),
                Arguments.of("no sheet", Book.of(HEADER).without(sheet).bytes(), "missing"),
                Arguments.of("no book", Book.of(HEADER).without("_rels/.rels").bytes(), "missing"),
                Arguments.of(
                        "hidden",
                        Book.of(HEADER)
                                .book("", "<sheet state=\"hidden\" r:id=\"rId1\"/>")
                                .bytes(),
                        "no visible sheet"),
                Arguments.of(
                        "cut sheet",
                        Book.of(HEADER)
                                .part(sheet, "<worksheet><sheetData>" + HEADER)
                                .bytes(),
                        "not well-formed XML"),
                Arguments.of("row twice", Book.of(HEADER + HEADER).bytes(), "follows row 1"),
                Arguments.of("far row", Book.of(HEADER + "<row r=\"1048577\"/>").bytes(), "follows row"),
                Arguments.of(
                        "far column",
                        Book.of(HEADER + "<row><c r=\"XFE2\"/></row>").bytes(),
                        "follows column"),
                Arguments.of(
                        "no text",
                        Book.of(HEADER + "<row><c t=\"s\"><v>9</v></c></row>").bytes(),
                        "shared text '9'"),
                Arguments.of(
                        "no number",
                        Book.of(HEADER + "<row><c><v>1x</v></c></row>").bytes(),
                        "where a number was expected"),
                Arguments.of(
                        "no boolean",
                        Book.of(HEADER + "<row><c t=\"b\"><v>TRUE</v></c></row>")
                                .bytes(),
                        "'TRUE' was found where true or false was expected"),
                Arguments.of(
                        "no style",
                        Book.of(HEADER + "<row><c s=\"8\"><v>45992</v></c></row>")
                                .bytes(),
                        "style 8, but there are only 8"),
                Arguments.of(
                        "styles gone",
                        Book.of(HEADER + "<row><c s=\"2\"><v>45992</v></c></row>")
                                .without("xl/styles.xml")
                                .bytes(),
                        "style 2, but there are only 0"),
                Arguments.of(
                        "deep", Book.of(HEADER + "<row>" + "<x>".repeat(200)).bytes(), "deeper"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostile")
    void improper_workbook_is_refused(String what, byte[] bytes, String told) {
        Problem refusal = Dropped.bytes(folder, "a.xlsx", bytes).refusal();

        assertThat(refusal.code()).isEqualTo(Code.BAD_WORKBOOK);
        assertThat(refusal.message()).contains(told, "The workbook cannot be read");
    }

    @Test
    void given_part_names_in_other_case_or_with_backslashes_when_read_then_they_are_found() {
        String row = "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>1</v></c></row>";

        Dropped upper = drop(Book.of(HEADER + row).renamed(name -> name.replace("sharedStrings", "SharedStrings")));
        assertThat(upper.rows().get(0).cells()).first().isEqualTo("Кар&an");
        Dropped windows = drop(Book.of(HEADER + row).renamed(name -> name.replace('/', '\\')));
        assertThat(windows.rows().get(0).cells()).first().isEqualTo("Кар&an");
    }

    @ParameterizedTest
    @CsvSource({
        "<calcPr calcId='124519' fullCalcOnLoad='1'/>, true",
        "<calcPr calcId='0' fullCalcOnLoad='true'/>, true",
        "<calcPr calcId='1' calcCompleted='0'/>, true",
        "<calcPr calcId='191029'/>, false",
        "<calcPr calcId='999999' calcCompleted='1' fullCalcOnLoad='0'/>, false",
    })
    void given_a_workbook_that_says_its_formulas_are_not_computed_when_read_then_their_values_do_not_count(
            String calculation, boolean rejected) {
        Book book = Book.of(HEADER + "<row><c t=\"str\"><v>a</v></c><c><f>2*3</f><v>0</v></c></row>"
                        + "<row><c t=\"str\"><f>\"b\"</f><v>0</v></c><c><v>7</v></c></row>"
                        + "<row><c t=\"str\"><v>c</v></c><c><v>8</v></c></row>")
                .edited(
                        "xl/workbook.xml",
                        xml -> xml.replace("</workbook>", calculation.replace('\'', '"') + "</workbook>"));

        List<Row> rows = drop(book).rows();

        assertThat(Dropped.codes(rows)).isEqualTo(rejected ? List.of(Code.BAD_CELL, Code.BAD_CELL) : List.of());
        assertThat(texts(rows.get(2))).containsExactly("c", "8");
        if (rejected) {
            assertThat(texts(rows.get(0))).containsExactly("a", "");
            assertThat(Dropped.problem(rows.get(0)).orElseThrow().message())
                    .contains("'cf:1'", "has not been computed", "recalculate and save it");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"worksheets\\sheet1.xml", "\\xl\\worksheets\\sheet1.xml", "worksheets/./sheet1.xml"})
    void given_a_target_written_as_a_path_of_windows_when_read_then_the_sheet_is_found(String target) {
        String row = "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>1</v></c></row>";
        Dropped drop = drop(Book.of(HEADER + row)
                .edited("xl/_rels/workbook.xml.rels", text -> text.replace("worksheets/sheet1.xml", target)));
        assertThat(drop.rows().get(0).cells()).first().isEqualTo("Кар&an");
    }

    @Test
    void given_a_sheet_whose_part_has_a_blank_in_its_name_when_read_then_it_is_found() {
        String row = "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>1</v></c></row>";
        Dropped drop = drop(Book.of(HEADER + row)
                .edited(
                        "xl/_rels/workbook.xml.rels",
                        text -> text.replace("worksheets/sheet1.xml", "worksheets/sheet 1.xml"))
                .renamed(name -> name.replace("sheet1.xml", "sheet 1.xml")));
        assertThat(drop.rows().get(0).cells()).first().isEqualTo("Кар&an");
    }

    @ParameterizedTest
    @CsvSource({
        "'<html><body><table><tr><td>name</td></tr></table></body></html>', web page (HTML)",
        "'<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"/>', XML Spreadsheet 2003",
        "'name;price\nCable;1\n', 'text, such as CSV'",
    })
    void given_other_content_under_a_workbook_name_when_read_then_the_message_says_what_it_is(
            String content, String found) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);

        assertThat(Dropped.bytes(folder, "a.xlsx", bytes).refusal().message()).contains("it is ", found);
    }

    /** The marks of cells are halves of surrogate pairs. */
    @ParameterizedTest
    @CsvSource({
        "_xDCF8_12,            _xDCF8_12",
        "_xDCF9_2024-02-30,    _xDCF9_2024-02-30",
        "_xdcfA_1,             _xdcfA_1",
        "_xDCFB_A1:A2,         _xDCFB_A1:A2",
        "_xDCFF_#N/A,          _xDCFF_#N/A",
        "_xDCF7_x,             _xDCF7_x",
        "_xD83D_ alone,        _xD83D_ alone",
        "_xD83D__xDE00_ smile, 😀 smile",
        "_x005F_x0041_,        _x0041_",
    })
    void given_a_text_that_looks_like_a_mark_of_a_cell_when_read_then_it_is_that_text(String written, String expected) {
        String cells = "<row><c t=\"inlineStr\"><is><t>" + written + "</t></is></c><c t=\"str\"><v>" + written
                + "</v></c></row><row><c t=\"s\"><v>2</v></c></row>";
        String shared = "<si><t>name</t></si><si><t>x</t></si><si><t>" + written + "</t></si>";

        List<Row> rows = drop(Book.of(HEADER + cells).shared(shared)).rows();

        assertThat(rows.get(0).cells()).isEqualTo(List.of(expected, expected));
        assertThat(rows.get(1).cells().get(0)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<f>2*3</f><v/>", "<f>2*3</f><v></v>", "<f>2*3</f>"})
    void given_a_formula_that_was_not_computed_when_read_then_it_is_no_empty_cell(String formula) {
        List<Row> rows = rows("<row><c t=\"str\"><v>a</v></c><c>" + formula + "</c></row>"
                + "<row><c t=\"str\"><v>b</v></c><c t=\"str\"><f>\"\"</f><v></v></c></row>");

        assertThat(rows.get(0).cells().get(1)).isInstanceOf(Row.Damaged.class);
        assertThat(rows.get(1).cells().get(1)).isEqualTo("");
    }

    @ParameterizedTest
    @ValueSource(strings = {"worksheets\\sheet1.xml", "\\xl\\worksheets\\sheet1.xml"})
    void given_a_part_that_is_named_with_backslashes_when_read_then_it_is_found(String target) {
        String relations = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
                + "<Relationship Id=\"rId1\" Type=\"http://x/worksheet\" Target=\"" + target + "\"/></Relationships>";
        Book book = Book.of("<row><c t=\"str\"><v>name</v></c></row><row><c t=\"str\"><v>a</v></c></row>")
                .part("xl/_rels/workbook.xml.rels", relations);

        assertThat(drop(book).rows()).hasSize(1);
    }

    @Test
    void given_a_nul_in_a_text_when_read_then_it_is_a_fault_of_its_row() {
        String cells = "<row><c t=\"inlineStr\"><is><t>a_x0000_b</t></is></c><c t=\"str\"><v>_x0000_</v></c></row>"
                + "<row><c t=\"s\"><v>2</v></c></row><row><c t=\"s\"><v>1</v></c></row>";
        String shared = "<si><t>name</t></si><si><t>x</t></si><si><t>_x0000_y</t></si>";

        List<Row> rows = drop(Book.of(HEADER + cells).shared(shared)).rows();

        for (Object cell : List.of(
                rows.get(0).cells().get(0),
                rows.get(0).cells().get(1),
                rows.get(1).cells().get(0))) {
            assertThat(cell).isInstanceOfSatisfying(Row.Damaged.class, damaged -> {
                assertThat(damaged.problem().code()).isEqualTo(Code.BAD_CELL);
                assertThat(damaged.problem().message()).contains("has a NUL in its text");
            });
        }
        assertThat(rows.get(2).cells()).isEqualTo(List.of("x", ""));
    }

    /** To compute with a million digits takes minutes, of a file of some kilobytes. */
    @Test
    @Timeout(60)
    void absurdly_long_number_takes_no_time() {
        String endless = "<row><c><v>1." + "3".repeat(1_000_000) + "</v></c></row>";

        assertThat(drop(Book.of(HEADER + endless)).refusal().message())
                .contains("larger than any number of a workbook");
    }

    @Test
    void empty_sheet_and_sheet_without_header_are_refused() {
        assertThat(drop(Book.of("")).refusal().code()).isEqualTo(Code.EMPTY_DROP);
        assertThat(drop(Book.of("<row><c><v>1</v></c></row>")).refusal().code()).isEqualTo(Code.NO_HEADER);
        assertThat(drop(Book.of("<row><c t=\"e\"><v>#REF!</v></c></row>"))
                        .refusal()
                        .message())
                .contains("#REF!");
    }

    @Test
    void workbook_bombs_are_refused() {
        ReadLimits limits = new ReadLimits(1 << 20, 1 << 16);
        String many = "<row><c><v>1</v></c></row>".repeat(100_000);
        String text = "x".repeat(100_000);

        Dropped bomb = drop(Book.of(HEADER + many)).within(limits);
        assertThat(bomb.refusal().code()).isEqualTo(Code.TOO_LARGE);
        Dropped giant = drop(Book.of(HEADER + "<row><c t=\"str\"><v>" + text + "</v></c></row>"))
                .within(limits);
        assertThat(giant.refusal().message()).contains("longer than 65536");
        Dropped shared =
                drop(Book.of(HEADER).shared("<si><t>" + text + "</t></si>")).within(limits);
        assertThat(shared.refusal().message()).contains("longer than 65536");
        Dropped wide = drop(Book.of(HEADER + "<row>" + "<c t=\"str\"><v>0123456789</v></c>".repeat(10_000) + "</row>"))
                .within(limits);
        assertThat(wide.refusal().code()).isEqualTo(Code.ENDLESS_LINE);
    }

    private static List<String> texts(Row row) {
        return row.cells().stream().map(Object::toString).toList();
    }

    @Test
    void given_cells_of_all_types_when_read_then_each_has_the_type_of_the_workbook() {
        List<Row> rows = rows("<row><c><v>1.5</v></c><c s=\"2\"><v>45992</v></c></row>"
                + "<row><c t=\"b\"><v>1</v></c><c s=\"3\"><v>45992.5</v></c></row>"
                + "<row><c t=\"str\"><v>1.5</v></c><c s=\"4\"><v>0.5</v></c></row>");

        assertThat(rows)
                .extracting(Row::cells)
                .containsExactly(
                        List.of(new Row.Typed(Row.Type.NUMBER, "1.5"), new Row.Typed(Row.Type.DATE, "2025-12-01")),
                        List.of(
                                new Row.Typed(Row.Type.BOOLEAN, "1"),
                                new Row.Typed(Row.Type.DATE, "2025-12-01 12:00:00")),
                        List.of("1.5", "12:00:00"));
    }
}
