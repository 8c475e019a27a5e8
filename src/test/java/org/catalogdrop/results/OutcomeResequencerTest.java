package org.catalogdrop.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.catalogdrop.results.Given.created;
import static org.catalogdrop.results.Given.row;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.LongStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.RunHalted;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class OutcomeResequencerTest {

    private final List<Long> handedOn = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void any_order_of_outcomes_comes_out_in_row_order(long seed) throws InterruptedException {
        int open = 7;
        Random random = new Random(seed);
        OutcomeResequencer order = order(open);
        List<Long> in = new ArrayList<>();
        for (long next = 1; next <= 1000 || !in.isEmpty(); ) {
            // The ring counts from the oldest open row, so that alone says whether one more may come in.
            boolean room = in.isEmpty() || next - Collections.min(in) < open;
            if (next <= 1000 && room && random.nextBoolean()) {
                order.enter(row(next));
                in.add(next++);
            } else if (!in.isEmpty()) {
                order.put(created(in.remove(random.nextInt(in.size()))));
            }
        }
        assertThat(handedOn).isEqualTo(LongStream.rangeClosed(1, 1000).boxed().toList());
        assertThat(order.isDrained()).isTrue();
        order.awaitAll();
    }

    @Test
    void outcomes_of_many_threads_come_out_in_row_order() throws Exception {
        OutcomeResequencer order = order(100);
        LinkedBlockingQueue<Long> open = new LinkedBlockingQueue<>();
        List<Thread> workers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Thread worker = new Thread(() -> {
                try {
                    for (long number = open.take(); number > 0; number = open.take()) {
                        order.put(created(number));
                    }
                } catch (InterruptedException e) {
                    order.fail(new IllegalStateException(e));
                }
            });
            worker.start();
            workers.add(worker);
        }
        for (long number = 1; number <= 20_000; number++) {
            order.enter(row(number));
            open.add(number);
        }
        order.awaitAll();
        workers.forEach(worker -> open.add(0L));
        for (Thread worker : workers) {
            worker.join();
        }
        assertThat(handedOn).isEqualTo(LongStream.rangeClosed(1, 20_000).boxed().toList());
    }

    @Test
    void enter_waits_for_free_space() throws Exception {
        OutcomeResequencer order = full();
        FutureTask<Boolean> third = entering(order, 3);
        waiting(third);

        order.put(created(2));
        assertThat(handedOn).isEmpty();
        order.put(created(1));

        assertThat(third.get()).isTrue();
        assertThat(handedOn).containsExactly(1L, 2L);
        assertThat(order.isDrained()).isFalse();
    }

    @Test
    void failure_wakes_waiting_threads() throws Exception {
        OutcomeResequencer order = full();
        FutureTask<Boolean> third = entering(order, 3);
        waiting(third);
        RunHalted reason = new RunHalted(Code.STOPPED, "stopped");

        order.fail(reason);
        order.fail(new IllegalStateException("later"));

        assertThatThrownBy(third::get).isInstanceOf(ExecutionException.class).hasCause(reason);
        assertThatThrownBy(() -> order.put(created(1))).isSameAs(reason);
        assertThatThrownBy(order::awaitAll).isSameAs(reason);
        assertThatThrownBy(() -> order.enter(row(3))).isSameAs(reason);
    }

    @Test
    void exception_of_the_sink_fails_the_resequencer() throws Exception {
        RunHalted reason = new RunHalted(Code.DISK, "full");
        OutcomeResequencer order = new OutcomeResequencer(2, outcome -> {
            throw reason;
        });
        order.enter(row(1));

        assertThatThrownBy(() -> order.put(created(1))).isSameAs(reason);
        assertThatThrownBy(() -> order.enter(row(2))).isSameAs(reason);
    }

    @Test
    void interrupt_ends_the_wait() throws Exception {
        OutcomeResequencer order = full();
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> order.enter(row(3))).isInstanceOf(InterruptedException.class);

        order.put(created(1));
        order.enter(row(3));
        assertThat(handedOn).containsExactly(1L);
    }

    @Test
    void number_of_waiting_outcomes_is_reported() throws Exception {
        OutcomeResequencer order = order(4);
        for (long number = 1; number <= 3; number++) {
            order.enter(row(number));
        }
        order.put(created(3));
        order.put(created(2));
        assertThat(order.waiting()).isEqualTo(2);
        order.put(created(1));
        assertThat(order.waiting()).isZero();
    }

    @Test
    void row_has_one_outcome() throws Exception {
        OutcomeResequencer order = full();
        order.put(created(2));
        refused(() -> order.put(created(2)), "row 2", "has one already");
        order.put(created(1));
        refused(() -> order.put(created(1)), "row 1", "has one already");
        refused(() -> order.put(created(2)), "row 2", "has one already");
        refused(() -> order.put(created(3)), "row 3", "never came in");
        refused(() -> order.enter(row(4)), "row 4", "row 3 was due");
        assertThat(handedOn).containsExactly(1L, 2L);
    }

    @Test
    void heavy_rows_wait_but_a_single_one_may_exceed_the_limit() throws Exception {
        OutcomeResequencer order = new OutcomeResequencer(
                10,
                new OutcomeResequencer.Room(10, 5, row -> row.number() == 1 ? 4 : 9),
                outcome -> handedOn.add(outcome.row().number()));
        order.enter(row(1));
        order.enter(row(2));
        FutureTask<Boolean> third = entering(order, 3);
        waiting(third);

        order.put(created(2));
        order.put(created(1));
        third.get();
        assertThat(handedOn).containsExactly(1L, 2L);
        FutureTask<Boolean> fourth = entering(order, 4);
        waiting(fourth);
        order.put(created(3));
        fourth.get();
    }

    @Test
    void there_is_always_room_for_one_row() {
        assertThatThrownBy(() -> order(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0");
    }

    private OutcomeResequencer order(int maxOpenRows) {
        return new OutcomeResequencer(
                maxOpenRows, outcome -> handedOn.add(outcome.row().number()));
    }

    private OutcomeResequencer full() throws InterruptedException {
        OutcomeResequencer order = order(2);
        order.enter(row(1));
        order.enter(row(2));
        return order;
    }

    private FutureTask<Boolean> entering(OutcomeResequencer order, long number) {
        FutureTask<Boolean> task = new FutureTask<>(() -> {
            order.enter(row(number));
            return true;
        });
        Thread thread = new Thread(task);
        thread.start();
        threads.add(thread);
        return task;
    }

    private void waiting(FutureTask<Boolean> task) {
        while (threads.get(threads.size() - 1).getState() != Thread.State.WAITING) {
            assertThat(task).as("it should wait").isNotDone();
            Thread.onSpinWait();
        }
    }

    private static void refused(ThrowingCallable call, String... words) {
        assertThatThrownBy(call).isInstanceOf(IllegalStateException.class).hasMessageContainingAll(words);
    }
}
