package org.catalogdrop.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.catalogdrop.journal.DropEntry.State;
import org.catalogdrop.journal.codec.RowState;
import org.catalogdrop.journal.store.Database;
import org.catalogdrop.journal.store.SqliteDatabase;
import org.catalogdrop.model.BeforeImage;
import org.catalogdrop.model.Chunk;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Drop;
import org.catalogdrop.model.Element;
import org.catalogdrop.model.Outcome;
import org.catalogdrop.model.Problem;
import org.catalogdrop.model.RunHalted;
import org.catalogdrop.model.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The life of a drop. */
class JournalTest {
    @TempDir
    Path state;

    private final Drop drop = Samples.drop("products.csv", 'a');
    private final Chunk chunk = Samples.adds(1, 2, 3);
    private Database database;
    private Journal journal;

    Database database() {
        return new SqliteDatabase(state);
    }

    @BeforeEach
    void open() {
        database = database();
        journal = Journal.open(state, Samples.clock(1000), database);
    }

    @AfterEach
    void close() {
        journal.close();
    }

    private void reopen() {
        journal.close();
        journal = Journal.open(state, Samples.clock(1_000_000), database);
    }

    @Test
    void drop_is_found_by_its_bytes_whatever_its_name() {
        DropEntry first = journal.enter(drop, Samples.SETTINGS);
        reopen();
        DropEntry second = journal.enter(Samples.drop("renamed.csv", 'a'), Samples.SETTINGS);

        assertThat(second).isEqualTo(first);
        assertThat(second.state()).isEqualTo(State.OPEN);
        assertThat(second.rows()).isEqualTo(-1);
        assertThat(journal.drops()).singleElement().extracting(DropLine::name).isEqualTo("renamed.csv");
        assertThat(journal.enter(Samples.drop("products.csv", 'b'), "").id()).isNotEqualTo(first.id());
    }

    @Test
    void settings_are_fixed_once_something_was_sent() {
        DropEntry entry = journal.enter(drop, "catalog-id=1");
        journal.recordRowCount(entry.id(), 3);
        assertThat(journal.enter(drop, "catalog-id=2").settings()).isEqualTo("catalog-id=2");
        assertThat(journal.entry(entry.id()).rows())
                .as("a survey under other settings")
                .isEqualTo(-1);

        journal.intend(entry.id(), chunk);
        assertThat(journal.enter(drop, "catalog-id=3").settings()).isEqualTo("catalog-id=2");
    }

    @Test
    void settings_are_fixed_once_rows_were_settled_by_reading() {
        DropEntry entry = journal.enter(drop, "catalog-id=1");
        journal.lookedUp(entry.id(), chunk, Samples.allSettled(chunk));
        assertThat(journal.enter(drop, "catalog-id=2").settings()).isEqualTo("catalog-id=1");
    }

    @Test
    void drop_is_finished_with_its_counts() {
        DropEntry entry = journal.enter(drop, Samples.SETTINGS);
        journal.recordRowCount(entry.id(), 4);
        journal.settle(journal.intend(entry.id(), chunk), Samples.allSettled(chunk));
        journal.publishing(entry.id(), "products.csv-aaaaaaaa");
        assertThat(journal.enter(drop, "").state()).isEqualTo(State.PUBLISHING);
        assertThat(journal.enter(drop, "").folder()).isEqualTo("products.csv-aaaaaaaa");
        Map<Status, Long> counts = Map.of(Status.CREATED, 3L, Status.REJECTED, 1L);
        journal.published(entry.id(), Samples.summary(drop, counts, "products.csv-aaaaaaaa"));
        assertThat(journal.enter(drop, "").state()).isEqualTo(State.PUBLISHED);
        assertThat(journal.drops()).singleElement().satisfies(line -> {
            assertThat(line.counts()).isEqualTo(counts);
            assertThat(line.finished()).isEmpty();
        });
        journal.finish(entry.id());
        reopen();

        assertThat(journal.drops()).singleElement().satisfies(line -> {
            assertThat(line.state()).isEqualTo(State.DONE);
            assertThat(line.counts()).isEqualTo(counts);
            assertThat(line.rows()).isEqualTo(4);
            assertThat(line.inDoubt()).isZero();
            assertThat(line.finished()).isPresent();
            assertThat(line.folder()).isEqualTo("products.csv-aaaaaaaa");
        });
        DropEntry again = journal.again(drop, "catalog-id=9");
        assertThat(journal.enter(drop, "catalog-id=9")).isEqualTo(again);
        assertThat(journal.progress(again.id()).of(1)).isEqualTo(new RowState.Open());
    }

    @Test
    void unfinished_drop_cannot_be_marked_done() {
        DropEntry entry = journal.enter(drop, Samples.SETTINGS);
        journal.settle(journal.intend(entry.id(), chunk), Samples.allSettled(chunk));

        assertThatThrownBy(() -> finish(entry, Map.of(Status.CREATED, 2L)))
                .isInstanceOf(RunHalted.class)
                .hasMessageContaining("2 rows are reported as created, the journal has 3");
        journal.intend(entry.id(), Samples.adds(4));
        assertThatThrownBy(() -> finish(entry, Map.of(Status.CREATED, 3L, Status.IN_DOUBT, 1L)))
                .hasMessageContaining("1 row was sent and has no outcome");
        journal.recordRowCount(entry.id(), 5);
        assertThatThrownBy(() -> finish(entry, Map.of(Status.CREATED, 4L)))
                .hasMessageContaining("the rows are 4, when the file was checked they were 5");
        assertThat(journal.entry(entry.id()).state()).isEqualTo(State.OPEN);
    }

    /** Rows can be refused, or be as they should, without a request; none is made, changed or deleted without. */
    @Test
    void row_that_was_not_sent_cannot_be_settled_as_applied() {
        DropEntry entry = journal.enter(drop, Samples.SETTINGS);
        Map<Status, Long> unsent = Map.of(Status.REJECTED, 1L, Status.UNCHANGED, 2L);
        for (Status status : List.of(Status.CREATED, Status.UPDATED, Status.DELETED, Status.IN_DOUBT)) {
            assertThatThrownBy(() -> finish(entry, Map.of(Status.REJECTED, 1L, status, 2L)))
                    .hasMessageContaining("2 rows are reported as " + status.word() + ", the journal has 0");
        }
        journal.settle(
                journal.intend(entry.id(), chunk),
                Samples.settled(
                        Outcome.refused(Samples.add(1), Samples.NO_ANSWER),
                        Outcome.refused(Samples.add(2), Samples.NO_ANSWER),
                        Outcome.refused(Samples.add(3), Samples.NO_ANSWER)));
        assertThatThrownBy(() -> finish(entry, unsent))
                .hasMessageContaining("1 row is reported as rejected, the journal has 3");
        assertThat(journal.entry(entry.id()).state()).isEqualTo(State.OPEN);

        finish(entry, Map.of(Status.REJECTED, 4L, Status.UNCHANGED, 2L));
        assertThat(journal.entry(entry.id()).state()).isEqualTo(State.DONE);
    }

    private void finish(DropEntry entry, Map<Status, Long> counts) {
        journal.published(entry.id(), Samples.summary(drop, counts, "f"));
        journal.finish(entry.id());
    }

    @Test
    void refused_drop_can_be_opened_again() {
        DropEntry entry = journal.enter(drop, "catalog-id=1");
        Problem problem = new Problem(Code.NO_HEADER, "name", "no header – façade");
        journal.refuse(entry.id(), problem);
        reopen();

        assertThat(journal.drops()).singleElement().satisfies(line -> {
            assertThat(line.state()).isEqualTo(State.REFUSED);
            assertThat(line.problem()).contains(problem);
        });
        assertThat(journal.enter(drop, "catalog-id=2").state()).isEqualTo(State.REFUSED);
        assertThatIllegalStateException().isThrownBy(() -> journal.intend(entry.id(), chunk));
        DropEntry opened = journal.reopen(entry.id(), "catalog-id=2");
        assertThat(opened.state()).isEqualTo(State.OPEN);
        assertThat(opened.settings()).isEqualTo("catalog-id=2");
        assertThat(journal.drops())
                .singleElement()
                .extracting(DropLine::problem)
                .isEqualTo(Optional.empty());
    }

    @Test
    void given_a_drop_refused_with_rows_in_doubt_when_a_day_has_passed_then_none_of_its_requests_is_under_way() {
        long id = journal.enter(drop, "").id();
        journal.intend(id, chunk);
        journal.refuse(id, Problem.of(Code.CHANGED, "changed"));

        assertThat(journal.notDone()).extracting(DropLine::inDoubt).containsExactly(3L);
        journal.close();
        journal = Journal.open(state, Samples.clock(Duration.ofDays(1).toMillis() + 2000), database);
        assertThat(journal.notDone()).isEmpty();
    }

    @Test
    void given_a_row_sent_in_vain_by_an_earlier_run_when_it_is_sent_without_a_read_then_its_before_image_is_gone() {
        long id = journal.enter(drop, "").id();
        Chunk updates = Samples.chunk(List.of(Samples.update(1), Samples.update(2)));
        List<BeforeImage> read = List.of(image(1, "First"), image(2, "Second"));
        journal.settle(journal.intend(id, updates, read, false, Map.of()), Samples.allUntouched(updates));
        reopen();

        journal.intend(id, updates, List.of(image(2, "Edited")), false, Map.of());
        assertThat(journal.before(id, 1)).as("it may have been edited since").isEmpty();
        assertThat(journal.before(id, 2)).contains(image(2, "Edited").element());
    }

    @Test
    void given_a_row_in_doubt_by_an_earlier_run_when_it_is_sent_without_a_read_then_its_before_image_stays() {
        long id = journal.enter(drop, "").id();
        Chunk updates = Samples.chunk(List.of(Samples.update(1)));
        journal.intend(id, updates, List.of(image(1, "First")), false, Map.of());
        reopen();

        journal.intend(id, updates, List.of(), true, Map.of());
        assertThat(journal.before(id, 1)).contains(image(1, "First").element());
    }

    private static BeforeImage image(long row, String name) {
        return new BeforeImage(row, new Element(Samples.element(row), 4220, name, 1, 2, List.of()));
    }

    @Test
    void finished_drop_is_never_refused() {
        DropEntry entry = journal.enter(drop, "");
        journal.published(entry.id(), Samples.summary(drop, Map.of(Status.REJECTED, 2L), "f"));
        journal.finish(entry.id());

        assertThatIllegalStateException()
                .isThrownBy(() -> journal.refuse(entry.id(), Problem.of(Code.ALREADY_LOADED, "again")))
                .withMessageContaining("it is done");
        assertThatIllegalStateException().isThrownBy(() -> journal.intend(entry.id(), chunk));
    }

    @Test
    void requests_and_retries_are_counted() {
        long id = journal.enter(drop, "").id();
        journal.settle(journal.intend(id, chunk), Samples.allUntouched(chunk));
        reopen();
        journal.settle(journal.intend(id, chunk), Samples.allDoubtful(chunk));
        journal.lookedUp(id, chunk, Samples.allSettled(chunk));
        journal.intend(id, Samples.adds(4, 5));

        assertThat(journal.entry(id).requests()).isEqualTo(3);
        assertThat(journal.entry(id).retries()).isEqualTo(1);
        assertThat(journal.drops()).singleElement().satisfies(line -> {
            assertThat(line.counts()).isEqualTo(Map.of(Status.CREATED, 3L));
            assertThat(line.inDoubt()).isEqualTo(2);
        });
    }

    @Test
    void senseless_call_fails_and_the_journal_stays_usable() {
        long id = journal.enter(drop, "").id();
        assertThatIllegalArgumentException().isThrownBy(() -> journal.intend(id, Samples.adds(1, 1)));
        assertThatIllegalArgumentException().isThrownBy(() -> journal.intend(id, Samples.chunk(List.of())));
        assertThatIllegalArgumentException().isThrownBy(() -> journal.intend(id + 1, chunk));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> journal.settle(journal.intend(id, chunk), Samples.allSettled(Samples.adds(4))))
                .withMessageContaining("4");
        assertThatIllegalArgumentException().isThrownBy(() -> {
            DropProgress progress = journal.progress(id);
            progress.of(2);
            progress.of(2);
        });
        assertThat(journal.progress(id).of(2)).isInstanceOf(RowState.Doubtful.class);
    }

    @Test
    void journal_can_be_read_by_others_while_it_is_owned() {
        long id = journal.enter(drop, "").id();
        journal.intend(id, chunk);
        assertThat(Journal.drops(state)).isEqualTo(journal.drops()).hasSize(1);
        assertThat(Journal.drops(state.resolve("none"))).isEmpty();
    }

    @Test
    void calls_after_the_end_report_stopped() {
        journal.close();
        assertThatThrownBy(() -> journal.enter(drop, "")).isInstanceOfSatisfying(RunHalted.class, halted -> assertThat(
                        halted.problem().code())
                .isEqualTo(Code.STOPPED));
    }
}
