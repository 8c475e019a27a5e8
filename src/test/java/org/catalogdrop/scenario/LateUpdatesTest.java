package org.catalogdrop.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.catalogdrop.model.Summary;
import org.catalogdrop.sandbox.fault.Fault;
import org.catalogdrop.sandbox.fault.Switch;
import org.catalogdrop.sandbox.store.StoredElement.Field;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Updates of which nothing was heard may have been applied, or will be. */
@Timeout(60)
class LateUpdatesTest {

    private static final long PRICE = 4400051;

    @TempDir
    Path home;

    @Test
    void update_applied_late_does_not_undo_a_later_row() throws Exception {
        try (Loading loading = Loading.start(
                home,
                Loading.sandboxSettings().withSwitch(Switch.UpdatedAt.OFF),
                "kommo.chunk-size=1",
                "kommo.response-timeout=300ms",
                "kommo.doubt-wait=2s")) {
            long id = loading.sandbox().store().put(Loading.LIST, "Pen", List.of(Field.of(PRICE, "0")));
            loading.sandbox().faults().next(Fault.named("delay_apply").number(1000));
            Summary summary = loading.load("a.csv", "id,name,cf:4400051\n" + id + ",Pen,1\n" + id + ",Pen,2\n");

            assertThat(loading.outbox(summary).outcomes()).containsExactly("updated", "updated");
            assertThat(loading.posts()).anyMatch(post -> post.fault().equals("delay_apply"));
            assertThat(loading.stored().get(0).fields().get(0).values().get(0).text())
                    .isEqualTo("2");
        }
    }

    @Test
    void update_is_not_rejected_for_a_refused_repeat_if_the_first_request_was_applied() throws Exception {
        try (Loading loading = Loading.start(home)) {
            long id = loading.sandbox().store().put(Loading.LIST, "Pen", List.of());
            loading.sandbox().faults().next(Fault.named("504_after"));
            loading.sandbox()
                    .faults()
                    .next(Fault.named("400_before").say("{\"title\":\"Bad Request\",\"status\":400}"), 2);
            Summary summary = loading.load("u.csv", "id,name\n" + id + ",Pencil\n");

            assertThat(loading.names()).containsExactly("Pencil");
            assertThat(loading.outbox(summary).outcomes()).containsExactly("updated");
        }
    }
}
