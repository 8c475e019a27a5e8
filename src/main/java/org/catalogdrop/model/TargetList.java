package org.catalogdrop.model;

/**
 * The list in which an element is to be looked for.
 *
 * @param id the list; 0 if nothing names one
 * @param certain whether the row or its mapping file names it; if only the setting does, the element may be in another list
 */
public record TargetList(long id, boolean certain) {

    /** No list is named. */
    public static final TargetList UNKNOWN = new TargetList(0, false);

    /** Returns a list that a row or its mapping file names. */
    public static TargetList named(long id) {
        return new TargetList(id, true);
    }

    /** Returns the list of rows that name none. */
    public static TargetList assumed(long id) {
        return new TargetList(id, false);
    }

    public boolean isKnown() {
        return id > 0;
    }

    /** Returns whether it is known only from the setting. */
    public boolean isAssumed() {
        return isKnown() && !certain;
    }
}
