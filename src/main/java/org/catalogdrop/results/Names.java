package org.catalogdrop.results;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Names of files and folders, in the 255 bytes that file systems allow one. */
final class Names {

    private static final int LONGEST = 255;

    private Names() {}

    /** {@code stem + tail}; if that is too long for a file system, the stem's end gives way. */
    static String fit(String stem, String tail) {
        int room = LONGEST - bytes(tail);
        String fitting = stem;
        while (bytes(fitting) > room && !fitting.isEmpty()) {
            fitting = fitting.substring(0, fitting.offsetByCodePoints(fitting.length(), -1));
        }
        return fitting + tail;
    }

    /** The ending of a file name with its dots, {@code .csv.gz}; empty if there is none. */
    static String ending(String name) {
        int packed = dot(name, name.length());
        boolean gzip = name.substring(packed).toLowerCase(Locale.ROOT).equals(".gz");
        return name.substring(gzip ? dot(name, packed) : packed);
    }

    /** Where the last ending before {@code end} starts; a dot in front makes a hidden name, not an ending. */
    private static int dot(String name, int end) {
        int dot = name.lastIndexOf('.', end - 1);
        return dot > 0 ? dot : end;
    }

    private static int bytes(String name) {
        return name.getBytes(StandardCharsets.UTF_8).length;
    }
}
