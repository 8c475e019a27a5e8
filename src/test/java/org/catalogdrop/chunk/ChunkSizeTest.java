package org.catalogdrop.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ChunkSizeTest {

    @Test
    void time_out_halves_the_chunk_size_once_for_all_requests_under_way() {
        ChunkSize size = new ChunkSize(250);
        size.tooSlow(250);
        size.tooSlow(250);
        size.tooSlow(250);

        assertThat(size.now()).isEqualTo(125);
        size.tooSlow(125);
        assertThat(size.now()).isEqualTo(62);
    }

    @Test
    void single_time_out_by_chance_is_soon_forgotten() {
        ChunkSize size = new ChunkSize(250);
        size.answered(250);
        size.tooSlow(250);
        size.answered(125);
        assertThat(size.now()).isEqualTo(250);
        size.tooSlow(250);
        size.answered(125);
        assertThat(size.now()).isEqualTo(250);
    }

    @Test
    void time_outs_by_chance_keep_the_chunk_size_near_the_setting() {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            ChunkSize size = new ChunkSize(250);
            long rows = 0;
            for (int i = 0; i < 1000; i++) {
                int sent = size.now();
                if (random.nextInt(20) == 0) {
                    size.tooSlow(sent);
                } else {
                    size.answered(sent);
                    rows += sent;
                }
            }
            assertThat(rows).as("seed " + seed).isGreaterThan(950L * 250 * 8 / 10);
        }
    }

    @Test
    void request_that_was_not_full_does_not_change_the_chunk_size() {
        ChunkSize size = new ChunkSize(250);
        size.tooSlow(250);
        size.answered(7);

        assertThat(size.now()).isEqualTo(125);
    }

    @Test
    void small_request_that_times_out_only_halves_the_chunk_size() {
        ChunkSize size = new ChunkSize(250);
        size.answered(250);
        size.tooSlow(20);

        assertThat(size.now()).isEqualTo(125);
    }

    @Test
    void after_an_outage_the_chunk_size_soon_recovers() {
        ChunkSize size = new ChunkSize(250);
        while (size.now() > 1) {
            size.tooSlow(size.now());
        }
        int requests = 0;
        while (size.now() < 250) {
            size.answered(size.now());
            requests++;
        }
        assertThat(requests).isLessThanOrEqualTo(16);
    }

    @Test
    void too_large_chunk_size_is_tried_less_and_less_often() {
        ChunkSize size = new ChunkSize(250);
        int[] slow = new int[2];
        long[] rows = new long[2];
        for (int i = 0; i < 2000; i++) {
            int sent = size.now();
            if (sent > 180) {
                size.tooSlow(sent);
                slow[i / 1000]++;
            } else {
                size.answered(sent);
                rows[i / 1000] += sent;
            }
        }
        assertThat(slow[1]).isLessThan(30).isLessThanOrEqualTo(slow[0]);
        assertThat(rows[1]).isGreaterThan(1000 * 180 * 8 / 10);
    }

    @Test
    void chunk_size_that_was_too_large_is_a_ceiling() {
        ChunkSize size = new ChunkSize(250);
        size.tooLarge(250, 50);
        assertThat(size.now()).isEqualTo(50);
        size.tooLarge(250, 0);
        assertThat(size.ceiling()).as("under way since before").isEqualTo(50);
        size.tooLarge(50, 250);
        assertThat(size.ceiling()).as("a number that does not help").isEqualTo(25);
        for (int i = 0; i < 100; i++) {
            size.answered(size.now());
        }
        assertThat(size.now()).isEqualTo(25);
        size.wasOneRow(250);
        assertThat(size.now()).isEqualTo(250);
    }

    @Test
    void chunk_size_never_leaves_its_bounds() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            int most = 1 + random.nextInt(500);
            ChunkSize size = new ChunkSize(most);
            for (int i = 0; i < 100; i++) {
                int sent = 1 + random.nextInt(size.now());
                switch (random.nextInt(4)) {
                    case 0 -> size.tooSlow(sent);
                    case 1 -> size.tooLarge(sent, random.nextInt(300));
                    default -> size.answered(size.now());
                }
                assertThat(size.now()).as("seed " + seed).isBetween(1, Math.min(most, size.ceiling()));
            }
        }
    }
}
