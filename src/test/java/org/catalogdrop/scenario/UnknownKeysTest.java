package org.catalogdrop.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.catalogdrop.camel.Installation;
import org.catalogdrop.crash.CrashDrop;
import org.catalogdrop.model.Plan;
import org.catalogdrop.model.Status;
import org.catalogdrop.model.Summary;
import org.catalogdrop.sandbox.fault.Fault;
import org.catalogdrop.sandbox.store.StoredElement;
import org.catalogdrop.sandbox.store.StoredElement.Field;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A mapping file says what becomes of rows whose key no element has, or one has: a file of keys and prices alone makes nothing. */
@Timeout(60)
class UnknownKeysTest extends LivesSandbox {

    private static final long SKU = 4400049;
    private static final long PRICE = 4400051;
    private static final String PRICES = "SKU,Price\nA1,10\nB2,20\nZ9,99\n";

    private void map(String keys) throws IOException {
        Files.writeString(
                Files.createDirectories(home.resolve("mappings")).resolve("p.yaml"),
                "drops: \"p*.csv\"\nkey: SKU\n" + keys
                        + "\nfields:\n  - {field: Vendor code, column: SKU}\n  - {field: Price, column: Price, type: number}\n");
    }

    private long put(String name, String sku) {
        return sandbox.store().put(CrashDrop.LIST, name, List.of(Field.of(SKU, sku), Field.of(PRICE, "1")));
    }

    private Outbox load(String name, String text, String... more) throws Exception {
        Summary summary =
                StepLife.load(settings(with(more)), laid(name, text), NOWHERE).orElseThrow();
        assertThat(summary.refusal()).isEmpty();
        return new Outbox(home.resolve("outbox").resolve(summary.folder()));
    }

    private static String[] with(String... more) {
        String[] all = java.util.Arrays.copyOf(more, more.length + 1);
        all[more.length] = "kommo.chunk-size=10";
        return all;
    }

    private List<String> elements() {
        return sandbox.store().elements(CrashDrop.LIST).stream()
                .map(element -> element.name() + " " + value(element, SKU) + " " + value(element, PRICE))
                .toList();
    }

    private static String value(StoredElement element, long field) {
        return element.fields().stream()
                .filter(one -> one.id() == field)
                .map(one -> one.values().get(0).text())
                .findFirst()
                .orElse("");
    }

    private static List<String> told(Outbox outbox) throws IOException {
        return outbox.lines().stream()
                .map(line -> line.get("key") + " " + line.get("outcome") + " " + line.get("code"))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "action: update, Z9 rejected unknown_key",
        "action: upsert; unknown: reject, Z9 rejected unknown_key",
        "action: update; unknown: skip, Z9 skipped skipped",
        "action: upsert; unknown: skip, Z9 skipped skipped"
    })
    void given_prices_by_key_alone_when_loaded_then_known_ones_change_and_nothing_is_made(String keys, String unknown)
            throws Exception {
        map(keys.replace("; ", "\n"));
        put("Cable", "A1");
        put("Plug & socket", "B2");

        Outbox outbox = load("p.csv", PRICES);

        assertThat(told(outbox)).containsExactly("A1 updated ", "B2 updated ", unknown);
        assertThat(elements()).containsExactly("Cable A1 10", "Plug & socket B2 20");
        assertThat(posts()).isEqualTo(1);
        assertThat(outbox.rejects("csv").toFile().exists()).isEqualTo(unknown.contains("rejected"));
        assertThat(told(load("p2.csv", PRICES + "\n"))).containsExactly("A1 unchanged ", "B2 unchanged ", unknown);
    }

    @Test
    void given_known_keys_that_are_skipped_when_loaded_then_only_new_ones_are_added() throws Exception {
        map("action: upsert\nknown: skip\nname: Name");
        long cable = put("Cable", "A1");

        Outbox outbox = load("p.csv", "SKU,Name,Price\nA1,Other,10\nZ9,New,99\n");

        assertThat(told(outbox)).containsExactly("A1 skipped skipped", "Z9 created ");
        assertThat(outbox.lines().get(0)).containsEntry("id", Long.toString(cable));
        assertThat(elements()).containsExactlyInAnyOrder("Cable A1 1", "New Z9 99");
        assertThat(told(load("p2.csv", "SKU,Name,Price\nA1,Other,10\nZ9,New,77\n")))
                .containsExactly("A1 skipped skipped", "Z9 skipped skipped");
    }

    @Test
    void given_no_name_when_an_update_is_undone_then_the_name_stays_and_the_price_goes_back() throws Exception {
        map("action: update");
        put("Cable", "A1");
        Outbox outbox = load("p.csv", "SKU,Price\nA1,10\n", "drop.undo=full");
        assertThat(elements()).containsExactly("Cable A1 10");

        StepLife.load(settings(), outbox.folder().resolve("undo.csv"), NOWHERE);

        assertThat(elements()).containsExactly("Cable A1 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"reject", "skip"})
    void given_an_element_that_was_deleted_when_its_row_changes_then_its_key_is_an_unknown_one(String unknown)
            throws Exception {
        map("action: update\nunknown: " + unknown);
        long cable = put("Cable", "A1");
        put("Plug", "B2");
        load("p.csv", PRICES);
        ByHand.delete(sandbox.baseUrl(), TOKEN, cable);

        Outbox outbox = load("p2.csv", PRICES.replace("10", "11").replace("20", "21"));

        String word = unknown.equals("reject") ? "rejected unknown_key" : "skipped skipped";
        assertThat(told(outbox)).containsExactly("A1 " + word, "B2 updated ", "Z9 " + word);
        assertThat(elements()).containsExactly("Plug B2 21");
    }

    @Test
    void given_another_element_with_the_key_of_a_deleted_one_when_its_row_changes_then_that_is_updated()
            throws Exception {
        map("action: update");
        long cable = put("Cable", "A1");
        load("p.csv", PRICES);
        ByHand.delete(sandbox.baseUrl(), TOKEN, cable);
        put("Cable by hand", "A1");

        assertThat(told(load("p2.csv", "SKU,Price\nA1,12\n"))).containsExactly("A1 updated ");
        assertThat(elements()).containsExactly("Cable by hand A1 12");
    }

    /** Wherever it dies, and if the answer is lost, the name is the element's own in the end. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "catalog-first-reads method:applyElements",
                "catalog-sending method:recordIntent",
                "catalog-sending method:settleRows",
                "catalog-loads method:buildChunks"
            })
    void given_a_load_that_dies_when_it_resumes_then_each_row_ends_as_it_would_have(String step) throws Exception {
        map("action: update");
        put("Cable", "A1");
        put("Plug", "B2");
        for (boolean late : List.of(false, true)) {
            String text = PRICES.replace("0", late ? "1" : "2");
            Path file = laid("p-" + late + ".csv", text);
            sandbox.faults().next(Fault.named(late ? "drop_after" : "drop_before"));
            StepLife.load(settings(with()), file, (node, after) -> after == late && node.contains(step));
            sandbox.faults().clear();

            Summary summary = StepLife.load(settings(with()), file, NOWHERE).orElseThrow();

            assertThat(counts(summary)).isEqualTo(Map.of(Status.UPDATED, 2L, Status.REJECTED, 1L));
            assertThat(elements()).containsExactly("Cable A1 1" + (late ? "1" : "2"), "Plug B2 2" + (late ? "1" : "2"));
        }
    }

    /** Its journal has an update in doubt, and nothing any more says of which element. */
    @Test
    void given_an_update_in_doubt_whose_key_is_forgotten_when_it_resumes_then_the_drop_comes_to_its_end()
            throws Exception {
        map("action: update");
        long cable = put("Cable", "A1");
        Path file = laid("p.csv", "SKU,Price\nA1,10\n");
        sandbox.faults().next(Fault.named("drop_before"));
        StepLife.load(settings(), file, (node, after) -> !after && node.contains("catalog-sending method:settleRows"));
        ByHand.delete(sandbox.baseUrl(), TOKEN, cable);
        try (StepLife life = new StepLife(settings(), new Installation.InboxMode(false, false), NOWHERE)) {
            life.drop().keyLooks().sync(Night.place());
        }

        assertThat(told(load("p.csv", "SKU,Price\nA1,10\n"))).containsExactly("A1 rejected unknown_key");
    }

    @Test
    void given_prices_by_key_when_planned_then_unknown_keys_are_counted_and_names_stay() throws Exception {
        map("action: update");
        put("Cable", "A1");
        try (StepLife life = new StepLife(settings(), new Installation.InboxMode(false, false), NOWHERE)) {
            life.drop().keyLooks().sync(Night.place());
        }
        try (Loading loading = Loading.with(home, sandbox, "kommo.access-token=" + TOKEN)) {
            Plan plan = loading.context()
                    .createProducerTemplate()
                    .requestBody("direct:catalog-plan", laid("p.csv", "SKU,Price\nA1,10\nZ9,99\n"), Plan.class);

            assertThat(plan.rejects()).isEqualTo(1);
            assertThat(plan.firstChanges())
                    .extracting(change -> change.field() + " " + change.before() + " " + change.after())
                    .containsExactly("cf:" + PRICE + " 1 10");
        }
    }

    private static Map<Status, Long> counts(Summary summary) {
        Map<Status, Long> counts = new HashMap<>(summary.byStatus());
        counts.values().removeIf(count -> count == 0);
        return counts;
    }
}
