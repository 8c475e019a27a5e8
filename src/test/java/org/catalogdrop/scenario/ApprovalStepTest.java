package org.catalogdrop.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.catalogdrop.cli.CatalogDropMain;
import org.catalogdrop.config.Folders;
import org.catalogdrop.config.Settings;
import org.catalogdrop.crash.CrashDrop;
import org.catalogdrop.input.DropInspector;
import org.catalogdrop.sandbox.store.StoredElement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An approved drop dies at any step on its way: it is loaded once, and the same bytes of the next night wait for an approval of their own. */
@Timeout(60)
class ApprovalStepTest extends LivesSandbox {

    private static final String ROWS = Night.drop("A;Ant;1", "B;Bee;2", "C;Cat;3");

    private Path drop;
    private Path approval;

    @BeforeEach
    void layAndPlan() throws Exception {
        Folders.make(approving().folders());
        Night.mapping(home, "");
        drop = home.resolve("inbox/night.csv");
        approval = home.resolve("inbox/night.csv.approve");
        Files.writeString(drop, ROWS);
        assertThat(StepLife.run(approving(), NOWHERE)).isFalse();
        assertThat(drop).exists();
        approve();
    }

    private void approve() throws IOException {
        Files.writeString(approval, DropInspector.digest(drop).substring(0, 8));
    }

    private Settings approving() {
        return settings("drop.approve=true", "drop.settle=0ms", "drop.poll=5ms");
    }

    private List<String> names() {
        return sandbox.store().elements(CrashDrop.LIST).stream()
                .map(StoredElement::name)
                .toList();
    }

    private void assertLoaded() throws IOException {
        assertThat(drop).doesNotExist();
        assertThat(approval).doesNotExist();
        assertThat(home.resolve("archive/night.csv")).hasContent(ROWS);
        assertThat(names()).containsExactlyInAnyOrder("Ant", "Bee", "Cat");
    }

    private void assertWaitsTheNextNight() throws Exception {
        Files.writeString(drop, ROWS);
        assertWaits();
    }

    private void assertWaits() throws Exception {
        long posts = posts();
        assertThat(StepLife.run(approving(), NOWHERE)).isFalse();
        assertThat(posts()).isEqualTo(posts);
        assertThat(drop).exists();
        assertThat(Outbox.names(home.resolve("outbox")))
                .filteredOn(name -> name.endsWith(".plan"))
                .hasSize(1);
    }

    @ParameterizedTest(name = "{0}, after: {1}")
    @CsvSource({
        "catalog-calls method:openLoad, true",
        "catalog-sending method:recordIntent, true",
        "catalog-sending method:settleRows, true",
        "catalog-loads method:publishResults, false",
        "catalog-loads method:publishResults, true",
        "catalog-inbox method:putAwayDrop, false",
        "catalog-inbox method:putAwayDrop, true",
    })
    void given_an_approved_drop_when_it_dies_then_it_resumes_and_the_next_one_waits(String place, boolean late)
            throws Exception {
        assertThat(StepLife.run(approving(), (node, after) -> node.contains(place) && after == late))
                .isTrue();
        assertThat(StepLife.run(approving(), NOWHERE)).isFalse();
        assertLoaded();
        assertWaitsTheNextNight();
    }

    @Test
    void given_an_approval_that_is_used_up_when_the_drop_has_not_left_then_the_next_run_puts_it_away()
            throws Exception {
        Path archive = home.resolve("archive");
        StepLife.run(approving(), (node, after) -> {
            if (node.contains("catalog-inbox method:putAwayDrop") && !after) {
                putInTheWay(archive);
            }
            return false;
        });
        assertThat(drop).exists();
        assertThat(approval).doesNotExist();
        Files.delete(archive);

        assertThat(StepLife.run(approving(), NOWHERE)).isFalse();

        assertLoaded();
        assertWaitsTheNextNight();
    }

    @Test
    void given_a_death_after_the_move_when_the_same_bytes_come_before_the_next_run_then_they_wait() throws Exception {
        StepLife.run(approving(), (node, after) -> {
            if (node.contains("catalog-inbox method:putAwayDrop") && !after) {
                sql("create trigger death before update of state on drops when new.state = 'done'"
                        + " begin select raise(abort, 'died'); end");
            }
            return false;
        });
        sql("drop trigger death");
        assertLoaded();
        Files.writeString(drop, ROWS);

        assertWaits();

        approve();
        assertThat(StepLife.run(approving(), NOWHERE)).isFalse();
        assertThat(home.resolve("archive/night-2.csv")).exists();
    }

    @Test
    void given_a_drop_that_waits_when_it_is_forgotten_then_its_approval_is_gone_and_its_plan_renamed()
            throws Exception {
        assertThat(StepLife.run(
                        approving(), (node, after) -> node.contains("catalog-sending method:recordIntent") && !after))
                .isTrue();
        String digest = DropInspector.digest(drop);
        Loading.settings(home, sandbox.baseUrl(), "drop.approve=true").forEach(System::setProperty);
        try {
            assertThat(CatalogDropMain.commandLine().execute("forget", digest)).isZero();
        } finally {
            Loading.settings(home, sandbox.baseUrl(), "drop.approve=true")
                    .keySet()
                    .forEach(System::clearProperty);
        }
        assertThat(drop).doesNotExist();
        assertThat(approval).doesNotExist();
        assertThat(Outbox.names(home.resolve("outbox")))
                .filteredOn(name -> name.startsWith("night.csv"))
                .containsExactly("night.csv-" + digest.substring(0, 8) + ".plan.refused");
        assertWaitsTheNextNight();
    }

    private static void putInTheWay(Path folder) {
        try {
            Files.delete(folder);
            Files.createFile(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void sql(String statement) {
        try (Connection journal = DriverManager.getConnection("jdbc:sqlite:" + home.resolve("state/catalog-drop.db"));
                Statement sql = journal.createStatement()) {
            sql.execute(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
