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
        int end = name.toLowerCase(Locale.ROOT).endsWith(".gz") ? name.length() - ".gz".length() : name.length();
        int dot = name.lastIndexOf('.', end - 1);
        // A dot in front makes a hidden name, not an ending.
        return name.substring(dot > 0 ? dot : end);
    }

    private static int bytes(String name) {
        return name.getBytes(StandardCharsets.UTF_8).length;
    }
}
