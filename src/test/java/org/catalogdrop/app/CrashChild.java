package org.catalogdrop.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.catalogdrop.sandbox.Sandbox;

/**
 * The packaged program as processes of its own, one life after the other on the same folders.
 *
 * @param undo the setting {@code drop.undo}
 */
record CrashChild(Path home, Sandbox sandbox, String undo) {

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /**
     * A life that is killed so long after its first request; says whether the kill came before the end. A life may end by itself,
     * since the API is away or since nothing was left to do.
     */
    boolean live(int chunkSize, int inFlight, Duration moment) throws IOException, InterruptedException {
        long before = sandbox.stats().requests();
        Process process = start(chunkSize, inFlight);
        try {
            long patience = System.nanoTime() + PATIENCE.toNanos();
            while (sandbox.stats().requests() == before && process.isAlive() && System.nanoTime() < patience) {
                process.waitFor(1, TimeUnit.MILLISECONDS);
            }
            boolean ended = process.waitFor(moment.toMillis(), TimeUnit.MILLISECONDS);
            if (ended) {
                assertThat(process.exitValue()).as("exit status; %s", log()).isIn(0, 1, 3);
            } else {
                assertThat(sandbox.stats().requests()).as("requests; %s", log()).isGreaterThan(before);
            }
            return !ended;
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    /** A life to its end; what it ends with. */
    int liveOn() throws IOException, InterruptedException {
        Process process = start(50, 4);
        try {
            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .as("the last life ends; %s", log())
                    .isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private Process start(int chunkSize, int inFlight) throws IOException {
        File log = home.resolve("life.log").toFile();
        return new Command(home)
                .with(Map.of(
                        "kommo.base-url",
                        sandbox.baseUrl(),
                        "kommo.access-token",
                        "sandbox-token",
                        "kommo.catalog-id",
                        Long.toString(CrashDrop.LIST),
                        "kommo.requests-per-second",
                        "0",
                        "kommo.chunk-size",
                        Integer.toString(chunkSize),
                        "kommo.in-flight",
                        Integer.toString(inFlight),
                        // Longer than any request of the sandbox is still applied after its client has gone.
                        "kommo.doubt-wait",
                        "400ms",
                        "drop.settle",
                        "0ms",
                        "drop.undo",
                        undo,
                        "drop.home",
                        home.toString()))
                .start(log, log, "run", "--once");
    }

    String log() {
        return "its log: " + Command.read(home.resolve("life.log"));
    }
}
