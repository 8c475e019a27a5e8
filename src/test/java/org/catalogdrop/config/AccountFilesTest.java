package org.catalogdrop.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.catalogdrop.kommo.auth.TokenSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the settings of an account come from. */
class AccountFilesTest {

    @TempDir
    Path home;

    private Optional<AccountFiles> files(Map<String, String> environment, String... shared) throws Exception {
        Files.write(home.resolve("application.properties"), List.of(shared));
        return AccountFiles.of(SettingSources.of(new Properties(), environment, home, home));
    }

    private Settings read(String name, String... shared) throws Exception {
        return files(Map.of(), shared).orElseThrow().read(name, Needs.API);
    }

    private void account(String name, String... lines) throws Exception {
        Files.write(Files.createDirectories(home.resolve("accounts")).resolve(name + ".properties"), List.of(lines));
    }

    @Test
    void given_no_account_file_then_the_process_has_one_account_without_a_name() throws Exception {
        assertThat(files(Map.of())).isEmpty();
        Files.createDirectories(home.resolve("accounts"));
        Files.writeString(home.resolve("accounts/.lviv.properties"), "");
        Files.writeString(home.resolve("accounts/lviv.properties~"), "");
        assertThat(files(Map.of())).isEmpty();
        assertThat(files(Map.of("DROP_ACCOUNTS", "elsewhere")))
                .get()
                .extracting(AccountFiles::folder)
                .isEqualTo(home.resolve("elsewhere"));
    }

    @Test
    void given_an_account_when_it_is_read_then_its_file_wins_and_its_folders_are_its_own() throws Exception {
        account("lviv", "kommo.base-url=https://lviv.kommo.com", "kommo.access-token=one", "kommo.chunk-size=7");
        Settings lviv = read("lviv", "kommo.chunk-size=100", "kommo.in-flight=3", "drop.home=" + home);

        assertThat(lviv.api().chunkSize()).isEqualTo(7);
        assertThat(lviv.api().inFlight()).isEqualTo(3);
        assertThat(lviv.folders().inbox()).isEqualTo(home.resolve("lviv/inbox"));
        assertThat(lviv.folders().state()).isEqualTo(home.resolve("lviv/state"));
        assertThat(lviv.drops().poll()).hasSeconds(1);
        assertThat(read("lviv", "drop.home=/srv/{account}/drops", "drop.poll=2s")
                        .folders()
                        .outbox())
                .isEqualTo(Path.of("/srv/lviv/drops/outbox"));
    }

    @Test
    void given_address_and_token_of_the_process_then_they_are_not_those_of_an_account_unless_they_name_it()
            throws Exception {
        account("lviv");
        String url = "kommo.base-url=https://acme.kommo.com";
        assertThatThrownBy(() -> read("lviv", url, "kommo.access-token=one"))
                .isInstanceOf(SettingsFault.class)
                .hasMessageContaining("kommo.base-url is not set")
                .hasMessageContaining("kommo.base-url is set for the whole process")
                .hasMessageContaining("kommo.access-token is not set")
                .hasMessageContaining("accounts/lviv.properties");

        Files.writeString(home.resolve("accounts/lviv.token"), "secret\n");
        Settings lviv = read("lviv", "kommo.base-url=https://{account}.kommo.com", "kommo.access-token=one");

        assertThat(lviv.api().baseUrl()).isEqualTo("https://lviv.kommo.com");
        assertThat(lviv.api().access()).isEqualTo(new TokenSource.InFile(home.resolve("accounts/lviv.token")));
    }

    @Test
    void given_one_integration_for_all_accounts_then_each_has_its_own_pair_of_tokens_or_a_token_of_its_own()
            throws Exception {
        String[] integration = {
            "kommo.base-url=https://{account}.kommo.com",
            "kommo.client-id=id",
            "kommo.client-secret=secret",
            "kommo.redirect-uri=https://example.com",
            "drop.home=" + home
        };
        account("kyiv");
        Files.writeString(Files.createDirectories(home.resolve("kyiv/state")).resolve("tokens.json"), "{}");
        account("lviv", "kommo.access-token=one");

        assertThat(read("kyiv", integration).api().access())
                .isInstanceOfSatisfying(TokenSource.Rotating.class, pair -> assertThat(pair.file())
                        .contains(home.resolve("kyiv/state/tokens.json")));
        assertThat(read("lviv", integration).api().access()).isInstanceOf(TokenSource.Fixed.class);
    }

    @Test
    void given_names_and_keys_that_cannot_be_used_then_all_are_reported_together() throws Exception {
        account("-lviv shop", "drop.management-port=1", "drop.inbux=x", "kommo.base-url=https://a.kommo.com");
        assertThatThrownBy(() -> read("-lviv shop"))
                .hasMessageContaining("the account's name '-lviv shop'")
                .hasMessageContaining("drop.management-port")
                .hasMessageContaining("drop.inbux")
                .hasMessageContaining("kommo.access-token is not set");
        account("Lviv");
        account("lviv");
        assertThatThrownBy(() -> read("lviv")).hasMessageContaining("differ only in upper and lower case");
    }
}
