package org.catalogdrop.results.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Writes cells of RFC 4180, quoted where necessary; delimiter and quote may be others. Immutable.
 *
 * @param delimiter the delimiter
 * @param quote the quote; empty if there is none, and characters that need one then become blanks
 */
public record Csv(char delimiter, Optional<Character> quote) {

    private static final String USUAL = ",;\t|";

    /** Whether a byte of UTF-8, as an unsigned number, needs no quotes if it is no delimiter and no quote. */
    private static final boolean[] BARE = new boolean[256];

    static {
        Arrays.fill(BARE, ' ', BARE.length, true);
        BARE[Utf8File.UNMAPPED] = false;
    }

    /** Returns whether a delimiter is recognised by the header alone. */
    public static boolean isUsual(char delimiter) {
        return USUAL.indexOf(delimiter) >= 0;
    }

    /** Writes a cell unchanged, for a program to read back. */
    public void cell(Utf8File sink, String text) throws IOException {
        if (wroteBare(sink, text)) {
            return;
        }
        if (needsQuotes(text)) {
            quoted(sink, text, "");
        } else {
            sink.text(text);
        }
    }

    /**
     * Writes a header cell. Any delimiter in it is quoted, not only the file's own, and with another quote than the double one every cell
     * is, because the header identifies the format of a drop.
     */
    public void header(Utf8File sink, String text) throws IOException {
        boolean unusual = quote.isPresent() && quote.get() != '"';
        if (unusual || needsQuotes(text) || (quote.isPresent() && text.chars().anyMatch(c -> USUAL.indexOf(c) >= 0))) {
            quoted(sink, text, "");
        } else {
            sink.text(text);
        }
    }

    /** Writes a cell that a spreadsheet shows and does not evaluate. */
    public void shown(Utf8File sink, String text) throws IOException {
        if (!runs(text) && wroteBare(sink, text)) {
            return;
        }
        String guard = runs(text) ? "'" : "";
        if (needsQuotes(text)) {
            quoted(sink, text, guard);
        } else {
            sink.text(guard).text(text);
        }
    }

    /** Returns whether a spreadsheet may take it for a formula; also for full-width characters, which some convert to the plain ones. */
    public static boolean runs(String text) {
        return !text.isEmpty() && "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20".indexOf(text.charAt(0)) >= 0;
    }

    /**
     * Writes a cell that needs no quotes, as most cells are; returns false for any other. Copying the bytes of a string is cheap, while
     * its characters cost a call each.
     */
    private boolean wroteBare(Utf8File sink, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int length = bytes.length;
        if (length == 0) {
            return true;
        }
        char mark = quote.orElse('"');
        if (bytes[0] == ' ' || bytes[length - 1] == ' ' || delimiter >= 0x80 || mark >= 0x80) {
            return false;
        }
        for (byte octet : bytes) {
            if (!BARE[octet & 0xFF] || octet == mark || octet == delimiter) {
                return false;
            }
        }
        sink.bytes(bytes, 0, length);
        return true;
    }

    private boolean needsQuotes(String text) {
        int length = text.length();
        if (length == 0) {
            return false;
        }
        char mark = quote.orElse('"');
        // Readers may strip unquoted blanks at the ends.
        if (quote.isPresent() && (text.charAt(0) <= ' ' || text.charAt(length - 1) <= ' ')) {
            return true;
        }
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if ((c == mark && quote.isPresent()) || c == '\n' || c == '\r' || c == '\t' || c == delimiter) {
                return true;
            }
        }
        return false;
    }

    private void quoted(Utf8File sink, String text, String guard) throws IOException {
        if (quote.isEmpty()) {
            sink.text(text.replaceAll("[\r\n\t]", " ").replace(delimiter, ' '));
            return;
        }
        String mark = quote.get().toString();
        sink.text(mark).text(guard).text(text.replace(mark, mark + mark)).text(mark);
    }
}
