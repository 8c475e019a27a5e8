package org.catalogdrop.model;

import java.util.Locale;

/** The compression of a drop's file. A workbook counts as {@link #NONE}, although it is a ZIP file inside. */
public enum Packing {
    /** The file is not compressed. */
    NONE,
    /** The file ends in {@code .gz}. */
    GZIP,
    /** The file ends in {@code .zip} and holds one file. */
    ZIP;

    /**
     * Returns the packing that the ending of a file's name says.
     *
     * @param name the file name
     * @return the packing; {@link #NONE} for all other endings
     */
    public static Packing of(String name) {
        String lower = NormalizedName.folded(name);
        if (lower.endsWith(".gz")) {
            return GZIP;
        }
        return lower.endsWith(".zip") ? ZIP : NONE;
    }

    /**
     * Returns a file name without the ending of this packing.
     *
     * @param name a file name that has the ending
     * @return the name without it, normalized; for {@link #NONE} the name as it is
     */
    public String strip(String name) {
        String plain = NormalizedName.of(name);
        return switch (this) {
            case NONE -> name;
            case GZIP -> plain.substring(0, plain.length() - ".gz".length());
            case ZIP -> plain.substring(0, plain.length() - ".zip".length());
        };
    }

    /**
     * Returns the word used in {@code summary.json}.
     *
     * @return {@code none}, {@code gzip} or {@code zip}
     */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
