package org.catalogdrop.model;

/** The forms a drop can have. */
public enum DropFormat {
    CSV_COMMA("csv-comma", "csv"),
    CSV_SEMICOLON("csv-semicolon", "csv"),
    CSV_TAB("csv-tab", "tsv"),
    CSV_PIPE("csv-pipe", "csv"),
    /** CSV with another delimiter, or with another quote than the double one; the drop's {@link PhysicalFormat} has them. */
    CSV_OTHER("csv-other", "csv"),
    /** The first sheet of an Excel workbook, whose rows become CSV with commas on the way. */
    XLSX("xlsx", "xlsx"),
    /** A JSON array of rows. */
    JSON_ARRAY("json-array", "json"),
    /** One JSON object a line (NDJSON, JSON Lines). */
    JSON_LINES("json-lines", "ndjson"),
    /** The API's own document: {@code {"add":[…],"update":[…],"delete":[…]}}. */
    API_DOCUMENT("api-document", "json");

    private final String word;
    private final String extension;

    DropFormat(String word, String extension) {
        this.word = word;
        this.extension = extension;
    }

    /** Returns the name of the form in {@code summary.json}. */
    public String word() {
        return word;
    }

    /** Returns the usual ending of a file of this form, without the dot. */
    public String extension() {
        return extension;
    }

    /** Returns whether its rows are read as CSV. */
    public boolean isCsv() {
        return switch (this) {
            case CSV_COMMA, CSV_SEMICOLON, CSV_TAB, CSV_PIPE, CSV_OTHER, XLSX -> true;
            case JSON_ARRAY, JSON_LINES, API_DOCUMENT -> false;
        };
    }

    /** Returns what separates the cells of a CSV form; a comma for those that do not ask or do not tell. */
    public char delimiter() {
        return switch (this) {
            case CSV_SEMICOLON -> ';';
            case CSV_TAB -> '\t';
            case CSV_PIPE -> '|';
            case CSV_COMMA, CSV_OTHER, XLSX, JSON_ARRAY, JSON_LINES, API_DOCUMENT -> ',';
        };
    }
}
