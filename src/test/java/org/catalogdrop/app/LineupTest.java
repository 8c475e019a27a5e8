package org.catalogdrop.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineupTest {

    @TempDir
    Path folder;

    private Path lay(String name, long modified) throws IOException {
        Path file = Files.createFile(folder.resolve(name));
        return Files.setLastModifiedTime(file, FileTime.fromMillis(modified));
    }

    /** How often a file is looked at until all are taken. */
    private int looks(int files) throws IOException {
        for (int i = 0; i < files; i++) {
            Files.createFile(folder.resolve(files + "-" + i + ".csv"));
        }
        AtomicInteger looks = new AtomicInteger();
        Lineup lineup = new Lineup(
                folder,
                file -> {
                    looks.incrementAndGet();
                    return Files.exists(file);
                },
                () -> 0);
        int taken = 0;
        for (Optional<Path> next = lineup.next(); next.isPresent(); next = lineup.next()) {
            Files.delete(next.get());
            taken++;
        }
        assertThat(taken).isEqualTo(files);
        return looks.get();
    }

    @Test
    void given_twice_the_files_when_all_are_taken_then_the_work_is_twice_as_much() throws Exception {
        assertThat(looks(200)).isEqualTo(3 * 200);
        assertThat(looks(400)).isEqualTo(3 * 400);
    }

    @Test
    void given_files_of_several_times_when_taken_then_the_oldest_comes_first_and_names_decide_among_equals()
            throws Exception {
        lay("c.csv", 1000);
        lay("b.csv", 2000);
        lay("a.csv", 2000);
        List<String> order = new ArrayList<>();
        Lineup lineup = new Lineup(folder, Files::exists, () -> 0);
        for (Optional<Path> next = lineup.next(); next.isPresent(); next = lineup.next()) {
            order.add(next.get().getFileName().toString());
            Files.delete(next.get());
        }
        assertThat(order).containsExactly("c.csv", "a.csv", "b.csv");
    }

    /** A drop of which rows may have been applied goes on before those behind it. */
    @Test
    void given_a_drop_that_stays_when_asked_again_then_it_is_still_the_first() throws Exception {
        Path first = lay("first.csv", 1000);
        Path second = lay("second.csv", 2000);
        Set<Path> aside = new HashSet<>();
        Lineup lineup = new Lineup(folder, file -> !aside.contains(file), () -> 0);
        assertThat(lineup.next()).contains(first);
        lay("older.csv", 0);
        assertThat(lineup.next()).contains(first);
        aside.add(first);
        assertThat(lineup.next()).contains(second);
    }

    @Test
    void given_a_slow_listing_when_nothing_is_found_then_the_folder_rests_nineteen_times_as_long() throws Exception {
        AtomicLong now = new AtomicLong();
        AtomicInteger looks = new AtomicInteger();
        lay("foreign.csv", 0);
        Lineup lineup = new Lineup(
                folder,
                file -> {
                    looks.incrementAndGet();
                    now.addAndGet(Duration.ofSeconds(1).toNanos());
                    return false;
                },
                now::get);
        lineup.next();
        assertThat(lineup.hasListed()).isTrue();
        assertThat(lineup.rest()).isEqualTo(Duration.ofSeconds(19));
        now.addAndGet(Duration.ofSeconds(18).toNanos());
        lineup.next();
        assertThat(lineup.hasListed()).isFalse();
        assertThat(looks).hasValue(1);
        now.addAndGet(Duration.ofSeconds(1).toNanos());
        lineup.next();
        assertThat(looks).hasValue(2);
    }
}
