package org.catalogdrop.results.file;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/** Makes names of files and folders, within the 255 bytes that file systems allow. Stateless. */
public final class FileNames {

    private static final int LONGEST = 255;

    private static final Pattern UNFIT = Pattern.compile("[<>:\"/\\\\|?*\\x00-\\x1F]");
    private static final Pattern DEVICE = Pattern.compile(
            "(CON|PRN|AUX|NUL|CONIN\\$|CONOUT\\$|(COM|LPT)[0-9\u00B9\u00B2\u00B3]) *([.:]|$)",
            Pattern.CASE_INSENSITIVE);

    private FileNames() {}

    /** Returns {@code stem + tail}; if that is too long for a file system, the stem is truncated. */
    public static String fit(String stem, String tail) {
        int room = LONGEST - bytes(tail);
        String fitting = stem;
        while (bytes(fitting) > room && !fitting.isEmpty()) {
            fitting = fitting.substring(0, fitting.offsetByCodePoints(fitting.length(), -1));
        }
        return fitting + tail;
    }

    /**
     * Returns a name that a folder can have on this system. Windows allows none with {@code <>:"/\\|?*} or control characters, and none
     * of its devices, whatever follows the first dot: {@code CON.csv-1a2b3c4d} is the console.
     */
    public static String portable(String name, boolean windows) {
        if (!windows) {
            return name;
        }
        String plain = UNFIT.matcher(name).replaceAll("_");
        return DEVICE.matcher(plain).lookingAt() ? "_" + plain : plain;
    }

    /** Returns the ending of a file name with its dots, {@code .csv.gz}; empty if there is none. */
    public static String ending(String name) {
        int packed = dot(name, name.length());
        boolean gzip = name.substring(packed).toLowerCase(Locale.ROOT).equals(".gz");
        return name.substring(gzip ? dot(name, packed) : packed);
    }

    /** Returns where the last ending before {@code end} starts; a dot at the start makes a hidden name, not an ending. */
    private static int dot(String name, int end) {
        int dot = name.lastIndexOf('.', end - 1);
        return dot > 0 ? dot : end;
    }

    private static int bytes(String name) {
        return name.getBytes(StandardCharsets.UTF_8).length;
    }
}
