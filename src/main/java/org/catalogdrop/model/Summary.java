package org.catalogdrop.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the load of a drop ended, as in {@code summary.json}.
 *
 * @param drop the drop's file name
 * @param digest SHA-256 of its bytes, 64 hex digits, empty if it could not be taken
 * @param format the form of its rows, empty if it could not be told
 * @param shape how its rows are written down, if that could be told
 * @param mapping the mapping that gave its columns their meaning
 * @param rows the rows read
 * @param byAction rows by the word of their action; rows without a usable one under {@code none}
 * @param byStatus rows by outcome; their sum is {@code rows} when the load is finished
 * @param requests requests sent to the API
 * @param retries how many of them repeated operations sent before
 * @param started when the load began
 * @param finished when it ended
 * @param folder the folder of the results, empty if there is none
 * @param missing what the drop does not have, if it is a complete list; the rows count what is deleted for that
 * @param refusal why the drop was refused as a whole, if it was
 * @param undo how much of what was done can be taken back
 * @param target where its rows went
 * @param reads requests that only read, of the run that ended the load; {@code requests} does not count them
 * @param rejectsByCode rejected rows by the word of their code, the most first
 * @param unknownColumns the columns without a meaning, whose cells were ignored; the first of them
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

    public long count(Status status) {
        return byStatus.getOrDefault(status, 0L);
    }

    /** Returns the exit status of a command that loaded this drop alone (docs/commands.md): 0, 3, 4 or 5. */
    public int exitStatus() {
        if (count(Status.IN_DOUBT) > 0) {
            return 5;
        }
        if (refusal.isPresent()) {
            return 4;
        }
        return count(Status.REJECTED) > 0 ? 3 : 0;
    }

    /** Returns the same, refused as a whole. */
    public Summary refused(Problem problem) {
        return with(Optional.of(problem), target);
    }

    /** Returns the same, with where its rows were to go. */
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

    /** Returns a load that came to no rows and made no results. */
    public static Summary empty(Drop drop, String mapping, Instant started) {
        return empty(drop.name(), drop.digest(), drop.format().word(), Optional.of(drop.shape()), mapping, started);
    }

    /** Returns the same of what is no drop: all that is known is what it was called. */
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
