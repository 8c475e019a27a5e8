package org.catalogdrop.journal.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.catalogdrop.model.Action;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Outcome;
import org.catalogdrop.model.Problem;
import org.catalogdrop.model.Reject;
import org.catalogdrop.model.Row;
import org.catalogdrop.model.Status;
import org.junit.jupiter.api.Test;

/** A row that was sent and would be rejected now: a newer version may be stricter about a drop that an older one began. */
class RowStateTest {

    private static final Reject REJECT = new Reject(
            Row.of(12, 13, List.of("name"), List.of("x")),
            "",
            "",
            new Problem(Code.MERGED_CELL, "name", "the cell is merged"));

    @Test
    void given_a_row_that_was_created_when_it_is_rejected_now_then_it_stays_created_with_its_id() {
        Outcome outcome =
                new RowState.Settled(Status.CREATED, 7, Optional.empty()).reject(REJECT, Optional.of(Action.ADD));

        assertThat(outcome.status()).isEqualTo(Status.CREATED);
        assertThat(outcome.id()).isEqualTo(7);
        assertThat(outcome.requestId()).isEqualTo("12");
        assertThat(outcome.action()).isEqualTo("add");
    }

    @Test
    void given_a_row_in_doubt_when_it_is_rejected_now_then_it_is_in_doubt_and_not_among_the_rejects() {
        Outcome outcome = new RowState.Doubtful(Instant.EPOCH).reject(REJECT, Optional.of(Action.ADD));

        assertThat(outcome.status()).isEqualTo(Status.IN_DOUBT);
        assertThat(outcome.problem()).hasValueSatisfying(problem -> assertThat(problem.message())
                .contains("the cell is merged", "Look for its element"));
    }

    @Test
    void given_a_row_that_was_never_sent_when_it_is_rejected_then_it_is_rejected() {
        assertThat(new RowState.Open().reject(REJECT, Optional.empty()).status())
                .isEqualTo(Status.REJECTED);
        assertThat(new RowState.Settled(Status.REJECTED, 0, Optional.of(REJECT.problem()))
                        .reject(REJECT, Optional.empty())
                        .status())
                .isEqualTo(Status.REJECTED);
    }
}
