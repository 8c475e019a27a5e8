package org.catalogdrop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.catalogdrop.sandbox.fault.Fault;
import org.catalogdrop.scenario.CommandSandbox;
import org.catalogdrop.scenario.Night;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The plan of a drop whose load stopped before its end is of the rows that are left. */
@Timeout(60)
class BegunPlanTest extends CommandSandbox {

    private final StringWriter out = new StringWriter();

    @BeforeEach
    void sendTwoAtATime() {
        System.setProperty("kommo.chunk-size", "2");
        System.setProperty("kommo.in-flight", "1");
    }

    @AfterEach
    void clear() {
        List.of("kommo.chunk-size", "kommo.in-flight").forEach(System::clearProperty);
    }

    private int run(String... words) {
        out.getBuffer().setLength(0);
        PrintWriter told = new PrintWriter(out, true);
        return CatalogDropMain.commandLine().setOut(told).setErr(told).execute(words);
    }

    /** Rows 1 and 2 are made, and rows 3 and 4 are in doubt. */
    private Path stopHalfway(String name, String text) throws Exception {
        Path file = Files.writeString(home.resolve(name), text);
        sandbox.faults().next(Fault.named("504_after").has("A3"));
        // The list is read before the first add to it; the look-up is to fail.
        sandbox.faults().next(Fault.named("delay").number(1).on(Fault.Target.GET));
        sandbox.faults().next(Fault.named("401_before").on(Fault.Target.GET));
        assertThat(run("load", file.toString())).as(out::toString).isEqualTo(1);
        sandbox.faults().clear();
        return file;
    }

    private void assertPlansWhatIsLeft(Path file, String... changes) {
        long posts = posts();
        assertThat(run("plan", file.toString())).as(out::toString).isEqualTo(3);
        assertThat(out.toString())
                .contains("The load of this drop has begun")
                .containsPattern("done +2\n")
                .containsPattern("in doubt +2\n")
                .containsPattern("add +2\n")
                .containsPattern("reject +1\n")
                .containsPattern("requests +1,")
                .contains(changes)
                .doesNotContain("row 1", "row 2", "row 3", "row 4");
        assertThat(posts()).isEqualTo(posts);
        run("plan", "--json", file.toString());
        assertThat(out.toString()).contains("\"done\": 2", "\"in_doubt\": 2", "\"rows\": 7");
    }

    private long posts() {
        return sandbox.log().stream()
                .filter(request -> request.method().equals("POST"))
                .count();
    }

    @Test
    void given_a_plain_drop_half_loaded_when_planned_then_only_the_rows_left_count() throws Exception {
        Path file = stopHalfway("shop.csv", "name\nA1\nA2\nA3\nA4\nA5\nA6\n\"\"\n");
        assertPlansWhatIsLeft(file, "row 5 \"A5\" is added", "row 6 \"A6\" is added");
    }

    @Test
    void given_upserts_half_loaded_when_planned_then_only_the_rows_left_count() throws Exception {
        Night.mapping(home, "");
        Path file = stopHalfway(
                "night1.csv", Night.drop("a;A1;1", "b;A2;1", "c;A3;1", "d;A4;1", "e;A5;1", "f;A6;1", ";A7;1"));
        assertPlansWhatIsLeft(file, "row 5 e \"A5\" is added", "row 6 f \"A6\" is added");
    }

    @Test
    void given_a_drop_that_was_loaded_to_its_end_when_planned_then_nothing_is_said_of_rows_done() throws Exception {
        Path file = Files.writeString(home.resolve("shop.csv"), "name\nA1\n");
        assertThat(run("load", file.toString())).isZero();
        run("plan", file.toString());
        assertThat(out.toString()).contains("loaded before").doesNotContain("has begun");
    }
}
