package org.catalogdrop.model;

/**
 * How the rows of a drop are told from what else stands in its file.
 *
 * @param trailingDelimiter whether all rows of CSV end in a delimiter that the header does not have
 * @param blankRows whether CSV rows of delimiters alone count as rows; only of drops that were begun by an earlier version
 */
public record Table(boolean trailingDelimiter, boolean blankRows) {

    /** The first row in which something stands is the header; what follows are the rows. */
    public static final Table PLAIN = new Table(false, false);

    public Table withTrailingDelimiter(boolean told) {
        return new Table(told, blankRows);
    }

    public Table withBlankRows() {
        return new Table(trailingDelimiter, true);
    }
}
