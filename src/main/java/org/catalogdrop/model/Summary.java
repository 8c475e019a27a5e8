package org.catalogdrop.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the load of a drop ended; the content of {@code summary.json}. Immutable. See {@code docs/results.md}.
 *
 * @param drop the drop's file name
 * @param digest SHA-256 of its bytes, 64 hex digits; empty if it could not be computed
 * @param format the word of its format; empty if the format is not known
 * @param shape charset, delimiter and the like; empty if they are not known
 * @param mapping the name of the mapping that gave the columns their meaning
 * @param rows how many rows were read, and how many elements were deleted because they are missing from a complete list
 * @param byAction the number of rows by action; rows without a valid action count under {@code none}
 * @param byStatus the number of rows by status; together they are {@code rows} when the load is finished
 * @param requests how many requests with rows were sent to the API
 * @param retries how many of these requests repeated operations that had been sent before
 * @param started when the load began
 * @param finished when it ended
 * @param folder the name of the results folder; empty if there is none
 * @param missing the elements missing from the drop, if it is a complete list
 * @param refusal why the drop was refused as a whole; empty if it was not
 * @param undo how much of the load {@code undo} can take back
 * @param target the account and list to which the rows went
 * @param reads how many requests only read, in the run that ended the load; {@code requests} does not count them
 * @param rejectsByCode the number of rejected rows by the word of their code, the most frequent first
 * @param unknownColumns columns without a meaning, whose cells were ignored; only the first of them
 */
public record Summary(
        String drop,
        String digest,
        String format,
        Optional<PhysicalFormat> shape,
        String mapping,
        long rows,
        Map<String, Long> byAction,
        Map<Status, Long> byStatus,
        long requests,
        long retries,
        Instant started,
        Instant finished,
        String folder,
        Missing missing,
        Optional<Problem> refusal,
        UndoCount undo,
        Target target,
        long reads,
        Map<String, Long> rejectsByCode,
        List<String> unknownColumns) {

    /**
     * Returns how many rows ended in a status.
     *
     * @param status the status
     * @return the number of rows; 0 if there are none
     */
    public long count(Status status) {
        return byStatus.getOrDefault(status, 0L);
    }

    /**
     * Returns the exit status of a command that loaded only this drop, as in {@code docs/commands.md}.
     *
     * @return 5 if rows are in doubt, else 4 if the drop was refused, else 3 if rows were rejected, else 0
     */
    public int exitStatus() {
        if (count(Status.IN_DOUBT) > 0) {
            return 5;
        }
        if (refusal.isPresent()) {
            return 4;
        }
        return count(Status.REJECTED) > 0 ? 3 : 0;
    }

    /**
     * Returns this summary for a drop that was refused as a whole.
     *
     * @param problem why it was refused
     * @return a copy
     */
    public Summary refused(Problem problem) {
        return with(Optional.of(problem), target);
    }

    /**
     * Returns this summary with its target.
     *
     * @param known the account and list to which the rows were to go
     * @return a copy
     */
    public Summary of(Target known) {
        return with(refusal, known);
    }

    private Summary with(Optional<Problem> newRefusal, Target newTarget) {
        return new Summary(
                drop,
                digest,
                format,
                shape,
                mapping,
                rows,
                byAction,
                byStatus,
                requests,
                retries,
                started,
                finished,
                folder,
                missing,
                newRefusal,
                undo,
                newTarget,
                reads,
                rejectsByCode,
                unknownColumns);
    }

    /**
     * Returns the summary of a load that read no rows and made no results.
     *
     * @param drop the drop
     * @param mapping the name of its mapping
     * @param started when the load began
     * @return a summary without counts
     */
    public static Summary empty(Drop drop, String mapping, Instant started) {
        return empty(drop.name(), drop.digest(), drop.format().word(), Optional.of(drop.shape()), mapping, started);
    }

    /**
     * Returns the summary for a file that could not be read as a drop. Only its name is known.
     *
     * @param name the file name
     * @param started when the load began
     * @return a summary without counts
     */
    public static Summary empty(String name, Instant started) {
        return empty(name, "", "", Optional.empty(), "", started);
    }

    private static Summary empty(
            String drop,
            String digest,
            String format,
            Optional<PhysicalFormat> shape,
            String mapping,
            Instant started) {
        return new Summary(
                drop,
                digest,
                format,
                shape,
                mapping,
                0,
                Map.of(),
                Map.of(),
                0,
                0,
                started,
                Instant.now(),
                "",
                Missing.NONE,
                Optional.empty(),
                UndoCount.NONE,
                Target.UNKNOWN,
                0,
                Map.of(),
                List.of());
    }
}
