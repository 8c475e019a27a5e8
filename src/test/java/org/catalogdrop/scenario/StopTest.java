package org.catalogdrop.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.catalogdrop.journal.DropEntry;
import org.catalogdrop.journal.DropLine;
import org.catalogdrop.journal.Journal;
import org.catalogdrop.sandbox.fault.Fault;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A stop ends in the time that docs/commands.md promises, whatever the load is doing. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StopTest {

    /** With the one second that an answer may take here. */
    private static final Duration MOST = Duration.ofSeconds(11);

    private static final String ROWS =
            IntStream.range(0, 40).mapToObj(i -> "row " + i + "\n").collect(Collectors.joining("", "name\n", ""));

    @TempDir
    Path home;

    private Loading watch(AtOpening onlooker, String... more) throws Exception {
        Files.writeString(Files.createDirectories(home.resolve("inbox")).resolve("drop.csv"), ROWS);
        String[] settings = Arrays.copyOf(more, more.length + 2);
        settings[more.length] = "kommo.response-timeout=1s";
        settings[more.length + 1] = "kommo.chunk-size=2";
        return Loading.watch(home, onlooker, settings);
    }

    private static void await(Loading loading, Predicate<Loading> state) {
        while (!state.test(loading)) {
            Thread.onSpinWait();
        }
    }

    private void assertStops(Loading loading) throws IOException {
        long begin = System.nanoTime();
        loading.context().stop();
        loading.drop().close();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(MOST);
        assertThat(home.resolve("inbox/drop.csv")).hasContent(ROWS);
        // The next process may have the folders.
        Journal.open(home.resolve("state")).close();
        loading.close();
    }

    @Tag("slow")
    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource({
        "429, 0, 1m",
        "503_before, 0, 1m",
        "504_after, 0, 1m",
        "drop_after, 0, 1m",
        "delay, 60000, 1m",
        "delay_apply, 60000, 1m",
        "trickle, 200, 1m",
        "huge, 4, 1m",
        "401, 0, 0s",
        "403_before, 0, 0s",
        "missing, 0, 1m",
        "empty, 0, 1m",
    })
    void given_an_api_that_answers_so_when_stopped_then_it_ends_in_time(String fault, int number, String doubtWait)
            throws Exception {
        CountDownLatch opened = new CountDownLatch(1);
        Loading loading = watch(
                new AtOpening((name, exchange) -> opened.countDown()),
                "kommo.doubt-wait=" + doubtWait,
                "drop.settle=500ms");
        loading.sandbox().faults().next(number > 0 ? Fault.named(fault).number(number) : Fault.named(fault), 1000);
        opened.await();
        await(
                loading,
                one -> one.drop().loads().current().map(load -> load.sent() > 0).orElse(true));
        assertStops(loading);
    }

    @ParameterizedTest
    @CsvSource({"1", "7"})
    void given_requests_that_wait_for_their_turn_when_stopped_then_it_ends_in_time(int pace) throws Exception {
        Loading loading = watch(new AtOpening((name, exchange) -> {}), "kommo.requests-per-second=" + pace);
        await(loading, one -> !one.posts().isEmpty());
        assertStops(loading);
    }

    @Test
    void given_a_drop_that_was_just_opened_when_stopped_then_nothing_of_it_is_sent() throws Exception {
        CountDownLatch opened = new CountDownLatch(1);
        CountDownLatch stopping = new CountDownLatch(1);
        Loading loading = watch(new AtOpening((name, exchange) -> {
            opened.countDown();
            try {
                stopping.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }));
        opened.await();
        loading.drop().stop();
        stopping.countDown();
        await(loading, one -> one.drop().runs().isOnHold());
        assertThat(loading.posts()).isEmpty();
        assertStops(loading);
    }

    /** For any user: a folder in whose place a file lies cannot be read either. */
    @Test
    void given_an_inbox_that_becomes_unreadable_before_the_move_when_stopped_then_it_ends_in_time_and_resumes_later()
            throws Exception {
        Path inbox = home.resolve("inbox");
        Path kept = home.resolve("kept");
        CountDownLatch unreadable = new CountDownLatch(1);
        Loading loading = watch(new AtOpening((name, exchange) -> {
            try {
                exchange.getMessage()
                        .setBody(Files.copy(inbox.resolve(name), home.resolve(name))
                                .toFile());
                Files.move(inbox, kept);
                Files.createFile(inbox);
                unreadable.countDown();
            } catch (IOException fault) {
                throw new UncheckedIOException(fault);
            }
        }));
        unreadable.await();
        loading.drop().runs().awaitIdle();
        assertThat(loading.drop().runs().exitStatus()).isEqualTo(1);
        loading.context().stop();
        loading.drop().close();
        assertThat(Journal.drops(home.resolve("state")))
                .extracting(DropLine::state)
                .containsExactly(DropEntry.State.PUBLISHED);
        Files.delete(inbox);
        Files.move(kept, inbox);
        loading.close();
        try (Loading next = Loading.watch(home)) {
            next.drop().runs().awaitIdle();
            assertThat(next.drop().runs().exitStatus()).isZero();
            assertThat(next.posts()).isEmpty();
            assertThat(home.resolve("archive/drop.csv")).hasContent(ROWS);
        }
    }
}
