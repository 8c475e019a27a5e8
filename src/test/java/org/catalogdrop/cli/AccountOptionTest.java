package org.catalogdrop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.catalogdrop.scenario.CommandSandbox;
import org.catalogdrop.scenario.Loading;
import org.catalogdrop.scenario.Outbox;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which account a command is for. */
class AccountOptionTest extends CommandSandbox {

    private final StringWriter out = new StringWriter();

    @BeforeEach
    void found() throws Exception {
        Path accounts = Files.createDirectories(home.resolve("accounts"));
        System.setProperty("drop.accounts", accounts.toString());
        write(accounts.resolve("kyiv.properties"), "http://localhost:" + sandbox.port());
        write(accounts.resolve("lviv.properties"), sandbox.baseUrl());
    }

    private static void write(Path account, String address) throws Exception {
        Files.writeString(account, "kommo.base-url=" + address + "\nkommo.access-token=" + Loading.TOKEN + "\n");
    }

    @AfterEach
    void close() {
        System.clearProperty("drop.accounts");
    }

    private int run(String... words) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return CatalogDropMain.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(words);
    }

    @Test
    void given_several_accounts_when_none_is_named_then_the_command_names_them_and_does_nothing() throws Exception {
        Path file = Files.writeString(home.resolve("a.csv"), "name\na\n");

        assertThat(run("load", file.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("-a NAME", "kyiv, lviv");
        assertThat(run("load", "--account", "lvic", file.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("there is no account 'lvic'. Did you mean 'lviv'?");
        assertThat(sandbox.log()).isEmpty();
    }

    @Test
    void given_several_accounts_when_one_is_named_then_its_folders_are_used_and_status_knows_it() throws Exception {
        Path file = Files.writeString(home.resolve("a.csv"), "name\na\n\"\"\n");

        assertThat(run("load", "-a", "lviv", file.toString())).isEqualTo(3);
        Path results = Outbox.only(home.resolve("lviv")).folder();
        assertThat(run("verify", "-a", "lviv", results.toString(), "--account")).isZero();
        assertThat(run("load", "-a", "lviv", file.toString())).isEqualTo(4);
        assertThat(err.toString()).contains("'catalog-drop load --again " + file.toAbsolutePath() + " -a lviv' loads");

        assertThat(run("status")).isZero();
        assertThat(out.toString()).containsPattern("kyiv: .*0 drops").containsPattern("lviv: .*1 drop");
        assertThat(run("status", "--json")).isZero();
        JsonNode accounts = new ObjectMapper().readTree(out.toString()).path("accounts");
        assertThat(accounts.findValuesAsText("account")).startsWith("kyiv");
        assertThat(accounts.get(1).path("drops").get(0).path("drop").asText()).isEqualTo("a.csv");
        assertThat(run("status", "-a", "lviv")).isZero();
        assertThat(out.toString()).contains("a.csv (");
    }

    @Test
    void given_two_files_of_one_kommo_account_when_one_is_named_then_nothing_is_loaded_for_it() throws Exception {
        write(home.resolve("accounts/odesa.properties"), sandbox.baseUrl() + "/");
        Path file = Files.writeString(home.resolve("a.csv"), "name\na\n");

        assertThat(run("load", "-a", "lviv", file.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("lviv.properties", "it is that of the account odesa");
        assertThat(run("run", "--once", "-a", "odesa")).isEqualTo(2);
        assertThat(err.toString()).contains("it is that of the account lviv");
        assertThat(sandbox.log()).isEmpty();
        assertThat(run("load", "-a", "kyiv", file.toString())).isZero();
    }

    @Test
    void given_no_accounts_when_one_is_named_then_the_command_says_so() {
        System.clearProperty("drop.accounts");

        assertThat(run("status", "-a", "lviv")).isEqualTo(2);

        assertThat(err.toString()).contains("there are no accounts");
    }
}
