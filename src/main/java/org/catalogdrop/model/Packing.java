package org.catalogdrop.model;

import java.util.Locale;

/** What a drop is packed in. A workbook is none of these, though it is a ZIP file inside. */
public enum Packing {
    NONE,
    GZIP,
    ZIP;

    /** The packing that a file's name tells by its ending. */
    public static Packing of(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".gz")) {
            return GZIP;
        }
        return lower.endsWith(".zip") ? ZIP : NONE;
    }

    /** A name without the ending that tells the packing. */
    public String strip(String name) {
        return switch (this) {
            case NONE -> name;
            case GZIP -> name.substring(0, name.length() - ".gz".length());
            case ZIP -> name.substring(0, name.length() - ".zip".length());
        };
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
