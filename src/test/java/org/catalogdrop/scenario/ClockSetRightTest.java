package org.catalogdrop.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.catalogdrop.model.Status;
import org.catalogdrop.model.Summary;
import org.catalogdrop.sandbox.Sandbox;
import org.catalogdrop.sandbox.SandboxSettings;
import org.catalogdrop.sandbox.fault.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The machine's clock is wrong, the program dies, and the clock is set right before it goes on: what it wrote down is then far from what
 * the API dated, though the clocks agree. Here it is the API's clock that is set.
 */
@Timeout(60)
class ClockSetRightTest extends LivesSandbox {

    private final AtomicReference<Duration> apart = new AtomicReference<>(Duration.ZERO);

    private void serveBehind(Duration behind) throws Exception {
        sandbox.close();
        apart.set(behind);
        sandbox = Sandbox.start(
                SandboxSettings.defaults().withRequestsPerSecond(0).withClock(() -> Instant.now()
                        .minus(apart.get())));
    }

    /** Dies when it has heard of so many requests, but of the last of them does not take note. */
    private void die(Path file, int requests) throws Exception {
        AtomicInteger heard = new AtomicInteger();
        assertThat(StepLife.load(
                        settings(),
                        file,
                        (node, after) -> !after
                                && node.contains("catalog-sending method:settleRows")
                                && heard.incrementAndGet() == requests))
                .isEmpty();
    }

    @Test
    void element_dated_before_its_intent_is_found() throws Exception {
        serveBehind(Duration.ofHours(1));
        Path file = laid("a.csv", "name\nInk\nPen\n");
        die(file, 2);
        assertThat(sandbox.store().created()).isEqualTo(2);
        apart.set(Duration.ZERO);

        Summary end = StepLife.load(settings(), file, NOWHERE).orElseThrow();

        assertThat(end.count(Status.CREATED)).isEqualTo(2);
        assertThat(sandbox.store().created()).isEqualTo(2);
    }

    /** Two hours behind all the time; the first element was made an hour before the second row was sent. */
    @Test
    void element_of_another_row_of_ours_is_not_taken_although_it_is_dated_after_the_intent() throws Exception {
        serveBehind(Duration.ofHours(-1));
        assertThat(StepLife.load(settings(), laid("a.csv", "name\nPen\n"), NOWHERE)
                        .orElseThrow()
                        .count(Status.CREATED))
                .isEqualTo(1);
        JournalTimes.shift(home.resolve("state"), Duration.ofHours(-1));
        apart.set(Duration.ofHours(-2));
        Path file = laid("b.csv", "name\nInk\nPen\n");
        sandbox.faults().next(Fault.named("drop_before").has("Pen"));
        die(file, 2);
        apart.set(Duration.ZERO);

        Summary end = StepLife.load(settings(), file, NOWHERE).orElseThrow();

        assertThat(end.count(Status.CREATED)).isEqualTo(2);
        assertThat(sandbox.store().created()).isEqualTo(3);
    }

    /** The process goes on; with {@code delay_apply} the element is made, and dated, when the clock has been set. */
    @ParameterizedTest
    @CsvSource({"drop_after, 1", "drop_after, -1", "delay_apply, 1", "delay_apply, -1"})
    void clock_set_during_a_doubt_makes_no_element_twice(String fault, int hours) throws Exception {
        serveBehind(Duration.ZERO);
        sandbox.faults().next(fault.equals("delay_apply") ? Fault.named(fault).number(900) : Fault.named(fault));
        StepLife.Step set = (node, after) -> {
            if (!after && node.contains("catalog-doubts method:beginLookUp")) {
                apart.set(Duration.ofHours(hours));
            }
            return false;
        };
        Summary end = StepLife.load(
                        settings("kommo.response-timeout=300ms", "kommo.doubt-wait=1s"),
                        laid("a.csv", "name\nPen\nInk\n"),
                        set)
                .orElseThrow();

        assertThat(end.count(Status.CREATED)).isEqualTo(2);
        assertThat(sandbox.store().created()).isEqualTo(2);
    }
}
