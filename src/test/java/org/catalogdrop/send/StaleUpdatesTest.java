package org.catalogdrop.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.catalogdrop.model.Status;
import org.catalogdrop.model.Summary;
import org.catalogdrop.sandbox.SandboxSettings;
import org.catalogdrop.sandbox.fault.Fault;
import org.catalogdrop.sandbox.fault.Switch;
import org.catalogdrop.sandbox.store.StoredElement;
import org.catalogdrop.scenario.Loading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The API refuses updates that are older than their elements; here its clock is two minutes ahead of ours. */
class StaleUpdatesTest {

    private static final Duration AHEAD = Duration.ofMinutes(2);
    private static final String STALE =
            "{\"_embedded\":{\"items\":[],\"errors\":{\"update\":{\"%d\":\"Last modified date is older than in database\"}}}}";

    @TempDir
    Path home;

    private Loading start() throws Exception {
        SandboxSettings ahead =
                Loading.sandboxSettings().withClock(() -> Instant.now().plus(AHEAD));
        return Loading.start(home, ahead);
    }

    private static StoredElement only(Loading loading) {
        assertThat(loading.stored()).hasSize(1);
        return loading.stored().get(0);
    }

    @Test
    void given_a_clock_behind_the_api_when_a_file_by_key_comes_again_changed_then_it_updates_at_once()
            throws Exception {
        Files.writeString(
                Files.createDirectories(home.resolve("mappings")).resolve("p.yaml"),
                "drops: \"c*.csv\"\naction: upsert\nkey: SKU\nname: Product\nfields:\n"
                        + "  - {field: Vendor code, column: SKU}\n");
        try (Loading loading = start()) {
            loading.load("c1.csv", "SKU,Product\nA1,Cable\nB2,Plug\n");

            Summary second = loading.load("c2.csv", "SKU,Product\nA1,Cable new\nB2,Plug new\n");

            assertThat(second.count(Status.UPDATED)).isEqualTo(2);
            assertThat(loading.names()).containsExactly("Cable new", "Plug new");
            assertThat(loading.posts()).hasSize(2);
        }
    }

    @Test
    void given_nothing_known_of_the_clocks_when_an_update_is_stale_then_it_is_sent_again_once() throws Exception {
        try (Loading loading = start()) {
            long id = loading.sandbox().store().put(Loading.LIST, "Cable", List.of());

            Summary summary = loading.load("c.csv", "id,name\n" + id + ",Cable new\n");

            assertThat(summary.count(Status.UPDATED)).isEqualTo(1);
            assertThat(loading.posts()).hasSize(2);
            assertThat(Duration.between(
                            Instant.now().plus(AHEAD),
                            Instant.ofEpochSecond(only(loading).updatedAt())))
                    .isBetween(Duration.ofSeconds(-60), Duration.ofSeconds(2));
        }
    }

    @Test
    void given_an_api_that_wants_a_later_second_when_rows_of_one_element_follow_each_other_then_all_are_applied()
            throws Exception {
        try (Loading loading = start()) {
            loading.sandbox().turn(Switch.UpdatedAt.NEWER);
            long id = loading.sandbox().store().put(Loading.LIST, "Cable", List.of());

            Summary summary = loading.load("c.csv", "id,name\n%1$d,One\n%1$d,Two\n%1$d,Three\n".formatted(id));

            assertThat(summary.count(Status.UPDATED)).isEqualTo(3);
            assertThat(only(loading).name()).isEqualTo("Three");
        }
    }

    @Test
    void given_an_element_dated_in_the_future_when_it_is_updated_then_its_time_is_read_and_outdone() throws Exception {
        try (Loading loading = start()) {
            long id = loading.sandbox().store().put(Loading.LIST, "Cable", List.of());
            loading.load("a.csv", "id,name,updated_at\n" + id + ",Later,4000000000\n");

            Summary summary = loading.load("b.csv", "id,name\n" + id + ",Now\n");

            assertThat(summary.count(Status.UPDATED)).isEqualTo(1);
            assertThat(only(loading).name()).isEqualTo("Now");
            assertThat(only(loading).updatedAt()).isEqualTo(4_000_000_001L);
        }
    }

    @Test
    void given_an_update_that_stays_stale_when_it_is_rejected_then_the_message_says_how_far_the_clocks_are_apart()
            throws Exception {
        try (Loading loading = start()) {
            long id = loading.sandbox().store().put(Loading.LIST, "Cable", List.of());
            loading.sandbox().faults().always(Fault.named("200_before").say(STALE.formatted(id)));

            Summary summary = loading.load("c.csv", "id,name\n" + id + ",Cable new\n");

            assertThat(loading.outbox(summary).codes()).containsExactly("stale");
            assertThat(loading.posts()).hasSize(2);
            assertThat(loading.outbox(summary).lines().get(0).get("message"))
                    .contains("refused the row twice", "Load the row again later")
                    .containsPattern("The API's clock is 1(19|20) s ahead of this machine's")
                    .doesNotContain("empty it");
        }
    }

    @Test
    void given_a_row_with_an_old_time_when_it_is_stale_then_it_is_rejected_and_told_to_leave_the_time_out()
            throws Exception {
        try (Loading loading = start()) {
            long id = loading.sandbox().store().put(Loading.LIST, "Cable", List.of());

            Summary summary = loading.load("c.csv", "id,name,updated_at\n" + id + ",Cable new,1500000000\n");

            assertThat(loading.outbox(summary).codes()).containsExactly("stale");
            assertThat(loading.posts()).hasSize(1);
            assertThat(loading.outbox(summary).lines().get(0).get("message"))
                    .contains("empty it to use the moment", "s ahead of this machine's");
        }
    }

    @Test
    void given_a_lost_answer_when_the_repeat_is_stale_then_the_row_is_updated_once_read() throws Exception {
        try (Loading loading = start()) {
            long id = loading.sandbox().store().put(Loading.LIST, "Cable", List.of());
            loading.load("a.csv", "id,name,updated_at\n" + id + ",Later,4000000000\n");
            loading.sandbox().faults().next(Fault.named("drop_before"));

            Summary summary = loading.load("b.csv", "id,name\n" + id + ",Now\n");

            assertThat(summary.count(Status.UPDATED)).isEqualTo(1);
            assertThat(only(loading).name()).isEqualTo("Now");
        }
    }
}
