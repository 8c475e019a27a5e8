package org.catalogdrop.results.reject;

/** The styles of a workbook that is written: indexes of cell formats, and the part that defines them. */
final class WorkbookStyles {

    static final int GENERAL = 0;
    /** Text that is typed into such a cell stays text. */
    static final int TEXT = 1;

    static final int DAY = 2;
    static final int SECOND = 3;
    static final int MILLISECOND = 4;
    static final int HEADER = 5;
    private static final int DIGITS = 6;

    /** The most digits to which a format fills up a number. */
    static final int MOST_DIGITS = 20;

    private static final int FIRST_OWN = 164;

    private WorkbookStyles() {}

    /**
     * Returns the style that fills a whole number up with zeros.
     *
     * @param least its least digits, 1 to {@link #MOST_DIGITS}; 1 only prevents the number from being shown as 4E+12
     */
    static int digits(int least) {
        return DIGITS + least - 1;
    }

    /** Returns the text of the part. */
    static String xml() {
        StringBuilder formats = new StringBuilder();
        StringBuilder cells = new StringBuilder();
        cells.append(cell(0, 0)).append(cell(49, 0));
        int id = FIRST_OWN;
        for (String code : new String[] {"yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss", "yyyy-mm-dd hh:mm:ss.000"}) {
            formats.append(format(id, code));
            cells.append(cell(id++, 0));
        }
        cells.append(cell(0, 1)).append(cell(1, 0));
        for (int digits = 2; digits <= MOST_DIGITS; digits++) {
            formats.append(format(id, "0".repeat(digits)));
            cells.append(cell(id++, 0));
        }
        return "<styleSheet xmlns=\"" + WorkbookFile.MAIN + "\"><numFmts count=\"" + (id - FIRST_OWN) + "\">" + formats
                + "</numFmts><fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font>"
                + "<font><b/><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts>"
                + "<fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill>"
                + "<fill><patternFill patternType=\"gray125\"/></fill></fills>"
                + "<borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
                + "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>"
                + "<cellXfs count=\"" + (digits(MOST_DIGITS) + 1) + "\">" + cells + "</cellXfs>"
                + "<cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles></styleSheet>";
    }

    private static String format(int id, String code) {
        return "<numFmt numFmtId=\"" + id + "\" formatCode=\"" + code + "\"/>";
    }

    private static String cell(int format, int font) {
        return "<xf numFmtId=\"" + format + "\" fontId=\"" + font
                + "\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\" applyFont=\"1\"/>";
    }
}
