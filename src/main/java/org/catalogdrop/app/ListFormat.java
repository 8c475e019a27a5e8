package org.catalogdrop.app;

/** The forms {@code list} writes. */
enum ListFormat {
    csv,
    json,
    ndjson
}
