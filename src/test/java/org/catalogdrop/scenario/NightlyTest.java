package org.catalogdrop.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.catalogdrop.scenario.Night.drop;
import static org.catalogdrop.scenario.Night.told;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.catalogdrop.camel.Installation;
import org.catalogdrop.crash.CrashDrop;
import org.catalogdrop.journal.DropEntry;
import org.catalogdrop.journal.DropLine;
import org.catalogdrop.journal.Journal;
import org.catalogdrop.model.Status;
import org.catalogdrop.model.Summary;
import org.catalogdrop.sandbox.store.StoredElement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A full export by key in which nothing changed since last night has the same bytes, and is a load like any other. */
@Timeout(60)
class NightlyTest extends LivesSandbox {

    private static final String ROWS = drop("A;Ant;1", "B;Bee;2");

    @BeforeEach
    void map() throws IOException {
        Night.mapping(home, "");
    }

    private Path inbox() throws IOException {
        return Files.createDirectories(home.resolve("inbox"));
    }

    private Summary load(String name) throws Exception {
        return StepLife.load(settings(), laid(name, ROWS), NOWHERE).orElseThrow();
    }

    private List<DropEntry.State> states() {
        return Journal.drops(home.resolve("state")).stream()
                .map(DropLine::state)
                .toList();
    }

    @Test
    void given_a_file_by_key_when_the_same_bytes_come_again_then_all_rows_are_unchanged() throws Exception {
        Summary first = load("night.csv");
        Summary second = load("night.csv");
        Summary third = load("night3.csv");

        assertThat(second.refusal()).isEmpty();
        assertThat(second.exitStatus()).isZero();
        assertThat(second.count(Status.UNCHANGED)).isEqualTo(2);
        assertThat(second.folder()).isEqualTo(first.folder() + "-2");
        assertThat(told(new Outbox(home.resolve("outbox").resolve(second.folder()))))
                .containsExactly("A update unchanged", "B update unchanged");
        assertThat(third.count(Status.UNCHANGED)).isEqualTo(2);
        assertThat(posts()).isEqualTo(2);
    }

    @Test
    void given_an_inbox_when_the_same_file_comes_again_then_it_goes_to_the_archive_under_a_name_of_its_own()
            throws Exception {
        for (int night = 0; night < 2; night++) {
            Files.writeString(inbox().resolve("night.csv"), ROWS);
            StepLife.run(settings("drop.settle=0s"), NOWHERE);
        }

        assertThat(Outbox.names(home.resolve("archive"))).containsExactly("night-2.csv", "night.csv");
        assertThat(Outbox.names(home.resolve("outbox"))).hasSize(2);
        assertThat(states()).containsExactly(DropEntry.State.DONE, DropEntry.State.DONE);
    }

    @Test
    void given_a_change_in_the_account_when_the_same_bytes_come_again_then_a_deleted_element_comes_back()
            throws Exception {
        load("night.csv");
        StoredElement ant = sandbox.store().elements(CrashDrop.LIST).get(0);
        ByHand.delete(sandbox.baseUrl(), TOKEN, ant.id());
        try (StepLife life = new StepLife(settings(), new Installation.InboxMode(false, false), NOWHERE)) {
            life.drop().keyLooks().sync(Night.place());
        }

        Summary second = load("night.csv");

        assertThat(second.count(Status.CREATED)).isEqualTo(1);
        assertThat(second.count(Status.UNCHANGED)).isEqualTo(1);
    }

    /** Wherever the second load dies, it goes on as the second, and there is no third. */
    @Test
    void given_a_second_load_that_dies_when_it_resumes_then_it_is_one_load() throws Exception {
        Files.writeString(inbox().resolve("night.csv"), ROWS);
        StepLife.run(settings("drop.settle=0s"), NOWHERE);
        for (String step : List.of(
                "catalog-calls method:openLoad",
                "catalog-loads method:checkRows",
                "catalog-loads method:buildChunks",
                "catalog-loads method:publishResults",
                "catalog-inbox method:putAwayDrop")) {
            for (boolean after : List.of(false, true)) {
                Path file = Files.writeString(inbox().resolve("night.csv"), ROWS);
                int before = states().size();
                assertThat(StepLife.run(
                                settings("drop.settle=0s"), (node, late) -> node.contains(step) && late == after))
                        .as("dies at %s", step)
                        .isTrue();

                StepLife.run(settings("drop.settle=0s"), NOWHERE);

                assertThat(file).doesNotExist();
                assertThat(states())
                        .as("loads after a death %s %s", after ? "after" : "before", step)
                        .hasSize(before + 1)
                        .containsOnly(DropEntry.State.DONE);
                assertThat(Outbox.names(home.resolve("outbox"))).hasSize(before + 1);
            }
        }
        assertThat(sandbox.store().created()).isEqualTo(2);
    }

    @Test
    void given_no_key_when_the_same_bytes_come_again_then_they_are_refused() throws Exception {
        Path file = laid("plain.csv", "name\nAnt\n");
        StepLife.load(settings(), file, NOWHERE);

        Summary second = StepLife.load(settings(), file, NOWHERE).orElseThrow();

        assertThat(second.refusal().orElseThrow().code().word()).isEqualTo("already_loaded");
    }

    @Test
    void given_approvals_when_the_same_bytes_by_key_come_again_then_they_wait_and_are_not_refused() throws Exception {
        Files.writeString(inbox().resolve("night.csv"), ROWS);
        StepLife.run(settings("drop.settle=0s"), NOWHERE);
        Path again = Files.writeString(inbox().resolve("night.csv"), ROWS);

        StepLife.run(settings("drop.settle=0s", "drop.approve=true"), NOWHERE);

        assertThat(again).exists();
        assertThat(Outbox.names(home.resolve("outbox"))).anyMatch(name -> name.endsWith(".plan"));
        assertThat(home.resolve("refused")).isEmptyDirectory();
    }
}
