package org.catalogdrop.runtimes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A process and what it printed, until closed. */
final class HostProcess implements AutoCloseable {

    /** Far more than a quiet machine needs. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Process process;
    private final Path printed;

    HostProcess(Path folder, Map<String, String> environment, List<String> command) throws IOException {
        printed = folder.resolve("printed.log");
        Files.deleteIfExists(printed);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile());
        builder.environment().putAll(environment);
        process = builder.start();
    }

    String printed() throws IOException {
        return Files.readString(printed);
    }

    /** Returns the exit status. */
    int await() throws Exception {
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as(printed())
                .isTrue();
        return process.exitValue();
    }

    /** Waits until it has printed what is looked for. */
    MatchResult await(String pattern) throws Exception {
        Instant end = Instant.now().plus(PATIENCE);
        while (true) {
            boolean over = !process.isAlive() || Instant.now().isAfter(end);
            Matcher found = Pattern.compile(pattern).matcher(printed());
            if (found.find()) {
                return found.toMatchResult();
            }
            assertThat(over).as("'%s' in: %s", pattern, printed()).isFalse();
            process.waitFor(200, TimeUnit.MILLISECONDS);
        }
    }

    /** Waits until something is so. */
    void await(BooleanSupplier done) throws Exception {
        Instant end = Instant.now().plus(PATIENCE);
        while (!done.getAsBoolean()) {
            assertThat(process.isAlive() && Instant.now().isBefore(end))
                    .as(printed())
                    .isTrue();
            process.waitFor(200, TimeUnit.MILLISECONDS);
        }
    }

    /** Asks it to end, and waits for that. */
    void stop() throws Exception {
        process.destroy();
        await();
    }

    /** Ends it as {@code kill -9} does. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }
}
