package org.catalogdrop.journal.store;

/**
 * The keys of one list of one account that are in one field.
 *
 * @param id the journal's number of it
 * @param highest the highest element id that the last read of the list saw; 0 before the first. Elements above it may be unknown
 */
public record KeyList(long id, long highest) {}
