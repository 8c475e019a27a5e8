package org.catalogdrop.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.catalogdrop.config.Settings;
import org.catalogdrop.config.SettingsReader;
import org.catalogdrop.page.AccountsPage;
import org.catalogdrop.page.AccountsView;
import org.catalogdrop.page.http.PageLogins;
import org.catalogdrop.page.http.PageServer;
import org.catalogdrop.scenario.Loading;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages of several accounts on one port. */
class AccountPagesTest {

    private static final String BASE = "/accounts/lviv";
    private static final Pattern ADDRESS = Pattern.compile("(?:href|src|action|data-events)=\"(/[^\"]*)\"");

    @TempDir
    Path home;

    private final HttpClient client = HttpClient.newHttpClient();
    private Loading loading;
    private Management management;
    private Runnable hide;
    private int port;

    @BeforeEach
    void open() throws Exception {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        loading = Loading.start(home);
        Settings.Page page = SettingsReader.read(
                        key -> Optional.ofNullable(Loading.settings(
                                        home,
                                        loading.sandbox().baseUrl(),
                                        "drop.page=true",
                                        "drop.page-password=a long password")
                                .get(key)),
                        true)
                .drops()
                .page()
                .orElseThrow();
        PageLogins logins = new PageLogins(page);
        AccountsPage all =
                new AccountsPage(() -> List.of(new AccountsView.Line("lviv", BASE + "/", true, "waits for drops")));
        management = Management.open(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                        Optional.of(new PageServer(page, port, "", List.of(all), "", logins)))
                .orElseThrow();
        hide = management.showPages(BASE, () -> loading.drop().page(page, port, "lviv", BASE, logins));
    }

    @AfterEach
    void close() throws IOException {
        management.close();
        loading.close();
    }

    private HttpResponse<String> get(String path, String cookie) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .header("Cookie", cookie)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String cookie, String form) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .header("Cookie", cookie)
                        .header("Origin", "http://127.0.0.1:" + port)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static String cookie(HttpResponse<String> answer) {
        return answer.headers().firstValue("Set-Cookie").orElseThrow().replaceFirst(";.*", "");
    }

    private static String token(String page) {
        Matcher token =
                Pattern.compile("name=\"csrf\" (?:value|content)=\"([^\"]*)\"").matcher(page);
        assertThat(token.find()).as(page).isTrue();
        return token.group(1);
    }

    @Test
    void given_two_servers_of_one_port_then_one_login_counts_for_both_and_all_addresses_stay_below_the_account()
            throws Exception {
        HttpResponse<String> stranger = get(BASE + "/history", "x=y");
        assertThat(stranger.headers().firstValue("Location")).contains(BASE + "/login");
        HttpResponse<String> login = get("/login", cookie(stranger));
        HttpResponse<String> entered =
                post("/login", cookie(stranger), "csrf=" + token(login.body()) + "&password=" + "a+long+password");
        String session = cookie(entered);
        assertThat(entered.headers().firstValue("Location")).contains("/");

        assertThat(get("/", session).body()).contains("<a href=\"/accounts/lviv/\">");
        for (String path : List.of("/", "/bring", "/rejects", "/history", "/account")) {
            HttpResponse<String> page = get(BASE + path, session);
            assertThat(page.statusCode()).as(path).isEqualTo(200);
            assertThat(ADDRESS.matcher(page.body()).results().map((MatchResult found) -> found.group(1)))
                    .as(path)
                    .hasSizeGreaterThan(5)
                    .allMatch(address -> address.startsWith(BASE + "/") || address.equals("/?accounts"));
        }
        String page = get(BASE + "/account", session).body();
        HttpResponse<String> done = post(BASE + "/account", session, "csrf=" + token(page));
        assertThat(done.headers().firstValue("Location")).contains(BASE + "/account");
        assertThat(loading.sandbox().log()).isNotEmpty();

        hide.run();
        assertThat(get(BASE + "/history", session).statusCode()).isEqualTo(404);
        assertThat(get("/", session).statusCode()).isEqualTo(200);
    }
}
