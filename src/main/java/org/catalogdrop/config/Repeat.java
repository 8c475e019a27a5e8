package org.catalogdrop.config;

/** What becomes of bytes that were loaded before. */
public enum Repeat {
    /** They are refused: the same bytes twice are a mistake until told otherwise. */
    REFUSE,
    /** They are loaded anew. */
    AGAIN,
    /** Their rows in doubt are looked up again. */
    SETTLE,
    /** Their results are made again from the journal; nothing is sent. */
    RESULTS
}
