package org.catalogdrop.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.catalogdrop.model.Operation;
import org.catalogdrop.model.Row;
import org.junit.jupiter.api.Test;

/** Whichever rows of a chunk are bad, each is found, every other one is taken once, and that within the bound of requests. */
class BisectionQueueTest {

    @Test
    void bad_rows_are_found_within_the_bound() {
        for (int seed = 0; seed < 600; seed++) {
            Random random = new Random(seed);
            int n = 1 + random.nextInt(500);
            Set<Integer> bad = new HashSet<>();
            int k = random.nextInt(4) == 0 ? random.nextInt(n + 1) : random.nextInt(Math.min(n, 5) + 1);
            while (bad.size() < k) {
                bad.add(random.nextInt(n));
            }
            check(n, bad, "seed " + seed);
        }
    }

    @Test
    void single_bad_row_is_found_within_the_bound_wherever_it_is() {
        for (int n : new int[] {1, 2, 3, 5, 6, 7, 11, 64, 65, 100}) {
            for (int at = 0; at < n; at++) {
                check(n, Set.of(at), "row " + at + " of " + n);
            }
        }
    }

    @Test
    void too_large_part_is_sent_in_pieces_of_the_allowed_size() {
        BisectionQueue parts = new BisectionQueue();
        parts.add(SubChunk.fresh(operations(250)));
        List<Integer> sizes = new ArrayList<>();
        List<Integer> rows = new ArrayList<>();
        while (!parts.isEmpty()) {
            SubChunk part = parts.next(100);
            sizes.add(part.size());
            part.operations().forEach(operation -> rows.add(operation.requestId()));
            parts.accepted();
        }
        assertThat(sizes).containsExactly(100, 100, 50);
        assertThat(rows)
                .containsExactlyElementsOf(IntStream.range(0, 250).boxed().toList());
    }

    @Test
    void rest_of_a_too_large_part_is_sent_whole_if_it_fits_meanwhile() {
        BisectionQueue parts = new BisectionQueue();
        parts.add(SubChunk.fresh(operations(250)));
        assertThat(parts.next(100).size()).isEqualTo(100);
        parts.accepted();
        assertThat(parts.next(200).size()).isEqualTo(150);
        assertThat(parts.isEmpty()).isTrue();
    }

    /** An API that refuses each request with a bad row as a whole. */
    private static void check(int n, Set<Integer> bad, String which) {
        BisectionQueue parts = new BisectionQueue();
        parts.add(SubChunk.fresh(operations(n)));
        List<Integer> taken = new ArrayList<>();
        List<Integer> givenUp = new ArrayList<>();
        int requests = 0;
        while (!parts.isEmpty()) {
            SubChunk part = parts.next(500);
            requests++;
            List<Integer> rows =
                    part.operations().stream().map(Operation::requestId).toList();
            if (rows.stream().noneMatch(bad::contains)) {
                taken.addAll(rows);
                parts.accepted();
            } else if (part.size() == 1 && part.checked()) {
                givenUp.addAll(rows);
                parts.givenUp();
            } else {
                parts.refused(part);
            }
        }
        assertThat(givenUp).as(which).containsExactlyInAnyOrderElementsOf(bad);
        assertThat(taken).as(which).hasSize(n - bad.size()).doesNotHaveDuplicates();
        double bound = 1 + bad.size() * (2 * Math.log(n) / Math.log(2) + 2);
        assertThat((double) requests).as(which).isLessThanOrEqualTo(bound + 1e-9);
    }

    private static List<Operation> operations(int n) {
        List<Operation> operations = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            operations.add(new Operation.Delete(Row.of(i + 1L, i + 2L, List.of(), List.of()), i, i + 1L));
        }
        return operations;
    }
}
