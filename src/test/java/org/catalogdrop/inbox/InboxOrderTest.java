package org.catalogdrop.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InboxOrderTest {

    @TempDir
    Path folder;

    private Path lay(String name, long modified) throws IOException {
        Path file = Files.createFile(folder.resolve(name));
        return Files.setLastModifiedTime(file, FileTime.fromMillis(modified));
    }

    /** One listing as Camel's file consumer makes it: returns the drops in the order in which they get their turn. */
    private List<Path> listing(InboxOrder lineup) throws IOException {
        lineup.begin();
        List<Path> taken = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(lineup::offer).forEach(taken::add);
        }
        taken.sort(lineup::compare);
        lineup.end();
        return taken;
    }

    /** Takes the drops of a listing, and returns those that got their turn. */
    private static List<Path> turns(InboxOrder lineup, List<Path> listing) throws IOException {
        List<Path> taken = new ArrayList<>();
        for (Path drop : listing) {
            if (lineup.isTurn(drop)) {
                taken.add(drop);
                Files.delete(drop);
            }
        }
        return taken;
    }

    /** How often a file is looked at until all are taken; the newest file comes first in the folder. */
    private int looks(int files) throws IOException {
        List<Path> waiting = new ArrayList<>();
        for (int i = files; i > 0; i--) {
            waiting.add(lay(files + "-" + i + ".csv", 1000L * i));
        }
        AtomicInteger looks = new AtomicInteger();
        InboxOrder lineup = new InboxOrder(file -> looks.incrementAndGet() > 0 && Files.exists(file), () -> 0);
        List<Path> taken = new ArrayList<>();
        while (!waiting.isEmpty()) {
            lineup.begin();
            List<Path> listed =
                    new ArrayList<>(waiting.stream().filter(lineup::offer).toList());
            listed.sort(lineup::compare);
            List<Path> turns = turns(lineup, listed);
            assertThat(turns).hasSizeLessThanOrEqualTo(Math.max(1000, files / 8));
            waiting.removeAll(new HashSet<>(turns));
            taken.addAll(turns);
        }
        assertThat(taken).hasSize(files).isSortedAccordingTo(Comparator.comparingLong(drop -> number(drop)));
        return looks.get() / files;
    }

    private static long number(Path drop) {
        return Long.parseLong(drop.getFileName().toString().replaceAll(".*-|\\.csv", ""));
    }

    @Tag("slow")
    @Test
    void given_many_files_when_all_are_taken_then_the_work_for_a_file_does_not_grow_with_their_number()
            throws Exception {
        assertThat(looks(2000)).isLessThan(15);
        assertThat(looks(16_000)).isLessThan(15);
    }

    @Test
    void given_files_of_several_times_when_taken_then_the_oldest_comes_first_and_names_decide_among_equals()
            throws Exception {
        Path c = lay("c.csv", 1000);
        Path b = lay("b.csv", 2000);
        Path a = lay("a.csv", 2000);
        assertThat(listing(new InboxOrder(Files::exists))).containsExactly(c, a, b);
    }

    /** A drop of which rows may have been applied goes on before those behind it. */
    @Test
    void given_a_drop_that_stays_when_listed_again_then_it_is_still_the_first() throws Exception {
        Path first = lay("first.csv", 1000);
        Path second = lay("second.csv", 2000);
        Set<Path> aside = new HashSet<>();
        InboxOrder lineup = new InboxOrder(file -> !aside.contains(file), () -> 0);
        assertThat(listing(lineup)).containsExactly(first, second);
        assertThat(lineup.isTurn(first)).isTrue();
        assertThat(lineup.isTurn(second)).isFalse();
        Path older = lay("older.csv", 0);
        assertThat(listing(lineup)).containsExactly(first, older, second);
        assertThat(lineup.isTurn(older)).isFalse();
        aside.add(first);
        assertThat(lineup.isTurn(older)).isTrue();
    }

    @Test
    void given_a_drop_that_left_when_its_turn_comes_then_it_is_not_taken() throws Exception {
        Path first = lay("first.csv", 1000);
        InboxOrder lineup = new InboxOrder(Files::exists);
        assertThat(listing(lineup)).containsExactly(first);
        Files.delete(first);
        assertThat(lineup.isTurn(first)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"100, 1900", "500, 9500", "1000, 10000", "4000, 10000", "60000, 120000"})
    void given_a_slow_listing_when_nothing_is_found_then_the_folder_rests_longer_but_not_for_minutes(
            long listing, long rest) throws Exception {
        AtomicLong now = new AtomicLong();
        lay("foreign.csv", 0);
        InboxOrder lineup = new InboxOrder(
                file -> {
                    now.addAndGet(Duration.ofMillis(listing).toNanos());
                    return false;
                },
                now::get);
        assertThat(listing(lineup)).isEmpty();
        assertThat(lineup.rest()).isEqualTo(Duration.ofMillis(rest));
        now.addAndGet(Duration.ofMillis(rest - 1).toNanos());
        assertThat(lineup.isDue()).isFalse();
        now.addAndGet(Duration.ofMillis(1).toNanos());
        assertThat(lineup.isDue()).isTrue();
    }
}
