package org.catalogdrop.model;

/** The forms a drop can have. {@link #word()} is what the routes choose by. */
public enum Format {
    CSV_COMMA("csv-comma", "csv"),
    CSV_SEMICOLON("csv-semicolon", "csv"),
    CSV_TAB("csv-tab", "tsv"),
    /** A JSON array of rows. */
    JSON_ARRAY("json-array", "json"),
    /** One JSON object a line (NDJSON, JSON Lines). */
    JSON_LINES("json-lines", "ndjson"),
    /** The API's own document: {@code {"add":[…],"update":[…],"delete":[…]}}. */
    API_DOCUMENT("api-document", "json");

    private final String word;
    private final String extension;

    Format(String word, String extension) {
        this.word = word;
        this.extension = extension;
    }

    /** The name of the form in the routes and in {@code summary.json}. */
    public String word() {
        return word;
    }

    /** The usual ending of a file of this form, without the dot. */
    public String extension() {
        return extension;
    }

    public boolean isCsv() {
        return this == CSV_COMMA || this == CSV_SEMICOLON || this == CSV_TAB;
    }

    /** What separates the cells of a CSV form; a comma for the others, which do not ask. */
    public char delimiter() {
        return switch (this) {
            case CSV_SEMICOLON -> ';';
            case CSV_TAB -> '\t';
            case CSV_COMMA, JSON_ARRAY, JSON_LINES, API_DOCUMENT -> ',';
        };
    }
}
