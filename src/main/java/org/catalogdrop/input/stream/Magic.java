package org.catalogdrop.input.stream;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.DropRefused;

/** The first bytes by which files that are not UTF-8 text are recognised. */
public enum Magic {
    UTF_32("0000feff", "UTF-32 text", Magic.AS_UTF8),
    UTF_32_LITTLE("fffe0000", "UTF-32 text", Magic.AS_UTF8),
    ZIP("504b0304", "an Excel workbook (.xlsx) or another ZIP file", "Rename it to .xlsx or .zip."),
    OLE("d0cf11e0", "an old Excel workbook (.xls)", Magic.AS_CSV),
    GZIP("1f8b", "gzip data", "Unpack it, or rename it to .gz if it is packed only once."),
    PDF(HexFormat.of().formatHex("%PDF-".getBytes(StandardCharsets.US_ASCII)), "a PDF document", Magic.AS_CSV),
    PNG("89504e47", "a PNG picture", Magic.AS_CSV),
    JPEG("ffd8ff", "a JPEG picture", Magic.AS_CSV),
    BZIP2("425a6839", "bzip2 data", Magic.UNPACK),
    XZ("fd377a585a", "xz data", Magic.UNPACK),
    ZSTD("28b52ffd", "zstd data", Magic.UNPACK),
    SEVEN_ZIP("377abcaf", "a 7z file", Magic.UNPACK);

    /** The number of first bytes that are examined. */
    public static final int LENGTH = 8;

    private static final String AS_UTF8 = "Save the file as UTF-8 and drop it again.";
    private static final String AS_CSV = "Export the rows as CSV in UTF-8 and drop that file.";
    private static final String UNPACK = "Unpack it, or pack it as .gz, and drop that file.";

    private final byte[] start;
    private final String looksLike;
    private final String advice;

    Magic(String start, String looksLike, String advice) {
        this.start = HexFormat.of().parseHex(start);
        this.looksLike = looksLike;
        this.advice = advice;
    }

    /** Returns why a file that starts with these bytes is refused; empty if it is not. */
    public static Optional<DropRefused> refusal(byte[] head) {
        for (Magic magic : values()) {
            int n = magic.start.length;
            if (head.length >= n && Arrays.equals(head, 0, n, magic.start, 0, n)) {
                return Optional.of(
                        new DropRefused(Code.BINARY, "Expected text, found " + magic.looksLike + ". " + magic.advice));
            }
        }
        return Optional.empty();
    }

    /** Returns the refusal of a file with a zero byte, which no text has. */
    public static DropRefused zeroByte(long offset, String place) {
        return new DropRefused(
                Code.BINARY,
                "Expected text, found a zero byte (byte " + offset + " of the text, " + place
                        + "). The file is binary, damaged, or UTF-16 text that was not recognised. " + AS_UTF8);
    }
}
