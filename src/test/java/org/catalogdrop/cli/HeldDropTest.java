package org.catalogdrop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.catalogdrop.sandbox.fault.Fault;
import org.catalogdrop.scenario.CommandSandbox;
import org.catalogdrop.scenario.Loading;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A half-loaded drop with rows in doubt that is held, since the settings are others now: who waits for it, and who does not. */
@Timeout(60)
class HeldDropTest extends CommandSandbox {

    private final StringWriter out = new StringWriter();
    private Path other;

    @BeforeEach
    void stopInDoubt() throws Exception {
        Path inbox = Files.createDirectories(home.resolve("inbox"));
        Path first = Files.writeString(inbox.resolve("first.csv"), "name\na\nb\n");
        sandbox.faults().next(Fault.named("504_after"));
        // The list is read before the first add to it; the look-up is to fail.
        sandbox.faults().next(Fault.named("delay").number(1).on(Fault.Target.GET));
        sandbox.faults().next(Fault.named("401_before").on(Fault.Target.GET));
        assertThat(run("load", first.toString())).as(out::toString).isEqualTo(1);
        sandbox.faults().clear();
        other = Files.writeString(inbox.resolve("other.csv"), "name\nother\n");
    }

    @AfterEach
    void clear() {
        List.of("kommo.base-url", "kommo.catalog-id").forEach(System::clearProperty);
    }

    private int run(String... words) {
        out.getBuffer().setLength(0);
        PrintWriter told = new PrintWriter(out, true);
        return CatalogDropMain.commandLine().setOut(told).setErr(told).execute(words);
    }

    @Test
    void given_another_list_of_the_same_account_when_it_is_held_then_the_others_wait_for_it() {
        System.setProperty("kommo.catalog-id", "4221");

        assertThat(run("run", "--once")).as(out::toString).isEqualTo(1);

        assertThat(other).exists();
        assertThat(sandbox.store().elements(4221)).isEmpty();
        System.setProperty("kommo.catalog-id", Long.toString(Loading.LIST));
        assertThat(run("run", "--once")).as(out::toString).isZero();
        assertThat(sandbox.store().elements(Loading.LIST)).hasSize(3);
    }

    @Test
    void given_another_account_when_it_is_held_then_the_others_load() {
        System.setProperty("kommo.base-url", "http://localhost:" + sandbox.port());

        assertThat(run("run", "--once")).as(out::toString).isEqualTo(1);

        assertThat(other).doesNotExist();
        assertThat(home.resolve("inbox/first.csv")).exists();
    }
}
