package org.catalogdrop.intake;

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import org.catalogdrop.model.Code;

/** An Excel workbook (ECMA-376): which of its parts is the first sheet that can be seen, and what its cells refer to. */
final class Workbook implements Closeable {

    private static final int MOST_RELATIONS = 10_000;

    private record Relation(String type, String target) {}

    private final Zip zip;
    private final Limits limits;
    private final String sheet;
    private final boolean from1904;
    private final Styles styles;
    private final SharedTexts texts;

    private Workbook(Zip zip, Limits limits) throws IOException {
        this.zip = zip;
        this.limits = limits;
        String main = relations("").values().stream()
                .filter(relation -> relation.type().equals("officeDocument"))
                .findFirst()
                .orElseThrow(() -> Part.refused("it has no part that is a workbook"))
                .target();
        Map<String, Relation> relations = relations(main);
        Book book = book(main, relations);
        sheet = book.sheet();
        from1904 = book.from1904();
        Optional<ZipEntry> styled = ofType(relations, "styles");
        styles = styled.isPresent() ? Styles.read(zip, styled.get(), limits) : Styles.NONE;
        texts = new SharedTexts(zip, ofType(relations, "sharedStrings"), limits);
    }

    static Workbook open(Path file, Limits limits) throws IOException {
        Zip zip = Zip.open(file, Code.BAD_WORKBOOK, limits.unpackedBytes());
        try {
            return new Workbook(zip, limits);
        } catch (IOException | RuntimeException e) {
            zip.close();
            throw e;
        }
    }

    private Optional<ZipEntry> ofType(Map<String, Relation> relations, String type) {
        return relations.values().stream()
                .filter(relation -> relation.type().equals(type))
                .findFirst()
                .flatMap(relation -> zip.entry(relation.target()));
    }

    /** What a part refers to, by the ids it does so with. */
    private Map<String, Relation> relations(String part) throws IOException {
        int slash = part.lastIndexOf('/') + 1;
        String folder = part.substring(0, slash);
        Map<String, Relation> relations = new HashMap<>();
        try (Part xml = part(folder + "_rels/" + part.substring(slash) + ".rels")) {
            while (xml.next()) {
                if (xml.isStart("Relationship") && !xml.attribute("TargetMode").equals("External")) {
                    String type = xml.attribute("Type");
                    relations.put(
                            xml.attribute("Id"),
                            new Relation(
                                    type.substring(type.lastIndexOf('/') + 1),
                                    resolved(folder, xml.attribute("Target"))));
                }
                if (relations.size() > MOST_RELATIONS) {
                    throw Part.refused("it has more than " + MOST_RELATIONS + " parts");
                }
            }
        }
        return relations;
    }

    private static String resolved(String folder, String target) {
        try {
            return URI.create("/" + folder).resolve(target).getPath().substring(1);
        } catch (IllegalArgumentException | StringIndexOutOfBoundsException | NullPointerException e) {
            throw Part.refused("it refers to a part by '" + Utf8.excerpt(target, 100) + "', which is no name");
        }
    }

    private record Book(String sheet, boolean from1904) {}

    private Book book(String main, Map<String, Relation> relations) throws IOException {
        boolean from1904 = false;
        String sheet = "";
        try (Part xml = part(main)) {
            while (xml.next()) {
                if (xml.isStart("workbookPr")) {
                    from1904 = isTrue(xml.attribute("date1904"));
                } else if (xml.isStart("sheet") && sheet.isEmpty()) {
                    Relation relation = relations.get(xml.foreignAttribute("id"));
                    boolean seen = xml.attribute("state").isEmpty()
                            || xml.attribute("state").equals("visible");
                    sheet = seen && relation != null && relation.type().equals("worksheet") ? relation.target() : "";
                }
            }
        }
        if (sheet.isEmpty()) {
            throw Part.refused("it has no sheet that can be seen");
        }
        return new Book(sheet, from1904);
    }

    static boolean isTrue(String word) {
        return word.equals("1") || word.equals("true");
    }

    private Part part(String name) throws IOException {
        return Part.open(
                zip,
                zip.entry(name).orElseThrow(() -> Part.refused("its part " + Utf8.excerpt(name, 100) + " is missing")),
                limits);
    }

    /** The sheet, from its start. */
    Part sheet() throws IOException {
        return part(sheet);
    }

    /** What a number in a cell of the style is for a reader; a text that starts with a mark of {@link BadCell} if it cannot be told. */
    String number(String written, int style) {
        return CellNumber.text(written, styles.of(style), from1904);
    }

    /** A text that cells share. */
    String shared(String index) throws IOException {
        return texts.get(index);
    }

    @Override
    public void close() throws IOException {
        texts.close();
        zip.close();
    }
}
