package org.catalogdrop.cli;

/** The forms {@code list} writes. */
enum ListFormat {
    csv,
    json,
    ndjson
}
