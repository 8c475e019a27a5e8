package org.catalogdrop.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.catalogdrop.sandbox.store.StoredElement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Two packaged programs with folders of their own and one database. Both get files, and both are killed, or stand still, again and again: one of them owns
 * the journal, and both bring files and fetch results.
 */
@Tag("slow")
class HandoverIT extends MachinesOnPostgres {

    private static final List<String> MACHINES = List.of("one", "two");
    private static final int ROUNDS = Integer.getInteger("handover.rounds", 8);
    private static final int ROWS = 20;

    private final long seed = Long.getLong("handover.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final Map<String, Process> processes = new HashMap<>();
    private final List<String> laid = new ArrayList<>();

    @AfterEach
    void kill() throws InterruptedException {
        for (Process process : processes.values()) {
            process.destroyForcibly().waitFor();
        }
    }

    private Path home(String machine) throws IOException {
        return Files.createDirectories(temp.resolve(machine));
    }

    private void run(String machine) throws IOException {
        Map<String, String> settings = settings(machine);
        settings.put("drop.home", home(machine).toString());
        settings.put("drop.journal-schema", temp.getFileName().toString().replaceAll("[^a-z0-9]", "_"));
        settings.put("drop.handover", "database");
        settings.put("drop.lease", "4s");
        settings.put("drop.lease-renewal", "1s");
        settings.put("kommo.doubt-wait", "1s");
        settings.put("kommo.requests-per-second", "10");
        settings.put("kommo.chunk-size", "5");
        processes.put(
                machine,
                new Command(home(machine))
                        .with(settings)
                        .start(
                                temp.resolve(machine + ".out").toFile(),
                                temp.resolve(machine + "-" + System.nanoTime() + ".err")
                                        .toFile(),
                                "run"));
    }

    private void lay(String machine, int round) throws IOException {
        String name = machine + " " + round;
        Path half = Files.writeString(
                temp.resolve("half"),
                "name\n"
                        + String.join(
                                "\n",
                                IntStream.range(0, ROWS)
                                        .mapToObj(row -> name + " " + row)
                                        .toList())
                        + "\n");
        Files.move(half, Files.createDirectories(home(machine).resolve("inbox")).resolve(name + ".csv"));
        laid.add(name);
    }

    /** Lets a process stand still for longer than its lease. */
    private static void freeze(Process process) throws Exception {
        signal("STOP", process);
        process.waitFor(6, TimeUnit.SECONDS);
        signal("CONT", process);
    }

    private static void signal(String name, Process process) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    private List<String> in(String machine, String folder) throws IOException {
        Path path = home(machine).resolve(folder);
        if (!Files.isDirectory(path)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(path)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private boolean isDone() throws IOException {
        int archived = 0;
        for (String machine : MACHINES) {
            archived += in(machine, "archive").size();
        }
        return archived == laid.size();
    }

    @Test
    @Timeout(value = 15, unit = TimeUnit.MINUTES)
    void
            given_two_machines_when_both_are_killed_or_frozen_at_random_then_each_row_exists_once_and_each_file_has_its_results()
                    throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            for (String machine : MACHINES) {
                if (!processes.containsKey(machine)) {
                    run(machine);
                }
                lay(machine, round);
            }
            String victim = MACHINES.get(random.nextInt(2));
            // The first start takes seconds; then a file is on its way for about five.
            long moment = (round == 0 ? 4000L : 0L) + random.nextInt(7000);
            processes.get(victim).waitFor(moment, TimeUnit.MILLISECONDS);
            if (random.nextInt(3) == 0) {
                freeze(processes.get(victim));
            } else {
                processes.remove(victim).destroyForcibly().waitFor();
            }
        }
        for (String machine : MACHINES) {
            if (!processes.containsKey(machine)) {
                run(machine);
            }
        }
        long end = System.nanoTime() + Duration.ofMinutes(5).toNanos();
        while (!isDone()) {
            assertThat(System.nanoTime() - end).as("seed " + seed).isNegative();
            processes.get("one").waitFor(100, TimeUnit.MILLISECONDS);
        }

        assertThat(sandbox.store().elements(Loading.LIST).stream().map(StoredElement::name))
                .as("seed " + seed)
                .containsExactlyInAnyOrderElementsOf(laid.stream()
                        .flatMap(name -> IntStream.range(0, ROWS).mapToObj(row -> name + " " + row))
                        .toList());
        for (String machine : MACHINES) {
            List<String> own =
                    laid.stream().filter(name -> name.startsWith(machine)).toList();
            assertThat(in(machine, "archive"))
                    .as("seed " + seed)
                    .containsExactlyInAnyOrderElementsOf(
                            own.stream().map(name -> name + ".csv").toList());
            List<String> results = in(machine, "outbox").stream()
                    .filter(name -> name.startsWith(machine))
                    .toList();
            assertThat(results).as("seed " + seed).hasSameSizeAs(own);
            for (String folder : results) {
                assertThat(Files.readAllLines(
                                home(machine).resolve("outbox").resolve(folder).resolve("results.csv")))
                        .as("seed " + seed + " " + folder)
                        .hasSize(ROWS + 1)
                        .filteredOn(line -> line.contains(",created,"))
                        .hasSize(ROWS);
            }
            assertThat(in(machine, "refused")).as("seed " + seed).isEmpty();
        }
    }
}
