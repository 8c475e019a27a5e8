package org.catalogdrop.input.stream;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Recognises by its first bytes what a file really is if its name is wrong. Immutable. */
public final class ForeignContent {

    private static final byte[] OLE = {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0};

    static final String PDF = "it is a PDF document";

    /** The number of first bytes that are examined. */
    public static final int HEAD = 1024;

    private static final Pattern XML = Pattern.compile("\\s*<(\\?xml|!--|[a-z][^<>]*>[\r\n ]*<).*", Pattern.DOTALL);
    private static final Pattern JSON = Pattern.compile("\\s*[\\[{]\\s*[\"\\[{\\]}].*", Pattern.DOTALL);

    private final byte[] head;

    /** @param head the first bytes of the unpacked text */
    public ForeignContent(byte[] head) {
        this.head = head.clone();
    }

    /** @throws IOException if the file cannot be read */
    ForeignContent(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            head = in.readNBytes(HEAD);
        }
    }

    /**
     * Returns a sentence about what the file is; empty if that is not known.
     *
     * @param expected what it should be
     */
    Optional<String> name(String expected) {
        if (head.length >= OLE.length && Arrays.equals(head, 0, OLE.length, OLE, 0, OLE.length)) {
            return Optional.of("it is a workbook in the old format .xls, or it is locked with a password");
        }
        String text = text();
        if (text.startsWith("%pdf-")) {
            return Optional.of(PDF + ", not " + expected);
        }
        Optional<String> markup = isXmlSpreadsheet(text) || isHtml(text) ? markup(text) : Optional.empty();
        return markup.or(() -> isText() ? Optional.of("it is text, such as CSV") : Optional.empty())
                .map(found -> found + ", not " + expected);
    }

    /** Returns what a text is that should be CSV or JSON, as {@code it is …}; empty if it may be what it should be. */
    public Optional<String> markup() {
        String text = text();
        return XML.matcher(text).matches() || text.stripLeading().startsWith("<!doctype")
                ? markup(text)
                : Optional.empty();
    }

    /** Returns whether the text begins as JSON does. */
    public boolean isJson() {
        return JSON.matcher(text()).matches();
    }

    private static Optional<String> markup(String text) {
        return Optional.of(
                isXmlSpreadsheet(text)
                        ? "it is an XML Spreadsheet 2003"
                        : isHtml(text) ? "it is a web page (HTML)" : "it is XML");
    }

    private static boolean isXmlSpreadsheet(String text) {
        return text.contains("urn:schemas-microsoft-com:office:spreadsheet");
    }

    private static boolean isHtml(String text) {
        return text.contains("<html") || text.contains("<table") || text.contains("<!doctype html");
    }

    /** Returns the head as text. The words to find are ASCII; two-byte encodings have a zero byte beside each character. */
    private String text() {
        return new String(head, StandardCharsets.ISO_8859_1)
                .replace("\0", "")
                .replaceFirst("^(\u00EF\u00BB\u00BF|\u00FF\u00FE|\u00FE\u00FF)", "")
                .toLowerCase(Locale.ROOT);
    }

    private boolean isText() {
        for (byte one : head) {
            if (one >= 0 && one < ' ' && one != '\t' && one != '\n' && one != '\r') {
                return false;
            }
        }
        return head.length > 0;
    }
}
