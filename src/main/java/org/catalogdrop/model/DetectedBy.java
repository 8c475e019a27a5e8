package org.catalogdrop.model;

import java.util.Locale;

/** How a charset or delimiter of a drop was detected. All ways but {@link #STATISTICS} are certain. */
public enum DetectedBy {
    /** A setting or a mapping file names it. */
    SETTING,
    /** The file declares it: a byte order mark, or a line {@code sep=}. */
    MARK,
    /** The format prescribes it. */
    FORMAT,
    /** The content allows nothing else: it is valid UTF-8, or the header has known columns. */
    CONTENT,
    /** The frequency of letters suggests it and nothing else. */
    STATISTICS;

    /**
     * Returns the word used in {@code summary.json}.
     *
     * @return the name in lower case
     */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
