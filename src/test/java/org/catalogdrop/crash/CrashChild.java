package org.catalogdrop.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.catalogdrop.sandbox.Sandbox;
import org.catalogdrop.scenario.Command;

/**
 * The packaged program as processes of its own, one life after the other on the same folders.
 *
 * @param changed whether the surroundings may change, so that a life may end early or without a request
 */
record CrashChild(CrashWorld world, boolean changed) {

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /** A life in changed surroundings may have nothing to do; it must end, however. */
    private static final Duration IDLE_PATIENCE = Duration.ofMinutes(1);

    private static final List<Integer> USUAL_END = List.of(0, 1, 3);

    /** Settings that do not fit the folders are a fault of usage. */
    private static final List<Integer> ANY_END = List.of(0, 1, 2, 3, 5);

    static Map<String, String> settings(Path home, Sandbox sandbox, String undo, int chunkSize, int inFlight) {
        return Map.ofEntries(
                Map.entry("kommo.base-url", sandbox.baseUrl()),
                Map.entry("kommo.access-token", "sandbox-token"),
                Map.entry("kommo.catalog-id", Long.toString(CrashDrop.LIST)),
                Map.entry("kommo.requests-per-second", "0"),
                Map.entry("kommo.chunk-size", Integer.toString(chunkSize)),
                Map.entry("kommo.in-flight", Integer.toString(inFlight)),
                // Longer than any request of the sandbox is still applied after its client has gone.
                Map.entry("kommo.doubt-wait", "400ms"),
                Map.entry("drop.settle", "0ms"),
                Map.entry("drop.undo", undo),
                Map.entry("drop.home", home.toString()));
    }

    /**
     * A life that is killed so long after its first request; says whether the kill came before the end. A life may end by itself,
     * since the API is away or since nothing was left to do.
     */
    boolean live(CrashLife life, List<CrashChange> changes) throws IOException, InterruptedException {
        long before = world.requests();
        Process process = start(life);
        try {
            long begun = System.nanoTime();
            Duration patience = changed ? IDLE_PATIENCE : PATIENCE;
            while (world.requests() == before && process.isAlive() && System.nanoTime() - begun < patience.toNanos()) {
                process.waitFor(1, TimeUnit.MILLISECONDS);
            }
            if (process.isAlive()) {
                assertThat(world.requests()).as("requests; %s", log()).isGreaterThan(before);
            }
            boolean ended = process.waitFor(life.moment().toMillis() / 2, TimeUnit.MILLISECONDS);
            for (CrashChange change : changes) {
                change.turn();
            }
            Duration rest = life.spared().get() ? IDLE_PATIENCE : life.moment().dividedBy(2);
            ended = ended || process.waitFor(rest.toMillis(), TimeUnit.MILLISECONDS);
            assertThat(ended || !life.spared().get())
                    .as("the life ends by itself; %s", log())
                    .isTrue();
            if (ended) {
                assertThat(process.exitValue()).as("exit status; %s", log()).isIn(changed ? ANY_END : USUAL_END);
            }
            return !ended;
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    /** A life to its end; what it ends with. */
    int liveOn(CrashLife life) throws IOException, InterruptedException {
        Process process = start(life);
        try {
            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .as("the last life ends; %s", log())
                    .isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private Process start(CrashLife life) throws IOException {
        File log = world.home().resolve("life.log").toFile();
        Command command = new Command(world.home()).with(life.settings());
        life.variables().forEach(command::variable);
        return world.user(command).start(log, log, "run", "--once");
    }

    String log() {
        return "its log: " + Command.read(world.home().resolve("life.log"));
    }
}
