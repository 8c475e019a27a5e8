package org.catalogdrop.config;

/** What to do with bytes that were loaded before. */
public enum Repeat {
    /** Refuse them: loading the same bytes twice is usually a mistake. */
    REFUSE,
    /** Load them again. */
    AGAIN,
    /** Look up their rows in doubt again. */
    SETTLE,
    /** Make their results again from the journal, without sending anything. */
    RESULTS
}
