package org.catalogdrop.results.reject;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.catalogdrop.results.file.Utf8File;

/**
 * A workbook of one sheet (ECMA-376) that is written row by row and cell by cell. Texts are in their cells, because a table of shared
 * ones would grow with the rows. The same cells make the same bytes. Used by one thread.
 */
final class WorkbookFile implements Closeable {

    /** The most columns of a sheet. */
    static final int MOST_COLUMNS = 1 << 14;

    /** The most characters of a text in a cell; a spreadsheet truncates longer ones. */
    static final int MOST_CHARACTERS = 32_767;

    static final String MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    private static final String TYPES = "http://schemas.openxmlformats.org/package/2006/content-types";
    private static final String OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private static final String RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships";
    private static final String SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
    private static final String XML = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
    private static final LocalDateTime ALWAYS = LocalDateTime.of(1980, 1, 1, 0, 0);
    private static final String HEX = "0123456789ABCDEF";

    private final Utf8File sink;
    private final ZipOutputStream zip;
    private final StringBuilder xml = new StringBuilder();
    private int row;
    private int column;

    private WorkbookFile(Utf8File sink) {
        this.sink = sink;
        this.zip = new ZipOutputStream(new SinkStream(sink));
    }

    /** Begins a workbook whose first row stays visible when it is scrolled. */
    static WorkbookFile open(Path path, String sheet) throws IOException {
        WorkbookFile file = new WorkbookFile(new Utf8File(path));
        try {
            file.begin(sheet);
            return file;
        } catch (IOException | RuntimeException fault) {
            file.close();
            throw fault;
        }
    }

    private void begin(String sheet) throws IOException {
        part(
                "[Content_Types].xml",
                "<Types xmlns=\"" + TYPES + "\"><Default Extension=\"rels\""
                        + " ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
                        + "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
                        + override("xl/workbook.xml", "sheet.main")
                        + override("xl/worksheets/sheet1.xml", "worksheet")
                        + override("xl/styles.xml", "styles")
                        + "</Types>");
        part(
                "_rels/.rels",
                "<Relationships xmlns=\"" + RELATIONS + "\">" + relation(1, "officeDocument", "xl/workbook.xml")
                        + "</Relationships>");
        part(
                "xl/workbook.xml",
                "<workbook xmlns=\"" + MAIN + "\" xmlns:r=\"" + OFFICE + "\"><bookViews><workbookView/></bookViews>"
                        + "<sheets><sheet name=\"" + sheet + "\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>");
        part(
                "xl/_rels/workbook.xml.rels",
                "<Relationships xmlns=\"" + RELATIONS + "\">" + relation(1, "worksheet", "worksheets/sheet1.xml")
                        + relation(2, "styles", "styles.xml") + "</Relationships>");
        part("xl/styles.xml", WorkbookStyles.xml());
        entry("xl/worksheets/sheet1.xml");
        xml.append("<worksheet xmlns=\"")
                .append(MAIN)
                .append("\"><sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\"")
                .append(" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews>")
                .append("<sheetFormatPr defaultColWidth=\"20\" defaultRowHeight=\"15\"/><sheetData>");
        flush();
    }

    private static String override(String part, String type) {
        return "<Override PartName=\"/" + part + "\" ContentType=\"" + SHEET_TYPE + type + "+xml\"/>";
    }

    private static String relation(int id, String type, String target) {
        return "<Relationship Id=\"rId" + id + "\" Type=\"" + OFFICE + "/" + type + "\" Target=\"" + target + "\"/>";
    }

    private void entry(String name) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(ALWAYS);
        zip.putNextEntry(entry);
        xml.append(XML);
    }

    private void part(String name, String content) throws IOException {
        entry(name);
        xml.append(content);
        flush();
        zip.closeEntry();
    }

    private void flush() throws IOException {
        byte[] bytes = xml.toString().getBytes(StandardCharsets.UTF_8);
        zip.write(bytes, 0, bytes.length);
        xml.setLength(0);
    }

    Path path() {
        return sink.path();
    }

    void beginRow() {
        row++;
        column = 0;
        xml.append("<row r=\"").append(row).append("\">");
    }

    void endRow() throws IOException {
        xml.append("</row>");
        flush();
    }

    /** Leaves a cell empty. */
    void skip() {
        column++;
    }

    void text(String text, int style) {
        if (text.isEmpty()) {
            skip();
            return;
        }
        cell(style, " t=\"inlineStr\"");
        boolean bare = text.charAt(0) > ' ' && text.charAt(text.length() - 1) > ' ';
        xml.append(bare ? "<is><t>" : "<is><t xml:space=\"preserve\">");
        escape(xml, text);
        xml.append("</t></is></c>");
    }

    void number(WorkbookNumber number) {
        cell(number.style(), "");
        xml.append("<v>").append(number.value()).append("</v></c>");
    }

    void bool(String digit) {
        cell(WorkbookStyles.GENERAL, " t=\"b\"");
        xml.append("<v>").append(digit).append("</v></c>");
    }

    private void cell(int style, String type) {
        xml.append("<c r=\"");
        appendLetters(column);
        xml.append(row).append('"');
        if (style != WorkbookStyles.GENERAL) {
            xml.append(" s=\"").append(style).append('"');
        }
        xml.append(type).append('>');
        column++;
    }

    /** Adds the letters of a column, counted from 0: A to XFD. */
    private void appendLetters(int index) {
        if (index >= 26) {
            appendLetters(index / 26 - 1);
        }
        xml.append((char) ('A' + index % 26));
    }

    /**
     * Appends a text as XML 1.0 accepts it. Characters that XML cannot have, or would change, are written {@code _xHHHH_}; so is an
     * underscore that could be taken for the start of that.
     */
    static void escape(StringBuilder xml, String text) {
        int length = text.length();
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c == '&') {
                xml.append("&amp;");
            } else if (c == '<') {
                xml.append("&lt;");
            } else if (c == '>') {
                xml.append("&gt;");
            } else if ((c < ' ' && c != '\n' && c != '\t')
                    || c >= '\uFFFE'
                    || (c == '_' && i + 1 < length && text.charAt(i + 1) == 'x')) {
                xml.append("_x");
                for (int bits = 12; bits >= 0; bits -= 4) {
                    xml.append(HEX.charAt(c >> bits & 0xF));
                }
                xml.append('_');
            } else {
                xml.append(c);
            }
        }
    }

    /** Ends the workbook: all of it is on disk when this returns. */
    void finish() throws IOException {
        xml.append("</sheetData></worksheet>");
        flush();
        zip.close();
        sink.finish();
    }

    /** Releases the file; an unfinished workbook is useless. */
    @Override
    public void close() throws IOException {
        sink.close();
    }

    /** Writes the bytes of the ZIP file; closing it does not close the file. */
    private static final class SinkStream extends OutputStream {

        private final Utf8File sink;

        SinkStream(Utf8File sink) {
            this.sink = sink;
        }

        @Override
        public void write(int octet) throws IOException {
            sink.put(octet);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            sink.bytes(bytes, offset, offset + length);
        }
    }
}
