package org.catalogdrop.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.catalogdrop.model.Action;
import org.catalogdrop.model.Chunk;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.RunHalted;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ElementLocksTest {

    private final ElementLocks lanes = new ElementLocks();
    private final Chunk first = updates(1, 7);
    private final Chunk second = updates(2, 7);

    @Test
    void chunk_waits_until_its_elements_are_free() throws Exception {
        lanes.enter(first);
        CompletableFuture<Void> entered = new CompletableFuture<>();
        Thread waiting = entering(second, entered);
        assertThat(entered).isNotDone();
        lanes.leave(first);
        entered.get(10, TimeUnit.SECONDS);
        waiting.join();
    }

    @Test
    void releasing_twice_frees_no_element_of_a_later_chunk() throws Exception {
        lanes.enter(first);
        lanes.leave(first);
        lanes.enter(second);
        lanes.leave(first);
        CompletableFuture<Void> entered = new CompletableFuture<>();
        Thread waiting = entering(updates(3, 7), entered);
        assertThat(entered).isNotDone();
        lanes.leave(second);
        waiting.join();
        assertThat(entered).isCompleted();
    }

    @Test
    void failure_reaches_waiting_and_later_threads() throws Exception {
        lanes.enter(first);
        CompletableFuture<Void> entered = new CompletableFuture<>();
        Thread waiting = entering(second, entered);
        RunHalted away = new RunHalted(Code.API_AWAY, "away");
        lanes.fail(away);
        lanes.fail(new IllegalStateException("later"));
        waiting.join();
        assertThat(entered)
                .failsWithin(java.time.Duration.ZERO)
                .withThrowableThat()
                .withCause(away);
        assertThatThrownBy(() -> lanes.enter(updates(3, 99))).isSameAs(away);
    }

    @Test
    void interrupt_ends_the_wait() throws Exception {
        lanes.enter(first);
        CompletableFuture<Void> entered = new CompletableFuture<>();
        Thread waiting = entering(second, entered);
        waiting.interrupt();
        waiting.join();
        assertThat(entered)
                .failsWithin(java.time.Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(RunHalted.class)
                .withMessageContaining("Stopped while waiting");
    }

    /** A thread that is at the wait when this returns. */
    private Thread entering(Chunk chunk, CompletableFuture<Void> entered) {
        Thread thread = new Thread(() -> {
            try {
                lanes.enter(chunk);
                entered.complete(null);
            } catch (RuntimeException e) {
                entered.completeExceptionally(e);
            }
        });
        thread.start();
        while (thread.isAlive() && thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        return thread;
    }

    private static Chunk updates(long row, long element) {
        return new Chunk(Action.UPDATE, List.of(Operations.update(row, element)), Optional.empty());
    }
}
