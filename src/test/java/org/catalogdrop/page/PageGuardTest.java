package org.catalogdrop.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.catalogdrop.camel.Management;
import org.catalogdrop.config.Settings;
import org.catalogdrop.page.http.BrowserRequest;
import org.catalogdrop.page.http.PageResponse;
import org.catalogdrop.page.http.PageRoute;
import org.catalogdrop.page.http.PageServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may see the page, and who may change something by it: real requests to a running loader. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("AddressSelection") // numbers are no names
class PageGuardTest {

    private static final String PASSWORD = "correct horse battery";

    private Path home;
    private OpenPage open;
    private OpenPage guarded;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        home = folder;
        open = OpenPage.start(home.resolve("open"));
        guarded = OpenPage.start(
                home.resolve("guarded"), "drop.page-password=" + PASSWORD, "drop.page-host=drops.example.com");
    }

    @AfterAll
    void stop() throws IOException {
        open.close();
        guarded.close();
    }

    @BeforeEach
    void forget() {
        open.forgetCookie();
        guarded.forgetCookie();
    }

    private static String request(String method, String host) {
        return method + " / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "127.0.0.1.evil.example",
                "localhost.evil.example",
                "drops.example.com",
                "",
                "[::1"
            })
    void given_another_host_when_asked_then_nothing_is_shown(String host) throws IOException {
        OpenPage.Answer answer = open.send(request("GET", host));

        assertThat(answer.status()).isEqualTo(421);
        assertThat(answer.body()).doesNotContain("<main").contains("drop.page-host");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:8026", "localhost:8026", "LOCALHOST", "[::1]:8026", "192.168.1.5"})
    void given_an_address_when_asked_then_the_page_is_shown(String host) throws IOException {
        assertThat(open.send(request("GET", host)).status()).isEqualTo(200);
    }

    @Test
    void given_a_name_that_is_set_when_asked_then_the_login_is_shown() throws IOException {
        OpenPage.Answer answer = guarded.send(request("GET", "drops.example.com"));

        assertThat(answer.status()).isEqualTo(303);
        assertThat(answer.header("Location")).isEqualTo("/login");
    }

    @Test
    void given_two_hosts_when_asked_then_nothing_is_shown() throws IOException {
        assertThat(open.send("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n")
                        .status())
                .isEqualTo(421);
    }

    @Test
    void when_the_page_is_asked_for_then_its_headers_are_strict() throws IOException {
        for (String path : List.of("/", "/page.css", "/page.js", "/none")) {
            OpenPage.Answer answer = open.get(path);
            assertThat(answer.header("Content-Security-Policy"))
                    .startsWith("default-src 'none'; style-src 'self'; script-src 'self'")
                    .contains("frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'")
                    .doesNotContain("unsafe");
            assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
            assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
            assertThat(answer.header("Referrer-Policy")).isEqualTo("same-origin");
        }
        open.forgetCookie();
        assertThat(open.get("/").header("Set-Cookie")).contains("HttpOnly", "SameSite=Strict", "Path=/");
    }

    @Test
    void the_page_has_no_inline_script_or_style() throws IOException {
        assertThat(open.get("/").body())
                .contains("<main id=\"content\"", "Nothing is being loaded")
                .doesNotContainPattern("<script>|<style|style=|onclick|onload");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Origin: null\r\n",
                "Origin: http://evil.example\r\n",
                "Origin: http://127.0.0.1:1\r\n",
                "Origin: http://localhost\r\n",
                "Origin: http://127.0.0.1:{port}.evil.example\r\n",
                "Origin: http://127.0.0.1:{port}\r\nSec-Fetch-Site: cross-site\r\n",
                "Origin: http://127.0.0.1:{port}\r\nSec-Fetch-Site: same-site\r\n"
            })
    void given_another_origin_when_something_is_sent_then_it_is_refused(String origin) throws IOException {
        open.get("/");

        OpenPage.Answer answer =
                open.post("/", "csrf=" + open.token(), origin.replace("{port}", Integer.toString(open.port())));

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body()).contains("Origin");
    }

    @Test
    void given_no_token_or_that_of_another_session_when_something_is_sent_then_it_is_refused() throws IOException {
        open.get("/");
        String others = open.token();
        open.forgetCookie();
        open.get("/");

        for (String token : List.of("", "x", others, open.token() + "x")) {
            OpenPage.Answer answer = open.post("/", Map.of("csrf", token));
            assertThat(answer.status()).as(token).isEqualTo(403);
            assertThat(answer.body()).contains("token");
        }
        assertThat(open.post("/", Map.of()).status()).isEqualTo(405);
    }

    @Test
    void given_other_methods_when_asked_then_they_are_refused() throws IOException {
        for (String method : List.of("PUT", "DELETE", "OPTIONS", "TRACE")) {
            assertThat(open.send(request(method, "127.0.0.1")).status())
                    .as(method)
                    .isEqualTo(405);
        }
    }

    @Test
    void given_a_form_of_three_megabytes_when_it_is_sent_then_it_is_refused() throws IOException {
        open.get("/");

        OpenPage.Answer answer = open.post("/", Map.of("text", "x".repeat(3 << 20)));

        assertThat(answer.status()).isEqualTo(413);
    }

    @Test
    void given_a_password_when_not_logged_in_then_only_the_login_is_shown() throws IOException {
        for (String path : List.of("/", "/now/events", "/history", "/account", "/history/1/report.html")) {
            OpenPage.Answer answer = guarded.get(path);
            assertThat(answer.status()).as(path).isEqualTo(303);
            assertThat(answer.header("Location")).isEqualTo("/login");
        }
        assertThat(guarded.get("/login").body()).contains("type=\"password\"").doesNotContain("<nav");
        assertThat(guarded.post("/history", Map.of()).status()).isEqualTo(403);
    }

    @Test
    void given_the_password_when_logged_in_then_the_page_is_shown_until_one_logs_out() throws IOException {
        guarded.get("/login");
        String before = guarded.cookie();

        OpenPage.Answer in = guarded.post("/login", Map.of("password", PASSWORD));

        assertThat(in.status()).isEqualTo(303);
        assertThat(guarded.cookie()).isNotEqualTo(before);
        assertThat(guarded.get("/").body()).contains("Log out").doesNotContain(PASSWORD);
        String loggedIn = guarded.cookie();
        assertThat(guarded.post("/logout", Map.of()).header("Location")).isEqualTo("/login");
        assertThat(guarded.send("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: " + loggedIn
                                + "\r\nConnection: close\r\n\r\n")
                        .status())
                .isEqualTo(303);
    }

    @Test
    void given_wrong_passwords_when_five_were_tried_then_even_the_right_one_has_to_wait() throws Exception {
        try (OpenPage other = OpenPage.start(home.resolve("other"), "drop.page-password=" + PASSWORD)) {
            other.get("/login");
            for (int i = 0; i < 5; i++) {
                assertThat(other.post("/login", Map.of("password", "wrong " + i))
                                .status())
                        .isEqualTo(403);
            }

            OpenPage.Answer answer = other.post("/login", Map.of("password", PASSWORD));

            assertThat(answer.status()).isEqualTo(429);
            assertThat(answer.body()).contains("Too many wrong passwords");
        }
    }

    @Test
    void given_a_client_that_sends_nothing_when_others_ask_then_they_are_answered() throws IOException {
        try (Socket one = new Socket(InetAddress.getLoopbackAddress(), open.port());
                Socket other = new Socket(InetAddress.getLoopbackAddress(), open.port())) {
            one.getOutputStream().write("POST / HTTP/1.1\r\nHo".getBytes(StandardCharsets.US_ASCII));
            other.getOutputStream().write("GET".getBytes(StandardCharsets.US_ASCII));

            assertThat(open.get("/").status()).isEqualTo(200);
        }
    }

    /** Begins requests whose bodies never come. */
    private List<Socket> sendHalves(OpenPage page, String path, int count) throws IOException {
        List<Socket> halves = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Socket half = new Socket("127.0.0.1", page.port());
            halves.add(half);
            half.getOutputStream()
                    .write(("POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100000\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
        }
        return halves;
    }

    /** Asks for a page until the server has got to it: it may be busy for a moment with the requests that came before. */
    private static OpenPage.Answer getWhenItsTurnComes(OpenPage page, String path) throws IOException {
        long end = System.nanoTime() + Duration.ofSeconds(4).toNanos();
        OpenPage.Answer answer = page.get(path);
        while (answer.status() == 503 && System.nanoTime() - end < 0) {
            answer = page.get(path);
        }
        return answer;
    }

    private static void closeAll(List<Socket> sockets) throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private List<Socket> sendHalvesFromPage(OpenPage page, String path, String type, int count) throws IOException {
        List<Socket> halves = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Socket half = new Socket("127.0.0.1", page.port());
            halves.add(half);
            half.getOutputStream()
                    .write(("POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + page.port() + "\r\nOrigin: "
                                    + page.address() + "\r\nCookie: " + page.cookie() + "\r\nContent-Type: " + type
                                    + "\r\nContent-Length: 100\r\n\r\na=")
                            .getBytes(StandardCharsets.US_ASCII));
        }
        return halves;
    }

    @Test
    void given_logins_that_come_in_half_when_someone_who_is_logged_in_works_then_the_page_goes_on() throws Exception {
        String form = "application/x-www-form-urlencoded";
        guarded.get("/login");
        guarded.post("/login", Map.of("password", PASSWORD));
        List<Socket> halves = sendHalvesFromPage(guarded, "/login", form, 60);

        assertThat(getWhenItsTurnComes(guarded, "/").body()).contains("Log out");
        assertThat(guarded.post("/account", Map.of()).status()).isEqualTo(303);
        OpenPage.Answer busy = guarded.post("/login", Map.of("password", PASSWORD));
        assertThat(busy.status()).isEqualTo(503);
        assertThat(busy.body()).contains("Other logins from your address are being read");
        closeAll(halves);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/x-www-form-urlencoded", "multipart/form-data; boundary=x"})
    void given_forms_and_files_that_come_in_half_when_a_page_is_asked_for_then_it_is_shown(String type)
            throws Exception {
        open.get("/");
        List<Socket> halves = sendHalvesFromPage(open, "/bring", type, 60);

        assertThat(getWhenItsTurnComes(open, "/bring").status()).isEqualTo(200);
        closeAll(halves);
    }

    @Test
    void given_bodies_that_never_come_when_health_is_asked_then_it_is_answered() throws IOException {
        List<Socket> halves = sendHalves(guarded, "/health", 6);

        assertThat(guarded.get("/health/live").status()).isEqualTo(200);
        assertThat(guarded.post("/health", "x=1", "").status()).isEqualTo(405);

        closeAll(halves);
    }

    @Test
    void given_more_bodies_that_never_come_than_threads_when_the_page_is_asked_for_then_it_is_shown()
            throws IOException {
        List<Socket> halves = sendHalves(guarded, "/login", 22);

        assertThat(getWhenItsTurnComes(guarded, "/login").status()).isEqualTo(200);

        closeAll(halves);
    }

    @Test
    void given_more_requests_than_may_wait_for_the_page_when_health_is_asked_then_it_is_answered() throws IOException {
        List<Socket> halves = sendHalves(guarded, "/login", 90);

        assertThat(guarded.get("/health/live").status()).isEqualTo(200);

        closeAll(halves);
    }

    private OpenPage.Answer send(OpenPage page, String path, String type, String body) throws IOException {
        return page.send("POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + page.port() + "\r\nOrigin: "
                + page.address()
                + "\r\nCookie: " + page.cookie() + "\r\nX-Csrf-Token: " + page.token() + "\r\nContent-Type: " + type
                + "\r\nContent-Length: " + body.length() + "\r\nConnection: close\r\n\r\n" + body);
    }

    private static String parts(int count, String name, String value) {
        StringBuilder body = new StringBuilder();
        for (int i = 0; i < count; i++) {
            body.append("--x\r\nContent-Disposition: form-data; name=\"")
                    .append(name)
                    .append(i)
                    .append("\"\r\n\r\n")
                    .append(value)
                    .append("\r\n");
        }
        return body.append("--x--\r\n").toString();
    }

    @Test
    void given_more_than_a_password_when_it_is_sent_to_the_login_then_it_is_not_read() throws IOException {
        guarded.get("/login");

        assertThat(guarded.post("/login", Map.of("password", "x".repeat(4 << 10)))
                        .status())
                .isEqualTo(413);
        assertThat(guarded.post("/logout", Map.of("password", "x".repeat(4 << 10)))
                        .status())
                .isEqualTo(413);
        assertThat(send(guarded, "/login", "multipart/form-data; boundary=x", parts(1, "password", PASSWORD))
                        .status())
                .isEqualTo(415);
    }

    @Test
    void given_too_many_fields_when_they_are_sent_then_they_are_refused() throws IOException {
        open.get("/");

        assertThat(send(open, "/", "application/x-www-form-urlencoded", "a&".repeat(20_001))
                        .status())
                .isEqualTo(413);
        assertThat(send(open, "/bring", "multipart/form-data; boundary=x", parts(12, "x".repeat(8000), ""))
                        .status())
                .isEqualTo(413);
        assertThat(send(open, "/bring", "multipart/form-data; boundary=x", parts(700, "x", ""))
                        .status())
                .isEqualTo(413);
        assertThat(open.get("/?" + "a&".repeat(1001)).status()).isEqualTo(413);
        assertThat(send(open, "/", "application/x-www-form-urlencoded", "a&".repeat(20_000))
                        .status())
                .isEqualTo(405);
    }

    @Test
    void given_bytes_that_are_no_form_when_they_are_sent_then_they_are_refused() throws IOException {
        open.get("/");

        assertThat(send(open, "/bring?name=a.csv", "application/octet-stream", "name\na\n")
                        .status())
                .isEqualTo(415);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/%00", "/rejects/%00", "/history/%00", "/bring/%00", "/history/1/%00", "/account/%00"})
    void given_a_path_that_cannot_be_when_asked_then_there_is_no_such_page_or_nothing_is_shown(String path)
            throws IOException {
        assertThat(open.get(path).status()).isLessThan(500);
    }

    /** A page that fails as when a disk does. */
    private static final class Failing implements PageRoute {

        @Override
        public String path() {
            return "/";
        }

        @Override
        public String menu() {
            return "";
        }

        @Override
        public PageResponse show(BrowserRequest request) throws IOException {
            throw new IOException("no space left");
        }
    }

    @Test
    void given_a_disk_that_fails_when_a_page_is_asked_for_then_it_says_so() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        PageServer page = new PageServer(
                new Settings.Page(Optional.empty(), List.of(), 0), port, "example", List.of(new Failing()));
        try (Management management = Management.open(
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), port), Optional.of(page))
                        .orElseThrow();
                Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(5000);
            socket.getOutputStream().write(request("GET", "127.0.0.1").getBytes(StandardCharsets.US_ASCII));

            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 500")
                    .contains("could not be read or written");
            assertThat(management).isNotNull();
        }
    }

    @Test
    void given_an_address_that_others_reach_when_there_is_no_password_then_there_is_no_page() {
        InetSocketAddress all = new InetSocketAddress("0.0.0.0", 8026);

        assertThat(open.loading().drop().page(all)).isEmpty();
        assertThat(guarded.loading().drop().page(all)).isPresent();
    }

    @Test
    void health_and_metrics_are_answered_beside_the_page() throws IOException {
        assertThat(guarded.get("/health/live").status()).isEqualTo(200);
        assertThat(guarded.get("/metrics").body()).contains("catalog_drop_");
    }
}
