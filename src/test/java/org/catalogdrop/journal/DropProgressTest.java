package org.catalogdrop.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;
import org.catalogdrop.journal.codec.RowState;
import org.catalogdrop.journal.codec.RowState.Doubtful;
import org.catalogdrop.journal.codec.RowState.Open;
import org.catalogdrop.journal.codec.RowState.Settled;
import org.catalogdrop.journal.store.Database;
import org.catalogdrop.journal.store.SqliteDatabase;
import org.catalogdrop.model.Answer;
import org.catalogdrop.model.Chunk;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Intent;
import org.catalogdrop.model.Operation;
import org.catalogdrop.model.Outcome;
import org.catalogdrop.model.Problem;
import org.catalogdrop.model.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where rows stand. */
class DropProgressTest {
    @TempDir
    Path state;

    private final Chunk chunk = Samples.adds(1, 2, 3);
    private Journal journal;
    private long drop;

    Database database() {
        return new SqliteDatabase(state);
    }

    @BeforeEach
    void open() {
        journal = Journal.open(state, Samples.clock(1000), database());
        drop = journal.enter(Samples.drop("products.csv", 'a'), "").id();
    }

    @AfterEach
    void close() {
        journal.close();
    }

    private List<RowState> rows(long last) {
        DropProgress progress = journal.progress(drop);
        return LongStream.rangeClosed(1, last).mapToObj(progress::of).toList();
    }

    @Test
    void progress_is_by_row() {
        Intent intent = journal.intend(drop, chunk);
        assertThat(rows(4))
                .containsExactly(
                        new Doubtful(intent.at()), new Doubtful(intent.at()), new Doubtful(intent.at()), new Open());
        Outcome created = Outcome.done(Samples.add(2), 77);
        journal.settle(
                intent,
                new Answer(
                        List.of(created),
                        List.of(Samples.add(3)),
                        List.of(Samples.add(1)),
                        Optional.empty(),
                        Optional.empty()));
        assertThat(rows(4))
                .containsExactly(
                        new Open(),
                        new Settled(Status.CREATED, 77, Optional.empty()),
                        new Doubtful(intent.at()),
                        new Open());
    }

    @Test
    void outcomes_are_returned_as_they_were() {
        Problem refusal = new Problem(Code.BAD_FIELD_VALUE, "cf:5", "„42“ ist keine Zahl");
        List<Outcome> outcomes = List.of(
                Outcome.refused(Samples.delete(5), refusal),
                Outcome.done(Samples.delete(9), Long.MAX_VALUE),
                Outcome.inDoubt(Samples.delete(40_000), Problem.of(Code.AMBIGUOUS, "")),
                Outcome.refused(Samples.delete(41_000), refusal));
        List<Operation> operations =
                LongStream.of(41_000, 9, 5, 40_000).mapToObj(Samples::delete).toList();
        journal.settle(
                journal.intend(drop, Samples.chunk(operations)), Samples.settled(outcomes.toArray(Outcome[]::new)));

        DropProgress progress = journal.progress(drop);
        for (Outcome outcome : outcomes) {
            long row = outcome.row().number();
            assertThat(progress.of(row))
                    .isInstanceOfSatisfying(Settled.class, settled -> assertThat(settled.outcome(Samples.delete(row)))
                            .isEqualTo(outcome));
        }
    }

    @Test
    void doubt_counts_from_the_first_intent_that_may_have_been_applied() {
        journal.settle(journal.intend(drop, chunk), Samples.allUntouched(chunk));
        Intent first = journal.intend(drop, chunk);
        journal.settle(first, Samples.allDoubtful(chunk));
        journal.settle(journal.intend(drop, chunk), Samples.allUntouched(chunk));
        journal.intend(drop, chunk);
        assertThat(rows(3)).containsOnly(new Doubtful(first.at()));

        journal.lookedUp(drop, chunk, Samples.allUntouched(chunk));
        assertThat(rows(3)).as("proven absent, but not sent again yet").containsOnly(new Doubtful(first.at()));
        journal.lookedUp(drop, Samples.adds(2), Samples.settled(Outcome.done(Samples.add(2), 77)));
        assertThat(rows(3).get(1)).isEqualTo(new Settled(Status.CREATED, 77, Optional.empty()));
    }

    @Test
    void second_settlement_never_replaces_an_outcome() {
        Intent intent = journal.intend(drop, chunk);
        journal.settle(intent, Samples.settled(Outcome.done(Samples.add(1), 71)));
        journal.settle(intent, Samples.allUntouched(chunk));
        assertThat(rows(3)).containsExactly(new Settled(Status.CREATED, 71, Optional.empty()), new Open(), new Open());
    }

    @Test
    void rows_in_doubt_can_be_opened_again_and_end_in_doubt_again() {
        Intent first = journal.intend(drop, chunk);
        journal.settle(first, Samples.allDoubtful(chunk));
        Outcome unknown = Outcome.inDoubt(Samples.add(2), Samples.NO_ANSWER);
        Answer answer = Samples.settled(
                Outcome.done(Samples.add(1), 71), unknown, Outcome.refused(Samples.add(3), Samples.NO_ANSWER));
        journal.lookedUp(drop, chunk, answer);
        List<RowState> before = rows(3);
        assertThat(before.get(1)).isInstanceOf(Settled.class);

        journal.reopenDoubts(drop);
        assertThat(rows(3)).containsExactly(before.get(0), new Doubtful(first.at()), before.get(2));
        journal.lookedUp(drop, Samples.adds(2), Samples.settled(unknown));
        assertThat(rows(3)).isEqualTo(before);
    }

    @Test
    void rows_that_are_not_asked_for_are_skipped() {
        for (long row = 1; row <= 300; row += 3) {
            journal.intend(drop, Samples.adds(row, row + 1));
        }
        DropProgress progress = journal.progress(drop);
        assertThat(progress.of(200)).isInstanceOf(Doubtful.class);
        assertThat(progress.of(201)).isInstanceOf(Open.class);
        assertThat(progress.of(299)).isInstanceOf(Doubtful.class);
        assertThat(progress.of(300)).isInstanceOf(Open.class);
    }

    @Test
    void given_later_requests_when_asked_for_claims_then_only_their_elements_are_claimed() {
        journal.settle(journal.intend(drop, Samples.adds(1)), Samples.allSettled(Samples.adds(1)));
        Intent since = journal.intend(drop, Samples.adds(2));
        Chunk deletes = Samples.chunk(List.of(Samples.delete(3)));
        journal.settle(journal.intend(drop, deletes), Samples.allSettled(deletes));
        long other = journal.enter(Samples.drop("other.csv", 'b'), "").id();
        journal.settle(journal.intend(other, Samples.adds(4)), Samples.allSettled(Samples.adds(4)));

        assertThat(claimed(since.id())).containsExactly(4L);
    }

    @Test
    void claim_is_known_although_the_row_was_open_when_first_asked() {
        Intent open = journal.intend(drop, Samples.adds(1));
        journal.settle(journal.intend(drop, Samples.adds(2)), Samples.allSettled(Samples.adds(2)));
        assertThat(claimed(open.id() - 1)).containsExactly(2L);

        journal.settle(open, Samples.allSettled(Samples.adds(1)));
        journal.settle(journal.intend(drop, Samples.adds(3)), Samples.allSettled(Samples.adds(3)));
        assertThat(claimed(open.id() - 1)).containsExactly(1L, 2L, 3L);
        assertThat(claimed(0)).containsExactly(1L, 2L, 3L);
    }

    private List<Long> claimed(long after) {
        LongPredicate claimed = journal.claimedAfter(after);
        return LongStream.rangeClosed(1, 4)
                .filter(row -> claimed.test(Samples.element(row)))
                .boxed()
                .toList();
    }

    @Test
    void given_rows_sent_twice_when_asked_for_the_watermark_then_it_is_the_one_before_the_first_time() {
        Chunk first = Samples.adds(1, 2);
        long list = ((Operation.Add) first.operations().get(0)).catalogId();
        journal.intend(drop, first, List.of(), false, Map.of(list, 70L));
        journal.intend(drop, Samples.adds(2, 3), List.of(), false, Map.of(list, 90L));

        assertThat(journal.watermark(drop, Samples.adds(2)).highest()).isEqualTo(Map.of(list, 70L));
        assertThat(journal.watermark(drop, Samples.adds(3)).highest()).isEqualTo(Map.of(list, 90L));
    }

    @Test
    void given_list_never_read_when_asked_for_the_watermark_then_there_is_none() {
        journal.intend(drop, Samples.adds(1));

        assertThat(journal.watermark(drop, Samples.adds(1))).isEqualTo(new Watermark(Map.of(), 0));
    }

    @Test
    void more_requests_than_a_page_are_kept() {
        List<RowState> expected = new ArrayList<>();
        for (long row = 1; row <= 300; row++) {
            Chunk one = Samples.adds(row);
            journal.settle(journal.intend(drop, one), Samples.allSettled(one));
            expected.add(new Settled(Status.CREATED, Samples.element(row), Optional.empty()));
        }
        assertThat(rows(300)).isEqualTo(expected);
    }
}
