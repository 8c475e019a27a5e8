package org.catalogdrop.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.catalogdrop.model.Summary;
import org.catalogdrop.sandbox.LoggedRequest;
import org.catalogdrop.sandbox.SandboxSettings;
import org.catalogdrop.sandbox.fault.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Chunks that were too large, too slow, or refused as a whole go out in parts; each row ends as it would have alone. */
class ChunksInPartsTest {

    private static final String REFUSED =
            "{\"title\":\"Bad Request\",\"status\":400,\"detail\":\"Request validation failed\"}";
    private static final String FAILED =
            "{\"title\":\"Error\",\"status\":400,\"detail\":\"A system error occurred, please retry\"}";

    @TempDir
    Path home;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void poison_rows_are_rejected_and_nothing_else(long seed) throws Exception {
        Random random = new Random(seed);
        int size = 2 + random.nextInt(60);
        int rows = 1 + random.nextInt(4 * size);
        int bad = random.nextInt(5);
        try (Loading loading = Loading.start(home, "kommo.chunk-size=" + size)) {
            loading.sandbox()
                    .faults()
                    .always(Fault.named("400_before").has("bad").say(REFUSED));
            Map<Long, String> names = new HashMap<>();
            List<String> good = new ArrayList<>();
            StringBuilder drop = new StringBuilder("name\n");
            for (int i = 1; i <= rows; i++) {
                boolean isBad = random.nextInt(rows) < bad;
                String name = (isBad ? "bad " : "good ") + i;
                names.put((long) i, name);
                drop.append(name).append('\n');
                if (!isBad) {
                    good.add(name);
                }
            }
            Summary summary = loading.load("poison.csv", drop.toString());

            int poison = rows - good.size();
            assertThat(loading.names()).containsExactlyInAnyOrderElementsOf(good);
            assertThat(loading.outbox(summary).codes().stream().filter("request_refused"::equals))
                    .hasSize(poison);
            double least = Math.ceil((double) rows / size);
            double extra = poison * (2 * Math.log(size) / Math.log(2) + 2);
            assertThat((double) loading.posts().size()).isLessThanOrEqualTo(least + extra + 1e-9);
            assertThat(loading.posts()).hasSize((int) summary.requests());
            loading.holdLaws(summary, names);
        }
    }

    @Test
    void poison_row_that_makes_the_api_fail_is_looked_up_before_each_split() throws Exception {
        try (Loading loading = Loading.start(home)) {
            // The good rows before it are applied, though the request is refused: sent again blindly they would be
            // there twice.
            loading.sandbox().faults().next(Fault.named("400_prefix").number(2).say(FAILED));
            loading.sandbox()
                    .faults()
                    .always(Fault.named("400_before").has("bad").say(FAILED));
            Summary summary = loading.load("poison.csv", "name\na\nb\nbad\nc\n");

            assertThat(loading.outbox(summary).outcomes()).containsExactly("created", "created", "rejected", "created");
            assertThat(loading.names()).containsExactlyInAnyOrder("a", "b", "c");
            loading.holdLaws(summary, Map.of(1L, "a", 2L, "b", 4L, "c"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {REFUSED, FAILED})
    void poison_rows_among_updates_and_deletes_are_found_too(String body) throws Exception {
        try (Loading loading = Loading.start(home)) {
            StringBuilder drop = new StringBuilder("action,id,name\n");
            long bad = 0;
            for (int i = 0; i < 4; i++) {
                long id = loading.sandbox().store().put(Loading.LIST, "u" + i, 1_500_000_000L, List.of());
                drop.append("update,").append(id).append(i == 2 ? ",bad\n" : ",new " + i + "\n");
                bad = loading.sandbox().store().put(Loading.LIST, "d" + i, 1_500_000_000L, List.of());
                drop.append("delete,").append(bad).append(",\n");
            }
            loading.sandbox()
                    .faults()
                    .always(Fault.named("400_before").has("bad").say(body));
            loading.sandbox()
                    .faults()
                    .always(Fault.named("400_before").has(Long.toString(bad)).say(body));
            Summary summary = loading.load("changes.csv", drop.toString());

            assertThat(loading.outbox(summary).outcomes())
                    .containsExactly(
                            "updated", "deleted", "updated", "deleted", "rejected", "deleted", "updated", "rejected");
            assertThat(loading.names()).containsExactly("new 0", "new 1", "u2", "new 3", "d3");
        }
    }

    @Test
    void accidental_refusal_costs_one_retry() throws Exception {
        try (Loading loading = Loading.start(home)) {
            loading.sandbox().faults().next(Fault.named("400_before").body(Fault.Body.HTML));
            Summary summary = loading.load("drop.csv", "name\na\nb\nc\n");

            assertThat(summary.exitStatus()).isZero();
            assertThat(loading.posts()).extracting(LoggedRequest::items).containsExactly(3, 3);
        }
    }

    @Test
    void refusal_that_names_rows_needs_no_bisection() throws Exception {
        try (Loading loading = Loading.start(home)) {
            String body = "{\"validation-errors\":[{\"request_id\":\"2\",\"errors\":[{\"code\":\"NotSupportedChoice\","
                    + "\"path\":\"custom_fields_values.0\",\"detail\":\"no\"}]}],\"title\":\"Bad Request\",\"status\":400}";
            loading.sandbox().faults().next(Fault.named("400_before").say(body));
            Summary summary = loading.load("drop.csv", "name\na\nb\nc\n");

            assertThat(loading.outbox(summary).outcomes()).containsExactly("created", "rejected", "created");
            assertThat(loading.posts()).extracting(LoggedRequest::items).containsExactly(3, 2);
            assertThat(loading.names()).containsExactlyInAnyOrder("a", "c");
        }
    }

    @Test
    void limit_that_the_api_names_is_the_ceiling_from_then_on() throws Exception {
        SandboxSettings api = Loading.sandboxSettings().withChunkMaximum(30);
        try (Loading loading = Loading.start(home, api, "kommo.chunk-size=100", "kommo.in-flight=1")) {
            Summary summary = loading.load("drop.csv", "name\n" + "x\n".repeat(300));

            assertThat(summary.exitStatus()).isZero();
            assertThat(loading.stored()).hasSize(300);
            // The chunks in the making when that was heard are cut in even parts.
            assertThat(loading.posts().stream().filter(post -> post.status() == 422))
                    .hasSize(1);
            assertThat(loading.posts().stream().filter(post -> post.status() == 200))
                    .hasSizeLessThanOrEqualTo(12);
        }
    }

    @Test
    void too_large_body_lowers_the_ceiling_but_a_single_row_does_not() throws Exception {
        try (Loading loading = Loading.start(home, "kommo.chunk-size=16", "kommo.in-flight=1")) {
            loading.sandbox().faults().always(Fault.named("413_before").has("giant"));
            Summary summary = loading.load("drop.csv", "name\ngiant\n" + "x\n".repeat(15) + "y\n".repeat(160));

            assertThat(loading.outbox(summary).outcomes().get(0)).isEqualTo("rejected");
            assertThat(loading.stored()).hasSize(175);
            assertThat(loading.posts().get(loading.posts().size() - 1).items()).isEqualTo(16);

            loading.sandbox().faults().clear();
            loading.sandbox().faults().always(Fault.named("413_before").atLeast(10));
            loading.load("more.csv", "name\n" + "z\n".repeat(160));
            assertThat(loading.stored()).hasSize(335);
            assertThat(loading.posts().stream().filter(post -> post.fault().startsWith("413") && post.items() == 16))
                    .hasSizeLessThanOrEqualTo(2 + 1);
        }
    }

    @Test
    void too_slow_request_is_halved_and_the_size_recovers() throws Exception {
        try (Loading loading = Loading.start(home, "kommo.chunk-size=64", "kommo.in-flight=1")) {
            loading.sandbox().faults().next(Fault.named("504_prefix").number(5).atLeast(40));
            StringBuilder drop = new StringBuilder("name\n");
            Map<Long, String> names = new HashMap<>();
            for (int i = 1; i <= 1000; i++) {
                drop.append("n").append(i).append('\n');
                names.put((long) i, "n" + i);
            }
            Summary summary = loading.load("drop.csv", drop.toString());

            assertThat(loading.names()).hasSize(1000).doesNotHaveDuplicates();
            List<Integer> sizes =
                    loading.posts().stream().map(LoggedRequest::items).toList();
            assertThat(sizes.get(1)).isLessThanOrEqualTo(32);
            // What the request in doubt left to be sent comes when it is ready, and so may be among the last ones.
            assertThat(sizes.subList(sizes.size() / 2, sizes.size()).stream().filter(size -> size != 64))
                    .hasSizeLessThanOrEqualTo(2);
            loading.holdLaws(summary, names);
        }
    }

    @Test
    void size_beyond_what_the_api_can_do_is_not_tried_again_and_again() throws Exception {
        try (Loading loading =
                Loading.start(home, "kommo.chunk-size=64", "kommo.in-flight=1", "kommo.doubt-wait=1ms")) {
            loading.sandbox().faults().always(Fault.named("504_before").atLeast(40));
            long id = loading.sandbox().store().put(Loading.LIST, "first", 1_500_000_000L, List.of());
            StringBuilder drop = new StringBuilder("action,id,name\n");
            for (int i = 0; i < 2000; i++) {
                drop.append("update,")
                        .append(
                                i == 0
                                        ? id
                                        : loading.sandbox().store().put(Loading.LIST, "o", 1_500_000_000L, List.of()))
                        .append(",n")
                        .append(i)
                        .append('\n');
            }
            Summary summary = loading.load("drop.csv", drop.toString());

            assertThat(summary.exitStatus()).isZero();
            long slow = loading.posts().stream()
                    .filter(post -> post.status() == 504)
                    .count();
            assertThat(slow).isBetween(1L, 12L);
        }
    }
}
