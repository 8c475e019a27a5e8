package org.catalogdrop.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.catalogdrop.sandbox.Sandbox;
import org.catalogdrop.sandbox.store.StoredElement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The download, unpacked where its user may not write, and started by an ordinary user without a locale. */
@Tag("slow")
class DownloadIT {

    /** The user that owns nothing, if root runs the tests. */
    private static final List<String> AS_NOBODY =
            List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");

    @TempDir
    Path temp;

    private Path program;
    private Path home;
    private Path locked;
    private Sandbox sandbox;

    @BeforeEach
    void unpack() throws Exception {
        sandbox = Sandbox.start(Loading.sandboxSettings());
        Path folder = temp.toRealPath();
        finish("chmod", "755", folder.toString());
        finish("tar", "-xzf", archive(".tar.gz").toString(), "-C", folder.toString());
        program = only(folder);
        finish("chmod", "-R", "a-w", program.toString());
        locked = Files.createDirectory(folder.resolve("locked"));
        finish("chmod", "555", locked.toString());
        home = Files.createDirectory(folder.resolve("home"));
        finish("chmod", "777", home.toString());
    }

    @AfterEach
    void end() throws Exception {
        sandbox.close();
        finish("chmod", "-R", "u+w", temp.toString());
    }

    private static Path archive(String ending) throws IOException {
        try (Stream<Path> files = Files.list(Path.of("target"))) {
            return files.filter(file -> file.getFileName().toString().matches("catalog-drop-[0-9.]+\\" + ending))
                    .findFirst()
                    .orElseThrow()
                    .toAbsolutePath();
        }
    }

    private static Path only(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> all = files.filter(Files::isDirectory).toList();
            assertThat(all).hasSize(1);
            return all.get(0);
        }
    }

    private record Result(int status, String out) {}

    private static String finish(String... line) throws Exception {
        Result result = finish(new ProcessBuilder(line));
        assertThat(result.status()).as(result.out()).isZero();
        return result.out();
    }

    private static Result finish(ProcessBuilder builder) throws Exception {
        Process process = builder.redirectErrorStream(true).start();
        try {
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).as(out).isTrue();
            return new Result(process.exitValue(), out);
        } finally {
            process.destroyForcibly();
        }
    }

    private Result run(Path folder, String... arguments) throws Exception {
        return run(folder, List.of(program.resolve("bin/catalog-drop").toString()), arguments);
    }

    private Result run(Path folder, List<String> command, String... arguments) throws Exception {
        List<String> line = new ArrayList<>(System.getProperty("user.name").equals("root") ? AS_NOBODY : List.of());
        line.addAll(command);
        line.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(line).directory(folder.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", System.getenv("PATH"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("LC_ALL", "C");
        builder.environment().put("HOME", home.toString());
        Map<String, String> settings = Loading.settings(folder, sandbox.baseUrl());
        settings.remove("drop.home");
        settings.forEach((key, value) -> builder.environment()
                .put(key.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT), value));
        return finish(builder);
    }

    private Map<Path, Long> files() throws IOException {
        Map<Path, Long> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(program)) {
            for (Path file : all.toList()) {
                files.put(file, Files.getLastModifiedTime(file).toMillis());
            }
        }
        return files;
    }

    @Test
    void given_a_download_in_a_read_only_folder_when_a_file_with_an_umlaut_is_loaded_then_its_rows_are_in_the_list()
            throws Exception {
        Map<Path, Long> before = files();
        assertThat(run(home, "--version").out()).containsPattern("(?m)^catalog-drop \\d");
        Files.writeString(home.resolve("Preise für Mai.csv"), "name\nCafé\nЧай\n");

        Result load = run(home, "load", "Preise für Mai.csv");

        assertThat(load.status()).as(load.out()).isZero();
        assertThat(load.out()).contains("Preise für Mai.csv", "2 rows (2 created)");
        assertThat(sandbox.store().elements(Loading.LIST))
                .extracting(StoredElement::name)
                .containsExactly("Café", "Чай");
        assertThat(only(home.resolve("outbox")).getFileName().toString()).startsWith("Preise für Mai.csv-");
        assertThat(files()).isEqualTo(before);
        try (Stream<Path> kept = Files.list(home.resolve(".cache/catalog-drop"))) {
            assertThat(kept).singleElement().asString().endsWith(".jsa");
        }
    }

    @Test
    void given_a_locale_without_letters_when_java_runs_the_jar_then_names_beyond_ascii_are_read() throws Exception {
        List<String> java = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                program.resolve("catalog-drop.jar").toString());
        Files.writeString(home.resolve("Preise für Juni.csv"), "name\nKaffee\n");
        Path inbox = Files.createDirectories(home.resolve("inbox"));
        Files.setPosixFilePermissions(inbox, PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.writeString(inbox.resolve("Чай.csv"), "name\nЧай\n");

        Result load = run(home, java, "load", "Preise für Juni.csv");
        Result watched = run(home, java, "run", "--once");

        assertThat(load.status()).as(load.out()).isZero();
        assertThat(load.out()).contains("Preise für Juni.csv", "1 row (1 created)");
        assertThat(watched.status()).as(watched.out()).isZero();
        assertThat(home.resolve("archive/Чай.csv")).exists();
        assertThat(run(home, java, "load", "none.csv").status()).isEqualTo(2);
    }

    @Test
    void given_a_folder_where_nobody_may_write_when_started_there_then_the_folder_is_reported() throws Exception {
        for (List<String> command : List.of(List.of("demo"), List.of("run", "--once"))) {
            Result result = run(locked, command.toArray(String[]::new));
            assertThat(result.status()).as(result.out()).isEqualTo(1);
            assertThat(result.out())
                    .contains("the folder " + locked, "cannot be created")
                    .doesNotContain("fault of the program", "\tat ");
        }
    }

    @Test
    void given_both_archives_when_compared_then_they_have_the_same_files_and_all_that_is_promised() throws Exception {
        List<String> tar = finish("tar", "-tzf", archive(".tar.gz").toString())
                .lines()
                .filter(name -> !name.endsWith("/"))
                .sorted()
                .toList();
        try (ZipFile zip = new ZipFile(archive(".zip").toFile())) {
            assertThat(zip.stream()
                            .map(Object::toString)
                            .filter(name -> !name.endsWith("/"))
                            .sorted()
                            .toList())
                    .isEqualTo(tar);
            String windows = new String(
                    zip.getInputStream(zip.getEntry(program.getFileName() + "/bin/catalog-drop.cmd"))
                            .readAllBytes(),
                    StandardCharsets.UTF_8);
            assertThat(windows.split("\n", -1)).hasSizeGreaterThan(5);
            assertThat(windows.replace("\r\n", "")).doesNotContain("\n");
        }
        assertThat(tar.stream().map(name -> name.substring(name.indexOf('/') + 1)))
                .contains(
                        "bin/catalog-drop",
                        "bin/catalog-drop.cmd",
                        "catalog-drop.jar",
                        "routes/load.camel.yaml",
                        "mappings/mapping.schema.json",
                        "application.properties",
                        "docs/README.md",
                        "LICENSE",
                        "README.md",
                        "CHANGELOG.md")
                .anyMatch(name -> name.matches("lib/camel-main-.*\\.jar"));
    }
}
