package org.catalogdrop.model;

/** The formats of a drop's rows. */
public enum DropFormat {
    /** CSV with commas. */
    CSV_COMMA("csv-comma", "csv"),
    /** CSV with semicolons. */
    CSV_SEMICOLON("csv-semicolon", "csv"),
    /** CSV with tabs. */
    CSV_TAB("csv-tab", "tsv"),
    /** CSV with vertical bars. */
    CSV_PIPE("csv-pipe", "csv"),
    /** CSV with another delimiter, or with a quote other than the double quote. The drop's {@link PhysicalFormat} has both. */
    CSV_OTHER("csv-other", "csv"),
    /** A sheet of an Excel workbook. Its rows are converted to CSV with commas before they are parsed. */
    XLSX("xlsx", "xlsx"),
    /** A JSON array of rows. */
    JSON_ARRAY("json-array", "json"),
    /** One JSON object on each line (NDJSON, JSON Lines). */
    JSON_LINES("json-lines", "ndjson"),
    /** The API's own document: {@code {"add":[…],"update":[…],"delete":[…]}}. */
    API_DOCUMENT("api-document", "json");

    private final String word;
    private final String extension;

    DropFormat(String word, String extension) {
        this.word = word;
        this.extension = extension;
    }

    /**
     * Returns the name of the format in {@code summary.json}.
     *
     * @return for example {@code csv-comma}
     */
    public String word() {
        return word;
    }

    /**
     * Returns the usual ending of a file of this format.
     *
     * @return for example {@code csv}, without the dot
     */
    public String extension() {
        return extension;
    }

    /**
     * Returns whether the rows are parsed as CSV.
     *
     * @return true for the CSV formats and for workbooks
     */
    public boolean isCsv() {
        return switch (this) {
            case CSV_COMMA, CSV_SEMICOLON, CSV_TAB, CSV_PIPE, CSV_OTHER, XLSX -> true;
            case JSON_ARRAY, JSON_LINES, API_DOCUMENT -> false;
        };
    }

    /**
     * Returns the delimiter of a CSV format.
     *
     * @return the delimiter; a comma for the formats that have none or do not fix it
     */
    public char delimiter() {
        return switch (this) {
            case CSV_SEMICOLON -> ';';
            case CSV_TAB -> '\t';
            case CSV_PIPE -> '|';
            case CSV_COMMA, CSV_OTHER, XLSX, JSON_ARRAY, JSON_LINES, API_DOCUMENT -> ',';
        };
    }
}
