package org.catalogdrop.model;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a load of a drop would do, as things stand.
 *
 * @param drop the drop's file name
 * @param digest SHA-256 of its bytes, 64 hex digits
 * @param format the form of its rows, as in {@code summary.json}
 * @param shape how they are written down, and by what that is known
 * @param mapping what gives the columns their meaning
 * @param rows how many rows there are
 * @param byAction rows that would be sent, by the word of their action; without zeros
 * @param unchanged updates whose element has all they ask for; counted only of elements read back
 * @param missing updates and deletes that would be rejected, as their element is not there; counted only of elements read back
 * @param again updates that would be added anew, as their element is not there any more; counted likewise
 * @param lacks what the drop does not have, if it is a complete list, by the keys known so far
 * @param refusals why the drop would be refused as a whole; empty if it would not
 * @param rejects rows that would be rejected before they are sent
 * @param requests how many requests the load needs at least
 * @param leastTime the least time they take at the set rate; zero without pacing
 * @param unknownColumns columns without a meaning
 * @param firstRejects the first rejects, in row order
 * @param firstChanges the first changes, in the order of the chunks
 * @param keysUnread whether the rows are upserts of a list that was never read, so that all their keys count as new
 * @param loadedBefore the results folder, if these bytes were loaded before
 * @param undo how much of it can be taken back
 * @param skipped rows that the mapping file skips
 * @param remarks what is strange about the rows and would be loaded all the same
 * @param begun the rows that a load of these bytes has sent already; they count under {@code rows} and nowhere else
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
        Begun begun) {

    /**
     * The rows of a load that has begun.
     *
     * @param done rows that have their outcome
     * @param inDoubt rows that may have been applied
     */
    public record Begun(long done, long inDoubt) {

        public boolean isEmpty() {
            return done + inDoubt == 0;
        }
    }

    /** 0 if every row would be sent, 3 if some would be rejected, 4 if the drop would be refused. */
    public int exitStatus() {
        if (!refusals.isEmpty()) {
            return 4;
        }
        return rejects > 0 || missing > 0 ? 3 : 0;
    }
}
