package org.catalogdrop.report;

/**
 * A row that shows a problem.
 *
 * @param row its number, from 1
 * @param line the line of the file on which it begins; 0 if it is in no file
 * @param value what its cell has, cut; empty if the problem is in no particular column
 */
public record RowExample(long row, long line, String value) {}
