package org.catalogdrop.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
import org.catalogdrop.sandbox.store.StoredElement;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The packaged program with its journal on PostgreSQL, on several machines: each has a state folder of its own. */
@Tag("slow")
class JournalOnPostgresIT extends MachinesOnPostgres {

    private static final int ROWS = 300;

    /** The program on one of the machines. */
    private Command machine(String name) throws IOException {
        Map<String, String> settings = settings(name);
        settings.put("drop.lease", "2s");
        settings.put("drop.lease-renewal", "500ms");
        settings.put("kommo.doubt-wait", "1s");
        settings.put("kommo.chunk-size", "10");
        return new Command(home()).with(settings);
    }

    private Path drop() throws IOException {
        Path file = home().resolve("shop.csv");
        String rows = String.join(
                "\n", IntStream.range(0, ROWS).mapToObj(row -> "row " + row).toList());
        return Files.writeString(file, "name\n" + rows + "\n");
    }

    private void assertThatEachRowExistsOnce() {
        assertThat(sandbox.store().elements(Loading.LIST).stream().map(StoredElement::name))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, ROWS).mapToObj(row -> "row " + row).toList());
    }

    @Test
    void given_journal_on_postgresql_when_a_machine_dies_then_another_one_goes_on_and_each_row_exists_once()
            throws Exception {
        Path drop = drop();
        // Slow enough for a second program to start meanwhile.
        Process first = machine("one")
                .with("kommo.requests-per-second", "1")
                .start(temp.resolve("out").toFile(), temp.resolve("err").toFile(), "load", drop.toString());
        try {
            while (sandbox.store().count(Loading.LIST) < 30) {
                assertThat(first.isAlive())
                        .as(() -> Command.read(temp.resolve("err")))
                        .isTrue();
                Thread.sleep(20);
            }
            Command.Result second = machine("two").run("load", drop.toString());
            assertThat(second.status()).as(second.err()).isNotZero();
            assertThat(second.err()).contains("is in use by", "process " + first.pid() + " on host");
            assertThat(machine("two").run("status").out()).contains("shop.csv");
        } finally {
            first.destroyForcibly().waitFor();
        }

        // Until the lease of the dead machine has ended.
        Command.Result resumed = machine("two").run("load", drop.toString());
        while (resumed.err().contains("is in use by")) {
            resumed = machine("two").run("load", drop.toString());
        }
        assertThat(resumed.status()).as(resumed.err()).isZero();
        assertThatEachRowExistsOnce();
        Command.Result repeat = machine("three").run("load", drop.toString());
        assertThat(repeat.status()).as(repeat.err() + repeat.out()).isEqualTo(4);
        assertThat(temp.resolve("state-two").resolve("catalog-drop.db")).doesNotExist();
    }
}
