package org.catalogdrop.model;

import java.util.Locale;

/** By what something about a drop is known. All but {@link #STATISTICS} are certain. */
public enum DetectedBy {
    /** A setting or a mapping file says so. */
    SETTING,
    /** The file says so: a byte order mark, a line {@code sep=}. */
    MARK,
    /** The format has it so. */
    FORMAT,
    /** No other reading of the content makes sense: it is valid UTF-8, its header has known columns. */
    CONTENT,
    /** The letters look like it, and like nothing else. */
    STATISTICS;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
