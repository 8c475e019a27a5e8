package org.catalogdrop.model;

/**
 * The list in which an element is looked up.
 *
 * @param id the id of the list; 0 if none is named
 * @param certain whether the row or its mapping file names the list. If only the setting does, the element may be in another list
 */
public record TargetList(long id, boolean certain) {

    /** No list is named. */
    public static final TargetList UNKNOWN = new TargetList(0, false);

    /**
     * Returns a list that a row or its mapping file names.
     *
     * @param id the id of the list
     * @return a certain list
     */
    public static TargetList named(long id) {
        return new TargetList(id, true);
    }

    /**
     * Returns the list that only the setting names.
     *
     * @param id the id of the list
     * @return a list that is not certain
     */
    public static TargetList assumed(long id) {
        return new TargetList(id, false);
    }

    /**
     * Returns whether a list is named.
     *
     * @return false for {@link #UNKNOWN}
     */
    public boolean isKnown() {
        return id > 0;
    }

    /**
     * Returns whether only the setting names the list.
     *
     * @return true if the element may be in another list
     */
    public boolean isAssumed() {
        return isKnown() && !certain;
    }
}
