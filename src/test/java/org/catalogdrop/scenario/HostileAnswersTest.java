package org.catalogdrop.scenario;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.catalogdrop.camel.http.HttpClient;
import org.catalogdrop.config.Settings;
import org.catalogdrop.config.SettingsReader;
import org.catalogdrop.kommo.throttle.BlockFile;
import org.catalogdrop.kommo.throttle.RateLimiter;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.RunHalted;
import org.catalogdrop.model.Summary;
import org.catalogdrop.sandbox.Sandbox;
import org.catalogdrop.sandbox.fault.Fault;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers no API should give are sorted like all others; nothing is lost, doubled or waited for without end. */
class HostileAnswersTest {

    private static final String DROP = "name\none\ntwo\nthree\n";
    private static final Map<Long, String> NAMES = Map.of(1L, "one", 2L, "two", 3L, "three");

    /** Bodies of a success that say nothing of the rows, or nothing that can be true. */
    private static final List<String> BODIES = List.of(
            "{}",
            "[]",
            "null",
            "{\"_embedded\":null}",
            "{\"_embedded\":[]}",
            "{\"_embedded\":{\"items\":\"x\",\"errors\":7}}",
            "{\"_embedded\":{\"items\":[[],null,{\"id\":{},\"request_id\":[1]},{\"id\":1e400,\"request_id\":\"1\"}]}}",
            "{\"_embedded\":{\"items\":{\"a\":{\"b\":{}},\"c\":[7,\"x\"]},\"errors\":{\"add\":null,\"update\":{\"1\":[]}}}}",
            "{\"_embedded\":{\"errors\":[[],null,3]}}",
            "{\"response\":{\"error\":\"x\",\"error_code\":\"110\"}}",
            "{\u0000\u0000\u0000\u0001\u0000\u0000\u0000",
            "{\"_embedded\":{\"items\":[{\"id\":5,\"request_id\":99999999999999999999}]}}",
            "{\"_embedded\":{\"errors\":" + "[".repeat(100_000));

    /** Bodies of a page that are none. */
    private static final List<String> PAGES = List.of(
            "{}",
            "{\"error\":\"x\"}",
            "{\"_embedded\":{\"items\":null}}",
            "{\"_embedded\":{\"items\":[{}]}}",
            "{\"_embedded\":{\"items\":[7]}}",
            "<html>maintenance</html>",
            "{\u0000\u0000\u0000\u0001");

    @TempDir
    Path home;

    @Test
    void success_without_usable_content_is_looked_up() throws Exception {
        try (Loading loading = Loading.start(home)) {
            for (int i = 0; i < BODIES.size(); i++) {
                loading.sandbox().faults().next(Fault.named("200_after").say(BODIES.get(i)));
                isLoaded(loading, i);
            }
        }
    }

    @Test
    void invalid_page_proves_nothing_absent() throws Exception {
        try (Loading loading = Loading.start(home)) {
            for (int i = 0; i < PAGES.size(); i++) {
                // Twice, since what is missing at first is looked for once more.
                loading.sandbox().faults().next(Fault.named("504_after"));
                loading.sandbox()
                        .faults()
                        .next(Fault.named("200").on(Fault.Target.GET).say(PAGES.get(i)), 2);
                isLoaded(loading, i);
            }
        }
    }

    private static void isLoaded(Loading loading, int number) throws IOException {
        Map<Long, String> names = Map.of(1L, "one " + number, 2L, "two " + number, 3L, "three " + number);
        Summary summary =
                loading.load(number + ".csv", "name\none " + number + "\ntwo " + number + "\nthree " + number + "\n");

        assertThat(loading.outbox(summary).outcomes())
                .as("answer " + number)
                .containsExactly("created", "created", "created");
        assertThat(loading.stored()).as("answer " + number).hasSize(3 * (number + 1));
        loading.holdLaws(summary, names);
    }

    @Timeout(30) // the trickle would take a minute
    @ParameterizedTest
    @CsvSource({"trickle,100", "huge,12"})
    void endless_answer_is_cut_off_and_looked_up(String fault, int number) throws Exception {
        try (Loading loading = Loading.start(home, "kommo.response-timeout=400ms")) {
            loading.sandbox().faults().next(Fault.named(fault).number(number));
            Summary summary = loading.load("drop.csv", DROP);

            assertThat(summary.exitStatus()).isZero();
            loading.holdLaws(summary, NAMES);
        }
    }

    @Test
    void list_whose_pages_cannot_be_read_is_read_a_few_elements_at_a_time() throws Exception {
        try (Loading loading = Loading.start(home, "kommo.chunk-size=10")) {
            String row = ",\"" + "x".repeat(200_000) + "\"\n";
            loading.load(
                    "long.csv",
                    IntStream.range(0, 60)
                            .mapToObj(i -> "long " + i + row)
                            .collect(joining("", "name,cf:4400093\n", "")));
            loading.sandbox().faults().next(Fault.named("504_after"));
            Summary summary = loading.load("drop.csv", DROP);

            assertThat(loading.outbox(summary).outcomes()).containsExactly("created", "created", "created");
            assertThat(loading.stored()).hasSize(63);
            Object body = loading.context().createProducerTemplate().requestBody("direct:catalog-list", "");
            assertThat(body).asInstanceOf(LIST).hasSize(63);
        }
    }

    @Tag("slow")
    @Test
    void unreadable_list_halts_the_run_without_claiming_that_rows_were_applied() throws Exception {
        try (Loading loading = Loading.start(home)) {
            loading.sandbox().faults().next(Fault.named("504_after"));
            loading.sandbox().faults().next(Fault.named("503").on(Fault.Target.GET), 7);
            RunHalted halted = catchThrowableOfType(RunHalted.class, () -> loading.load("drop.csv", DROP));

            assertThat(halted)
                    .hasMessageContaining("the list could not be read")
                    .hasMessageContaining("HTTP 503 in several tries")
                    .hasMessageContaining("run again to resume");
            assertThat(halted.getMessage()).doesNotContain("applied");
            assertThat(loading.load("drop.csv", DROP).exitStatus()).isZero();
            assertThat(loading.stored()).hasSize(3);
        }
    }

    @Test
    void redirect_is_reported_and_the_token_does_not_follow_it() throws Exception {
        try (Sandbox elsewhere = Sandbox.start(Loading.sandboxSettings());
                Loading loading = Loading.start(home)) {
            String address = elsewhere.baseUrl() + "/api/v2/catalog_elements";
            loading.sandbox().faults().next(Fault.named("301").say(address));
            RunHalted halted = catchThrowableOfType(RunHalted.class, () -> loading.load("drop.csv", DROP));

            assertThat(halted.problem().code()).isEqualTo(Code.MOVED);
            assertThat(halted).hasMessageContaining(address);
            assertThat(elsewhere.log()).isEmpty();
            assertThat(loading.load("drop.csv", DROP).exitStatus()).isZero();
        }
    }

    @Test
    void endless_headers_are_cut_off_and_looked_up() throws Exception {
        try (Loading loading = Loading.start(home)) {
            String address = "https://elsewhere.example/" + "x".repeat(100_000);
            loading.sandbox().faults().next(Fault.named("301").say(address));
            Summary summary = loading.load("drop.csv", DROP);

            assertThat(summary.exitStatus()).isZero();
            loading.holdLaws(summary, NAMES);
        }
    }

    @Test
    void answer_without_memory_for_it_counts_as_lost() throws Exception {
        try (Sandbox sandbox = Sandbox.start(Loading.sandboxSettings())) {
            Map<String, String> settings = Loading.settings(home, sandbox.baseUrl());
            Settings.Api api = SettingsReader.read(key -> Optional.ofNullable(settings.get(key)), true)
                    .api();
            HttpClientBuilder builder = HttpClientBuilder.create();
            RateLimiter pace =
                    new RateLimiter(0, InstantSource.system(), new BlockFile(home, api.baseUrl(), new ObjectMapper()));
            new HttpClient(api, pace, () -> {}).configureHttpClient(builder);
            builder.addExecInterceptorLast("answer", (request, scope, chain) -> {
                throw new OutOfMemoryError("of the test");
            });
            try (CloseableHttpClient client = builder.build()) {
                // Camel passes an Error on to nobody: the load would wait for the answer for ever.
                assertThatThrownBy(() -> client.execute(new HttpGet(api.baseUrl()), answer -> "an answer"))
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("OutOfMemoryError: of the test");
            }
        }
    }

    @Test
    void missing_right_to_the_lists_stops_the_run_and_rejects_nothing() throws Exception {
        try (Loading loading = Loading.start(home)) {
            String errors = "{\"_embedded\":{\"items\":[],\"errors\":{\"add\":{\"0\":{\"code\":244,\"msg\":\"no\"},"
                    + "\"1\":{\"code\":244,\"msg\":\"no\"},\"2\":{\"code\":244,\"msg\":\"no\"}}}}}";
            loading.sandbox().faults().next(Fault.named("200_before").say(errors));
            RunHalted halted = catchThrowableOfType(RunHalted.class, () -> loading.load("drop.csv", DROP));

            assertThat(halted.problem().code()).isEqualTo(Code.ACCOUNT);
            assertThat(halted).hasMessageContaining("244");
            Summary summary = loading.load("drop.csv", DROP);
            assertThat(summary.exitStatus()).isZero();
            loading.holdLaws(summary, NAMES);
        }
    }

    @Test
    void error_that_says_created_is_looked_up() throws Exception {
        try (Loading loading = Loading.start(home)) {
            String errors =
                    "{\"_embedded\":{\"errors\":{\"add\":[{\"code\":280,\"request_id\":1},{\"code\":280,\"request_id\":2},"
                            + "{\"code\":280,\"request_id\":3}]}}}";
            loading.sandbox().faults().next(Fault.named("200_after").say(errors));
            Summary summary = loading.load("drop.csv", DROP);

            assertThat(summary.exitStatus()).isZero();
            loading.holdLaws(summary, NAMES);
        }
    }

    @ParameterizedTest
    @CsvSource({"404_before, 2", "503_after, 1"})
    void failing_gateway_is_waited_for(String fault, int posts) throws Exception {
        try (Loading loading = Loading.start(home)) {
            loading.sandbox().faults().next(Fault.named(fault));
            Summary summary = loading.load("drop.csv", DROP);

            assertThat(summary.exitStatus()).isZero();
            assertThat(loading.posts()).hasSize(posts);
            loading.holdLaws(summary, NAMES);
        }
    }
}
