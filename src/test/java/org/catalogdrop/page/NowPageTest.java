package org.catalogdrop.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.catalogdrop.scenario.Loading;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The first page and its events, by real requests. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NowPageTest {

    private OpenPage page;
    private Path inbox;

    @BeforeAll
    void start(@TempDir Path home) throws Exception {
        page = OpenPage.start(home);
        inbox = Files.createDirectories(home.resolve("inbox"));
    }

    @AfterAll
    void stop() throws IOException {
        page.close();
    }

    /** Someone who has the page open. */
    private final class Watcher implements AutoCloseable {

        private final Socket socket = new Socket(InetAddress.getLoopbackAddress(), page.port());
        private final BufferedReader lines =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));

        Watcher() throws IOException {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write(("GET /now/events HTTP/1.1\r\nHost: 127.0.0.1:" + page.port() + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
        }

        int status() throws IOException {
            return Integer.parseInt(lines.readLine().split(" ", -1)[1]);
        }

        JsonNode event() throws IOException {
            String line = lines.readLine();
            while (!line.startsWith("data: ")) {
                line = lines.readLine();
            }
            return new ObjectMapper().readTree(line.substring("data: ".length()));
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    @Test
    void given_a_drop_that_comes_when_the_page_is_open_then_an_event_shows_it_and_its_name_is_text() throws Exception {
        try (Watcher watcher = new Watcher()) {
            assertThat(watcher.status()).isEqualTo(200);
            assertThat(watcher.event().path("load").asText()).contains("Nothing is being loaded");
            Files.writeString(inbox.resolve("<img src=x>.csv"), "name\nx\n");

            JsonNode event = watcher.event();
            while (!event.path("queue").asText().contains("csv")) {
                event = watcher.event();
            }

            assertThat(event.path("queue").asText())
                    .contains("&lt;img src=x&gt;.csv", "waits for its turn")
                    .doesNotContain("<img");
        }
    }

    @Test
    void given_twelve_watchers_when_another_one_comes_then_it_is_refused_and_pages_are_answered() throws Exception {
        List<Watcher> watchers = new ArrayList<>();
        try {
            List<Integer> statuses = new ArrayList<>();
            for (int i = 0; i < 13; i++) {
                Watcher watcher = new Watcher();
                watchers.add(watcher);
                statuses.add(watcher.status());
            }
            assertThat(statuses)
                    .contains(503)
                    .filteredOn(status -> status == 200)
                    .hasSizeBetween(10, 12);
            assertThat(page.get("/").status()).isEqualTo(200);
            assertThat(page.get("/health/live").status()).isEqualTo(200);
        } finally {
            for (Watcher watcher : watchers) {
                watcher.close();
            }
        }
    }

    @Test
    void given_known_secrets_when_every_page_is_shown_then_none_has_them() throws Exception {
        for (String path : List.of(
                "/",
                "/bring",
                "/rejects",
                "/history",
                "/account",
                "/login",
                "/page.js",
                "/page.css",
                "/health",
                "/metrics")) {
            assertThat(page.get(path).body()).as(path).doesNotContain(Loading.TOKEN);
        }
    }
}
