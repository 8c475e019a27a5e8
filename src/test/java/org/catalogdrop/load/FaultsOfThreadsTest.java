package org.catalogdrop.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.catalogdrop.camel.Installation;
import org.catalogdrop.chunk.ChunkSize;
import org.catalogdrop.model.Chunk;
import org.catalogdrop.reconcile.InDoubtAddIndex;
import org.catalogdrop.reconcile.StoredNameRules;
import org.catalogdrop.report.Course;
import org.catalogdrop.results.OutcomeResequencer;
import org.catalogdrop.results.Results;
import org.catalogdrop.results.file.CsvForm;
import org.catalogdrop.scenario.LivesSandbox;
import org.catalogdrop.scenario.StepLife;
import org.catalogdrop.send.ChunkFeed;
import org.catalogdrop.send.InFlight;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Threads of a load that end by what is no exception, or are interrupted: nobody waits for them for ever. */
@Timeout(60)
class FaultsOfThreadsTest extends LivesSandbox {

    private static final Error NO_MEMORY = new OutOfMemoryError("of the test");

    /** Does something with a load that goes on at its fifth row, when it has found that place; then it dies. */
    private void goingOn(BiConsumer<StepLife, CheckedDrop> deed) throws Exception {
        Path file = Files.writeString(home.resolve("a.csv"), "name\nr1\nr2\nr3\nr4\nr5\nr6\n");
        AtomicInteger settled = new AtomicInteger();
        assertThat(StepLife.load(
                        settings(),
                        file,
                        (node, after) -> after
                                && node.contains("catalog-sending method:settleRows")
                                && settled.incrementAndGet() == 4))
                .isEmpty();
        AtomicReference<StepLife> life = new AtomicReference<>();
        AtomicReference<Throwable> fault = new AtomicReference<>();
        StepLife.Step place = (node, after) -> {
            if (after || !node.contains("catalog-loads method:beginResults")) {
                return false;
            }
            try {
                deed.accept(life.get(), (CheckedDrop)
                        life.get().drop().loads().current().orElseThrow());
            } catch (Throwable wrong) {
                fault.set(wrong);
            }
            return true;
        };
        try (StepLife second = new StepLife(settings(), new Installation.InboxMode(false, false), place)) {
            life.set(second);
            assertThat(second.load(file)).isEmpty();
        }
        assertThat(fault.get()).isNull();
    }

    private RunningLoad running(StepLife life, CheckedDrop load, Runnable atEachRow) {
        Results results = Results.begin(
                home.resolve("outbox"),
                load.drop(),
                "",
                CsvForm.OF_DROP,
                outcome -> {
                    atEachRow.run();
                    return java.util.Optional.empty();
                },
                "abcd");
        OutcomeResequencer order = new OutcomeResequencer(100, results::write);
        StoredNameRules names = new StoredNameRules();
        CatchUp catchUp = CatchUp.begin(
                load,
                settings().drops().limits(),
                load.reader().place().orElseThrow(),
                results,
                order,
                names,
                life.drop().journal().progress(load.entry().id()));
        return new RunningLoad(
                load,
                results,
                new Course(),
                order,
                catchUp,
                new ChunkSize(1),
                new InDoubtAddIndex(Map.of(), Map.of()),
                names);
    }

    private static void close(RunningLoad running) {
        try {
            running.close();
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    @Test
    void given_failed_reader_when_a_thread_waits_for_earlier_rows_then_it_fails_too() throws Exception {
        goingOn((life, load) -> {
            RunningLoad running = running(life, load, () -> {
                throw NO_MEMORY;
            });
            assertThatThrownBy(running::awaitCatchUp).hasMessageContaining("of the test");
            assertThat(load.failure().isFailed()).isTrue();
            close(running);
        });
    }

    @Test
    void given_interrupted_thread_when_it_closes_a_load_then_nothing_more_is_written() throws Exception {
        goingOn((life, load) -> {
            AtomicInteger rows = new AtomicInteger();
            RunningLoad running = running(life, load, rows::incrementAndGet);
            running.allowCatchUp();
            Thread.currentThread().interrupt();
            close(running);
            assertThat(Thread.interrupted()).as("still interrupted").isTrue();
            assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .doesNotContain("catalog-drop-catch-up");
        });
    }

    @Test
    void reader_that_runs_out_of_memory_ends_the_load() throws Exception {
        goingOn((life, load) -> {
            Iterator<Chunk> broken = Stream.generate(() -> {
                        if (!load.failure().isFailed()) {
                            throw NO_MEMORY;
                        }
                        return (Chunk) null;
                    })
                    .iterator();
            ChunkFeed chunks = new ChunkFeed(load, broken, new InFlight(1, 1, () -> 0));
            assertThat(chunks.next().size()).isZero();
            assertThat(chunks.hasNext()).isFalse();
            assertThat(load.failure().reason().orElseThrow()).hasMessageContaining("of the test");
        });
    }
}
