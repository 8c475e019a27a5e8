package org.catalogdrop.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.catalogdrop.kommo.auth.TokenSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

    private static final Map<String, String> LEAST =
            Map.of("kommo.base-url", "https://acme.kommo.com", "kommo.access-token", "secret-token");

    @TempDir
    Path home;

    private static Settings read(String... more) {
        Map<String, String> settings = new HashMap<>(LEAST);
        for (String one : more) {
            settings.put(one.substring(0, one.indexOf('=')), one.substring(one.indexOf('=') + 1));
        }
        return SettingsReader.read(key -> Optional.ofNullable(settings.get(key)), true);
    }

    @Test
    void given_schema_that_all_accounts_share_when_set_as_that_of_a_journal_then_it_is_refused() {
        assertThatThrownBy(() -> read("drop.journal=jdbc:postgresql://db/drops", "drop.journal-schema=catalog_drop"))
                .hasMessageContaining("drop.journal-schema = 'catalog_drop'")
                .hasMessageContaining("all accounts of a database share");
    }

    @Test
    void defaults_are_those_of_the_contract() {
        Settings settings = read();
        assertThat(settings.api().requestsPerSecond()).isEqualTo(7);
        assertThat(settings.api().chunkSize()).isEqualTo(250);
        assertThat(settings.api().inFlight()).isEqualTo(4);
        assertThat(settings.api().responseTimeout()).isEqualTo(Duration.ofSeconds(60));
        assertThat(settings.api().catalogId()).isEmpty();
        assertThat(settings.drops().settle()).isEqualTo(Duration.ofSeconds(1));
        Path here = Path.of("").toAbsolutePath();
        assertThat(settings.folders().inbox()).isEqualTo(here.resolve("inbox"));
        assertThat(settings.folders().outbox()).isEqualTo(here.resolve("outbox"));
        assertThat(settings.folders().archive()).isEqualTo(here.resolve("archive"));
        assertThat(settings.folders().refused()).isEqualTo(here.resolve("refused"));
        assertThat(settings.folders().state()).isEqualTo(here.resolve("state"));
    }

    @SuppressWarnings("AddressSelection") // numbers are no names
    @Test
    void management_is_off_by_default_on_loopback_if_it_is_on_and_elsewhere_only_by_an_address() {
        assertThat(read().drops().management()).isEmpty();
        assertThat(read("drop.management-port=8026").drops().management())
                .contains(new InetSocketAddress(InetAddress.getLoopbackAddress(), 8026));
        assertThat(read("drop.management-port=8026", "drop.management-address=0.0.0.0")
                        .drops()
                        .management())
                .contains(new InetSocketAddress("0.0.0.0", 8026));
        assertThat(read("drop.management-port=8026", "drop.management-address=::1")
                        .drops()
                        .management())
                .contains(new InetSocketAddress("::1", 8026));
        for (String odd : List.of("monitoring.example", "1.2.3.400", "::x", "127.0.0.1:80")) {
            assertThatThrownBy(() -> read("drop.management-address=" + odd))
                    .as(odd)
                    .hasMessageContaining("drop.management-address");
        }
    }

    @Test
    void page_is_off_by_default_and_has_a_port_and_a_password_that_is_never_shown() {
        assertThat(read("drop.management-port=8026").drops().page()).isEmpty();
        assertThat(read("drop.page=true").drops().management())
                .contains(new InetSocketAddress(InetAddress.getLoopbackAddress(), 8026));
        assertThat(read("drop.page=true", "drop.page-password=s3cret of twelve", "drop.page-host=a.example, B.example")
                        .drops()
                        .page())
                .get()
                .satisfies(page -> assertThat(page.hosts()).containsExactly("a.example", "b.example"))
                .asString()
                .doesNotContain("s3cret");
        assertThatThrownBy(() -> read("drop.page=true", "drop.page-password=s3cret"))
                .hasMessageContaining("drop.page-password")
                .hasMessageNotContaining("s3cret");
        assertThatThrownBy(() -> read("drop.page=true", "drop.page-host=a.example"))
                .hasMessageContaining("drop.page-password");
        assertThatThrownBy(() -> read("drop.page=true", "drop.management-port=0"))
                .hasMessageContaining("drop.management-port");
        assertThatThrownBy(() -> read("drop.page-password-file=/nowhere", "drop.page-password=s3cret of twelve"))
                .hasMessageContaining("drop.page-password-file")
                .hasMessageNotContaining("s3cret");
        assertThatThrownBy(() -> read("drop.page-host=https://a.example")).hasMessageContaining("drop.page-host");
    }

    @Test
    void address_to_notify_is_checked_and_never_shown() {
        assertThat(read("drop.notify=https://hooks.example.com/T0/s3cret?x=1")
                        .drops()
                        .webhook())
                .get()
                .satisfies(hook -> assertThat(hook.url()).hasToString("https://hooks.example.com/T0/s3cret?x=1"))
                .asString()
                .doesNotContain("s3cret");
        for (String odd : List.of(
                "hooks.example.com/s3cret",
                "ftp://a/s3cret",
                "https://u:s3cret@a/",
                "https:///s3cret",
                "http://a/s3cret#b",
                "http://a b/s3cret")) {
            assertThatThrownBy(() -> read("drop.notify=" + odd))
                    .as(odd)
                    .hasMessageContaining("drop.notify")
                    .hasMessageNotContaining("s3cret");
        }
    }

    @Test
    void inbox_that_camel_would_take_for_another_folder_is_reported_at_once() {
        for (String odd : List.of("50%20off", "a?b", "a${b}", "a{{b}}", "back\\slash")) {
            assertThatThrownBy(() -> read("drop.home=/srv/" + odd)).as(odd).hasMessageContaining("drop.inbox");
        }
        assertThat(read("drop.home=/srv/100% R&D C++ {x} #1")
                        .folders()
                        .inbox()
                        .getParent()
                        .getFileName())
                .hasToString("100% R&D C++ {x} #1");
    }

    @Test
    void misspelt_names_are_reported_in_every_source() {
        Properties system = new Properties();
        system.setProperty("kommo.chunksize", "3");
        SettingSources misspelt = new SettingSources(
                system,
                Map.of("DROP_INBUX", "in", "KOMMO_BASEURL", "x", "DROP_HOME", "h", "DROP_ZONE_FILE", "z"),
                new Properties());
        assertThat(misspelt.misspelt().toString())
                .contains("-Dkommo.chunksize", "DROP_INBUX", "DROP_INBOX?", "KOMMO_BASE_URL?")
                .doesNotContain("DROP_HOME is", "DROP_ZONE_FILE");
        assertThat(new SettingSources(
                                new Properties(),
                                Map.of("DROP_ZONE_FILE", "z", "KOMMO_BASE_URL", "u"),
                                new Properties())
                        .misspelt())
                .isEmpty();
    }

    @Test
    void unknown_names_are_reported_together_with_invalid_values() throws Exception {
        Files.writeString(home.resolve("application.properties"), "kommo.chunksize=3\nkommo.chunk-size=501\n");
        Properties system = new Properties();
        system.setProperty("drop.inbux", "x");
        SettingSources sources = SettingSources.of(system, Map.of("DROP_SETLE", "1s"), home, home.resolve("none"));
        assertThatThrownBy(() -> SettingsReader.read(sources, sources.misspelt(), Needs.NOTHING))
                .isInstanceOf(SettingsFault.class)
                .hasMessageContainingAll(
                        "kommo.chunksize in " + home, "-Ddrop.inbux", "DROP_SETLE", "kommo.chunk-size = '501'");
    }

    @Test
    void byte_order_mark_is_no_part_of_the_first_setting() throws Exception {
        Files.writeString(home.resolve("application.properties"), "\uFEFFkommo.chunk-size=7\nkommo.in-flight=3\n");
        SettingSources sources = SettingSources.of(new Properties(), Map.of(), home, home);
        Settings settings = SettingsReader.read(sources, sources.misspelt(), Needs.NOTHING);
        assertThat(settings.api().chunkSize()).isEqualTo(7);
        assertThat(settings.api().inFlight()).isEqualTo(3);
        Path token = Files.writeString(home.resolve("token"), "\uFEFFgood-token\r\n");
        assertThat(new TokenSource.InFile(token).read().reveal()).isEqualTo("good-token");
        Settings rotating = read(
                "kommo.access-token=",
                "kommo.client-id=x",
                "kommo.client-secret-file=" + token,
                "kommo.redirect-uri=https://example.com/",
                "kommo.token-file=" + token);
        assertThat(((TokenSource.Rotating) rotating.api().access())
                        .integration()
                        .secret()
                        .reveal())
                .isEqualTo("good-token");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"kommo.connect-timeout", "kommo.response-timeout", "kommo.doubt-wait", "drop.settle", "drop.poll"
            })
    void time_needs_a_unit(String key) {
        for (String text : List.of("60", "1", "60 s", "1.5s", "s", "60S")) {
            assertThatThrownBy(() -> read(key + "=" + text))
                    .hasMessageContaining(key + " = '" + text + "': expected a time up to a day with its unit");
        }
        assertThat(read(key + "=60s")).isNotNull();
    }

    @Test
    void zero_needs_no_unit() {
        assertThat(read("drop.settle=0").drops().settle()).isZero();
        assertThat(read("drop.settle=0s").drops().settle()).isZero();
    }

    @Test
    void system_property_wins_over_environment_and_that_over_file() {
        Properties system = new Properties();
        Properties file = new Properties();
        Map<String, String> environment = new HashMap<>();
        SettingSources sources = new SettingSources(system, environment, file);

        assertThat(sources.apply("kommo.chunk-size")).isEmpty();
        file.setProperty("kommo.chunk-size", "1");
        assertThat(sources.apply("kommo.chunk-size")).contains("1");
        environment.put("KOMMO_CHUNK_SIZE", "2");
        assertThat(sources.apply("kommo.chunk-size")).contains("2");
        system.setProperty("kommo.chunk-size", "3");
        assertThat(sources.apply("kommo.chunk-size")).contains("3");
    }

    @Test
    void all_faults_are_reported_together_with_key_value_and_what_is_allowed() {
        SettingsFault fault = catchThrowableOfType(
                SettingsFault.class,
                () -> read(
                        "kommo.base-url=ftp://acme",
                        "kommo.access-token=",
                        "kommo.catalog-id=my list",
                        "kommo.requests-per-second=fast",
                        "kommo.chunk-size=501",
                        "kommo.in-flight=0",
                        "kommo.response-timeout=60 seconds",
                        "drop.settle=-1s",
                        "drop.repeat=maybe",
                        "drop.unpacked-limit=4GB"));
        assertThat(fault.getMessage().lines().filter(line -> line.startsWith("  ")))
                .hasSize(10)
                .allMatch(line -> line.contains("expected") || line.contains("Set "));
        assertThat(fault)
                .hasMessageContaining("kommo.chunk-size = '501': expected a whole number from 1 to 500")
                .hasMessageContaining("kommo.response-timeout = '60 seconds'")
                .hasMessageContaining("KOMMO_BASE_URL");
    }

    @ParameterizedTest
    @ValueSource(strings = {"outbox", "archive", "refused", "state", "mappings"})
    void inbox_must_be_a_folder_of_its_own(String other) throws Exception {
        Path inbox = home.resolve("inbox");
        String set = "drop." + other + "=";
        for (String same : List.of(set + "inbox", set + inbox, set + "x/../inbox", set + "./inbox/")) {
            assertThatThrownBy(() -> read("drop.home=" + home, same, "kommo.chunk-size=501"))
                    .hasMessageContaining("drop." + other + " = '")
                    .hasMessageContaining("another folder than drop.inbox ('" + inbox + "')")
                    .hasMessageContaining("kommo.chunk-size");
        }
        assertThatThrownBy(() -> read("drop.home=" + home, "drop.inbox=" + other))
                .hasMessageContaining("drop." + other);
        Path link = Files.createSymbolicLink(home.resolve("link"), home);
        assertThatThrownBy(() -> read("drop.home=" + home, set + link.resolve("inbox")))
                .hasMessageContaining("drop." + other);
        Files.createSymbolicLink(inbox, Files.createDirectory(home.resolve("elsewhere")));
        assertThatThrownBy(() -> read("drop.home=" + home, set + "elsewhere")).hasMessageContaining("drop." + other);
        assertThat(read("drop.home=" + home, set + "inbox-2")).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://acme.kommo.com",
                "http://127.0.0.1.example.com",
                "http://localhost.example.com",
                "http://0.0.0.0",
                "http://192.168.0.1",
                "https://acme.kommo.com/path",
                "https://user:pw@acme.kommo.com",
                "https://acme.kommo.com?x=1",
                "acme.kommo.com",
                "https://",
                "https:acme",
                "https://a b"
            })
    void addresses_of_other_sites_are_refused(String url) {
        assertThatThrownBy(() -> read("kommo.base-url=" + url))
                .isInstanceOf(SettingsFault.class)
                .hasMessageContaining("kommo.base-url = '" + url.replaceAll("/+$", ""));
    }

    @ParameterizedTest
    @CsvSource({
        "https://acme.kommo.com/, https://acme.kommo.com",
        "https://acme.amocrm.ru, https://acme.amocrm.ru",
        "http://127.0.0.1:8765, http://127.0.0.1:8765",
        "http://localhost:1, http://localhost:1",
        "http://[::1]:1, http://[::1]:1"
    })
    void account_address_and_loopback_are_accepted(String url, String taken) {
        assertThat(read("kommo.base-url=" + url).api().baseUrl()).isEqualTo(taken);
    }

    @ParameterizedTest
    @ValueSource(strings = {"with space", "line\nbreak", "tökén"})
    void bad_token_is_reported_without_its_text(String token) {
        assertThatThrownBy(() -> read("kommo.access-token=" + token))
                .isInstanceOf(SettingsFault.class)
                .hasMessageContaining("kommo.access-token")
                .hasMessageNotContaining(token);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"kommo.access-token='s3cret'", "kommo.access-token=\"s3cret\"", "kommo.catalog-id=\"4220\""})
    void given_value_in_quotes_when_read_then_it_is_a_fault_that_does_not_show_it(String setting) {
        String fault =
                catchThrowableOfType(SettingsFault.class, () -> read(setting)).getMessage();

        assertThat(fault)
                .contains(setting.substring(0, setting.indexOf('=')) + " is in quotes")
                .doesNotContain("s3cret");
    }

    @Test
    void given_a_token_file_with_quotes_when_settings_are_read_then_it_is_a_fault_that_does_not_show_the_token()
            throws Exception {
        Path file = Files.writeString(home.resolve("token.txt"), "\uFEFF\"s3cret\"\n");
        assertThatThrownBy(() -> read("kommo.access-token=", "kommo.access-token-file=" + file))
                .isInstanceOf(SettingsFault.class)
                .hasMessageContaining("kommo.access-token-file = '" + file + "': what is in the file is in quotes")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void token_does_not_show_in_the_settings() {
        Settings settings = read("kommo.access-token=do-not-show-me");
        assertThat(settings.toString()).doesNotContain("do-not-show-me");
        assertThat(((TokenSource.Fixed) settings.api().access()).token().reveal())
                .isEqualTo("do-not-show-me");
    }

    @Test
    void token_comes_from_one_place_only() throws Exception {
        Path file = Files.writeString(home.resolve("token"), "x");
        assertThatThrownBy(() -> read("kommo.access-token-file=" + file)).hasMessageContaining("both set");
        assertThatThrownBy(() -> read("kommo.access-token=", "kommo.access-token-file=" + home.resolve("none")))
                .hasMessageContaining("kommo.access-token-file");
        assertThat(read("kommo.access-token=", "kommo.access-token-file=" + file)
                        .api()
                        .access())
                .isEqualTo(new TokenSource.InFile(file));
    }

    @Test
    void token_pair_is_given_whole_or_not_at_all() throws Exception {
        assertThatThrownBy(() -> read("kommo.client-id=x")).hasMessageContaining("not both");
        assertThatThrownBy(() -> read("kommo.access-token=", "kommo.client-id=x", "kommo.redirect-uri=nowhere"))
                .hasMessageContaining("kommo.client-secret is not set")
                .hasMessageContaining("kommo.redirect-uri = 'nowhere'")
                .hasMessageContaining("there are no tokens yet");
        assertThatThrownBy(() -> read("kommo.access-token=", "kommo.token-file=tokens.json"))
                .hasMessageContaining("kommo.client-id is not set")
                .hasMessageContaining("kommo.redirect-uri is not set");
        Path kept = Files.writeString(home.resolve("tokens.json"), "{}");
        Path secret = Files.writeString(home.resolve("secret"), "do-not-show-me\n");
        Settings settings = read(
                "kommo.access-token=",
                "kommo.client-id=x",
                "kommo.client-secret-file=" + secret,
                "kommo.redirect-uri=https://example.com/",
                "drop.state=" + home);
        TokenSource.Rotating pair = (TokenSource.Rotating) settings.api().access();
        assertThat(pair.file()).contains(kept);
        assertThat(pair.integration().secret().reveal()).isEqualTo("do-not-show-me");
        assertThat(settings.toString()).doesNotContain("do-not-show-me");
    }

    @Test
    void commands_that_do_not_call_the_api_need_neither_address_nor_token() {
        assertThat(SettingsReader.read(key -> Optional.empty(), false)).isNotNull();
        assertThatThrownBy(() -> SettingsReader.read(key -> Optional.empty(), true))
                .hasMessageContaining("kommo.base-url")
                .hasMessageContaining("kommo.access-token");
    }

    @Test
    void given_a_path_whose_backslashes_a_properties_file_has_swallowed_when_read_then_that_is_said() {
        List<String> keys = List.of(
                "drop.home",
                "drop.inbox",
                "drop.outbox",
                "drop.archive",
                "drop.refused",
                "drop.state",
                "drop.mappings",
                "kommo.pace-folder",
                "kommo.access-token-file",
                "kommo.client-secret-file",
                "kommo.token-file",
                "kommo.trust-store");
        for (String key : keys) {
            for (String lost : List.of("C:drops", "C:drops\new")) {
                assertThatThrownBy(() -> SettingsReader.read(
                                one -> Optional.ofNullable(Map.of(key, lost).get(one)), true))
                        .isInstanceOf(SettingsFault.class)
                        .hasMessageContaining(key + " = 'C:drops")
                        .hasMessageContaining("C:/drops");
            }
        }
    }
}
