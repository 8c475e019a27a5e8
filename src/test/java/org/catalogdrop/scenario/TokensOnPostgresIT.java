package org.catalogdrop.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.catalogdrop.sandbox.LoggedRequest;
import org.catalogdrop.sandbox.SandboxSettings;
import org.catalogdrop.sandbox.fault.Fault;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The commands of the packaged program with a pair of tokens in the database of the journal. */
@Tag("slow")
class TokensOnPostgresIT extends MachinesOnPostgres {

    private Command machine(String name) throws IOException {
        Map<String, String> settings = settings(name);
        settings.remove("kommo.access-token");
        settings.put("kommo.client-id", SandboxSettings.CLIENT_ID);
        settings.put("kommo.client-secret", SandboxSettings.CLIENT_SECRET);
        settings.put("kommo.redirect-uri", SandboxSettings.REDIRECT_URI);
        settings.put("drop.journal-schema", "tokens");
        settings.put("drop.lease", "2s");
        settings.put("drop.lease-renewal", "500ms");
        return new Command(home()).with(settings);
    }

    @Test
    void given_login_on_one_machine_when_others_work_then_they_use_its_pair_and_a_block_is_lifted_by_command()
            throws Exception {
        Path drop = Files.writeString(home().resolve("one.csv"), "name\na\nb\n");
        Command.Result early = machine("two").run("load", drop.toString());
        assertThat(early.status()).isEqualTo(1);
        assertThat(early.err()).contains("no tokens yet", server.url(), "login");

        Command.Result login = machine("one").run("login", "--code", sandbox.code());
        assertThat(login.status()).as(login.err()).isZero();
        assertThat(login.out()).contains("The tokens are in " + server.url());

        sandbox.expireTokens(Duration.ofHours(24));
        Command.Result list = machine("three").run("list");
        assertThat(list.status()).as(list.err()).isZero();
        Command.Result load = machine("two").run("load", drop.toString());
        assertThat(load.status()).as(load.err()).isZero();
        assertThat(sandbox.log().stream()
                        .filter(request -> request.uri().startsWith("/oauth2/"))
                        .map(LoggedRequest::status))
                .containsExactly(200, 200);

        sandbox.faults().next(Fault.named("403").on(Fault.Target.ANY));
        assertThat(machine("two").run("list").err()).contains("block lift");
        int sent = sandbox.log().size();
        assertThat(machine("three").run("list").err()).contains("block lift");
        assertThat(machine("one").run("status").out()).contains("HTTP 403");
        assertThat(sandbox.log()).hasSize(sent);
        Command.Result lift = machine("one").run("block", "lift");
        assertThat(lift.out()).contains("is lifted in " + server.url());
        assertThat(machine("one").run("block", "lift").out()).contains("No block is noted");
        assertThat(machine("three").run("list").status()).isZero();

        Command.Result back = machine("two").run("journal", "copy", "--back");
        assertThat(back.status()).as(back.err()).isZero();
        assertThat(back.out()).contains("Moved the pair of tokens too.");
        assertThat(temp.resolve("state-two/tokens.json")).exists();
        assertThat(machine("three").run("list").err()).contains("no tokens yet");
        Command.Result alone = machine("two")
                .with("drop.journal", "")
                .with("drop.journal-user", "")
                .with("drop.journal-schema", "")
                .run("list");
        assertThat(alone.status()).as(alone.err()).isZero();
    }
}
