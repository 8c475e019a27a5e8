package org.catalogdrop.journal.store;

/**
 * The keys of one list of one account, as far as they stand in one field.
 *
 * @param id the journal's number of it
 * @param highest the highest element id that the last look at the list saw, 0 before the first; what is above it may be unknown
 */
public record KeyList(long id, long highest) {}
