package org.catalogdrop.model;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The result of a dry run: what a load of a drop would do now. Immutable. See {@code docs/plan.md}.
 *
 * @param drop the drop's file name
 * @param digest SHA-256 of its bytes, 64 hex digits
 * @param format the format of its rows, as in {@code summary.json}
 * @param shape charset, delimiter and the like, and how they were detected
 * @param mapping the name of the mapping that gives the columns their meaning
 * @param rows the number of rows
 * @param byAction how many rows would be sent, by action; actions without rows are left out
 * @param unchanged how many updates would change nothing; counts only elements that were read
 * @param missing how many updates and deletes would be rejected because their element does not exist; counts only elements that were read
 * @param again how many updates would become adds because their element was deleted; counts only elements that were read
 * @param lacks the elements missing from the drop, if it is a complete list, by the keys known so far
 * @param refusals why the drop would be refused as a whole; empty if it would not
 * @param rejects how many rows would be rejected before they are sent
 * @param requests how many requests the load needs at least
 * @param leastTime the shortest time for these requests at the rate limit that is set; zero without a rate limit
 * @param unknownColumns columns without a meaning
 * @param firstRejects the first rejects, in row order
 * @param firstChanges the first changes, in the order of the chunks
 * @param keysUnread whether the rows are upserts for a list whose keys were never read; then all keys count as new
 * @param loadedBefore the name of the results folder, if these bytes were loaded before
 * @param undo how much of the load {@code undo} could take back
 * @param skipped how many rows the mapping file skips
 * @param remarks what looks odd in the rows and would be loaded anyway
 * @param begun the rows that a load of these bytes has sent already; of all counts, only {@code rows} has them
 * @param causes why rows would be rejected, the most frequent cause first; the first 100 causes
 */
public record Plan(
        String drop,
        String digest,
        String format,
        PhysicalFormat shape,
        String mapping,
        long rows,
        Map<Action, Long> byAction,
        long unchanged,
        long missing,
        long again,
        Missing lacks,
        List<String> refusals,
        long rejects,
        long requests,
        Duration leastTime,
        List<String> unknownColumns,
        List<Outcome> firstRejects,
        List<Change> firstChanges,
        boolean keysUnread,
        Optional<String> loadedBefore,
        UndoCount undo,
        long skipped,
        List<String> remarks,
        Begun begun,
        List<Cause> causes) {

    /**
     * A cause for which rows would be rejected.
     *
     * @param code the stable code
     * @param column the column at fault; empty if it is none in particular
     * @param count how many rows
     * @param message the reason of the first of them
     */
    public record Cause(Code code, String column, long count, String message) {}

    /**
     * The rows that an unfinished load of the same bytes has sent.
     *
     * @param done how many rows have an outcome
     * @param inDoubt how many rows may have been applied
     */
    public record Begun(long done, long inDoubt) {

        /**
         * Returns whether there are none.
         *
         * @return true if no row was sent
         */
        public boolean isEmpty() {
            return done + inDoubt == 0;
        }
    }

    /**
     * Returns the exit status of the command {@code plan}.
     *
     * @return 0 if no row would be rejected, 3 if some would, 4 if the drop would be refused
     */
    public int exitStatus() {
        if (!refusals.isEmpty()) {
            return 4;
        }
        return rejects > 0 || missing > 0 ? 3 : 0;
    }
}
