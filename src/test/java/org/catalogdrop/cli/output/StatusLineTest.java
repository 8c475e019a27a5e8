package org.catalogdrop.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Whatever is written beside the line at the foot of a terminal begins on a line of its own. */
class StatusLineTest {

    private static final String ERASE = "\r\033[K";

    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
    private final PrintStream terminal = new PrintStream(screen, true, StandardCharsets.UTF_8);
    private final StatusLine line = new StatusLine(terminal);
    private final PrintStream beside = new PrintStream(line.beside(terminal), true, StandardCharsets.UTF_8);

    private String shown() {
        return screen.toString(StandardCharsets.UTF_8);
    }

    @Test
    void given_a_drawn_line_when_a_message_is_written_then_the_message_takes_its_place() {
        line.draw("50 %");
        beside.println("a message");
        line.draw("60 %");
        line.erase();
        line.erase();
        assertThat(shown()).isEqualTo(ERASE + "50 %" + ERASE + "a message\n" + ERASE + "60 %" + ERASE);
    }

    @Test
    void given_a_message_that_is_not_at_its_end_then_the_line_waits_for_it() {
        beside.print("Code: ");
        line.draw("50 %");
        beside.print("given\n");
        line.draw("60 %");
        assertThat(shown()).isEqualTo("Code: given\n" + ERASE + "60 %");
    }
}
