package org.catalogdrop.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.catalogdrop.camel.Installation;
import org.catalogdrop.config.Repeat;
import org.catalogdrop.crash.CrashDrop;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Status;
import org.catalogdrop.model.Summary;
import org.catalogdrop.sandbox.Sandbox;
import org.catalogdrop.sandbox.SandboxSettings;
import org.catalogdrop.sandbox.fault.Fault;
import org.catalogdrop.sandbox.store.StoredElement;
import org.catalogdrop.sandbox.store.StoredElement.Field;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Doubts that are hard to settle: others' elements, late requests, files that change. */
@Timeout(60)
class DoubtTest extends LivesSandbox {

    private static final Installation.InboxMode NO_INBOX = new Installation.InboxMode(false, false);

    @Test
    void given_equal_element_before_the_first_add_when_its_answer_is_lost_then_it_is_not_taken() throws Exception {
        sandbox.store().put(CrashDrop.LIST, "Pen", List.of(Field.of(CrashDrop.PRICE, "7")));
        sandbox.faults().next(Fault.named("drop_after"));

        Summary summary = StepLife.load(settings(), adds("Pen"), NOWHERE).orElseThrow();

        assertThat(summary.count(Status.CREATED)).isEqualTo(1);
        assertThat(sandbox.store().created()).as("elements ever made").isEqualTo(2);
    }

    @Test
    void given_lost_answer_when_someone_else_added_the_same_then_the_row_stays_in_doubt() throws Exception {
        Path file = adds("Pen", "Ink");
        AtomicLong made = new AtomicLong();
        sandbox.faults().next(Fault.named("drop_after"));

        Summary summary = StepLife.load(settings(), file, (node, after) -> {
                    if (node.contains("catalog-sending method:recordIntent") && made.get() == 0) {
                        made.set(sandbox.store().put(CrashDrop.LIST, "Pen", List.of(Field.of(CrashDrop.PRICE, "7"))));
                    }
                    return false;
                })
                .orElseThrow();
        long theirs = made.get();

        assertThat(summary.exitStatus()).isEqualTo(5);
        assertThat(summary.byStatus()).containsEntry(Status.IN_DOUBT, 1L).containsEntry(Status.CREATED, 1L);
        assertThat(results(summary))
                .contains("in_doubt", Code.AMBIGUOUS.word(), Long.toString(theirs), "looked up again");
        assertThat(sandbox.store().created()).as("elements ever made").isEqualTo(3);

        remove(theirs);
        Summary settled = settle(file);
        assertThat(settled.exitStatus()).isZero();
        assertThat(settled.count(Status.CREATED)).isEqualTo(2);
        assertThat(settled.folder()).isNotEqualTo(summary.folder());
        assertThat(sandbox.store().count(CrashDrop.LIST)).isEqualTo(2);
        assertThat(sandbox.store().created()).as("elements ever made").isEqualTo(3);
    }

    private Summary settle(Path file) throws Exception {
        try (StepLife life = new StepLife(settings(), NO_INBOX, NOWHERE)) {
            life.drop().loads().entrance().onRepeat(Repeat.SETTLE);
            return life.load(file).orElseThrow();
        }
    }

    @Test
    void given_one_request_in_flight_at_most_when_a_chunk_waits_for_its_doubt_then_others_are_sent() throws Exception {
        Path file = adds("Pen", "Ink", "Cap");
        sandbox.faults().next(Fault.named("504_before"));

        Summary summary =
                StepLife.load(settings("kommo.doubt-wait=1s"), file, NOWHERE).orElseThrow();

        assertThat(summary.count(Status.CREATED)).isEqualTo(3);
        assertThat(sandbox.store().elements(CrashDrop.LIST).stream()
                        .sorted(Comparator.comparingLong(StoredElement::id))
                        .map(StoredElement::name))
                .containsExactly("Ink", "Cap", "Pen");
    }

    /** Both loads are of one process that has run for longer than the wait. */
    @Tag("slow")
    @Test
    void given_request_still_being_applied_when_its_load_is_resumed_then_it_is_waited_for() throws Exception {
        Instant start = Instant.now();
        try (StepLife life =
                new StepLife(settings("kommo.doubt-wait=2s", "kommo.response-timeout=400ms"), NO_INBOX, NOWHERE)) {
            for (int other = 0; Instant.now().isBefore(start.plusMillis(2100)); other++) {
                life.load(adds("Other " + other));
            }
            long others = sandbox.store().created();
            Path file = adds("Late");
            sandbox.faults().next(Fault.named("delay_apply").number(1500));
            sandbox.faults().next(Fault.named("402").on(Fault.Target.GET));
            assertThatThrownBy(() -> life.load(file)).hasStackTraceContaining("HTTP 402");

            Summary summary = life.load(file).orElseThrow();

            assertThat(summary.count(Status.CREATED)).isEqualTo(1);
            awaitFault("delay_apply");
            assertThat(sandbox.store().created() - others)
                    .as("elements made of one row")
                    .isEqualTo(1);
        }
    }

    /** It is in the log when it has come to its end. */
    private void awaitFault(String name) throws InterruptedException {
        Instant deadline = Instant.now().plusSeconds(20);
        while (sandbox.log().stream().noneMatch(request -> request.fault().equals(name))
                && Instant.now().isBefore(deadline)) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        assertThat(sandbox.log()).anyMatch(request -> request.fault().equals(name));
    }

    /** An equal row that was settled long before the doubt arose has its element; the one in doubt needs another. */
    @Test
    void element_of_an_equal_row_is_not_taken_for_that_of_the_row_in_doubt() throws Exception {
        Path file = adds("Pen", "Pen", "Pen");
        AtomicInteger settled = new AtomicInteger();
        StepLife.Step thirdRequestIsLost = (node, after) -> {
            if (node.contains("catalog-sending method:settleRows") && after && settled.incrementAndGet() == 2) {
                sandbox.faults().next(Fault.named("drop_before"));
            }
            return false;
        };
        Summary summary = StepLife.load(settings(), file, thirdRequestIsLost).orElseThrow();
        assertThat(summary.count(Status.CREATED)).isEqualTo(3);
        assertThat(sandbox.store().count(CrashDrop.LIST)).isEqualTo(3);
    }

    /** Elements are dated by the server's clock; nothing but its answers tells how far it is from ours. */
    @ParameterizedTest
    @ValueSource(ints = {-6, 60, -2000})
    void clocks_far_apart_make_no_element_twice(int minutes) throws Exception {
        serveAt(Duration.ofMinutes(minutes));
        Path file = adds("Pen", "Ink");
        sandbox.faults().next(Fault.named("drop_after"));

        Summary summary = StepLife.load(settings(), file, NOWHERE).orElseThrow();

        assertThat(summary.count(Status.CREATED)).isEqualTo(2);
        assertThat(sandbox.store().created()).as("elements ever made").isEqualTo(2);
    }

    /** The first answer that the new process hears is the page it looks at. */
    @Test
    void clocks_far_apart_make_no_element_twice_after_a_crash() throws Exception {
        serveAt(Duration.ofMinutes(-6));
        Path file = adds("Pen");
        StepLife.load(settings(), file, (node, after) -> !after && node.contains("catalog-sending method:settleRows"));
        assertThat(sandbox.store().created()).isEqualTo(1);

        Summary summary = StepLife.load(settings(), file, NOWHERE).orElseThrow();

        assertThat(summary.count(Status.CREATED)).isEqualTo(1);
        assertThat(sandbox.store().created()).as("elements ever made").isEqualTo(1);
    }

    private void serveAt(Duration offset) throws Exception {
        sandbox.close();
        sandbox = Sandbox.start(SandboxSettings.defaults()
                .withRequestsPerSecond(0)
                .withClock(InstantSource.offset(InstantSource.system(), offset)));
    }

    @Test
    void drop_changed_while_it_is_loaded_is_refused_with_the_applied_rows() throws Exception {
        String[] names = new String[200];
        java.util.Arrays.setAll(names, row -> "Row " + row);
        Path file = adds(names);
        AtomicInteger settled = new AtomicInteger();
        Summary summary = StepLife.load(settings(), file, (node, after) -> {
                    if (node.contains("catalog-sending method:settleRows") && after && settled.incrementAndGet() == 3) {
                        append(file);
                    }
                    return false;
                })
                .orElseThrow();
        assertThat(summary.exitStatus()).isEqualTo(4);
        assertThat(summary.refusal().orElseThrow().code()).isEqualTo(Code.CHANGED);
        assertThat(summary.count(Status.CREATED))
                .isPositive()
                .isEqualTo(sandbox.store().count(CrashDrop.LIST));
        assertThat(home.resolve("outbox").resolve(summary.folder()).resolve("mapping.json"))
                .exists();
        assertThat(Outbox.names(home.resolve("outbox"))).containsExactly(summary.folder());
    }

    private static void append(Path file) {
        try {
            Files.writeString(file, "add,,One more,7\n", StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path adds(String... names) throws IOException {
        List<CrashDrop.Line> lines = java.util.Arrays.stream(names)
                .map(name -> new CrashDrop.Line("add", 0, name, 7))
                .toList();
        Path file = home.resolve("a.csv");
        new CrashDrop(lines).lay(file);
        return file;
    }

    private void remove(long id) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(sandbox.baseUrl() + "/api/v2/catalog_elements"))
                .header("Authorization", "Bearer sandbox-token")
                .timeout(Duration.ofSeconds(10))
                .POST(HttpRequest.BodyPublishers.ofString("{\"delete\":[" + id + "]}"))
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
    }

    private String results(Summary summary) throws IOException {
        return Files.readString(home.resolve("outbox").resolve(summary.folder()).resolve("results.csv"));
    }
}
