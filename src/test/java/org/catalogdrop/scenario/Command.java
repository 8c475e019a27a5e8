package org.catalogdrop.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The packaged program as a process of its own, in a folder of its own. */
public final class Command {

    /** What a command came to. */
    record Result(int status, String out, String err) {}

    /** As the launcher keeps them: a start takes half the work with them, and the tests start a hundred. */
    private static final Path CLASSES = keptClasses();

    private final Path home;
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final List<String> options = new ArrayList<>();
    private final List<String> under = new ArrayList<>();
    private Path jar = Path.of("target/catalog-drop.jar").toAbsolutePath();

    public Command(Path home) {
        this.home = home;
    }

    /** Sets a setting by its environment variable. */
    Command with(String key, String value) {
        environment.put(key.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT), value);
        return this;
    }

    public Command with(Map<String, String> settings) {
        settings.forEach(this::with);
        return this;
    }

    /** Sets a variable of the environment that is no setting. */
    public Command variable(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** Starts it by another program, which gets it as its last arguments. */
    public Command under(List<String> program) {
        under.addAll(program);
        return this;
    }

    /** An option for the JVM. */
    Command option(String option) {
        options.add(option);
        return this;
    }

    Command jar(Path other) {
        jar = other;
        return this;
    }

    /** Runs it to its end, which must come within a minute. */
    Result run(String... arguments) throws IOException, InterruptedException {
        Path out = Files.createTempFile("catalog-drop-it", ".out");
        Path err = Files.createTempFile("catalog-drop-it", ".err");
        try {
            Process process = start(out.toFile(), err.toFile(), arguments);
            try {
                assertThat(process.waitFor(60, TimeUnit.SECONDS))
                        .as(() -> String.join(" ", arguments) + " did not end: " + read(out) + read(err))
                        .isTrue();
            } finally {
                process.destroyForcibly();
            }
            return new Result(process.exitValue(), read(out), read(err));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    public Process start(File out, File err, String... arguments) throws IOException {
        List<String> line = new ArrayList<>(under);
        line.addAll(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:SharedArchiveFile=" + CLASSES,
                "-Xlog:cds*=off",
                "-Xlog:class*=off",
                "-Dsun.jnu.encoding=UTF-8",
                "-Dfile.encoding=UTF-8"));
        line.addAll(options);
        line.addAll(List.of("-jar", jar.toString()));
        line.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(line)
                .directory(home.toFile())
                .redirectOutput(out)
                .redirectError(err);
        builder.environment().keySet().removeIf(key -> key.startsWith("KOMMO_") || key.startsWith("DROP_"));
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** Made by the launcher, unless they are there; by one of the JVMs that run the tests. */
    private static Path keptClasses() {
        Path target = Path.of("target").toAbsolutePath();
        try (FileChannel turn = FileChannel.open(
                        target.resolve("kept-classes.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = turn.lock()) {
            Process launcher = new ProcessBuilder("./catalog-drop", "--version")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            assertThat(launcher.waitFor(5, TimeUnit.MINUTES) && held.isValid()).isTrue();
            return target.resolve("catalog-drop.jsa");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
