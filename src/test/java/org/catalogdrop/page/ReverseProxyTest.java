package org.catalogdrop.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/** The page behind a real nginx, with the example of docs/page.md. */
@Tag("slow")
@Timeout(120)
class ReverseProxyTest {

    private static final String PASSWORD = "correct horse battery";
    private static final String NAME = "drops.example.com";

    @TempDir
    Path home;

    private OpenPage page;
    private Process nginx;
    private int port;
    private String cookie = "";
    private String token = "";

    @BeforeEach
    void start() throws Exception {
        Path program = Stream.of("/usr/sbin/nginx", "/usr/local/bin/nginx")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> {
                    System.err.println("SKIPPED: the page was not tried behind a proxy. Install the package nginx.");
                    return new TestAbortedException("no nginx");
                });
        page = OpenPage.start(home, "drop.page-host=" + NAME, "drop.page-password=" + PASSWORD);
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Path folder = Files.createDirectories(home.resolve("nginx"));
        Matcher example = Pattern.compile("(?s)```nginx\n(.*?)```").matcher(Files.readString(Path.of("docs/page.md")));
        assertThat(example.find()).isTrue();
        String server = example.group(1)
                .replace("listen 443 ssl;", "listen 127.0.0.1:" + port + ";")
                .replace("127.0.0.1:8026", "127.0.0.1:" + page.port());
        String temporary = Stream.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
                .map(one -> one + "_temp_path " + folder.resolve(one) + ";\n")
                .reduce("", String::concat);
        Path config = Files.writeString(
                folder.resolve("nginx.conf"),
                "daemon off;\nmaster_process off;\npid " + folder.resolve("pid")
                        + ";\nerror_log stderr;\nevents {}\nhttp {\naccess_log off;\n" + temporary + server + "}\n");
        nginx = new ProcessBuilder(program.toString(), "-e", "stderr", "-p", folder.toString(), "-c", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        awaitPort();
    }

    private void awaitPort() throws IOException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (System.nanoTime() < until) {
            try (Socket open = new Socket(InetAddress.getLoopbackAddress(), port)) {
                assertThat(open.isConnected()).isTrue();
                return;
            } catch (IOException closed) {
                assertThat(nginx.isAlive())
                        .as(() -> "nginx: " + home.resolve("nginx/log"))
                        .isTrue();
            }
        }
        throw new AssertionError("nginx does not answer: " + Files.readString(home.resolve("nginx/log")));
    }

    @AfterEach
    void stop() throws Exception {
        if (nginx != null) {
            nginx.destroy();
            nginx.waitFor(10, TimeUnit.SECONDS);
        }
        if (page != null) {
            page.close();
        }
    }

    private String head(String method, String path, String more) {
        return method + " " + path + " HTTP/1.1\r\nHost: " + NAME + ":" + port + "\r\nConnection: close\r\n"
                + (cookie.isEmpty() ? "" : "Cookie: " + cookie + "\r\n") + more + "\r\n";
    }

    private String ask(String method, String path, String more, String body) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write((head(method, path, more) + body).getBytes(StandardCharsets.UTF_8));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            Matcher set = Pattern.compile("(?i)\r\nSet-Cookie: ([^;]+)").matcher(answer);
            if (set.find()) {
                cookie = set.group(1);
            }
            Matcher found = Pattern.compile("name=\"csrf\" content=\"([^\"]+)").matcher(answer);
            if (found.find()) {
                token = found.group(1);
            }
            return answer;
        }
    }

    private String post(String path, String origin, String type, String body) throws IOException {
        return ask(
                "POST",
                path,
                "Origin: " + origin + "\r\nContent-Type: " + type + "\r\nContent-Length: "
                        + body.getBytes(StandardCharsets.UTF_8).length + "\r\n",
                body);
    }

    private String logIn(String origin) throws IOException {
        ask("GET", "/login", "", "");
        return post(
                "/login",
                origin,
                "application/x-www-form-urlencoded",
                "csrf=" + token + "&password=" + URLEncoder.encode(PASSWORD, StandardCharsets.UTF_8));
    }

    @Test
    void given_the_example_when_the_page_is_used_through_it_then_login_files_and_live_progress_work() throws Exception {
        String origin = "http://" + NAME + ":" + port;
        assertThat(logIn("http://evil.example")).startsWith("HTTP/1.1 403");
        assertThat(logIn(origin)).startsWith("HTTP/1.1 303").contains("Location: /");
        assertThat(ask("GET", "/", "", "")).startsWith("HTTP/1.1 200").contains("Log out");
        for (String path : List.of("/health", "/metrics", "/observe/health")) {
            assertThat(ask("GET", path, "", "")).as(path).startsWith("HTTP/1.1 403");
        }

        ask("GET", "/bring", "", "");
        String file = "name\n" + "A product with a name\n".repeat(200_000);
        String parts = "--x\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n" + token
                + "\r\n--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n" + file
                + "\r\n--x--\r\n";
        assertThat(post("/bring", origin, "multipart/form-data; boundary=x", parts))
                .startsWith("HTTP/1.1 303")
                .contains("Location: /bring/");

        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(head("GET", "/now/events", "").getBytes(StandardCharsets.US_ASCII));
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            String line = lines.readLine();
            while (!line.startsWith("data: ")) {
                line = lines.readLine();
            }
            assertThat(line).contains("inbox");
        }
    }
}
