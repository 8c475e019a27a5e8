package org.catalogdrop.journal;

/**
 * A drop as the journal knows it. Immutable.
 *
 * @param id the journal's number of it
 * @param state its state
 * @param folder the name of its results folder, empty until {@link Journal#publishing}; for an entry opened again, the former one
 * @param settings the settings that gave its rows their meaning when the first of them was sent
 * @param rows the number of its rows; -1 while it is not known
 * @param requests the requests sent for it so far, by all runs
 * @param retries how many of those repeated operations sent before
 * @param abandoned whether it was abandoned, so that nothing more of it is sent
 */
public record DropEntry(
        long id,
        State state,
        String folder,
        String settings,
        long rows,
        long requests,
        long retries,
        boolean abandoned) {

    /** The state of a drop. */
    public enum State {
        /** Rows are still to be read or sent. */
        OPEN,
        /** All rows have an outcome; the results are being published. */
        PUBLISHING,
        /** The results are in place; the drop may still be in the inbox. */
        PUBLISHED,
        /** The results are in place, and the drop has left the inbox. */
        DONE,
        /** It was refused as a whole; settled rows stay settled. */
        REFUSED
    }
}
