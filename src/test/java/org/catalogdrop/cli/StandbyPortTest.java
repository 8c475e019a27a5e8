package org.catalogdrop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.catalogdrop.camel.Installation;
import org.catalogdrop.config.Needs;
import org.catalogdrop.config.Settings;
import org.catalogdrop.config.SettingsReader;
import org.catalogdrop.journal.Journal;
import org.catalogdrop.journal.PostgresServer;
import org.catalogdrop.journal.store.JournalPlace;
import org.catalogdrop.sandbox.Sandbox;
import org.catalogdrop.scenario.Loading;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The port of a run on one of several machines. */
@Tag("slow")
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class StandbyPortTest {

    @TempDir
    Path temp;

    private final HttpClient browser = HttpClient.newHttpClient();
    private final int port = freePort();

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new IllegalStateException(none);
        }
    }

    private HttpResponse<String> get(String path) throws Exception {
        return browser.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private Settings settings(PostgresServer server, Sandbox sandbox) {
        Map<String, String> settings = Loading.settings(
                temp.resolve("shared"),
                sandbox.baseUrl(),
                "drop.state=" + temp.resolve("state-one"),
                "drop.journal=" + server.url(),
                "drop.journal-user=postgres",
                "drop.page=true",
                "drop.management-port=" + port);
        return SettingsReader.read(key -> Optional.ofNullable(settings.get(key)), Needs.API);
    }

    @Test
    void given_a_run_when_it_stands_by_then_owns_the_journal_and_loses_it_then_its_port_shows_each_of_them()
            throws Exception {
        AtomicReference<Optional<String>> fault = new AtomicReference<>(Optional.empty());
        try (PostgresServer server = new PostgresServer(temp.resolve("data"));
                Sandbox sandbox = Sandbox.start(Loading.sandboxSettings())) {
            Settings settings = settings(server, sandbox);
            JournalPlace.Postgres here =
                    (JournalPlace.Postgres) settings.folders().journal();
            JournalPlace.Postgres there = new JournalPlace.Postgres(
                    temp.resolve("state-two"),
                    here.url(),
                    here.user(),
                    here.password(),
                    here.schema(),
                    here.account(),
                    here.lease(),
                    here.renewal());
            try (StandbyPort shown = StandbyPort.open(settings.drops(), "example", here, fault::get)
                    .orElseThrow()) {
                shown.showStandby();
                try (Journal elsewhere = Journal.open(there, InstantSource.system())) {
                    assertThat(elsewhere.drops()).isEmpty();
                    assertThat(get("/").body())
                            .contains("This program stands by")
                            .contains("process " + ProcessHandle.current().pid());
                    assertThat(get("/health/journal").body()).contains("\"UP\"").contains("this process stands by");
                    assertThat(get("/health/ready").statusCode()).isEqualTo(200);
                    assertThat(get("/metrics").body()).contains("catalog_drop_journal_owner 0.0");
                }

                try (Program program = Program.start(settings, new Installation.InboxMode(true, false), drop -> {})) {
                    Runnable hide = shown.show(program);
                    assertThat(get("/").body()).contains("data-events").doesNotContain("This program stands by");
                    assertThat(get("/history").statusCode()).isEqualTo(200);
                    assertThat(get("/metrics").body())
                            .contains("catalog_drop_journal_owner 1.0")
                            .contains("catalog_drop_journal_standbys 0.0");
                    assertThat(get("/health/journal").body()).contains("is owned by process");
                    hide.run();
                }

                fault.set(Optional.of("The database is away."));
                assertThat(get("/").body()).contains("The database is away.");
                assertThat(get("/health/ready").statusCode()).isEqualTo(503);
                assertThat(get("/history").statusCode()).isEqualTo(404);
            }
        }
    }
}
