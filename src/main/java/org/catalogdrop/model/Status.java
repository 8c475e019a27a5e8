package org.catalogdrop.model;

import java.util.Locale;

/** How a row ended. Every row of a drop ends in exactly one of these. */
public enum Status {
    CREATED,
    UPDATED,
    DELETED,
    UNCHANGED,
    REJECTED,
    IN_DOUBT,
    /** Passed over on purpose; nothing was asked for. */
    SKIPPED;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** Returns the word in results: {@code created}, {@code in_doubt} and so on. */
    public String word() {
        return word;
    }

    /** Returns whether the row has what it asked for, and so its line in {@code mapping.json}. */
    public boolean accepted() {
        return switch (this) {
            case CREATED, UPDATED, DELETED, UNCHANGED -> true;
            case REJECTED, IN_DOUBT, SKIPPED -> false;
        };
    }

    /** Returns what an accepted operation of this action ends as. */
    public static Status done(Action action) {
        return switch (action) {
            case ADD -> CREATED;
            case UPDATE -> UPDATED;
            case DELETE -> DELETED;
        };
    }
}
