package org.catalogdrop.journal;

/**
 * A key that a drop does not have.
 *
 * @param number of those the drop does not have, from 1
 * @param element the element that has the key
 */
public record MissingKey(long number, String text, long element) {}
