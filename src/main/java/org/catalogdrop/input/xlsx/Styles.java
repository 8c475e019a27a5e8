package org.catalogdrop.input.xlsx;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import org.catalogdrop.input.stream.ReadFaults;
import org.catalogdrop.input.stream.ReadLimits;
import org.catalogdrop.input.stream.Zip;

/** The number formats of a workbook, by the index of their style. */
final class Styles {

    static final Styles NONE = new Styles(List.of());

    /** More than a spreadsheet can have. */
    private static final int MOST = 1 << 16;

    private final List<NumberFormat> formats;

    private Styles(List<NumberFormat> formats) {
        this.formats = formats;
    }

    NumberFormat of(int style) {
        if (style < formats.size()) {
            return formats.get(style);
        }
        if (style == 0) {
            return NumberFormat.NUMBER;
        }
        // A date could not be distinguished from a number.
        throw ReadFaults.badWorkbook("a cell has the style " + style + ", but there are only " + formats.size());
    }

    static Styles read(Zip zip, ZipEntry entry, ReadLimits limits) throws IOException {
        Map<String, String> codes = new HashMap<>();
        List<NumberFormat> formats = new ArrayList<>();
        boolean inCells = false;
        try (XmlPart xml = XmlPart.open(zip, entry, limits)) {
            while (xml.next()) {
                if (xml.isStart("numFmt")) {
                    codes.put(xml.attribute("numFmtId"), xml.attribute("formatCode"));
                } else if (xml.isStart("cellXfs")) {
                    inCells = true;
                } else if (xml.isEnd("cellXfs")) {
                    inCells = false;
                } else if (inCells && xml.isStart("xf")) {
                    String id = xml.attribute("numFmtId");
                    String code = codes.get(id);
                    formats.add(code == null ? NumberFormat.builtIn(id) : NumberFormat.of(code));
                }
                if (codes.size() > MOST || formats.size() > MOST) {
                    throw ReadFaults.badWorkbook("it has more than " + MOST + " styles");
                }
            }
        }
        return new Styles(formats);
    }
}
