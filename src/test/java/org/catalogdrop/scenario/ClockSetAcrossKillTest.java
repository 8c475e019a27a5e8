package org.catalogdrop.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.catalogdrop.camel.Installation;
import org.catalogdrop.config.Settings;
import org.catalogdrop.crash.CrashDrop;
import org.catalogdrop.model.Status;
import org.catalogdrop.model.Summary;
import org.catalogdrop.sandbox.fault.Fault;
import org.catalogdrop.sandbox.store.StoredElement.Field;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The machine's clock is set while the program does not run: what an earlier process dated cannot be compared with anything. */
@Timeout(60)
class ClockSetAcrossKillTest extends LivesSandbox {

    private static final int ROWS = 200;

    private Path rows(String name) throws Exception {
        return laid(
                name,
                "name\n"
                        + String.join(
                                "\n",
                                IntStream.rangeClosed(1, ROWS)
                                        .mapToObj(row -> "Row " + row)
                                        .toList()));
    }

    /** Dies when some requests were settled and others of them were applied alone. */
    private void die(Path file) throws Exception {
        AtomicInteger heard = new AtomicInteger();
        assertThat(StepLife.load(
                        life(),
                        file,
                        (node, after) -> !after
                                && node.contains("catalog-sending method:settleRows")
                                && heard.incrementAndGet() == 10))
                .isEmpty();
    }

    private Settings life() {
        return settings("kommo.chunk-size=5", "kommo.in-flight=4");
    }

    /** Its first chunks settle before the look-up of others: dated earlier, they are not older than what is looked for. */
    @ParameterizedTest
    @ValueSource(ints = {-3600, -10, 10, 3600})
    void given_clock_set_across_a_kill_when_resumed_then_each_element_is_made_once(int seconds) throws Exception {
        Path file = rows("a.csv");
        die(file);
        // As if the first life had been by a clock that was so much later than now.
        JournalTimes.shift(home.resolve("state"), Duration.ofSeconds(-seconds));

        Summary end = StepLife.load(life(), file, NOWHERE).orElseThrow();

        assertThat(end.count(Status.CREATED)).isEqualTo(ROWS);
        assertThat(sandbox.store().created()).isEqualTo(ROWS);
    }

    /** A page of elements that were made after those in doubt hides them, if it is taken for older. */
    @Test
    void given_many_elements_made_after_the_clock_was_set_back_when_an_earlier_row_is_looked_up_then_it_is_found()
            throws Exception {
        Path first = laid("a.csv", "name\nInk\nPen\n");
        AtomicInteger heard = new AtomicInteger();
        StepLife.load(
                settings(),
                first,
                (node, after) ->
                        !after && node.contains("catalog-sending method:settleRows") && heard.incrementAndGet() == 2);
        JournalTimes.shift(home.resolve("state"), Duration.ofHours(1));
        Path other = rows("b.csv");
        assertThat(StepLife.load(settings("kommo.chunk-size=50"), other, NOWHERE))
                .isPresent();

        Summary end = StepLife.load(settings(), first, NOWHERE).orElseThrow();

        assertThat(end.count(Status.CREATED)).isEqualTo(2);
        assertThat(sandbox.store().created()).isEqualTo(ROWS + 2);
    }

    private void dieBeforeTheFirstAnswer(Path file) throws Exception {
        StepLife.load(settings(), file, (node, after) -> !after && node.contains("catalog-sending method:settleRows"));
        assertThat(sandbox.store().created()).isEqualTo(1);
        JournalTimes.shift(home.resolve("state"), Duration.ofMinutes(30));
    }

    @Test
    void given_wrong_clock_and_kill_before_any_answer_when_the_clock_is_right_then_the_row_gets_its_element()
            throws Exception {
        Path file = laid("a.csv", "name\nPen\n");
        dieBeforeTheFirstAnswer(file);

        Summary end = StepLife.load(settings(), file, NOWHERE).orElseThrow();

        assertThat(sandbox.store().created()).isEqualTo(1);
        assertThat(end.byStatus()).containsEntry(Status.CREATED, 1L);
    }

    /** Nothing tells then when the elements were made, by whatever clock: none is made twice, and none is guessed. */
    @ParameterizedTest
    @ValueSource(strings = {"500_before", "drop_before", "empty", "html", "400_before"})
    void given_list_unreadable_before_its_first_add_when_resumed_then_nothing_is_made_twice(String fault)
            throws Exception {
        Path file = laid("a.csv", "name\nPen\n");
        sandbox.faults().next(Fault.named(fault).on(Fault.Target.GET), 2);
        dieBeforeTheFirstAnswer(file);
        assertThat(sandbox.faults().pending()).isZero();

        Summary end = StepLife.load(settings(), file, NOWHERE).orElseThrow();

        assertThat(sandbox.store().created()).isEqualTo(1);
        assertThat(end.byStatus()).containsEntry(Status.IN_DOUBT, 1L);
    }

    @Test
    void given_two_drops_of_one_process_when_they_add_to_one_list_then_list_is_read_once() throws Exception {
        try (StepLife life =
                new StepLife(settings("kommo.in-flight=4"), new Installation.InboxMode(false, false), NOWHERE)) {
            life.load(rows("a.csv"));
            life.load(laid("b.csv", "name\nPen\n"));
        }

        assertThat(sandbox.log())
                .filteredOn(request -> request.method().equals("GET"))
                .hasSize(1);
        assertThat(sandbox.store().created()).isEqualTo(ROWS + 1);
    }

    @Test
    void given_kill_before_any_answer_when_nothing_was_applied_then_it_is_sent_again() throws Exception {
        Path file = laid("a.csv", "name\nPen\n");
        sandbox.faults().next(Fault.named("drop_before"));
        StepLife.load(settings(), file, (node, after) -> !after && node.contains("catalog-sending method:settleRows"));
        JournalTimes.shift(home.resolve("state"), Duration.ofMinutes(30));

        Summary end = StepLife.load(settings(), file, NOWHERE).orElseThrow();

        assertThat(sandbox.store().created()).isEqualTo(1);
        assertThat(end.count(Status.CREATED)).isEqualTo(1);
    }

    /** An equal element that was there before is not the row's, though the set clock says that it is younger. */
    @Test
    void given_old_equal_element_when_the_clock_was_set_then_it_is_not_taken() throws Exception {
        long old = sandbox.store().put(CrashDrop.LIST, "Pen", List.of(Field.of(CrashDrop.PRICE, "7")));
        Path file = laid("a.csv", "name,cf:" + CrashDrop.PRICE + "\nInk,1\nPen,7\n");
        AtomicInteger heard = new AtomicInteger();
        sandbox.faults().next(Fault.named("drop_before").has("Pen"));
        StepLife.load(
                settings(),
                file,
                (node, after) ->
                        !after && node.contains("catalog-sending method:settleRows") && heard.incrementAndGet() == 2);
        JournalTimes.shift(home.resolve("state"), Duration.ofHours(-2));

        Summary end = StepLife.load(settings(), file, NOWHERE).orElseThrow();

        assertThat(end.count(Status.CREATED)).isEqualTo(2);
        assertThat(sandbox.store().elements(CrashDrop.LIST))
                .as("elements beside %d", old)
                .hasSize(3);
    }
}
