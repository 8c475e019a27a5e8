package org.catalogdrop.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.catalogdrop.config.ProxyAddress;
import org.catalogdrop.model.RunHalted;
import org.catalogdrop.model.Status;
import org.catalogdrop.sandbox.LoggedRequest;
import org.catalogdrop.sandbox.Sandbox;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The API behind a company's proxy, and behind a certificate that only the company knows. */
@Tag("slow")
class ProxyTest {

    private static final String BASIC = "Basic dXNlcjpwYXNz";

    @TempDir
    Path home;

    private Sandbox sandbox;
    private TlsFront front;

    @BeforeEach
    void serve() throws Exception {
        sandbox = Sandbox.start(Loading.sandboxSettings());
        front = new TlsFront(home, sandbox.port());
    }

    @AfterEach
    void stop() throws Exception {
        front.close();
        sandbox.close();
    }

    private Loading loading(ConnectProxy proxy, String user, Path trust) throws Exception {
        return Loading.with(
                home,
                sandbox,
                "kommo.base-url=https://" + TlsFront.HOST,
                "kommo.proxy=http://" + user + "localhost:" + proxy.port(),
                "kommo.trust-store=" + trust);
    }

    private static String halted(Loading loading) {
        return catchThrowableOfType(RunHalted.class, () -> loading.load("a.csv", "name\na\n"))
                .getMessage();
    }

    @Test
    void given_proxy_with_password_when_loaded_then_the_drop_goes_through_the_tunnel() throws Exception {
        try (ConnectProxy proxy = new ConnectProxy(front.port(), "407 Who are you", BASIC);
                Loading loading = loading(proxy, "user:pass@", front.pem())) {
            assertThat(loading.load("a.csv", "name\na\nb\n").count(Status.CREATED))
                    .isEqualTo(2);
            assertThat(proxy.heads()).allMatch(head -> head.startsWith("CONNECT " + TlsFront.HOST + ":443"));
            assertThat(proxy.heads()).noneMatch(head -> head.contains(Loading.TOKEN));
        }
    }

    @Test
    void given_a_proxy_that_closes_after_a_refusal_when_a_password_is_set_then_the_drop_is_loaded() throws Exception {
        try (ConnectProxy proxy = new ConnectProxy(front.port(), "407 Who are you", BASIC);
                Loading loading = loading(proxy, "user:pass@", front.pem())) {
            proxy.closeAfterRefusal();
            assertThat(loading.load("a.csv", "name\na\n").count(Status.CREATED)).isEqualTo(1);
            assertThat(proxy.heads()).allMatch(head -> head.contains("Proxy-Authorization: " + BASIC));
        }
    }

    @Test
    void given_a_proxy_that_closes_after_a_refusal_when_the_password_is_wrong_then_the_refusal_is_reported()
            throws Exception {
        try (ConnectProxy proxy = new ConnectProxy(front.port(), "407 Who are you", BASIC);
                Loading loading = loading(proxy, "user:wrong@", front.pem())) {
            proxy.closeAfterRefusal();
            assertThat(halted(loading)).contains("answered 407");
        }
    }

    @Test
    void given_key_store_when_loaded_then_the_drop_is_sent() throws Exception {
        try (ConnectProxy proxy = new ConnectProxy(front.port(), "", "");
                Loading loading = loading(proxy, "", front.keyStore())) {
            assertThat(loading.load("a.csv", "name\na\n").count(Status.CREATED)).isEqualTo(1);
        }
    }

    /** A 403 of the proxy would be a block of the account if it were taken for the API's. */
    @ParameterizedTest
    @CsvSource({"407 Who are you, kommo.proxy=http://USER:PASSWORD", "403 Not this one, allow this address"})
    void given_proxy_that_refuses_when_loaded_then_it_is_reported_and_nothing_is_in_doubt(String refusal, String advice)
            throws Exception {
        try (ConnectProxy proxy = new ConnectProxy(front.port(), refusal, "-");
                Loading loading = loading(proxy, "", front.pem())) {
            assertThat(halted(loading))
                    .contains("the proxy localhost:" + proxy.port(), refusal.substring(0, 3), advice);
            assertThat(home.resolve("state/blocked.json")).doesNotExist();

            proxy.admitAll();
            assertThat(loading.load("a.csv", "name\na\n").count(Status.CREATED)).isEqualTo(1);
            assertThat(sandbox.log()).extracting(LoggedRequest::method).containsExactly("GET", "POST");
        }
    }

    @Test
    void given_unknown_certificate_authority_when_loaded_then_the_trust_store_setting_is_named() throws Exception {
        try (ConnectProxy proxy = new ConnectProxy(front.port(), "", "");
                Loading loading = Loading.with(
                        home,
                        sandbox,
                        "kommo.base-url=https://" + TlsFront.HOST,
                        "kommo.proxy=localhost:" + proxy.port())) {
            assertThat(halted(loading)).contains("kommo.trust-store", "CA certificate");
        }
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-,                    -,          -,                 -",
                "http://p:1,           -,          -,                 p:1",
                "p:1,                  -,          -,                 p:1",
                "none,                 http://e:1, -,                 -",
                "-,                    http://e:1, -,                 e:1",
                "-,                    http://e:1, kommo.com,         -",
                "-,                    http://e:1, .kommo.com,        -",
                "-,                    http://e:1, '*.kommo.com',     -",
                "-,                    http://e:1, 'a.b, shop.kommo.com:443', -",
                "-,                    http://e:1, '*',               -",
                "-,                    http://e:1, 'ommo.com',        e:1",
                "http://p:1,           http://e:1, '*',               p:1",
            })
    void given_proxy_in_setting_and_environment_when_searched_then_the_documented_one_is_found(
            String setting, String variable, String exceptions, String found) {
        Map<String, String> environment = new java.util.HashMap<>();
        Optional.ofNullable(variable).ifPresent(text -> environment.put("HTTPS_PROXY", text));
        Optional.ofNullable(exceptions).ifPresent(text -> environment.put("NO_PROXY", text));
        List<String> faults = new ArrayList<>();

        Optional<ProxyAddress> proxy = ProxyAddress.find(
                Optional.ofNullable(setting), "shop.kommo.com", new Properties(), environment, faults::add);

        assertThat(faults).isEmpty();
        assertThat(proxy.map(ProxyAddress::toString)).isEqualTo(Optional.ofNullable(found));
    }

    @Test
    void given_proxy_in_system_properties_when_searched_then_it_is_found() {
        Properties system = new Properties();
        system.setProperty("https.proxyHost", "j");
        system.setProperty("https.proxyPort", "2");
        assertThat(ProxyAddress.find(Optional.empty(), "shop.kommo.com", system, Map.of(), fault -> {}))
                .hasToString("Optional[j:2]");

        system.setProperty("http.nonProxyHosts", "localhost|*.kommo.com");
        assertThat(ProxyAddress.find(Optional.empty(), "shop.kommo.com", system, Map.of(), fault -> {}))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"socks5://user:pa55@h:1", "http://user:pa55@h", "user:pa55@h", "http://user:pa 55@h:1"})
    void given_invalid_proxy_address_when_searched_then_the_fault_does_not_show_the_password(String setting) {
        List<String> faults = new ArrayList<>();

        ProxyAddress.find(Optional.of(setting), "shop.kommo.com", new Properties(), Map.of(), faults::add);

        assertThat(faults).hasSize(1);
        assertThat(faults.get(0)).contains("kommo.proxy", "http://HOST:PORT").doesNotContain("pa55", "pa 55");
    }
}
