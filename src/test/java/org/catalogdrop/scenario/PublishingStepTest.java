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
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.catalogdrop.config.Folders;
import org.catalogdrop.config.Settings;
import org.catalogdrop.config.SettingsReader;
import org.catalogdrop.crash.CrashDrop;
import org.catalogdrop.crash.CrashLaws;
import org.catalogdrop.journal.DropEntry;
import org.catalogdrop.journal.Journal;
import org.catalogdrop.results.Summaries;
import org.catalogdrop.sandbox.Sandbox;
import org.catalogdrop.sandbox.SandboxSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The inbox dies between any two steps of publishing and moving; the next run ends it, with one folder and the file put away. */
@Timeout(60)
class PublishingStepTest {

    private static final StepLife.Step NOWHERE = (node, after) -> false;

    @TempDir
    Path home;

    private Sandbox sandbox;
    private CrashDrop drop;

    @BeforeEach
    void serve() throws Exception {
        sandbox = Sandbox.start(SandboxSettings.defaults().withRequestsPerSecond(0));
        Folders.make(settings().folders());
        drop = CrashDrop.of("add", sandbox.store(), 7);
        drop.lay(home.resolve("inbox/a.csv"));
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @ParameterizedTest(name = "{0}, after: {1}")
    @CsvSource({
        "catalog-calls method:openLoad, true",
        "catalog-loads method:countRows, true",
        "catalog-loads method:buildChunks, true",
        "catalog-loads method:publishResults, false",
        "catalog-loads method:publishResults, true",
        "catalog-calls method:closeLoad, false",
        "catalog-inbox method:putAwayDrop, false",
    })
    void given_death_during_the_move_to_the_archive_when_run_again_then_it_completes(String place, boolean late)
            throws Exception {
        assertThat(StepLife.run(settings(), (node, after) -> node.contains(place) && after == late))
                .isTrue();
        assertThat(home.resolve("inbox/a.csv")).exists();
        assertEndsWell();
    }

    /** What stands in the way of {@code summary.json} stops it after the journal has heard of the folder and before the rename. */
    @Test
    void given_death_before_the_folder_is_in_place_when_run_again_then_it_completes() throws Exception {
        StepLife.run(settings(), (node, after) -> {
            if (node.contains("catalog-loads method:publishResults")) {
                block();
            }
            return false;
        });
        assertThat(home.resolve("inbox/a.csv")).exists();
        assertEndsWell();
    }

    private void block() {
        try (Stream<Path> parts = Files.list(home.resolve("outbox"))) {
            for (Path part : parts.toList()) {
                Files.createDirectories(part.resolve("summary.json"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The journal takes no word of the end, as if the process had gone after the file was moved. */
    @Test
    void given_death_after_the_move_when_run_again_then_it_completes() throws Exception {
        StepLife.run(settings(), (node, after) -> {
            if (node.contains("catalog-inbox method:putAwayDrop") && !after) {
                sql("create trigger death before update of state on drops when new.state = 'done'"
                        + " begin select raise(abort, 'died'); end");
            }
            return false;
        });
        assertThat(home.resolve("archive/a.csv")).exists();
        sql("drop trigger death");
        assertEndsWell();
    }

    /** Whoever waits for results may move them away as they appear. */
    @Test
    void given_results_collected_at_once_when_run_again_then_they_are_not_made_twice() throws Exception {
        StepLife.run(settings(), (node, after) -> {
            if (node.contains("catalog-inbox method:putAwayDrop") && after) {
                collect();
            }
            return false;
        });
        assertEndedWithResultsCollected();
    }

    @Test
    void given_results_collected_before_the_next_start_when_run_again_then_it_completes() throws Exception {
        assertThat(StepLife.run(
                        settings(), (node, after) -> node.contains("catalog-loads method:publishResults") && after))
                .isTrue();
        collect();
        assertThat(home.resolve("inbox/a.csv")).exists();
        assertThat(StepLife.run(settings(), NOWHERE)).isFalse();
        assertEndedWithResultsCollected();
    }

    private void collect() {
        try {
            Path outbox = home.resolve("outbox");
            Files.move(Outbox.only(home).folder(), outbox.resolveSibling("collected"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void assertEndedWithResultsCollected() throws Exception {
        assertThat(home.resolve("archive/a.csv")).exists();
        assertThat(Outbox.names(home.resolve("outbox"))).isEmpty();
        assertThat(Journal.drops(home.resolve("state"))).singleElement().satisfies(line -> {
            assertThat(line.state()).isEqualTo(DropEntry.State.DONE);
            assertThat(line.counts())
                    .isEqualTo(Summaries.read(home.resolve("collected")).byStatus().entrySet().stream()
                            .filter(count -> count.getValue() > 0)
                            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
        });
        drop.lay(home.resolve("inbox/again.csv"));
        assertThat(StepLife.run(settings(), NOWHERE)).isFalse();
        assertThat(Outbox.names(home.resolve("outbox"))).isEmpty();
        assertThat(home.resolve("refused/again.csv.reason.txt")).content().contains("already_loaded");
    }

    private void assertEndsWell() throws Exception {
        assertThat(StepLife.run(settings(), NOWHERE)).isFalse();
        CrashLaws.assertLoaded(home, drop, sandbox.store());
        CrashLaws.assertPutAway(home, List.of("a.csv"));
        drop.lay(home.resolve("inbox/again.csv"));
        long requests = sandbox.stats().requests();
        assertThat(StepLife.run(settings(), NOWHERE)).isFalse();
        assertThat(sandbox.stats().requests()).isEqualTo(requests);
        CrashLaws.assertLoaded(home, drop, sandbox.store());
        assertThat(Outbox.names(home.resolve("refused")))
                .containsExactly("again.csv", "again.csv.reason.txt", "again.csv.report.html");
        assertThat(home.resolve("refused/again.csv.reason.txt")).content().contains("already_loaded", "outbox");
    }

    private void sql(String statement) {
        try (Connection journal = DriverManager.getConnection("jdbc:sqlite:" + home.resolve("state/catalog-drop.db"));
                Statement sql = journal.createStatement()) {
            sql.execute(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Settings settings() {
        Map<String, String> settings = Map.of(
                "kommo.base-url", sandbox.baseUrl(),
                "kommo.access-token", "sandbox-token",
                "kommo.catalog-id", Long.toString(CrashDrop.LIST),
                "kommo.chunk-size", "2",
                "kommo.requests-per-second", "0",
                "kommo.doubt-wait", "0ms",
                "drop.settle", "0ms",
                "drop.poll", "5ms",
                "drop.home", home.toString());
        return SettingsReader.read(key -> Optional.ofNullable(settings.get(key)), true);
    }
}
