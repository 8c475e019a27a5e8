package org.catalogdrop.input.stream;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Recognises what a file really is that should be a ZIP file or workbook and is not, by its first bytes. */
final class ForeignContent {

    private static final byte[] OLE = {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0};
    private static final int HEAD = 1024;

    private final byte[] head;

    /** @throws IOException if the file cannot be read */
    ForeignContent(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            head = in.readNBytes(HEAD);
        }
    }

    /**
     * Returns a sentence about what the file is; empty if that cannot be said.
     *
     * @param expected what it should be
     */
    Optional<String> name(String expected) {
        if (head.length >= OLE.length && Arrays.equals(head, 0, OLE.length, OLE, 0, OLE.length)) {
            return Optional.of("it is a workbook in the old format .xls, or it is locked with a password");
        }
        // The marks looked for are ASCII; two-byte encodings have a zero byte beside each.
        String text =
                new String(head, StandardCharsets.ISO_8859_1).replace("\0", "").toLowerCase(Locale.ROOT);
        if (text.contains("urn:schemas-microsoft-com:office:spreadsheet")) {
            return Optional.of("it is an XML Spreadsheet 2003, not " + expected);
        }
        if (text.contains("<html") || text.contains("<table") || text.contains("<!doctype html")) {
            return Optional.of("it is a web page (HTML), not " + expected);
        }
        return isText() ? Optional.of("it is text, such as CSV, not " + expected) : Optional.empty();
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
