package org.catalogdrop.model;

import java.util.Locale;

/** How a row ended. Every row of a drop ends in exactly one of these. */
public enum Status {
    /** The row made a new element. */
    CREATED,
    /** The row changed its element. */
    UPDATED,
    /** The row deleted its element. */
    DELETED,
    /** The element already was what the row asks for, or the row's content is what was last sent for its key. */
    UNCHANGED,
    /** The row was certainly not applied. */
    REJECTED,
    /** Nobody can tell whether the row was applied. */
    IN_DOUBT,
    /** The mapping file skips the row. */
    SKIPPED;

    private final String word = name().toLowerCase(Locale.ROOT);

    /**
     * Returns the word used in results.
     *
     * @return {@code created}, {@code in_doubt} and so on
     */
    public String word() {
        return word;
    }

    /**
     * Returns whether the row has what it asked for. Such rows are in {@code mapping.json}.
     *
     * @return true for created, updated, deleted and unchanged
     */
    public boolean accepted() {
        return switch (this) {
            case CREATED, UPDATED, DELETED, UNCHANGED -> true;
            case REJECTED, IN_DOUBT, SKIPPED -> false;
        };
    }

    /**
     * Returns the status of an operation that was applied.
     *
     * @param action its action
     * @return created, updated or deleted
     */
    public static Status done(Action action) {
        return switch (action) {
            case ADD -> CREATED;
            case UPDATE -> UPDATED;
            case DELETE -> DELETED;
        };
    }
}
