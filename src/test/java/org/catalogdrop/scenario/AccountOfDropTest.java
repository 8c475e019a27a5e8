package org.catalogdrop.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.camel.util.ObjectHelper;
import org.catalogdrop.config.Settings;
import org.catalogdrop.config.SettingsReader;
import org.catalogdrop.journal.DropEntry;
import org.catalogdrop.journal.DropLine;
import org.catalogdrop.journal.Journal;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.DropHeld;
import org.catalogdrop.model.Problem;
import org.catalogdrop.model.RunHalted;
import org.catalogdrop.model.Status;
import org.catalogdrop.model.Summary;
import org.catalogdrop.model.Target;
import org.catalogdrop.resolve.RecordedSettings;
import org.catalogdrop.results.SummaryLine;
import org.catalogdrop.sandbox.Sandbox;
import org.catalogdrop.sandbox.fault.Fault;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A drop belongs to the account, and its default list, for which its load began. */
class AccountOfDropTest {

    private static final String ROWS =
            IntStream.range(0, 20).mapToObj(i -> "row " + i + "\n").collect(Collectors.joining("", "name\n", ""));

    @TempDir
    Path home;

    private Sandbox first;
    private Sandbox second;

    @BeforeEach
    void serve() throws Exception {
        first = Sandbox.start(Loading.sandboxSettings());
        second = Sandbox.start(Loading.sandboxSettings());
    }

    /** A load for the first account whose first request is refused for its token. */
    private void stopAtOnce() throws Exception {
        try (Loading loading = Loading.with(home, first)) {
            first.faults().next(Fault.named("401"));
            assertThat(catchThrowable(() -> loading.load("a.csv", ROWS))).isInstanceOf(RunHalted.class);
        }
    }

    @Test
    void given_drop_partly_applied_for_one_account_when_loaded_for_another_then_it_is_held_and_both_are_named()
            throws Exception {
        try (Loading loading = Loading.with(home, first, "kommo.chunk-size=5", "kommo.in-flight=1")) {
            first.faults().next(Fault.named("shuffled"));
            first.faults().next(Fault.named("401"));
            assertThat(catchThrowable(() -> loading.load("a.csv", ROWS))).isInstanceOf(RunHalted.class);
            assertThat(loading.names()).isNotEmpty();
        }
        try (Loading loading = Loading.with(home, second, "kommo.base-url=http://localhost:" + second.port())) {
            Throwable held = catchThrowable(() -> loading.load("a.csv", ROWS));

            assertThat(ObjectHelper.getException(DropHeld.class, held))
                    .hasMessageContainingAll("127.0.0.1, list", "localhost, list", "kommo.base-url")
                    .extracting(fault -> fault.problem().code())
                    .isEqualTo(Code.NOT_AS_BEGUN);
            assertThat(second.store().created()).isZero();
        }
    }

    @Test
    void given_nothing_applied_for_one_account_when_loaded_for_another_then_it_begins_again_there() throws Exception {
        stopAtOnce();
        try (Loading loading = Loading.with(home, second, "kommo.base-url=http://localhost:" + second.port())) {
            assertThat(loading.load("a.csv", ROWS).count(Status.CREATED)).isEqualTo(20);
            assertThat(loading.names()).hasSize(20);
        }
        assertThat(Journal.drops(home.resolve("state")))
                .extracting(DropLine::state)
                .containsExactly(DropEntry.State.REFUSED, DropEntry.State.DONE);
    }

    @Test
    void given_nothing_applied_in_the_wrong_list_when_loaded_for_the_right_one_then_it_goes_there() throws Exception {
        try (Loading loading = Loading.with(home, first, "kommo.catalog-id=999")) {
            first.faults().next(Fault.named("401"));
            assertThat(catchThrowable(() -> loading.load("a.csv", "name\na\n"))).isInstanceOf(RunHalted.class);
        }
        try (Loading loading = Loading.with(home, second, "kommo.base-url=http://localhost:" + second.port())) {
            Summary summary = loading.load("a.csv", "name\na\n");
            assertThat(summary.count(Status.CREATED)).isEqualTo(1);
            assertThat(loading.names()).containsExactly("a");
        }
    }

    @Test
    void given_drop_loaded_for_one_account_when_loaded_for_another_then_only_the_second_time_is_a_repeat()
            throws Exception {
        int port = first.port();
        try (Loading loading = Loading.with(home, first)) {
            assertThat(loading.load("a.csv", ROWS).count(Status.CREATED)).isEqualTo(20);
        }
        try (Loading loading = Loading.with(home, second, "kommo.base-url=http://localhost:" + second.port())) {
            assertThat(loading.load("a.csv", ROWS).count(Status.CREATED)).isEqualTo(20);
            assertThat(loading.load("b.csv", ROWS).refusal().map(Problem::code)).contains(Code.ALREADY_LOADED);
        }
        // Back in the first account, whose entry is the older one.
        try (Sandbox again = Sandbox.start(Loading.sandboxSettings().withPort(port));
                Loading loading = Loading.with(home, again)) {
            assertThat(loading.load("c.csv", ROWS).refusal().map(Problem::code)).contains(Code.ALREADY_LOADED);
            assertThat(again.store().created()).isZero();
        }
    }

    private static final String OWN_LIST = "drops: a*.csv\ncatalog: " + Loading.LIST + "\naction: add\nname: Title\n";

    private void mapping(String text) throws Exception {
        Files.writeString(Files.createDirectories(home.resolve("mappings")).resolve("a.yaml"), text);
    }

    @Test
    void given_drop_of_an_account_when_loaded_then_summary_and_status_name_account_and_list() throws Exception {
        try (Loading loading = Loading.with(home, first)) {
            Summary summary = loading.load("a.csv", "name\na\n");

            assertThat(summary.target()).isEqualTo(new Target("127.0.0.1", OptionalLong.of(Loading.LIST)));
            assertThat(Files.readString(loading.outbox(summary).folder().resolve("summary.json")))
                    .contains("\"account\": \"127.0.0.1\"", "\"catalog_id\": " + Loading.LIST);
            assertThat(loading.load("b.csv", "name\na\n").target().account()).isEqualTo("127.0.0.1");
            assertThat(SummaryLine.line(summary))
                    .contains("with 1 request and 1 read to 127.0.0.1, list " + Loading.LIST + "; results in");
        }
    }

    @Test
    void given_mapping_with_its_own_list_when_it_is_loaded_then_summary_names_that_list() throws Exception {
        mapping(OWN_LIST);
        try (Loading loading = Loading.with(home, first, "kommo.catalog-id=999")) {
            Summary summary = loading.load("a.csv", "Title\na\n");

            assertThat(summary.target().catalog()).hasValue(Loading.LIST);
        }
        assertThat(Journal.drops(home.resolve("state")).get(0).settings()).contains("catalog-id=" + Loading.LIST);
    }

    @Test
    void given_begun_drop_whose_mapping_names_its_list_when_the_default_list_changes_then_it_resumes()
            throws Exception {
        mapping(OWN_LIST);
        int port = first.port();
        try (Loading loading = Loading.with(home, first, "kommo.chunk-size=1", "kommo.in-flight=1")) {
            first.faults().next(Fault.named("401_before").has("two"));
            assertThat(catchThrowable(() -> loading.load("a.csv", "Title\none\ntwo\n")))
                    .isInstanceOf(RunHalted.class);
        }
        try (Sandbox again = Sandbox.start(Loading.sandboxSettings().withPort(port));
                Loading loading = Loading.with(home, again, "kommo.catalog-id=999")) {
            assertThat(loading.load("a.csv", "Title\none\ntwo\n").exitStatus()).isZero();
            assertThat(loading.names()).containsExactly("two");
        }
    }

    @Test
    void given_drop_refused_halfway_when_it_is_loaded_for_another_list_then_it_is_held() throws Exception {
        Path file = Files.createDirectories(home.resolve("given")).resolve("a.csv");
        Files.writeString(file, "name\none\ntwo\n");
        try (Loading loading = Loading.with(home, first, "kommo.chunk-size=1", "kommo.in-flight=1")) {
            first.faults().next(Fault.named("401_before").has("two"));
            assertThat(catchThrowable(() -> loading.load(file))).isInstanceOf(RunHalted.class);
            Journal journal = loading.drop().journal();
            journal.refuse(journal.drops().get(0).id(), Problem.of(Code.CHANGED, "taken away"));
        }
        try (Loading loading = Loading.with(home, second, "kommo.catalog-id=999")) {
            Throwable held = catchThrowable(() -> loading.load(file));

            assertThat(ObjectHelper.getException(DropHeld.class, held))
                    .hasMessageContainingAll("list " + Loading.LIST, "list 999", "1 row");
        }
    }

    private Settings watching(Sandbox sandbox, String... more) {
        Map<String, String> settings = Loading.settings(home, sandbox.baseUrl(), more);
        return SettingsReader.read(key -> Optional.ofNullable(settings.get(key)), true);
    }

    /** The first process dies between the results and the move to the archive. */
    @Test
    void given_same_bytes_published_for_another_account_when_loaded_for_this_one_then_they_have_their_own_results()
            throws Exception {
        Path file = Files.createDirectories(home.resolve("inbox")).resolve("a.csv");
        Files.writeString(file, "name,cf:5\n,x\n");
        assertThat(StepLife.run(
                        watching(first), (node, after) -> node.contains("catalog-inbox method:putAwayDrop") && !after))
                .isTrue();
        assertThat(file).exists();

        assertThat(StepLife.run(
                        watching(second, "kommo.base-url=http://localhost:" + second.port()), (node, after) -> false))
                .isFalse();

        assertThat(home.resolve("archive/a.csv")).exists();
        assertThat(Journal.drops(home.resolve("state")))
                .extracting(
                        drop -> RecordedSettings.of(drop.settings()).account().orElseThrow() + " " + drop.folder())
                .hasSize(2)
                .doesNotHaveDuplicates()
                .allMatch(told -> told.contains("a.csv-"));
    }

    private Settings life(Sandbox account, String host) {
        Map<String, String> settings = Loading.settings(
                home,
                account.baseUrl(),
                "kommo.base-url=http://" + host + ":" + account.port(),
                "kommo.chunk-size=5",
                "kommo.in-flight=1",
                "kommo.doubt-wait=0s");
        return SettingsReader.read(key -> Optional.ofNullable(settings.get(key)), true);
    }

    /** The first account gets what the other one may have got only if that is certainly nothing. */
    @ParameterizedTest(name = "{0}, after: {1}")
    @CsvSource({
        "catalog-calls method:openLoad, true, false",
        "catalog-loads method:buildChunks, true, false",
        "catalog-list-marks method:takePage, true, false",
        "catalog-sending method:recordIntent, false, false",
        "catalog-sending method:recordIntent, true, true",
        "catalog-wire method:recordDeparture, false, true",
        "catalog-wire method:readReply, false, true",
        "catalog-sending method:settleRows, false, true",
        "catalog-sending method:settleRows, true, true"
    })
    void given_kill_in_another_account_when_drop_is_loaded_for_the_first_then_no_row_is_in_both(
            String step, boolean after, boolean held) throws Exception {
        Path file = Files.writeString(Files.createDirectories(home).resolve("a.csv"), ROWS);
        // The wire serves the reading of the list as well.
        AtomicBoolean adds = new AtomicBoolean();
        StepLife.Step here = (node, behind) -> {
            adds.compareAndSet(false, node.contains("catalog-sending method:recordIntent") && behind);
            return node.contains(step) && behind == after && (adds.get() || !step.contains("wire"));
        };
        assertThat(StepLife.load(life(second, "localhost"), file, here)).isEmpty();

        Throwable refusal = catchThrowable(() -> StepLife.load(life(first, "127.0.0.1"), file, LivesSandbox.NOWHERE));

        assertThat(ObjectHelper.getException(DropHeld.class, refusal) != null).isEqualTo(held);
        assertThat(first.store().count(Loading.LIST)).isEqualTo(held ? 0 : 20);
        if (held) {
            assertThat(StepLife.load(life(second, "localhost"), file, LivesSandbox.NOWHERE)
                            .orElseThrow()
                            .count(Status.CREATED))
                    .isEqualTo(20);
        }
        assertThat(second.store().count(Loading.LIST)).isEqualTo(held ? 20 : 0);
    }
}
