package org.catalogdrop.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.catalogdrop.sandbox.store.StoredElement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Two packaged programs that watch one inbox, each with a state folder of its own, as on two machines. One of them owns the journal, the
 * other one stands by.
 */
@Tag("slow")
class TakeOverIT extends MachinesOnPostgres {

    private static final int ROWS = 100;

    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void kill() throws InterruptedException {
        for (Process process : processes) {
            process.destroyForcibly().waitFor();
        }
    }

    private Process run(String machine) throws IOException {
        Map<String, String> settings = settings(machine);
        settings.put("drop.journal-schema", temp.getFileName().toString().replaceAll("[^a-z0-9]", "_"));
        settings.put("drop.lease", "6s");
        settings.put("drop.lease-renewal", "1s");
        settings.put("kommo.doubt-wait", "3s");
        settings.put("kommo.requests-per-second", "2");
        settings.put("kommo.chunk-size", "5");
        Process process = new Command(home())
                .with(settings)
                .start(log(machine + ".out").toFile(), log(machine + ".err").toFile(), "run");
        processes.add(process);
        return process;
    }

    private Path log(String name) {
        return temp.resolve(name);
    }

    private String said(String machine) {
        return Command.read(log(machine + ".err"));
    }

    private void await(String what, BooleanSupplier done) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofMinutes(3).toNanos();
        while (!done.getAsBoolean()) {
            assertThat(System.nanoTime() - end)
                    .as(() -> what + "\none: " + said("one") + "\ntwo: " + said("two"))
                    .isNegative();
            Thread.sleep(50);
        }
    }

    private void awaitRows(String drop, long least) throws InterruptedException {
        await("rows of " + drop, () -> rows(drop) >= least);
    }

    private long rows(String drop) {
        return sandbox.store().elements(Loading.LIST).stream()
                .filter(element -> element.name().startsWith(drop))
                .count();
    }

    private void lay(String drop) throws IOException {
        Path half = temp.resolve(drop + ".csv");
        Files.writeString(half, "name\n" + String.join("\n", names(drop)) + "\n");
        Files.move(half, Files.createDirectories(temp.resolve("shared/inbox")).resolve(drop + ".csv"));
    }

    private static List<String> names(String drop) {
        return IntStream.range(0, ROWS).mapToObj(row -> drop + " " + row).toList();
    }

    private void awaitEndOf(String drop) throws InterruptedException {
        await("the results of " + drop, () -> {
            try (Stream<Path> results = Files.list(temp.resolve("shared/outbox"))) {
                return results.anyMatch(
                        folder -> folder.getFileName().toString().startsWith(drop + ".csv-"));
            } catch (IOException notYet) {
                return false;
            }
        });
        await("the file of " + drop, () -> isArchived(drop));
        assertThat(sandbox.store().elements(Loading.LIST).stream()
                        .map(StoredElement::name)
                        .filter(name -> name.startsWith(drop + " ")))
                .containsExactlyInAnyOrderElementsOf(names(drop));
    }

    private boolean isArchived(String drop) {
        try (Stream<Path> files = Files.list(temp.resolve("shared/archive"))) {
            return files.anyMatch(file -> file.getFileName().toString().startsWith(drop));
        } catch (IOException notYet) {
            return false;
        }
    }

    private static void signal(String name, Process process) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void given_two_programs_when_the_owner_is_stopped_killed_or_ends_then_the_other_goes_on_and_each_row_exists_once()
            throws Exception {
        Process one = run("one");
        await("the first one watches", () -> said("one").contains("watching"));
        Process two = run("two");
        await("the second one stands by", () -> said("two")
                .contains("standing by: the owner of the journal is process"));

        lay("frozen");
        awaitRows("frozen", 20);
        signal("STOP", one);
        awaitEndOf("frozen");
        signal("CONT", one);
        await("the first one stands by", () -> said("one").contains("standing by"));

        lay("killed");
        awaitRows("killed", 20);
        two.destroyForcibly().waitFor();
        awaitEndOf("killed");
        assertThat(one.isAlive()).isTrue();

        run("three");
        await("the third one stands by", () -> said("three").contains("standing by"));
        lay("ended");
        awaitRows("ended", 20);
        signal("TERM", one);
        awaitEndOf("ended");
        assertThat(one.waitFor()).isNotZero();
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void given_a_load_when_the_database_is_away_and_back_then_the_program_goes_on_by_itself_and_each_row_exists_once()
            throws Exception {
        Process one = run("one");
        await("it watches", () -> said("one").contains("watching"));
        lay("away");
        awaitRows("away", 20);
        server.stop();
        await("it notices", () -> said("one").contains("is away"));
        long before = rows("away");
        await("it tries again", () -> said("one").contains("It is tried again"));
        assertThat(rows("away")).as("nothing is sent without the journal").isEqualTo(before);
        server.restart();
        awaitEndOf("away");
        assertThat(one.isAlive()).isTrue();
    }
}
