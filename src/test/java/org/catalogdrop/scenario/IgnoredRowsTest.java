package org.catalogdrop.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.catalogdrop.model.Summary;
import org.catalogdrop.sandbox.fault.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A row that the API never takes and never refuses is rejected in the end; it stops neither its drop nor the inbox. */
class IgnoredRowsTest {

    @TempDir
    Path home;

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void row_that_no_answer_mentions_is_rejected(int chunk) throws Exception {
        try (Loading loading = Loading.start(home, "kommo.chunk-size=" + chunk, "kommo.doubt-wait=0ms")) {
            loading.sandbox()
                    .faults()
                    .always(Fault.named("skipped").number(chunk).has("poison"));
            Summary summary = loading.load("drop.csv", "name\nGood\npoison\nFine\nFair\n");

            Outbox outbox = loading.outbox(summary);
            assertThat(outbox.outcomes()).containsExactly("created", "rejected", "created", "created");
            assertThat(outbox.codes()).contains("request_refused");
            assertThat(loading.names()).containsExactlyInAnyOrder("Good", "Fine", "Fair");
        }
    }

    @Test
    void update_in_doubt_that_is_older_than_its_element_is_rejected() throws Exception {
        try (Loading loading = Loading.start(home, "kommo.doubt-wait=0ms")) {
            long id = loading.sandbox().store().put(Loading.LIST, "Pen", 1_750_000_000L, List.of());
            loading.sandbox().faults().next(Fault.named("drop_before"));
            Summary summary = loading.load("drop.csv", "id,name,updated_at\n" + id + ",Ink,1700000000\n,Other,\n");

            Outbox outbox = loading.outbox(summary);
            assertThat(outbox.outcomes()).containsExactly("rejected", "created");
            assertThat(outbox.codes()).contains("stale");
            assertThat(loading.names()).containsExactlyInAnyOrder("Pen", "Other");
        }
    }
}
