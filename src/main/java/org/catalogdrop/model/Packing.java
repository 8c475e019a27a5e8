package org.catalogdrop.model;

import java.util.Locale;

/** What a drop is packed in. A workbook is none of these, though it is a ZIP file inside. */
public enum Packing {
    NONE,
    GZIP,
    ZIP;

    /** Returns the packing that a file's name tells by its ending. */
    public static Packing of(String name) {
        String lower = NormalizedName.folded(name);
        if (lower.endsWith(".gz")) {
            return GZIP;
        }
        return lower.endsWith(".zip") ? ZIP : NONE;
    }

    /** Returns a name without the ending that tells the packing, in its plain form if it had one. */
    public String strip(String name) {
        String plain = NormalizedName.of(name);
        return switch (this) {
            case NONE -> name;
            case GZIP -> plain.substring(0, plain.length() - ".gz".length());
            case ZIP -> plain.substring(0, plain.length() - ".zip".length());
        };
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
