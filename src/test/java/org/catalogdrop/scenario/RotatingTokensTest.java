package org.catalogdrop.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.catalogdrop.camel.Installation;
import org.catalogdrop.config.Needs;
import org.catalogdrop.config.SettingsReader;
import org.catalogdrop.kommo.Secret;
import org.catalogdrop.kommo.auth.TokenFile;
import org.catalogdrop.kommo.auth.TokenGrant;
import org.catalogdrop.kommo.auth.TokenPair;
import org.catalogdrop.kommo.auth.TokenRenewal;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.RunHalted;
import org.catalogdrop.sandbox.LoggedRequest;
import org.catalogdrop.sandbox.Sandbox;
import org.catalogdrop.sandbox.SandboxSettings;
import org.catalogdrop.sandbox.fault.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A pair of tokens that is renewed while drops are loaded. */
class RotatingTokensTest {

    private static final List<String> NAMES =
            IntStream.range(0, 40).mapToObj(i -> "n" + i).toList();
    private static final String DROP = "name\n" + String.join("\n", NAMES) + "\n";

    @TempDir
    Path home;

    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private PrintStream err;
    private Sandbox sandbox;

    @BeforeEach
    void login() throws Exception {
        err = System.err;
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        sandbox = Sandbox.start(Loading.sandboxSettings());
        assertThat(login(sandbox.code())).isNull();
    }

    @AfterEach
    void stop() {
        System.setErr(err);
        sandbox.close();
    }

    static String[] settings(Path home) {
        return new String[] {
            "kommo.access-token=",
            "kommo.client-id=" + SandboxSettings.CLIENT_ID,
            "kommo.client-secret=" + SandboxSettings.CLIENT_SECRET,
            "kommo.redirect-uri=" + SandboxSettings.REDIRECT_URI,
            "kommo.token-file=" + home.resolve("tokens/pair.json"),
            "kommo.chunk-size=1"
        };
    }

    /** What the command does. */
    private Exception login(String code) throws Exception {
        Map<String, String> settings = Loading.settings(home, sandbox.baseUrl(), settings(home));
        try (DefaultCamelContext context = new DefaultCamelContext();
                Installation drop = Installation.install(
                        context,
                        SettingsReader.read(key -> Optional.ofNullable(settings.get(key)), Needs.LOGIN),
                        new Installation.InboxMode(false, false),
                        Optional.empty())) {
            assertThat(drop).isNotNull();
            context.start();
            Exchange answer = context.createProducerTemplate()
                    .request("direct:catalog-new-tokens", exchange -> exchange.getMessage()
                            .setBody(new TokenRenewal(new TokenGrant.Code(new Secret(code)))));
            return answer.getException();
        }
    }

    private Loading loading() throws Exception {
        return Loading.with(home, sandbox, settings(home));
    }

    private Path file() {
        return home.resolve("tokens/pair.json");
    }

    private TokenPair pair() {
        return new TokenFile(file(), sandbox.baseUrl(), SandboxSettings.CLIENT_ID).read();
    }

    private List<Integer> answers(String uri) {
        return sandbox.log().stream()
                .filter(request -> request.uri().startsWith(uri))
                .map(LoggedRequest::status)
                .toList();
    }

    /** How often tokens were asked for since the login. */
    private List<Integer> renewals() {
        List<Integer> all = answers("/oauth2/");
        return all.subList(1, all.size());
    }

    private void age(Duration by) throws Exception {
        String text = Files.readString(file());
        String obtained = pair().obtained().toString();
        Files.writeString(
                file(), text.replace(obtained, Instant.parse(obtained).minus(by).toString()));
    }

    @Test
    void only_the_owner_may_read_the_token_file_and_nothing_is_left_beside_it() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        try (Stream<Path> files = Files.list(file().getParent())) {
            assertThat(files.map(Path::getFileName).map(Path::toString))
                    .containsExactlyInAnyOrder("pair.json", "pair.json.lock");
        }
        assertThat(pair().expires()).isAfter(Instant.now().plus(Duration.ofHours(23)));
    }

    @Test
    void expired_token_is_renewed_once_and_each_refused_request_sent_once_more() throws Exception {
        String old = pair().access().reveal();
        sandbox.expireTokens(Duration.ofHours(24));
        try (Loading loading = loading()) {
            assertThat(loading.load("drop.csv", DROP).exitStatus()).isZero();
            assertThat(loading.names()).containsExactlyInAnyOrderElementsOf(NAMES);
            assertThat(renewals()).containsExactly(200);
            assertThat(answers("/api/").stream().filter(status -> status == 401))
                    .hasSizeBetween(1, 8);
            assertThat(answers("/api/").stream().filter(status -> status == 200))
                    .hasSize(NAMES.size());
            assertThat(pair().access().reveal()).isNotEqualTo(old);
        }
    }

    @Test
    void token_near_its_end_is_renewed_in_time() throws Exception {
        age(Duration.ofHours(24).minusMinutes(4));
        try (Loading loading = loading()) {
            assertThat(loading.load("drop.csv", DROP).exitStatus()).isZero();
            assertThat(renewals()).containsExactly(200);
            assertThat(answers("/api/")).containsOnly(200, 204);
        }
    }

    @Test
    void two_loaders_with_one_token_file_renew_it_once() throws Exception {
        sandbox.expireTokens(Duration.ofHours(24));
        Path other = Files.createDirectories(home.resolve("other"));
        try (Loading one = loading();
                Loading two = Loading.with(other, sandbox, settings(home))) {
            Thread beside = new Thread(() -> two.load("drop.csv", DROP));
            beside.start();
            assertThat(one.load("drop.csv", DROP).exitStatus()).isZero();
            beside.join(30_000);
            assertThat(beside.isAlive()).isFalse();
            assertThat(one.names()).hasSize(2 * NAMES.size());
            assertThat(renewals()).containsExactly(200);
        }
    }

    @Test
    void spent_refresh_token_is_tried_once_and_stops_the_run_until_login() throws Exception {
        String kept = Files.readString(file());
        sandbox.expireTokens(Duration.ofHours(24));
        try (Loading loading = loading()) {
            loading.load("one.csv", "name\nfirst\n");
            Files.writeString(file(), kept);
            RunHalted halted = catchThrowableOfType(RunHalted.class, () -> loading.load("drop.csv", DROP));
            assertThat(halted.problem().code()).isEqualTo(Code.UNAUTHORIZED);
            assertThat(halted).hasMessageContaining("Token has been revoked").hasMessageContaining("pair of tokens");
            RunHalted again = catchThrowableOfType(RunHalted.class, () -> loading.load("drop.csv", DROP));
            assertThat(again).hasMessageContaining("Token has been revoked");
            assertThat(renewals()).containsExactly(200, 400);

            assertThat(login(sandbox.code())).isNull();
            assertThat(loading.load("drop.csv", DROP).exitStatus()).isZero();
            assertThat(loading.names()).hasSize(NAMES.size() + 1);
            assertThat(log.toString(StandardCharsets.UTF_8) + halted)
                    .doesNotContain("sandbox-refresh", "sandbox-access", "sandbox-code", "sandbox-secret");
        }
    }

    @Test
    void lost_token_request_is_sent_again_and_a_lost_answer_is_reported_as_such() throws Exception {
        sandbox.expireTokens(Duration.ofHours(24));
        sandbox.faults().next(Fault.named("503_before").on(Fault.Target.TOKEN));
        try (Loading loading = loading()) {
            assertThat(loading.load("one.csv", "name\nfirst\n").exitStatus()).isZero();
            assertThat(renewals()).containsExactly(503, 200);

            sandbox.expireTokens(Duration.ofHours(24));
            sandbox.faults().next(Fault.named("drop_after").on(Fault.Target.TOKEN));
            RunHalted halted = catchThrowableOfType(RunHalted.class, () -> loading.load("drop.csv", DROP));
            assertThat(renewals()).containsExactly(503, 200, 0, 400);
            assertThat(halted).hasMessageContaining("stopped during a renewal");
        }
    }

    @Test
    void failed_renewal_does_not_stop_the_run_while_the_old_token_works() throws Exception {
        age(Duration.ofHours(24).minusMinutes(4));
        sandbox.faults().next(Fault.named("503_before").on(Fault.Target.TOKEN), 4);
        try (Loading loading = loading()) {
            assertThat(loading.load("drop.csv", DROP).exitStatus()).isZero();
            assertThat(renewals()).containsExactly(503, 503, 503, 503);
        }
    }

    @Test
    void no_tokens_are_requested_without_disk_space_for_them() throws Exception {
        sandbox.expireTokens(Duration.ofHours(24));
        Files.createDirectories(file().resolveSibling("pair.json.part").resolve("in the way"));
        try (Loading loading = loading()) {
            RunHalted halted = catchThrowableOfType(RunHalted.class, () -> loading.load("drop.csv", DROP));
            assertThat(halted.problem().code()).isEqualTo(Code.DISK);
            assertThat(renewals()).isEmpty();
        }
    }

    @Test
    void new_token_that_is_refused_does_not_cause_endless_renewals() throws Exception {
        sandbox.faults().next(Fault.named("401_before").on(Fault.Target.GET), 100);
        try (Loading loading = loading()) {
            RunHalted halted = catchThrowableOfType(RunHalted.class, () -> loading.load("one.csv", "name\nfirst\n"));
            assertThat(halted).hasMessageContaining("renewed just now").hasMessageContaining("pair of tokens");
            assertThat(renewals()).containsExactly(200);
            assertThat(answers("/api/")).containsExactly(401, 401);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{\"account\":", "[]", "not a pair"})
    void unreadable_token_file_stops_the_run_at_once_and_nothing_is_in_doubt(String damaged) throws Exception {
        String kept = Files.readString(file());
        try (Loading loading = loading()) {
            Files.writeString(file(), damaged);
            RunHalted halted = catchThrowableOfType(RunHalted.class, () -> loading.load("drop.csv", DROP));
            assertThat(halted.problem().code()).isEqualTo(Code.UNAUTHORIZED);
            assertThat(halted).hasMessageContaining(file().toString()).hasMessageContaining("pair of tokens");
            assertThat(answers("/api/")).isEmpty();
            assertThat(log.toString(StandardCharsets.UTF_8)).doesNotContain("no answer came", "doubt");

            Files.writeString(file(), kept);
            assertThat(loading.load("drop.csv", DROP).exitStatus()).isZero();
            assertThat(answers("/api/")).hasSize(NAMES.size() + 1).containsOnly(200, 204);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-code-of-this-api", ""})
    void refused_code_is_reported_with_what_to_do(String code) throws Exception {
        String kept = Files.readString(file());
        assertThat(login(code))
                .isInstanceOf(RunHalted.class)
                .hasMessageContaining("20 minutes")
                .hasMessageContaining("kommo.redirect-uri");
        assertThat(file()).hasContent(kept);
    }

    @Test
    void token_file_that_changed_meanwhile_is_tried_once() throws Exception {
        Path file = Files.writeString(home.resolve("token"), "old");
        try (Loading loading = Loading.with(home, sandbox, "kommo.access-token=", "kommo.access-token-file=" + file)) {
            // Its keeper puts the new one there while the request with the old one is on its way.
            sandbox.faults().next(Fault.named("delay").number(300).on(Fault.Target.GET));
            RunHalted halted = catchThrowableOfType(RunHalted.class, () -> loading.load("one.csv", "name\nfirst\n"));
            assertThat(halted.problem().code()).isEqualTo(Code.UNAUTHORIZED);
            Files.writeString(file, Loading.TOKEN);
            assertThat(loading.load("one.csv", "name\nfirst\n").exitStatus()).isZero();
            assertThat(answers("/api/")).containsExactly(401, 204, 200);
        }
    }
}
