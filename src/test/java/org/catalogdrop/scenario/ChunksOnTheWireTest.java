package org.catalogdrop.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.catalogdrop.model.Summary;
import org.catalogdrop.sandbox.LoggedRequest;
import org.catalogdrop.sandbox.SandboxSettings;
import org.catalogdrop.sandbox.fault.Fault;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How rows go out: full chunks of one action, the rows of one element in their order, never faster than the pace. */
class ChunksOnTheWireTest {

    @TempDir
    Path home;

    @Test
    void alternating_actions_fill_their_chunks() throws Exception {
        try (Loading loading = Loading.start(home, "kommo.chunk-size=10")) {
            StringBuilder drop = new StringBuilder("action,id,name\n");
            for (int i = 0; i < 30; i++) {
                drop.append("add,,new ").append(i).append('\n');
                drop.append("update," + put(loading, "a" + i) + ",changed " + i + "\n");
                drop.append("delete," + put(loading, "b" + i) + ",\n");
            }
            Summary summary = loading.load("mixed.csv", drop.toString());

            assertThat(summary.exitStatus()).isZero();
            Map<String, List<Integer>> sizes = loading.posts().stream()
                    .collect(Collectors.groupingBy(
                            LoggedRequest::action, Collectors.mapping(LoggedRequest::items, Collectors.toList())));
            assertThat(sizes).containsOnlyKeys("add", "update", "delete");
            assertThat(sizes.values()).allSatisfy(each -> assertThat(each).containsExactly(10, 10, 10));
            assertThat(summary.requests()).isEqualTo(9);
            assertThat(loading.stored()).hasSize(60);
        }
    }

    @Test
    void rows_of_one_element_keep_their_order() throws Exception {
        try (Loading loading = Loading.start(home, "kommo.chunk-size=4", "kommo.in-flight=4")) {
            List<Long> ids = new ArrayList<>();
            StringBuilder drop = new StringBuilder("action,id,name\n");
            for (int i = 0; i < 8; i++) {
                ids.add(put(loading, "v0"));
            }
            for (int version = 1; version <= 3; version++) {
                for (long id : ids) {
                    drop.append("update," + id + ",v" + version + "\n");
                }
            }
            drop.append("delete," + ids.get(0) + ",\n");
            drop.append("update," + ids.get(1) + ",last\ndelete," + ids.get(1) + ",\n");
            // Some answers come late: a later row of the same element must not overtake.
            loading.sandbox().faults().next(Fault.named("delay_apply").number(120), 3);
            Summary summary = loading.load("versions.csv", drop.toString());

            assertThat(summary.exitStatus()).isZero();
            assertThat(loading.names()).hasSize(6).containsOnly("v3");
            assertThat(loading.sandbox().store().byId(ids.get(1)).orElseThrow().name())
                    .isEqualTo("last");
        }
    }

    @Test
    void long_run_of_bad_rows_does_not_hold_up_good_ones_before_it() throws Exception {
        try (Loading loading = Loading.start(home, "kommo.chunk-size=2", "kommo.in-flight=1")) {
            StringBuilder drop = new StringBuilder("action,name\n");
            drop.append("add,first\n").append("nonsense,bad\n".repeat(500));
            drop.append("add,second\nadd,third\n").append("nonsense,bad\n".repeat(500));
            drop.append("add,fourth\n");
            Summary summary = loading.load("bad.csv", drop.toString());

            assertThat(summary.rows()).isEqualTo(1004);
            assertThat(loading.names()).containsExactlyInAnyOrder("first", "second", "third", "fourth");
        }
    }

    @Tag("slow")
    @Test
    void rate_limit_of_the_account_is_never_exceeded() throws Exception {
        SandboxSettings api =
                SandboxSettings.defaults().withToken(Loading.TOKEN).withRequestsPerSecond(7);
        try (Loading loading =
                // Paced where they leave; a busy machine may bring some closer together on their way.
                Loading.start(home, api, "kommo.requests-per-second=5", "kommo.chunk-size=1", "kommo.in-flight=8")) {
            StringBuilder drop = new StringBuilder("name\n");
            for (int i = 1; i <= 30; i++) {
                drop.append("paced ").append(i).append('\n');
            }
            Summary summary = loading.load("paced.csv", drop.toString());

            assertThat(summary.exitStatus()).isZero();
            assertThat(summary.requests()).isEqualTo(30);
            assertThat(loading.sandbox().stats().byStatus()).containsOnlyKeys(200, 204);
        }
    }

    @Test
    void look_up_and_list_share_the_rate_limit() throws Exception {
        SandboxSettings api = SandboxSettings.defaults()
                .withToken(Loading.TOKEN)
                .withRequestsPerSecond(7)
                .withPageSize(2);
        try (Loading loading = Loading.start(home, api, "kommo.requests-per-second=5")) {
            loading.sandbox().faults().next(Fault.named("504_after"));
            Summary summary = loading.load("doubt.csv", "name\na\nb\nc\nd\ne\nf\ng\nh\n");
            loading.context().createProducerTemplate().requestBody("direct:catalog-list", "", List.class);

            assertThat(summary.exitStatus()).isZero();
            assertThat(loading.sandbox().stats().byStatus()).doesNotContainKey(429);
        }
    }

    private static long put(Loading loading, String name) {
        return loading.sandbox().store().put(Loading.LIST, name, 1_500_000_000L, List.of());
    }
}
