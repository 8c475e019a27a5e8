package org.catalogdrop.input.xlsx;

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import org.catalogdrop.input.stream.ReadFaults;
import org.catalogdrop.input.stream.ReadLimits;
import org.catalogdrop.input.stream.Utf8;
import org.catalogdrop.input.stream.Zip;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.DropRefused;
import org.catalogdrop.model.NormalizedName;

/** An Excel workbook (ECMA-376): finds the requested sheet, and what its cells refer to. Used by one thread. */
public final class Workbook implements Closeable {

    private static final int MOST_RELATIONS = 10_000;
    private static final int MOST_SHOWN = 20;

    private record Relation(String type, String target) {}

    private final Zip zip;
    private final ReadLimits limits;
    private final List<Sheet> sheets;
    private final Sheet sheet;
    private final boolean from1904;
    private final boolean computed;
    private final Styles styles;
    private final SharedTexts texts;

    /**
     * A sheet of cells.
     *
     * @param part the name of its part in the file
     * @param seen whether it is visible
     */
    record Sheet(String name, String part, boolean seen) {}

    private Workbook(Zip zip, ReadLimits limits, String wanted) throws IOException {
        this.zip = zip;
        this.limits = limits;
        String main = relations("").values().stream()
                .filter(relation -> relation.type().equals("officeDocument"))
                .findFirst()
                .orElseThrow(() -> ReadFaults.badWorkbook("it has no workbook part"))
                .target();
        Map<String, Relation> relations = relations(main);
        Book book = book(main, relations);
        sheets = book.sheets();
        sheet = sheet(wanted);
        from1904 = book.from1904();
        computed = book.computed();
        Optional<ZipEntry> styled = ofType(relations, "styles");
        styles = styled.isPresent() ? Styles.read(zip, styled.get(), limits) : Styles.NONE;
        texts = new SharedTexts(zip, ofType(relations, "sharedStrings"), limits);
    }

    /** @param sheet its name, or its number among the visible ones; empty for the first visible one */
    static Workbook open(Path file, ReadLimits limits, String sheet) throws IOException {
        Zip zip = Zip.open(file, Code.BAD_WORKBOOK, limits.unpackedBytes());
        try {
            if (zip.entry("_rels/.rels").isEmpty() && zip.entry("content.xml").isPresent()) {
                throw ReadFaults.badWorkbook("it is an OpenDocument spreadsheet (.ods), not an .xlsx workbook");
            }
            return new Workbook(zip, limits, sheet);
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

    /** Returns the targets of a part's references, by their ids. */
    private Map<String, Relation> relations(String part) throws IOException {
        int slash = part.lastIndexOf('/') + 1;
        String folder = part.substring(0, slash);
        Map<String, Relation> relations = new HashMap<>();
        try (XmlPart xml = part(folder + "_rels/" + part.substring(slash) + ".rels")) {
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
                    throw ReadFaults.badWorkbook("it has more than " + MOST_RELATIONS + " parts");
                }
            }
        }
        return relations;
    }

    /** Returns the name of a target. Some programs write it as a Windows path, or with characters that an address cannot have. */
    private static String resolved(String folder, String target) {
        String path = target.replace('\\', '/').replace(" ", "%20");
        try {
            return URI.create("/" + folder.replace(" ", "%20"))
                    .resolve(path)
                    .getPath()
                    .substring(1);
        } catch (IllegalArgumentException | StringIndexOutOfBoundsException | NullPointerException e) {
            throw ReadFaults.badWorkbook(
                    "it refers to a part by '" + Utf8.excerpt(target, 100) + "', which is not a valid name");
        }
    }

    /** @param computed whether the values of formulas are those of their formulas, as far as the workbook says */
    private record Book(List<Sheet> sheets, boolean from1904, boolean computed) {}

    private Book book(String main, Map<String, Relation> relations) throws IOException {
        boolean from1904 = false;
        boolean computed = true;
        List<Sheet> sheets = new ArrayList<>();
        try (XmlPart xml = part(main)) {
            while (xml.next()) {
                if (xml.isStart("workbookPr")) {
                    from1904 = isTrue(xml.attribute("date1904"));
                } else if (xml.isStart("calcPr")) {
                    String completed = xml.attribute("calcCompleted");
                    computed = !isTrue(xml.attribute("fullCalcOnLoad")) && (completed.isEmpty() || isTrue(completed));
                } else if (xml.isStart("sheet") && sheets.size() < MOST_RELATIONS) {
                    Relation relation = relations.get(xml.foreignAttribute("id"));
                    String state = xml.attribute("state");
                    if (relation != null && relation.type().equals("worksheet")) {
                        sheets.add(new Sheet(
                                xml.attribute("name"), relation.target(), state.isEmpty() || state.equals("visible")));
                    }
                }
            }
        }
        return new Book(List.copyOf(sheets), from1904, computed);
    }

    private Sheet sheet(String wanted) {
        List<Sheet> seen = sheets.stream().filter(Sheet::seen).toList();
        if (wanted.isEmpty()) {
            return seen.stream().findFirst().orElseThrow(() -> ReadFaults.badWorkbook("it has no visible sheet"));
        }
        String plain = NormalizedName.folded(wanted);
        return sheets.stream()
                .filter(one -> NormalizedName.folded(one.name()).equals(plain))
                .findFirst()
                .or(() -> numbered(seen, plain))
                .orElseThrow(
                        () -> new DropRefused(
                                Code.BAD_WORKBOOK,
                                "The workbook has no sheet '" + wanted + "' that the mapping names; it has "
                                        + sheets.stream()
                                                .limit(MOST_SHOWN)
                                                .map(one -> "'" + NormalizedName.show(Utf8.excerpt(one.name(), 100))
                                                        + "'" + (one.seen() ? "" : " (hidden)"))
                                                .collect(Collectors.joining(", "))
                                        + ". Correct 'sheet' in the mapping or rename the sheet, and drop the workbook again."));
    }

    private static Optional<Sheet> numbered(List<Sheet> seen, String wanted) {
        int number = wanted.matches("[1-9]\\d{0,3}") ? Integer.parseInt(wanted) : 0;
        return number > 0 && number <= seen.size() ? Optional.of(seen.get(number - 1)) : Optional.empty();
    }

    /** Returns the names of the visible sheets, in order. */
    public static List<String> names(Path file, ReadLimits limits) throws IOException {
        try (Workbook book = open(file, limits, "")) {
            return book.sheets.stream().filter(Sheet::seen).map(Sheet::name).toList();
        }
    }

    static boolean isTrue(String word) {
        return word.equals("1") || word.equals("true");
    }

    private XmlPart part(String name) throws IOException {
        return XmlPart.open(
                zip,
                zip.entry(name)
                        .orElseThrow(
                                () -> ReadFaults.badWorkbook("its part " + Utf8.excerpt(name, 100) + " is missing")),
                limits);
    }

    /** Returns the sheet, from its start. */
    XmlPart sheet() throws IOException {
        return part(sheet.part());
    }

    /** Returns the entry of the sheet. */
    ZipEntry sheetEntry(Zip same) {
        return same.entry(sheet.part()).orElseThrow(() -> ReadFaults.badWorkbook("its sheet is missing"));
    }

    /** Returns the text of a number in a cell of the style; a text that starts with a mark of {@link BadCell} if it has none. */
    String number(String written, int style) {
        return CellNumber.text(written, styles.of(style), from1904);
    }

    /** Returns whether formulas have been computed. Programs that cannot compute write 0 for each value, and say so in the workbook. */
    boolean isComputed() {
        return computed;
    }

    /** Returns a text that cells share. */
    String shared(String index) throws IOException {
        return texts.get(index);
    }

    @Override
    public void close() throws IOException {
        texts.close();
        zip.close();
    }
}
