package org.catalogdrop.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Machines with folders of their own: their files go through the database to the owner of the journal, and the results come back. */
@Tag("slow")
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HandoverTest extends MachinesOnPostgres {

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void closeAll() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    private Path home(String machine) {
        return temp.resolve(machine);
    }

    private Settings read(String machine, String... more) throws IOException {
        Map<String, String> settings = settings(machine);
        settings.put("drop.home", home(machine).toString());
        settings.put("drop.journal-schema", temp.getFileName().toString().replaceAll("[^a-z0-9]", "_"));
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

    /** A machine that owns the journal. */
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
                half, Files.createDirectories(home(machine).resolve("inbox")).resolve(name));
    }

    private static void await(String what, BooleanSupplier done) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (!done.getAsBoolean()) {
            assertThat(System.nanoTime() - end).as(what).isNegative();
            Thread.sleep(20);
        }
    }

    private List<String> in(String machine, String folder) {
        Path path = home(machine).resolve(folder);
        try (Stream<Path> files = Files.list(path)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException notYet) {
            return List.of();
        }
    }

    private List<String> names() {
        return sandbox.store().elements(Loading.LIST).stream()
                .map(StoredElement::name)
                .sorted()
                .toList();
    }

    private List<HandedFile> handed() throws IOException {
        JournalPlace.Postgres place =
                (JournalPlace.Postgres) read("one").folders().journal();
        try (OriginBox box = OriginBox.open(place).orElseThrow()) {
            return box.all();
        }
    }

    private boolean isHanded(int files) {
        try {
            return handed().size() == files;
        } catch (IOException fault) {
            throw new java.io.UncheckedIOException(fault);
        }
    }

    @Test
    void given_two_machines_when_files_are_dropped_at_both_then_each_has_its_results() throws Exception {
        own("one", false);
        standBy("two");
        lay("one", "same.csv", "name\na1\n");
        lay("two", "same.csv", "name\nb1\nb2\n");
        lay("two", "empty.csv", "name\n\"");

        await("results of one", () -> in("one", "archive").equals(List.of("same.csv")));
        await("results of two", () -> in("two", "archive").equals(List.of("same.csv")));
        await("the refusal", () -> in("two", "refused").contains("empty.csv"));
        await("nothing is left in the database", () -> isHanded(0));

        assertThat(names()).containsExactly("a1", "b1", "b2");
        assertThat(in("one", "outbox")).hasSize(2).contains("index.html");
        assertThat(in("two", "outbox")).hasSize(2).contains("index.html");
        Path results = home("two").resolve("outbox").resolve(in("two", "outbox").get(1));
        assertThat(results.resolve("mapping.json")).content().contains("\"1\"", "\"2\"");
        assertThat(home("two").resolve("refused/empty.csv.reason.txt"))
                .content()
                .contains(home("two").resolve("inbox").toString());
        assertThat(in("one", "inbox")).isEmpty();
        assertThat(in("two", "inbox")).isEmpty();
    }

    @Test
    void given_a_host_that_stands_by_when_a_file_is_dropped_there_then_it_gets_its_results() throws Exception {
        own("one", false);
        DefaultCamelContext host = new DefaultCamelContext();
        Installation two = Installation.installInHost(host, read("two"), true);
        open.add(() -> Installation.in(host).ifPresent(Installation::close));
        open.add(host::stop);
        host.start();
        assertThat(two.settings().folders().handover()).isPresent();
        lay("two", "goods.csv", "name\na\n");

        await("its results", () -> in("two", "archive").equals(List.of("goods.csv")));
        assertThat(in("two", "outbox")).hasSize(2);
        assertThat(names()).containsExactly("a");
    }

    @Test
    void given_an_owner_that_is_gone_when_another_machine_takes_over_then_it_loads_what_was_handed_over()
            throws Exception {
        own("one", true).runs().awaitIdle();
        closeAll();
        open.clear();
        standBy("one");
        lay("one", "goods.csv", "name\na\n");
        await("it is in the database", () -> isHanded(1));

        Installation two = own("two", true);
        two.runs().awaitIdle();

        await("its results", () -> in("one", "archive").equals(List.of("goods.csv")));
        assertThat(two.runs().exitStatus()).isZero();
        assertThat(in("two", "archive")).isEmpty();
        assertThat(names()).containsExactly("a");
    }

    @Test
    void given_a_machine_that_died_when_it_is_back_then_it_publishes_what_was_loaded_meanwhile() throws Exception {
        own("one", false);
        InboxCourier two = standBy("two");
        lay("two", "goods.csv", "name\na\n");
        await("it is in the database", () -> isHanded(1) || !names().isEmpty());
        two.close();
        open.remove(two);
        await("its load has ended", () -> {
            try {
                return handed().stream().allMatch(file -> file.state() == HandedFile.State.ENDED);
            } catch (IOException fault) {
                throw new java.io.UncheckedIOException(fault);
            }
        });

        standBy("two");
        await("its results", () -> in("two", "archive").equals(List.of("goods.csv")));
        assertThat(in("two", "outbox")).hasSize(2);
        assertThat(names()).containsExactly("a");
    }

    @Test
    void given_an_inbox_of_one_journal_when_a_process_with_another_one_starts_then_it_is_refused() throws Exception {
        own("one", true, "drop.handover=off").runs().awaitIdle();
        closeAll();
        open.clear();

        assertThatThrownBy(() -> own("one", true, "drop.handover=off", "drop.journal-schema=another"))
                .isInstanceOf(RunHalted.class)
                .hasMessageContaining(".catalog-drop.journal")
                .hasMessageContaining("(schema another)");
        assertThatThrownBy(() -> own("one", true, "drop.handover=off", "drop.journal="))
                .isInstanceOf(RunHalted.class)
                .hasMessageContaining("belongs to another journal");
        own("one", true, "drop.handover=off").runs().awaitIdle();
        Files.delete(home("one").resolve("inbox/.catalog-drop.journal"));
        own("two", true, "drop.handover=off", "drop.journal=");
        assertThatThrownBy(() -> own("two", true, "drop.handover=off", "drop.state=" + temp.resolve("state-three")))
                .isInstanceOf(RunHalted.class)
                .hasMessageContaining("is in use by");
    }

    @Test
    void given_a_limit_when_files_exceed_it_then_they_wait_and_come_when_there_is_room() throws Exception {
        own("one", true).runs().awaitIdle();
        closeAll();
        open.clear();
        standBy("two", "drop.handover-limit=1KiB");
        Files.setLastModifiedTime(lay("two", "a.csv", "name\n" + "a".repeat(600)), FileTime.fromMillis(0));
        lay("two", "b.csv", "name\n" + "b".repeat(600));
        lay("two", "large.csv", "name\n" + "c".repeat(2000));
        await("one is in the database", () -> isHanded(1));

        own("one", false);
        await("both are loaded", () -> in("two", "archive").equals(List.of("a.csv", "b.csv")));
        assertThat(in("two", "inbox")).containsExactly("large.csv");
        assertThat(names()).hasSize(2);
    }

    @Test
    void given_a_file_that_waits_when_it_is_taken_out_of_the_inbox_then_it_is_not_loaded() throws Exception {
        own("one", true).runs().awaitIdle();
        closeAll();
        open.clear();
        standBy("two");
        Path file = lay("two", "goods.csv", "name\na\n");
        await("it is in the database", () -> isHanded(1));
        Files.delete(file);
        await("it is not any more", () -> isHanded(0));

        own("one", true).runs().awaitIdle();
        assertThat(names()).isEmpty();
    }
}
