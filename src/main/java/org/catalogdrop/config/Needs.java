package org.catalogdrop.config;

/** What a command needs, which decides which settings are required. */
public enum Needs {
    /** Files only. */
    NOTHING,
    /** The API. */
    API,
    /** The tokens with which the API is called. */
    LOGIN
}
