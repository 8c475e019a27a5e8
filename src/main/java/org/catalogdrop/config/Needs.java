package org.catalogdrop.config;

/** What a command is going to do, and so which settings must be there. */
public enum Needs {
    /** It looks at files only. */
    NOTHING,
    /** It calls the API. */
    API,
    /** It gets the tokens that calling the API needs. */
    LOGIN
}
