package org.catalogdrop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.catalogdrop.scenario.CommandSandbox;
import org.catalogdrop.scenario.Loading;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@code run --once}: what its exit status says, and what it leaves for whoever reads on. */
class RunCommandTest extends CommandSandbox {

    @AfterEach
    void approveNothing() {
        System.clearProperty("drop.approve");
    }

    private int runOnce() {
        return CatalogDropMain.commandLine().setErr(new PrintWriter(err, true)).execute("run", "--once");
    }

    private Path inbox(String name, String text) throws IOException {
        return Files.writeString(Files.createDirectories(home.resolve("inbox")).resolve(name), text);
    }

    @Test
    void given_a_drop_that_waits_for_approval_when_the_run_ends_then_its_exit_status_is_one_until_it_was_loaded()
            throws Exception {
        System.setProperty("drop.approve", "true");
        Path drop = inbox("p.csv", "name\na\n");

        assertThat(runOnce()).isEqualTo(1);
        assertThat(runOnce()).as("with the plan of before").isEqualTo(1);
        assertThat(drop).exists();

        inbox("p.csv.approve", org.catalogdrop.input.DropInspector.digest(drop).substring(0, 8));
        assertThat(runOnce()).isZero();
        assertThat(sandbox.store().count(Loading.LIST)).isEqualTo(1);
    }

    @Test
    void given_a_refused_drop_then_its_reason_names_the_command_and_every_step() throws Exception {
        inbox("a b.csv", "foo\n1\n");

        assertThat(runOnce()).isEqualTo(4);

        assertThat(home.resolve("refused/a b.csv.reason.txt"))
                .content()
                .contains(
                        "\nnext:    If no mapping file is for drops of this name, 'catalog-drop mapping init \""
                                + home.resolve("refused/a b.csv") + "\"' writes",
                        "move the file into " + home.resolve("inbox") + " and delete this .reason.txt.\n");
    }

    @Test
    void given_a_refused_repeat_then_its_reason_names_the_command_that_loads_it_again() throws Exception {
        inbox("a.csv", "name\na\n");
        assertThat(runOnce()).isZero();
        inbox("b.csv", "name\na\n");

        assertThat(runOnce()).isEqualTo(4);

        assertThat(home.resolve("refused/b.csv.reason.txt"))
                .content()
                .contains("\nnext:    'catalog-drop load --again " + home.resolve("refused/b.csv") + "' loads");
    }
}
