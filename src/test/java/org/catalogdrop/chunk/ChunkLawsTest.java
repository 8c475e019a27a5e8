package org.catalogdrop.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.catalogdrop.chunk.Operations.add;
import static org.catalogdrop.chunk.Operations.delete;
import static org.catalogdrop.chunk.Operations.doubtful;
import static org.catalogdrop.chunk.Operations.fresh;
import static org.catalogdrop.chunk.Operations.update;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.catalogdrop.model.Chunk;
import org.catalogdrop.model.Operation;
import org.catalogdrop.model.RowDecision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ChunkLawsTest {

    private final AtomicLong reading = new AtomicLong();

    @Test
    void chunk_laws_hold_for_random_drops_answered_in_random_order_by_many_threads() throws Exception {
        ExecutorService workers = Executors.newFixedThreadPool(4);
        try {
            for (long seed = 1; seed <= 60; seed++) {
                Random random = new Random(seed);
                List<RowDecision> drop = randomDrop(random);
                ChunkLimits limits = new ChunkLimits(random.nextInt(1, 9), random.nextInt(40), random.nextInt(5, 200));
                List<Long> applied = load(drop, limits, workers, random);
                assertThat(applied)
                        .as("seed %d: each once", seed)
                        .doesNotHaveDuplicates()
                        .hasSameSizeAs(drop);
                assertOrderOfElements(seed, drop, applied);
            }
        } finally {
            workers.shutdownNow();
        }
    }

    /** Loads a drop with up to four chunks under way; the rows in the order in which they were answered. */
    private List<Long> load(List<RowDecision> drop, ChunkLimits limits, ExecutorService workers, Random random)
            throws Exception {
        ElementLocks lanes = new ElementLocks();
        List<Long> applied = new ArrayList<>();
        LinkedBlockingQueue<Chunk> answered = new LinkedBlockingQueue<>();
        Chunker chunks = new Chunker(watched(drop), limits, lanes);
        int handedOut = 0;
        while (chunks.hasNext()) {
            Chunk chunk = chunks.next();
            assertLaws(chunk, limits);
            handedOut++;
            int spins = random.nextInt(2000);
            workers.execute(() -> {
                for (int i = 0; i < spins; i++) {
                    Thread.onSpinWait();
                }
                synchronized (applied) {
                    chunk.operations()
                            .forEach(operation -> applied.add(operation.row().number()));
                }
                lanes.leave(chunk);
                answered.add(chunk);
            });
        }
        for (int i = 0; i < handedOut; i++) {
            assertThat(answered.poll(10, TimeUnit.SECONDS)).isNotNull();
        }
        return applied;
    }

    private void assertLaws(Chunk chunk, ChunkLimits limits) {
        assertThat(chunk.size()).isBetween(1, limits.size());
        Set<Long> elements = new HashSet<>();
        long last = 0;
        for (Operation operation : chunk.operations()) {
            assertThat(operation.action()).isEqualTo(chunk.action());
            assertThat(operation.element().isEmpty()
                            || elements.add(operation.element().getAsLong()))
                    .isTrue();
            assertThat(operation.row().number()).isGreaterThan(last);
            last = operation.row().number();
        }
        assertThat(last - chunk.operations().get(0).row().number()).isLessThanOrEqualTo(limits.rowSpan());
        // Doubt is told by the row number here: see randomDrop.
        assertThat(chunk.operations())
                .allMatch(operation -> isDoubtful(operation.row().number())
                        == chunk.doubtSince().isPresent());
    }

    private static void assertOrderOfElements(long seed, List<RowDecision> drop, List<Long> applied) {
        Map<Long, Long> elementOfRow = new HashMap<>();
        drop.forEach(pending -> operation(pending)
                .element()
                .ifPresent(element -> elementOfRow.put(pending.row().number(), element)));
        Map<Long, Long> lastRow = new HashMap<>();
        for (Long row : applied) {
            Long element = elementOfRow.get(row);
            if (element != null) {
                Long before = lastRow.put(element, row);
                assertThat(before == null || before < row)
                        .as("seed %d: element %d, row %d after %d", seed, element, row, before)
                        .isTrue();
            }
        }
    }

    private static Operation operation(RowDecision decision) {
        return decision instanceof RowDecision.InDoubt doubt ? doubt.operation() : (Operation) decision;
    }

    private Iterator<RowDecision> watched(List<RowDecision> drop) {
        Iterator<RowDecision> all = drop.iterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return all.hasNext();
            }

            @Override
            public RowDecision next() {
                RowDecision pending = all.next();
                reading.set(pending.row().number());
                return pending;
            }
        };
    }

    @Test
    void open_chunks_never_span_more_rows_than_allowed() {
        for (long seed = 1; seed <= 60; seed++) {
            Random random = new Random(seed);
            ChunkLimits limits = new ChunkLimits(random.nextInt(1, 9), random.nextInt(40), 1_000_000);
            List<RowDecision> drop = randomDrop(random);
            Set<Long> open = new HashSet<>();
            ElementLocks lanes = new ElementLocks();
            int next = 0;
            Chunker chunks = new Chunker(watched(drop), limits, lanes);
            while (chunks.hasNext()) {
                Chunk chunk = chunks.next();
                for (; next < drop.size() && row(drop.get(next)) <= reading.get(); next++) {
                    open.add(row(drop.get(next)));
                }
                long oldest = open.stream().mapToLong(row -> row).min().orElseThrow();
                chunk.operations()
                        .forEach(operation -> open.remove(operation.row().number()));
                lanes.leave(chunk);
                long before = next < 2 ? oldest : row(drop.get(next - 2));
                assertThat(before - oldest).as("seed %d", seed).isLessThanOrEqualTo(limits.rowSpan());
            }
            assertThat(open).isEmpty();
        }
    }

    @Test
    void a_million_operations_are_cut_quickly() {
        Iterator<RowDecision> source = new Iterator<>() {
            private long row;

            @Override
            public boolean hasNext() {
                return row < 1_000_000;
            }

            @Override
            public RowDecision next() {
                row++;
                return fresh(row % 2 == 0 ? add(row) : update(row, row));
            }
        };
        ElementLocks lanes = new ElementLocks();
        Chunker chunks = new Chunker(source, new ChunkLimits(250, 100_000, 64_000_000), lanes);
        long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        int count = 0;
        while (chunks.hasNext()) {
            Chunk chunk = chunks.next();
            count += chunk.size();
            lanes.leave(chunk);
        }
        long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
        assertThat(count).isEqualTo(1_000_000);
        // CPU time, and some ten times what it takes, so that only a blunder fails it.
        assertThat(Duration.ofNanos(cpu)).isLessThan(Duration.ofSeconds(5));
    }

    private static List<RowDecision> randomDrop(Random random) {
        List<RowDecision> drop = new ArrayList<>();
        long row = 0;
        int elements = random.nextInt(1, 60);
        for (int i = random.nextInt(400); i > 0; i--) {
            row += random.nextInt(10) == 0 ? random.nextInt(1, 30) : 1;
            long element = random.nextInt(1, elements + 1);
            Operation operation =
                    switch (random.nextInt(3)) {
                        case 0 -> add(row);
                        case 1 -> update(row, element);
                        default -> delete(row, element);
                    };
            drop.add(isDoubtful(row) ? doubtful(operation, row) : fresh(operation));
        }
        return drop;
    }

    private static boolean isDoubtful(long row) {
        return row % 7 == 0;
    }

    private static long row(RowDecision pending) {
        return pending.row().number();
    }
}
