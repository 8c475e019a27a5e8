package org.catalogdrop.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.catalogdrop.sandbox.Sandbox;

/** The packaged program as processes of its own, one life after the other on the same folders. */
record CrashChild(Path home, Sandbox sandbox) {

    private static final Path JAR = Path.of("target", "catalog-drop.jar").toAbsolutePath();
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /**
     * A life that is killed so long after its first request; says whether the kill came before the end.
     */
    boolean live(int chunkSize, int inFlight, Duration moment) throws IOException, InterruptedException {
        long before = sandbox.stats().requests();
        Process process = start(chunkSize, inFlight);
        try {
            long patience = System.nanoTime() + PATIENCE.toNanos();
            while (sandbox.stats().requests() == before && process.isAlive() && System.nanoTime() < patience) {
                process.waitFor(1, TimeUnit.MILLISECONDS);
            }
            assertThat(sandbox.stats().requests()).as("requests; %s", log()).isGreaterThan(before);
            boolean ended = process.waitFor(moment.toMillis(), TimeUnit.MILLISECONDS);
            return !ended;
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    /** A life to its end. */
    void liveOn() throws IOException, InterruptedException {
        Process process = start(50, 4);
        try {
            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .as("the last life ends; %s", log())
                    .isTrue();
            assertThat(process.exitValue()).as(log()).isZero();
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private Process start(int chunkSize, int inFlight) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder builder = new ProcessBuilder(List.of(
                java,
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                JAR.toString(),
                "run",
                "--once"));
        builder.environment()
                .putAll(Map.of(
                        "KOMMO_BASE_URL", sandbox.baseUrl(),
                        "KOMMO_ACCESS_TOKEN", "sandbox-token",
                        "KOMMO_CATALOG_ID", Long.toString(CrashDrop.LIST),
                        "KOMMO_REQUESTS_PER_SECOND", "0",
                        "KOMMO_CHUNK_SIZE", Integer.toString(chunkSize),
                        "KOMMO_IN_FLIGHT", Integer.toString(inFlight),
                        // Longer than any request of the sandbox is still applied after its client has gone.
                        "KOMMO_DOUBT_WAIT", "400ms",
                        "DROP_SETTLE", "0ms",
                        "DROP_HOME", home.toString()));
        return builder.directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.to(home.resolve("life.log").toFile()))
                .start();
    }

    private String log() throws IOException {
        return "its log: " + Files.readString(home.resolve("life.log"));
    }
}
