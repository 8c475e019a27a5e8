package org.catalogdrop.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.catalogdrop.camel.Installation;
import org.catalogdrop.config.Needs;
import org.catalogdrop.config.Settings;
import org.catalogdrop.config.SettingsReader;
import org.catalogdrop.journal.Journal;
import org.catalogdrop.journal.PostgresServer;
import org.catalogdrop.journal.store.JournalPlace;
import org.catalogdrop.kommo.Secret;
import org.catalogdrop.kommo.auth.TokenGrant;
import org.catalogdrop.kommo.auth.TokenPair;
import org.catalogdrop.kommo.auth.TokenRenewal;
import org.catalogdrop.kommo.auth.TokenStore;
import org.catalogdrop.kommo.throttle.ApiBlock;
import org.catalogdrop.kommo.throttle.BlockStore;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.RunHalted;
import org.catalogdrop.model.Summary;
import org.catalogdrop.sandbox.LoggedRequest;
import org.catalogdrop.sandbox.Sandbox;
import org.catalogdrop.sandbox.SandboxSettings;
import org.catalogdrop.sandbox.fault.Fault;
import org.catalogdrop.shared.ReadingShare;
import org.catalogdrop.shared.SharedStateMove;
import org.catalogdrop.shared.SharedStores;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What machines share by the database of their journal besides drops: tokens, a block. Each has a state folder of its own. */
@Tag("slow")
class SharedStateTest {

    private static final AtomicInteger SCHEMAS = new AtomicInteger();

    private static final List<String> NAMES =
            IntStream.range(0, 60).mapToObj(i -> "n" + i).toList();
    private static final String DROP = "name\n" + String.join("\n", NAMES) + "\n";

    @TempDir
    static Path servers;

    private static PostgresServer server;

    @TempDir
    Path temp;

    private Sandbox sandbox;
    private String schema;

    @BeforeAll
    static void serve() throws IOException {
        server = new PostgresServer(servers.resolve("data"));
    }

    @AfterAll
    static void end() throws IOException {
        server.close();
    }

    @BeforeEach
    void begin() throws IOException {
        sandbox = Sandbox.start(Loading.sandboxSettings());
        schema = "shared" + SCHEMAS.incrementAndGet();
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    private Path home(String machine) throws IOException {
        return Files.createDirectories(temp.resolve(machine));
    }

    private String[] settings(String... more) {
        String[] shared = {
            "kommo.access-token=",
            "kommo.client-id=" + SandboxSettings.CLIENT_ID,
            "kommo.client-secret=" + SandboxSettings.CLIENT_SECRET,
            "kommo.redirect-uri=" + SandboxSettings.REDIRECT_URI,
            "kommo.chunk-size=1",
            "drop.journal=" + server.url(),
            "drop.journal-user=postgres",
            "drop.journal-schema=" + schema,
            "drop.lease=3s",
            "drop.lease-renewal=500ms"
        };
        return Stream.concat(Arrays.stream(shared), Arrays.stream(more)).toArray(String[]::new);
    }

    private Settings read(String machine) throws IOException {
        Map<String, String> settings = Loading.settings(home(machine), sandbox.baseUrl(), settings());
        return SettingsReader.read(key -> Optional.ofNullable(settings.get(key)), Needs.LOGIN);
    }

    private Loading machine(String machine, String... more) throws Exception {
        return Loading.with(home(machine), sandbox, settings(more));
    }

    /** What the command does. */
    private void login(String machine) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext();
                Installation drop = Installation.install(
                        context, read(machine), new Installation.InboxMode(false, false), Optional.empty())) {
            assertThat(drop).isNotNull();
            context.start();
            Exchange answer = context.createProducerTemplate()
                    .request("direct:catalog-new-tokens", exchange -> exchange.getMessage()
                            .setBody(new TokenRenewal(new TokenGrant.Code(new Secret(sandbox.code())))));
            assertThat(answer.getException()).isNull();
        }
    }

    private static void readAccount(Loading machine) {
        machine.context().createProducerTemplate().requestBody("direct:catalog-account", (Object) null);
    }

    private List<Integer> renewals() {
        return sandbox.log().stream()
                .filter(request -> request.uri().startsWith("/oauth2/"))
                .map(LoggedRequest::status)
                .skip(1)
                .toList();
    }

    private long refused() {
        return sandbox.log().stream().filter(request -> request.status() == 401).count();
    }

    private static void await(String what, BooleanSupplier done) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!done.getAsBoolean()) {
            assertThat(System.nanoTime() - end).as(what).isNegative();
            Thread.sleep(20);
        }
    }

    @Test
    void
            given_tokens_of_a_short_life_when_three_machines_use_them_then_each_refresh_token_is_sent_once_and_nothing_halts()
                    throws Exception {
        login("one");
        sandbox.expireTokens(Duration.ofSeconds(2));
        List<Throwable> faults = Collections.synchronizedList(new ArrayList<>());
        AtomicBoolean done = new AtomicBoolean();
        try (Loading one = machine("one", "kommo.requests-per-second=8");
                Loading two = machine("two");
                Loading three = machine("three")) {
            List<Thread> readers = Stream.of(two, three)
                    .map(machine -> new Thread(() -> {
                        try {
                            while (!done.get()) {
                                readAccount(machine);
                                Thread.sleep(20);
                            }
                        } catch (Exception fault) {
                            faults.add(fault);
                        }
                    }))
                    .toList();
            readers.forEach(Thread::start);
            Summary summary = one.load("drop.csv", DROP);
            done.set(true);
            for (Thread reader : readers) {
                reader.join();
            }
            assertThat(summary.exitStatus()).isZero();
            assertThat(faults).isEmpty();
            assertThat(one.names()).containsExactlyInAnyOrderElementsOf(NAMES);
        }
        // A refresh token that was sent twice would have been answered with 400.
        assertThat(renewals()).hasSizeGreaterThanOrEqualTo(3).containsOnly(200);
        assertThat(temp.resolve("one/state/tokens.json")).doesNotExist();
    }

    @Test
    void given_pair_that_expired_when_two_machines_notice_at_once_then_one_renewal_serves_both() throws Exception {
        login("one");
        try (Loading one = machine("one");
                Loading two = machine("two")) {
            readAccount(one);
            readAccount(two);
            sandbox.expireTokens(Duration.ofHours(24));
            Thread beside = new Thread(() -> readAccount(two));
            beside.start();
            readAccount(one);
            beside.join();
            assertThat(renewals()).containsExactly(200);
            assertThat(refused()).isBetween(1L, 2L);
        }
    }

    @Test
    void given_database_that_is_gone_when_a_new_pair_comes_then_it_is_written_when_the_database_is_back()
            throws Exception {
        login("one");
        try (Loading one = machine("one");
                Loading two = machine("two")) {
            readAccount(one);
            sandbox.expireTokens(Duration.ofHours(24));
            sandbox.faults().next(Fault.named("delay").number(4000).on(Fault.Target.TOKEN));
            Thread asking = new Thread(
                    () -> assertThatThrownBy(() -> readAccount(one)).isInstanceOf(CamelExecutionException.class));
            asking.start();
            await("the request for tokens", () -> refused() > 0);
            Thread.sleep(500);
            server.stop();
            asking.join();
            Path unsaved = temp.resolve("one/state/tokens-unsaved.json");
            assertThat(unsaved).exists();
            server.restart();
            await("the new pair in the database", () -> !Files.exists(unsaved));

            readAccount(two);
            readAccount(one);
            assertThat(renewals()).containsExactly(200);
        }
    }

    @Test
    void given_block_seen_by_one_machine_when_another_one_starts_then_it_sends_nothing_until_the_block_is_lifted()
            throws Exception {
        login("one");
        try (Loading one = machine("one");
                Loading two = machine("two")) {
            sandbox.faults().next(Fault.named("403").on(Fault.Target.ANY));
            assertThatThrownBy(() -> one.load("drop.csv", DROP))
                    .isInstanceOfSatisfying(
                            RunHalted.class,
                            halted -> assertThat(halted.problem().code()).isEqualTo(Code.BLOCKED))
                    .hasMessageContaining("block lift");
            one.drop().close();
            int sent = sandbox.log().size();

            assertThatThrownBy(() -> two.load("drop.csv", DROP)).hasMessageContaining("block lift");
            assertThat(sandbox.log()).hasSize(sent);

            Settings settings = read("three");
            BlockStore store =
                    SharedStores.block(settings.api(), settings.folders().journal());
            assertThat(store.recall()).isPresent();
            store.forget();
            await(
                    "the block is lifted",
                    () -> two.drop().vitals().checks().get("block").get().good());
            assertThat(two.load("drop.csv", DROP).exitStatus()).isZero();
        }
    }

    @Test
    void
            given_results_in_the_making_of_a_former_owner_when_another_machine_loads_then_it_removes_them_and_has_a_mark_of_its_own()
                    throws Exception {
        login("one");
        String outbox = "drop.outbox=" + temp.resolve("outbox");
        try (Loading one = machine("one", outbox);
                Loading two = machine("two", outbox)) {
            one.load("first.csv", "name\nx\n");
            String mark = one.drop().journal().resultsMark();
            Path left = Files.createDirectories(temp.resolve("outbox/.0a1b2c3d-" + mark + ".part"));
            Path others = Files.createDirectories(temp.resolve("outbox/.0a1b2c3d-ffffffff.part"));
            one.drop().close();

            two.load("second.csv", "name\ny\n");

            assertThat(left).doesNotExist();
            assertThat(others).exists();
            assertThat(two.drop().journal().resultsMark()).isNotEqualTo(mark);
            assertThat(two.drop().journal().resultsMarks()).contains(mark);
        }
        assertThat(temp.resolve("two/state/results-owner")).doesNotExist();
    }

    @Test
    void given_tokens_and_a_block_when_they_are_moved_into_a_state_folder_and_back_then_they_are_at_one_place_only()
            throws Exception {
        login("one");
        Settings settings = read("one");
        JournalPlace.Postgres database =
                (JournalPlace.Postgres) settings.folders().journal();
        TokenStore tokens = SharedStores.tokens(settings.api(), database).orElseThrow();
        TokenPair pair = tokens.read();
        SharedStores.block(settings.api(), database)
                .keep(new ApiBlock(Instant.now(), Instant.now().plusSeconds(60), 1, "HTTP 403"));
        Path file = temp.resolve("one/state/tokens.json");

        assertThat(SharedStateMove.move(settings.api(), database, true)).hasSize(2);
        assertThat(file).exists();
        assertThat(temp.resolve("one/state/blocked.json")).exists();
        assertThat(SharedStores.tokens(settings.api(), database).orElseThrow().look())
                .isEmpty();
        assertThat(SharedStores.block(settings.api(), database).recall()).isEmpty();

        assertThat(SharedStateMove.move(settings.api(), database, false)).hasSize(2);
        assertThat(file).doesNotExist();
        assertThat(temp.resolve("one/state/blocked.json")).doesNotExist();
        assertThat(SharedStores.tokens(settings.api(), database).orElseThrow().read())
                .isEqualTo(pair);
        assertThat(SharedStores.block(settings.api(), database).recall()).isPresent();
        assertThat(SharedStateMove.move(settings.api(), database, false)).isEmpty();
    }

    /** Makes a process of another machine the owner of the journal. */
    private void own(String machine) throws Exception {
        Journal.open(read(machine).folders().journal(), InstantSource.system()).close();
        try (Connection connection = DriverManager.getConnection(server.url(), "postgres", "");
                Statement statement = connection.createStatement()) {
            statement.execute("update catalog_drop.owner set process = 'process 7 on host far', node = 'x@far',"
                    + " until = clock_timestamp() + interval '1 hour' where journal = '" + schema + "'");
        }
    }

    private Settings reading(String machine, String... more) throws IOException {
        Map<String, String> settings =
                Loading.settings(home(machine), sandbox.baseUrl(), settings("kommo.requests-per-second=7"));
        Arrays.stream(more).forEach(one -> settings.put(one.split("=", 2)[0], one.split("=", 2)[1]));
        return SettingsReader.read(key -> Optional.ofNullable(settings.get(key)), Needs.LOGIN);
    }

    private static ReadingShare share(Settings settings, List<String> said) throws InterruptedException {
        return ReadingShare.take(settings.api(), settings.folders().journal(), said::add);
    }

    @Test
    void given_owner_on_another_machine_when_commands_read_then_one_at_a_time_does_by_what_is_reserved()
            throws Exception {
        own("one");
        List<String> said = Collections.synchronizedList(new ArrayList<>());
        ReadingShare first = share(reading("two", "kommo.reserve=20%"), said);
        assertThat(first.api().requestsPerSecond()).isCloseTo(1.4, within(0.001));
        AtomicBoolean second = new AtomicBoolean();
        Thread waiting = new Thread(() -> {
            try (ReadingShare share = share(reading("three", "kommo.reserve=20%"), said)) {
                second.set(share.api().requestsPerSecond() > 1);
            } catch (Exception fault) {
                said.add(fault.toString());
            }
        });
        waiting.start();
        await("the second one waits", () -> !said.isEmpty());
        assertThat(second).isFalse();
        assertThat(said).singleElement(InstanceOfAssertFactories.STRING).contains("waiting for catalog-drop process");
        first.close();
        waiting.join();
        assertThat(second).isTrue();

        assertThatThrownBy(() -> share(reading("two"), said))
                .hasMessageContaining("process 7 on host far")
                .hasMessageContaining("kommo.reserve");
    }

    @Test
    void given_owner_on_this_machine_or_none_when_a_command_reads_then_it_has_the_whole_rate() throws Exception {
        Settings settings = reading("two", "kommo.reserve=20%");
        try (ReadingShare none = share(settings, new ArrayList<>());
                Journal owner = Journal.open(read("one").folders().journal(), InstantSource.system());
                ReadingShare here = share(settings, new ArrayList<>())) {
            owner.requireOwner();
            assertThat(none.api()).isEqualTo(settings.api());
            assertThat(here.api()).isEqualTo(settings.api());
        }
    }
}
