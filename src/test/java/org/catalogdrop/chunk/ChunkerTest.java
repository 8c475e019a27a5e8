package org.catalogdrop.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.catalogdrop.chunk.Operations.add;
import static org.catalogdrop.chunk.Operations.delete;
import static org.catalogdrop.chunk.Operations.doubtful;
import static org.catalogdrop.chunk.Operations.fresh;
import static org.catalogdrop.chunk.Operations.update;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import org.catalogdrop.model.Chunk;
import org.catalogdrop.model.Operation;
import org.catalogdrop.model.Row;
import org.catalogdrop.model.RowDecision;
import org.catalogdrop.model.RunHalted;
import org.junit.jupiter.api.Test;

class ChunkerTest {

    private static final ChunkLimits WIDE = new ChunkLimits(3, 1000, 1000);

    @Test
    void alternating_actions_fill_their_chunks() {
        assertThat(rows(
                        WIDE,
                        fresh(add(1)),
                        fresh(delete(2, 7)),
                        fresh(add(3)),
                        fresh(delete(4, 8)),
                        fresh(add(5)),
                        fresh(add(6))))
                .containsExactly("ADD [1, 3, 5]", "DELETE [2, 4]", "ADD [6]");
    }

    @Test
    void operation_on_an_element_of_an_open_chunk_sends_that_chunk_first() {
        assertThat(rows(
                        WIDE,
                        fresh(add(1)),
                        fresh(update(2, 7)),
                        fresh(update(3, 7)),
                        fresh(delete(4, 7)),
                        fresh(update(5, 8))))
                .containsExactly("UPDATE [2]", "UPDATE [3]", "ADD [1]", "DELETE [4]", "UPDATE [5]");
    }

    @Test
    void rows_without_a_request_flush_an_overdue_chunk() {
        List<RowDecision> source = new ArrayList<>(List.of(fresh(add(1))));
        for (long row = 2; row <= 50; row++) {
            source.add(Operations.row(row, "bad"));
        }
        Iterator<RowDecision> reading = source.iterator();
        Chunker chunks = new Chunker(reading, new ChunkLimits(3, 10, 1000), new ElementLocks());

        assertThat(show(chunks.next())).isEqualTo("ADD [1]");
        assertThat(reading).hasNext();
        assertThat(chunks.hasNext()).isFalse();
        assertThat(reading.hasNext()).isFalse();
    }

    @Test
    void fresh_and_doubtful_rows_have_their_own_chunks_and_the_earliest_doubt_counts() {
        List<Chunk> chunks = chunks(
                WIDE, doubtful(add(1), 50), fresh(add(2)), doubtful(add(3), 40), fresh(add(4)), doubtful(add(5), 60));
        assertThat(chunks).extracting(ChunkerTest::show).containsExactly("ADD [1, 3, 5]", "ADD [2, 4]");
        assertThat(chunks.get(0).doubtSince()).contains(Instant.ofEpochSecond(40));
        assertThat(chunks.get(1).doubtSince()).isEmpty();
    }

    @Test
    void chunk_leaves_when_its_first_row_falls_behind() {
        assertThat(rows(
                        new ChunkLimits(9, 10, 1000),
                        fresh(delete(1, 7)),
                        fresh(add(5)),
                        fresh(add(11)),
                        fresh(add(12)),
                        fresh(add(16))))
                .containsExactly("DELETE [1]", "ADD [5, 11, 12]", "ADD [16]");
    }

    @Test
    void chunk_leaves_when_much_text_was_read_since_its_first_row() {
        Operation heavy = new Operation.Add(
                Operations.row(3, List.of("aaaa", Map.of("b", new Row.Literal("1234")))), 3, 1, "n", List.of());
        assertThat(rows(new ChunkLimits(9, 1000, 9), fresh(delete(1, 7)), fresh(add(2)), fresh(heavy), fresh(add(4))))
                .containsExactly("DELETE [1]", "ADD [2]", "ADD [3]", "ADD [4]");
        assertThat(rows(new ChunkLimits(9, 1000, 8), fresh(heavy), fresh(add(4))))
                .containsExactly("ADD [3]", "ADD [4]");
    }

    /** Rows that are let go of hold no memory while they wait. */
    @Test
    void released_rows_do_not_flush_a_chunk() {
        ChunkLimits limits = new ChunkLimits(9, 1000, 3, 1000);
        assertThat(rows(limits, fresh(add(1)), letGo(2), letGo(3), letGo(4), letGo(5), fresh(add(6))))
                .containsExactly("ADD [1, 6]");
        assertThat(rows(limits, fresh(add(1)), passed(2), passed(3), letGo(4), fresh(add(5)), fresh(add(6))))
                .containsExactly("ADD [1, 5]", "ADD [6]");
    }

    private static RowDecision passed(long row) {
        return Operations.row(row, "bad");
    }

    private static RowDecision letGo(long row) {
        return Row.of(row, row + 1, List.of("name"), List.of());
    }

    /** As a stop does it. */
    @Test
    void chunk_waits_for_its_elements_and_an_interrupted_wait_loses_nothing() {
        ElementLocks lanes = new ElementLocks();
        Chunker chunks =
                new Chunker(List.of(fresh(update(1, 7)), fresh(update(2, 7))).iterator(), WIDE, lanes);
        Chunk first = chunks.next();

        Thread.currentThread().interrupt();
        assertThatThrownBy(chunks::next).isInstanceOf(RunHalted.class);
        assertThat(Thread.interrupted())
                .as("whoever waits next is to know, too")
                .isTrue();
        assertThat(chunks.hasNext()).isTrue();

        lanes.leave(first);
        assertThat(show(chunks.next())).isEqualTo("UPDATE [2]");
        assertThat(chunks.hasNext()).isFalse();
    }

    /** A full chunk of some action does not hand out those of others, nor does it come twice. */
    @Test
    void element_of_a_chunk_that_has_left_opens_a_new_chunk() {
        assertThat(rows(
                        new ChunkLimits(2, 1000, 1000),
                        fresh(update(1, 7)),
                        fresh(update(2, 8)),
                        fresh(delete(3, 7)),
                        fresh(update(4, 8))))
                .containsExactly("UPDATE [1, 2]", "DELETE [3]", "UPDATE [4]");
    }

    @Test
    void nothing_comes_after_the_end() {
        Chunker none = new Chunker(List.<RowDecision>of().iterator(), WIDE, new ElementLocks());
        assertThat(none.hasNext()).isFalse();
        assertThatThrownBy(none::next).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void limits_out_of_range_are_refused() {
        assertThatThrownBy(() -> new ChunkLimits(0, 1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("size 0");
    }

    private static List<String> rows(ChunkLimits limits, RowDecision... pending) {
        return chunks(limits, pending).stream().map(ChunkerTest::show).toList();
    }

    private static List<Chunk> chunks(ChunkLimits limits, RowDecision... pending) {
        ElementLocks lanes = new ElementLocks();
        List<Chunk> chunks = new ArrayList<>();
        Chunker all = new Chunker(Stream.of(pending).iterator(), limits, lanes);
        while (all.hasNext()) {
            Chunk chunk = all.next();
            chunks.add(chunk);
            lanes.leave(chunk);
        }
        return chunks;
    }

    private static String show(Chunk chunk) {
        return chunk.action() + " "
                + chunk.operations().stream()
                        .map(operation -> operation.row().number())
                        .toList();
    }
}
