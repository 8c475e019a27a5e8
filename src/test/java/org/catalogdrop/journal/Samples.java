package org.catalogdrop.journal;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.catalogdrop.model.Action;
import org.catalogdrop.model.Answer;
import org.catalogdrop.model.Chunk;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Drop;
import org.catalogdrop.model.DropFormat;
import org.catalogdrop.model.Missing;
import org.catalogdrop.model.Operation;
import org.catalogdrop.model.Outcome;
import org.catalogdrop.model.Problem;
import org.catalogdrop.model.Row;
import org.catalogdrop.model.Status;
import org.catalogdrop.model.Summary;
import org.catalogdrop.model.Target;
import org.catalogdrop.model.UndoCount;

/** Drops, chunks and answers to journal. */
final class Samples {
    static final String SETTINGS = "catalog-id=4220";
    static final Problem NO_ANSWER = Problem.of(Code.NO_ANSWER, "no answer within 60 s");

    private Samples() {}

    /** A clock that goes on by a millisecond whenever it is asked. */
    static InstantSource clock(long start) {
        AtomicLong millis = new AtomicLong(start);
        return () -> Instant.ofEpochMilli(millis.incrementAndGet());
    }

    static Drop drop(String name, char digit) {
        String digest = String.valueOf(digit).repeat(64);
        return new Drop(Path.of("inbox", name), name, digest, 0, 1000, Instant.EPOCH, DropFormat.CSV_COMMA);
    }

    static Operation add(long row) {
        return new Operation.Add(row(row), (int) row, 4220, "Row " + row, List.of());
    }

    static Operation delete(long row) {
        return new Operation.Delete(row(row), (int) row + 7, 9000 + row);
    }

    static Chunk adds(long... rows) {
        return chunk(LongStream.of(rows).mapToObj(Samples::add).toList());
    }

    static Chunk chunk(List<Operation> operations) {
        Action action = operations.isEmpty() ? Action.ADD : operations.get(0).action();
        return new Chunk(action, operations, Optional.empty());
    }

    static Operation update(long row) {
        return new Operation.Update(
                row(row),
                (int) row,
                element(row),
                4220,
                "Row " + row,
                0,
                List.of(),
                Optional.empty(),
                Set.of(),
                Optional.empty());
    }

    /** The element an add of the row made. */
    static long element(long row) {
        return 1_000_000 + row;
    }

    static Answer allSettled(Chunk chunk) {
        List<Outcome> outcomes = chunk.operations().stream()
                .map(operation ->
                        Outcome.done(operation, element(operation.row().number())))
                .toList();
        return new Answer(outcomes, List.of(), List.of(), Optional.empty(), Optional.empty());
    }

    static Answer allDoubtful(Chunk chunk) {
        return new Answer(List.of(), chunk.operations(), List.of(), Optional.of(NO_ANSWER), Optional.empty());
    }

    static Answer allUntouched(Chunk chunk) {
        return new Answer(List.of(), List.of(), chunk.operations(), Optional.of(NO_ANSWER), Optional.empty());
    }

    static Answer settled(Outcome... outcomes) {
        return new Answer(List.of(outcomes), List.of(), List.of(), Optional.empty(), Optional.empty());
    }

    static Summary summary(Drop drop, Map<Status, Long> counts, String folder) {
        Map<Status, Long> byStatus = new EnumMap<>(Status.class);
        byStatus.putAll(counts);
        long rows = byStatus.values().stream().mapToLong(Long::longValue).sum();
        return new Summary(
                drop.name(),
                drop.digest(),
                drop.format().word(),
                Optional.of(drop.shape()),
                "",
                rows,
                Map.of(),
                byStatus,
                1,
                0,
                Instant.EPOCH,
                Instant.EPOCH,
                folder,
                Missing.NONE,
                Optional.empty(),
                UndoCount.NONE,
                Target.UNKNOWN,
                0,
                Map.of(),
                List.of());
    }

    private static Row row(long number) {
        return Row.of(number, number + 1, List.of("name"), List.of("Row " + number));
    }
}
