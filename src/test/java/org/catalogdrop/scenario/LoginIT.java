package org.catalogdrop.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.catalogdrop.sandbox.Sandbox;
import org.catalogdrop.sandbox.SandboxSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens and the management port of the packaged program. */
class LoginIT {

    @TempDir
    Path home;

    private Sandbox sandbox;
    private Command command;

    @BeforeEach
    void begin() throws IOException {
        sandbox = Sandbox.start(Loading.sandboxSettings());
        Map<String, String> settings = Loading.settings(home, sandbox.baseUrl());
        settings.remove("kommo.access-token");
        settings.put("kommo.client-id", SandboxSettings.CLIENT_ID);
        settings.put("kommo.client-secret", SandboxSettings.CLIENT_SECRET);
        settings.put("kommo.redirect-uri", SandboxSettings.REDIRECT_URI);
        command = new Command(home).with(settings);
    }

    @AfterEach
    void end() {
        sandbox.close();
    }

    @Test
    void given_login_when_two_processes_renew_then_the_pair_is_renewed_once() throws Exception {
        Files.writeString(home.resolve("one.csv"), "name\na\n");
        Command.Result early = command.run("load", "one.csv");
        assertThat(early.status()).isEqualTo(2);
        assertThat(early.err()).contains("login");

        String code = sandbox.code();
        Command.Result login = command.run("login", "--code", SandboxSettings.REDIRECT_URI + "?code=" + code);
        assertThat(login.status()).as(login.err()).isZero();
        assertThat(login.out()).contains("tokens.json", "valid until");
        assertThat(login.out() + login.err()).doesNotContain("sandbox-access", "sandbox-refresh", "sandbox-secret");
        Command.Result again = command.run("login", "--code", code);
        assertThat(again.status()).isEqualTo(1);
        assertThat(again.err()).contains("unauthorized", "20 minutes").doesNotContain("\tat ", code);

        sandbox.expireTokens(Duration.ofHours(24));
        File none = home.resolve("out").toFile();
        Process beside = command.start(none, home.resolve("err").toFile(), "list");
        try {
            assertThat(command.run("load", "one.csv").status()).isZero();
            assertThat(beside.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(beside.exitValue()).isZero();
        } finally {
            beside.destroyForcibly();
        }
        assertThat(sandbox.log().stream().filter(request -> request.uri().startsWith("/oauth2/")))
                .extracting(request -> request.status())
                .containsExactly(200, 400, 200);
    }

    @Test
    void login_reads_the_code_from_standard_input_and_health_shows_the_token() throws Exception {
        Process login =
                command.start(home.resolve("out").toFile(), home.resolve("err").toFile(), "login");
        try (var in = login.outputWriter()) {
            in.write(sandbox.code() + "\n");
        }
        assertThat(login.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(login.exitValue()).as(Command.read(home.resolve("err"))).isZero();
        assertThat(Command.read(home.resolve("out")))
                .contains(sandbox.baseUrl() + "/oauth?client_id=" + SandboxSettings.CLIENT_ID);

        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Path err = home.resolve("run.err");
        Process run = command.with("drop.management-port", Integer.toString(port))
                .start(home.resolve("run.out").toFile(), err.toFile(), "run");
        try {
            Instant deadline = Instant.now().plusSeconds(60);
            while (!Command.read(err).contains("watching") && Instant.now().isBefore(deadline)) {
                assertThat(run.waitFor(50, TimeUnit.MILLISECONDS)).isFalse();
            }
            HttpClient client = HttpClient.newHttpClient();
            for (String path : new String[] {"/health", "/metrics"}) {
                HttpRequest get = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .build();
                HttpResponse<String> answer = client.send(get, HttpResponse.BodyHandlers.ofString());
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            }
        } finally {
            run.destroy();
            assertThat(run.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void redirect_of_another_login_is_reported_and_its_code_not_spent() throws Exception {
        String code = sandbox.code();
        String address = SandboxSettings.REDIRECT_URI + "?code=" + code + "&state=of-another-login";
        File err = home.resolve("err").toFile();
        Process login = command.start(home.resolve("out").toFile(), err, "login");
        try (var in = login.outputWriter()) {
            in.write(address + "\n");
        }
        assertThat(login.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(login.exitValue()).isEqualTo(2);
        assertThat(Command.read(err.toPath()))
                .contains("belongs to another login", "Open the page")
                .doesNotContain(code);

        Command.Result again = command.run("login", "--code", address);
        assertThat(again.status()).as(again.err()).isZero();
    }

    @Tag("slow")
    @Test
    void log_at_all_levels_has_no_secrets() throws Exception {
        Files.writeString(home.resolve("one.csv"), "name\na\n");
        command.option("-Dorg.slf4j.simpleLogger.defaultLogLevel=trace");
        Command.Result login = command.run("login", "--code", sandbox.code());
        assertThat(login.status()).as(login.err()).isZero();
        Command.Result load = command.run("load", "one.csv");
        assertThat(load.status()).as(load.err()).isZero();
        String log = login.err() + load.err();
        assertThat(log.contains("TRACE") && log.contains("DEBUG")).isTrue();
        assertThat(log.lines().filter(line -> line.matches(".*sandbox-(access|refresh|secret|code).*")))
                .isEmpty();
    }
}
