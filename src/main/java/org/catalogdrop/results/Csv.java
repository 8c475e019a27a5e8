package org.catalogdrop.results;

import java.io.IOException;

/** Cells of RFC 4180, quoted where they need it. */
final class Csv {

    private Csv() {}

    /** Writes a cell as it is, for a program to read back. */
    static void cell(Sink sink, String text, char delimiter) throws IOException {
        if (needsQuotes(text, delimiter)) {
            quoted(sink, text, "");
        } else {
            sink.text(text);
        }
    }

    /**
     * Writes a header cell. Any delimiter in it is quoted, not only the file's own: the form of a drop is told by its header.
     */
    static void header(Sink sink, String text, char delimiter) throws IOException {
        if (needsQuotes(text, delimiter) || text.indexOf(',') >= 0 || text.indexOf(';') >= 0) {
            quoted(sink, text, "");
        } else {
            sink.text(text);
        }
    }

    /** Writes a cell, parted by commas, that a spreadsheet shows and does not run. */
    static void shown(Sink sink, String text) throws IOException {
        String guard = runs(text) ? "'" : "";
        if (needsQuotes(text, ',')) {
            quoted(sink, text, guard);
        } else {
            sink.text(guard).text(text);
        }
    }

    /** Whether a spreadsheet may take it for a formula; the full-width signs too, which some turn into the plain ones. */
    private static boolean runs(String text) {
        return !text.isEmpty() && "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20".indexOf(text.charAt(0)) >= 0;
    }

    private static boolean needsQuotes(String text, char delimiter) {
        int length = text.length();
        if (length == 0) {
            return false;
        }
        // Readers may strip bare blanks at the ends.
        if (text.charAt(0) <= ' ' || text.charAt(length - 1) <= ' ') {
            return true;
        }
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\n' || c == '\r' || c == '\t' || c == delimiter) {
                return true;
            }
        }
        return false;
    }

    private static void quoted(Sink sink, String text, String guard) throws IOException {
        sink.put('"').text(guard).text(text.replace("\"", "\"\"")).put('"');
    }
}
