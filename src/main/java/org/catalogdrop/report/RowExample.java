package org.catalogdrop.report;

/**
 * An example of a row with a problem.
 *
 * @param row its number, from 1
 * @param line the line of the file on which it begins; 0 if it is in no file
 * @param value the content of its cell, truncated; empty if the problem is in no single column
 */
public record RowExample(long row, long line, String value) {}
