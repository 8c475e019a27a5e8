package org.catalogdrop.scenario;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** The rejects of a workbook as a spreadsheet program reads, edits and saves them; it shares no code with our reader and writer. */
public final class RejectsBook {

    private static final String SHEET = "xl/worksheets/sheet1.xml";

    private final Map<String, byte[]> parts;
    private final Document sheet;
    private final List<String> formats;

    private RejectsBook(Map<String, byte[]> parts) throws Exception {
        this.parts = parts;
        this.sheet = document(SHEET);
        this.formats = formats(document("xl/styles.xml"));
    }

    public static RejectsBook of(Path file) throws Exception {
        Map<String, byte[]> parts = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(file))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                parts.put(entry.getName(), zip.readAllBytes());
            }
        }
        return new RejectsBook(parts);
    }

    private Document document(String part) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
        factory.setNamespaceAware(true);
        return factory.newDocumentBuilder().parse(new ByteArrayInputStream(parts.get(part)));
    }

    private static List<String> formats(Document styles) {
        Map<String, String> codes = new LinkedHashMap<>();
        for (Element one : elements(styles.getDocumentElement(), "numFmt")) {
            codes.put(one.getAttribute("numFmtId"), one.getAttribute("formatCode"));
        }
        Element cells = elements(styles.getDocumentElement(), "cellXfs").get(0);
        return elements(cells, "xf").stream()
                .map(xf -> xf.getAttribute("numFmtId"))
                .map(id -> codes.getOrDefault(id, id))
                .toList();
    }

    private static List<Element> elements(Element parent, String name) {
        NodeList nodes = parent.getElementsByTagNameNS("*", name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    /** The texts of the first row. */
    public List<String> header() {
        return elements(rows().get(0), "c").stream().map(Node::getTextContent).toList();
    }

    private List<Element> rows() {
        return elements(sheet.getDocumentElement(), "row");
    }

    /** How many rows follow the header. */
    public int size() {
        return rows().size() - 1;
    }

    /**
     * The text of a cell as it stands in the XML; empty if it is not there.
     *
     * @param row counts from 1 behind the header
     */
    public String text(int row, String column) {
        Element cell = cell(row, column);
        return cell == null ? "" : cell.getTextContent();
    }

    /** The type of a cell, its number format and its text, with bars between. */
    public String told(int row, String column) {
        Element cell = cell(row, column);
        String style = cell.getAttribute("s");
        return cell.getAttribute("t") + "|" + formats.get(style.isEmpty() ? 0 : Integer.parseInt(style)) + "|"
                + cell.getTextContent();
    }

    private String reference(int row, String column) {
        int at = header().indexOf(column);
        if (at < 0) {
            throw new IllegalArgumentException(column + " is not in " + header());
        }
        return (char) ('A' + at) + Integer.toString(row + 1);
    }

    private Element cell(int row, String column) {
        String reference = reference(row, column);
        return elements(rows().get(row), "c").stream()
                .filter(cell -> cell.getAttribute("r").equals(reference))
                .findFirst()
                .orElse(null);
    }

    /** Types a text into a cell. */
    public RejectsBook type(int row, String column, String text) {
        Element cell = place(row, column, "inlineStr");
        cell.appendChild(element("is")).appendChild(element("t")).setTextContent(text);
        return this;
    }

    /** Types a number into a cell. */
    public RejectsBook typeNumber(int row, String column, String number) {
        place(row, column, "n").appendChild(element("v")).setTextContent(number);
        return this;
    }

    private Element element(String name) {
        return sheet.createElementNS(sheet.getDocumentElement().getNamespaceURI(), name);
    }

    private Element place(int row, String column, String type) {
        Element old = cell(row, column);
        Element cell = element("c");
        cell.setAttribute("r", reference(row, column));
        cell.setAttribute("t", type);
        if (old == null) {
            Element line = rows().get(row);
            Node after = elements(line, "c").stream()
                    .filter(one -> one.getAttribute("r").charAt(0)
                            > cell.getAttribute("r").charAt(0))
                    .findFirst()
                    .orElse(null);
            line.insertBefore(cell, after);
        } else {
            old.getParentNode().replaceChild(cell, old);
        }
        return cell;
    }

    /** Saves it. */
    public byte[] bytes() throws Exception {
        ByteArrayOutputStream xml = new ByteArrayOutputStream();
        TransformerFactory.newDefaultInstance().newTransformer().transform(new DOMSource(sheet), new StreamResult(xml));
        parts.put(SHEET, xml.toByteArray());
        return zip(parts);
    }

    private static byte[] zip(Map<String, byte[]> parts) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
            for (Map.Entry<String, byte[]> part : parts.entrySet()) {
                zip.putNextEntry(new ZipEntry(part.getKey()));
                zip.write(part.getValue());
            }
        }
        return bytes.toByteArray();
    }
}
