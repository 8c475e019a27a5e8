package org.catalogdrop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** {@code help} shows the help of just the command that is named. */
class HelpCommandTest {

    private final StringWriter told = new StringWriter();

    private int run(String... words) {
        PrintWriter writer = new PrintWriter(told, true);
        CommandLine line = CatalogDropMain.commandLine().setOut(writer).setErr(writer);
        return line.execute(words);
    }

    @ParameterizedTest
    @CsvSource({"mapping init", "mapping check", "keys sync", "load", "mapping"})
    void shows_what_the_option_shows(String command) {
        String[] words = command.split(" ", -1);
        assertThat(run((command + " --help").split(" ", -1))).isZero();
        String expected = told.toString();
        told.getBuffer().setLength(0);

        String[] help = ("help " + command).split(" ", -1);
        assertThat(run(help)).isZero();
        assertThat(told.toString()).isEqualTo(expected).contains(words[words.length - 1]);
    }

    @Test
    void alone_it_shows_all_commands() {
        assertThat(run("help")).isZero();
        assertThat(told.toString()).contains("load", "mapping", "help");
    }

    @Test
    void no_command_is_reported() {
        assertThat(run("help", "mapping", "make")).isEqualTo(2);
        assertThat(told.toString()).contains("'make' is no command of catalog-drop mapping");
    }
}
