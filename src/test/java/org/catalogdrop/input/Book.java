package org.catalogdrop.input;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A workbook as a spreadsheet writes it, part by part. */
public final class Book {

    private static final String HEAD = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
    private static final String MAIN = " xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
    private static final String TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    private final Map<String, String> parts = new LinkedHashMap<>();

    /** One sheet with these rows, in XML; the styles are number, {@code 00000}, date, date and time, time, text, elapsed. */
    public static Book of(String rows) {
        Book book = new Book();
        book.part("_rels/.rels", relations(relation("rId1", "officeDocument", "xl/workbook.xml")));
        book.part(
                "xl/_rels/workbook.xml.rels",
                relations(relation("rId1", "worksheet", "worksheets/sheet1.xml")
                        + relation("rId2", "styles", "/xl/styles.xml")
                        + relation("rId3", "sharedStrings", "sharedStrings.xml")
                        + relation("rId4", "worksheet", "worksheets/hidden.xml")));
        book.book(
                "",
                "<sheet name=\"Old\" sheetId=\"2\" state=\"hidden\" r:id=\"rId4\"/>"
                        + "<sheet name=\"Products\" sheetId=\"1\" r:id=\"rId1\"/>");
        book.part(
                "xl/styles.xml",
                "<styleSheet" + MAIN + "><numFmts count=\"3\">"
                        + "<numFmt numFmtId=\"164\" formatCode=\"00000\"/>"
                        + "<numFmt numFmtId=\"165\" formatCode=\"[$-419]dd\\.mm\\.yyyy\\ hh:mm;@\"/>"
                        + "<numFmt numFmtId=\"166\" formatCode=\"#,##0.00\\ [$€-407];[Red]-#,##0.00\"/></numFmts>"
                        + "<cellStyleXfs count=\"1\"><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs count=\"8\">"
                        + "<xf numFmtId=\"0\"/><xf numFmtId=\"164\"/><xf numFmtId=\"14\"/><xf numFmtId=\"165\"/>"
                        + "<xf numFmtId=\"21\"/><xf numFmtId=\"49\"/><xf numFmtId=\"46\"/><xf numFmtId=\"166\"/></cellXfs></styleSheet>");
        book.shared(
                "<si><t>name</t></si><si><t>Кар&amp;<![CDATA[an]]></t></si>"
                        + "<si><r><t xml:space=\"preserve\">Rich </t></r><r><t>text</t></r><rPh sb=\"0\"><t>spoken</t></rPh></si>");
        book.part("xl/worksheets/hidden.xml", sheet("<row><c t=\"inlineStr\"><is><t>secret</t></is></c></row>"));
        book.part("xl/worksheets/sheet1.xml", sheet(rows));
        return book;
    }

    public static String sheet(String rows) {
        return "<worksheet" + MAIN + "><dimension ref=\"A1\"/><sheetData>" + rows
                + "</sheetData><pageMargins left=\"0.7\"/></worksheet>";
    }

    private static String relation(String id, String type, String target) {
        return "<Relationship Id=\"" + id + "\" Type=\"" + TYPE + "/" + type + "\" Target=\"" + target + "\"/>";
    }

    private static String relations(String all) {
        return "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">" + all
                + "</Relationships>";
    }

    public Book book(String properties, String sheets) {
        return part(
                "xl/workbook.xml",
                "<workbook" + MAIN + " xmlns:r=\"" + TYPE + "\">" + properties + "<sheets>" + sheets
                        + "</sheets></workbook>");
    }

    public Book shared(String items) {
        return part("xl/sharedStrings.xml", "<sst" + MAIN + ">" + items + "</sst>");
    }

    public Book part(String name, String xml) {
        parts.put(name, HEAD + xml);
        return this;
    }

    /** A part that has no XML head. */
    public Book raw(String name, String text) {
        parts.put(name, text);
        return this;
    }

    public Book without(String name) {
        parts.remove(name);
        return this;
    }

    /** The same parts under other names, as programs write them that do not use the names they refer to. */
    public Book renamed(UnaryOperator<String> name) {
        Map<String, String> before = new LinkedHashMap<>(parts);
        parts.clear();
        before.forEach((part, text) -> parts.put(name.apply(part), text));
        return this;
    }

    /** The same with another text in one of the parts. */
    public Book edited(String name, UnaryOperator<String> text) {
        parts.computeIfPresent(name, (part, before) -> text.apply(before));
        return this;
    }

    public byte[] bytes() {
        return zip(parts);
    }

    public static byte[] zip(Map<String, String> files) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
