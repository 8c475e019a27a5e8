package org.catalogdrop.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.catalogdrop.camel.Installation;
import org.catalogdrop.config.Settings;
import org.catalogdrop.config.SettingsReader;
import org.catalogdrop.inbox.InboxCourier;
import org.catalogdrop.journal.handover.HandedFile;
import org.catalogdrop.journal.handover.OriginBox;
import org.catalogdrop.journal.store.JournalPlace;
import org.catalogdrop.model.RunHalted;
import org.catalogdrop.results.NextStep;
import org.catalogdrop.sandbox.store.StoredElement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What people and disks do to the folders of a machine while its files are with the owner of the journal. */
@Tag("slow")
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HandoverFaultsTest extends MachinesOnPostgres {

    private static final String HELD = "action,id,_was:name\ndelete,7,Seven\n";

    private final List<AutoCloseable> open = new ArrayList<>();

    /** The tables are made by the first owner. */
    @BeforeEach
    void setUp() throws Exception {
        own("one", true).runs().awaitIdle();
        closeAll();
    }

    @AfterEach
    void closeAll() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
        open.clear();
    }

    private Path folder(String machine, String folder) {
        return temp.resolve(machine).resolve(folder);
    }

    private String schema() {
        return temp.getFileName().toString().replaceAll("[^a-z0-9]", "_");
    }

    private Settings read(String machine, String... more) throws IOException {
        Map<String, String> settings = settings(machine);
        settings.put("drop.home", temp.resolve(machine).toString());
        settings.put("drop.journal-schema", schema());
        settings.put("drop.lease", "2s");
        settings.put("drop.lease-renewal", "500ms");
        settings.put("drop.handover", "database");
        for (String one : more) {
            settings.put(one.substring(0, one.indexOf('=')), one.substring(one.indexOf('=') + 1));
        }
        return SettingsReader.read(key -> Optional.ofNullable(settings.get(key)), true);
    }

    private InboxCourier standBy(String machine, String... more) throws IOException {
        Settings settings = read(machine, more);
        InboxCourier courier = InboxCourier.share(settings.drops(), settings.folders(), new NextStep());
        open.add(courier);
        return courier;
    }

    private Installation own(String machine, boolean once, String... more) throws Exception {
        DefaultCamelContext context = new DefaultCamelContext();
        Installation drop = Installation.install(
                context, read(machine, more), new Installation.InboxMode(true, once), Optional.empty());
        open.add(drop);
        open.add(context::stop);
        context.start();
        return drop;
    }

    private Path lay(String machine, String name, String text) throws IOException {
        Path half = Files.writeString(temp.resolve("half"), text);
        return Files.move(
                half,
                Files.createDirectories(folder(machine, "inbox")).resolve(name),
                StandardCopyOption.REPLACE_EXISTING);
    }

    private static void await(String what, Callable<Boolean> done) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(45).toNanos();
        while (!done.call()) {
            assertThat(System.nanoTime() - end).as(what).isNegative();
            Thread.sleep(20);
        }
    }

    private List<String> in(String machine, String folder) {
        try (Stream<Path> files = Files.list(folder(machine, folder))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith(".") && !name.equals("index.html"))
                    .sorted()
                    .toList();
        } catch (IOException notYet) {
            return List.of();
        }
    }

    /** The names in the order in which they were made. */
    private List<String> names() {
        return sandbox.store().elements(Loading.LIST).stream()
                .map(StoredElement::name)
                .toList();
    }

    private List<HandedFile> handed() throws IOException {
        try (OriginBox box = OriginBox.open(
                        (JournalPlace.Postgres) read("one").folders().journal())
                .orElseThrow()) {
            return box.all();
        }
    }

    private boolean isAt(HandedFile.State state) throws IOException {
        return handed().stream().map(HandedFile::state).toList().equals(List.of(state));
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(server.url(), "postgres", "");
                Statement statement = connection.createStatement()) {
            statement.execute("set search_path to " + schema());
            statement.execute(sql);
        }
    }

    @Test
    void given_a_file_that_waits_when_another_one_replaces_it_then_only_that_one_is_loaded() throws Exception {
        standBy("two");
        lay("two", "a.csv", "name\nold\n");
        await("it is in the database", () -> isAt(HandedFile.State.WAITING));
        String old = handed().get(0).digest();

        lay("two", "a.csv", "name\nnew\n");
        await(
                "the new one is",
                () -> isAt(HandedFile.State.WAITING)
                        && !handed().get(0).digest().equals(old));
        own("one", false);
        await("results", () -> in("two", "archive").equals(List.of("a.csv")));

        assertThat(names()).containsExactly("new");
        assertThat(in("two", "outbox")).hasSize(1);
    }

    @Test
    void given_a_drop_that_is_held_when_run_once_then_it_ends_and_a_corrected_file_is_loaded() throws Exception {
        lay("one", "a.csv", HELD);
        Installation once = own("one", true, "kommo.catalog-id=");
        assertThat(once.runs().awaitIdle(Duration.ofSeconds(40))).isTrue();
        assertThat(once.runs().exitStatus()).isEqualTo(1);
        assertThat(in("one", "inbox")).containsExactly("a.csv");
        closeAll();

        own("one", false, "kommo.catalog-id=");
        lay("one", "a.csv", "name,catalog_id\nCable,4220\n");
        await("results", () -> in("one", "archive").equals(List.of("a.csv")));
        assertThat(names()).containsExactly("Cable");
        assertThat(in("one", "refused")).isEmpty();
    }

    @Test
    void given_an_archive_that_is_away_when_run_once_then_it_ends_and_a_later_run_moves_the_file() throws Exception {
        lay("one", "a.csv", "name\na\n");
        Installation once = own("one", true, "drop.settle=1s");
        Files.delete(folder("one", "archive"));
        Files.createFile(folder("one", "archive"));

        assertThat(once.runs().awaitIdle(Duration.ofSeconds(40))).isTrue();
        assertThat(once.runs().exitStatus()).isEqualTo(1);
        assertThat(in("one", "outbox")).hasSize(1);
        closeAll();
        Files.delete(folder("one", "archive"));
        Installation again = own("one", true);
        again.runs().awaitIdle();

        assertThat(again.runs().exitStatus()).isZero();
        assertThat(in("one", "archive")).containsExactly("a.csv");
        assertThat(in("one", "outbox")).hasSize(1);
        assertThat(names()).containsExactly("a");
    }

    @Test
    void given_a_limit_when_an_older_file_waits_for_room_then_no_younger_one_overtakes_it() throws Exception {
        standBy("two", "drop.handover-limit=1KiB");
        Files.setLastModifiedTime(lay("two", "1.csv", "name\n" + "a".repeat(200) + "\n" + "b".repeat(300)), time(1));
        await("the first is in the database", () -> isAt(HandedFile.State.WAITING));
        Files.setLastModifiedTime(lay("two", "2.csv", "name\n" + "c".repeat(200) + "\n" + "d".repeat(400)), time(2));
        Files.setLastModifiedTime(lay("two", "3.csv", "name\ne"), time(3));
        long end = System.nanoTime() + Duration.ofSeconds(2).toNanos();
        await("several looks", () -> System.nanoTime() - end > 0 || handed().size() > 1);

        own("one", false);
        await("all are loaded", () -> in("two", "archive").size() == 3);
        assertThat(names().stream().map(name -> name.substring(0, 1))).containsExactly("a", "b", "c", "d", "e");
    }

    private static FileTime time(int second) {
        return FileTime.from(second, TimeUnit.SECONDS);
    }

    @Test
    void given_a_machine_that_died_while_it_stored_a_file_when_it_stays_away_then_its_room_is_free() throws Exception {
        try (OriginBox box = OriginBox.open(
                        (JournalPlace.Postgres) read("one").folders().journal())
                .orElseThrow()) {
            assertThat(box.reserve(HandedFile.of("dead", "gone", "gone, /inbox", "large.csv", 1000, "", 0), 1024))
                    .isTrue();
        }
        execute("update handed_files set handed_at = handed_at - interval '2 hours'");
        standBy("two", "drop.handover-limit=1KiB");
        lay("two", "a.csv", "name\n" + "a".repeat(200));

        await("it is in the database", () -> handed().size() == 2);
    }

    @Test
    void given_results_that_are_collected_at_once_when_they_are_published_then_that_is_done_once() throws Exception {
        standBy("two");
        for (int i = 0; i < 5; i++) {
            lay("two", i + ".csv", "name\n" + i + "\n");
        }
        Path outbox = folder("two", "outbox");
        Path taken = Files.createDirectories(temp.resolve("taken"));
        own("one", false);
        int[] collected = {0};
        await("all are loaded", () -> {
            for (String name : in("two", "outbox")) {
                Files.move(outbox.resolve(name), taken.resolve(name + "." + collected[0]++));
            }
            return in("two", "archive").size() == 5 && handed().isEmpty();
        });
        assertThat(collected[0] + in("two", "outbox").size()).isEqualTo(5);
    }

    @Test
    void given_an_inbox_whose_disk_is_away_when_the_results_come_then_the_file_is_archived_when_it_is_back()
            throws Exception {
        standBy("two");
        lay("two", "a.csv", "name\na\n");
        await("it is in the database", () -> isAt(HandedFile.State.WAITING));
        Path away = Files.move(folder("two", "inbox"), folder("two", "away"));
        Files.createDirectory(folder("two", "inbox"));
        own("one", false);
        await("the results are there", () -> in("two", "outbox").size() == 1);
        await(
                "nothing is left, or the file is waited for",
                () -> handed().isEmpty()
                        || (handed().get(0).folder().isEmpty()
                                && handed().get(0).state() == HandedFile.State.ENDED));

        Files.delete(folder("two", "inbox"));
        Files.move(away, folder("two", "inbox"));
        await("the file has left", () -> in("two", "inbox").isEmpty() && handed().isEmpty());
        assertThat(in("two", "archive")).containsExactly("a.csv");
        assertThat(in("two", "refused")).isEmpty();
    }

    @Test
    void given_an_inbox_that_was_emptied_with_its_mark_when_it_is_watched_again_then_its_results_find_back()
            throws Exception {
        standBy("two");
        lay("two", "a.csv", "name\na\n");
        await("it is in the database", () -> isAt(HandedFile.State.WAITING));
        closeAll();
        Files.delete(folder("two", "inbox").resolve(".catalog-drop.inbox"));

        standBy("two");
        own("one", false);
        await("the file has left", () -> in("two", "inbox").isEmpty() && handed().isEmpty());
        assertThat(in("two", "archive")).containsExactly("a.csv");
        assertThat(in("two", "refused")).isEmpty();
        assertThat(in("two", "outbox")).hasSize(1);
    }

    @Test
    void given_an_inbox_that_was_copied_with_its_mark_when_both_are_watched_then_the_first_keeps_its_files()
            throws Exception {
        standBy("two");
        lay("two", "a.csv", "name\na\n");
        await("it is in the database", () -> isAt(HandedFile.State.WAITING));
        String id = handed().get(0).id();
        Path copied = Files.createDirectories(folder("three", "inbox"));
        Files.copy(folder("two", "inbox").resolve(".catalog-drop.inbox"), copied.resolve(".catalog-drop.inbox"));

        standBy("three");
        long end = System.nanoTime() + Duration.ofSeconds(3).toNanos();
        await("several looks of the copy", () -> {
            assertThat(handed()).extracting(HandedFile::id).containsExactly(id);
            return System.nanoTime() - end > 0;
        });
        own("one", false);
        await("the file has left", () -> in("two", "inbox").isEmpty() && handed().isEmpty());
        assertThat(in("two", "archive")).containsExactly("a.csv");
        assertThat(in("three", "outbox")).isEmpty();
    }

    @Test
    void given_results_that_wait_in_the_database_when_files_are_no_longer_handed_over_then_the_start_is_refused()
            throws Exception {
        standBy("two");
        lay("two", "a.csv", "name\na\n");
        await("it is in the database", () -> isAt(HandedFile.State.WAITING));
        closeAll();
        own("one", false);
        await("its load has ended", () -> isAt(HandedFile.State.ENDED));
        closeAll();

        assertThatThrownBy(() -> own("two", true, "drop.handover=off"))
                .isInstanceOf(RunHalted.class)
                .hasMessageContainingAll("a.csv", "drop.handover=database");
        own("two", true).runs().awaitIdle();
        assertThat(in("two", "archive")).containsExactly("a.csv");
        closeAll();
        own("two", true, "drop.handover=off").runs().awaitIdle();
    }
}
