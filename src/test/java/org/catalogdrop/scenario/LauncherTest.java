package org.catalogdrop.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher, with a Java that tells what it was started with. */
class LauncherTest {

    @TempDir
    Path folder;

    private Path program;
    private Path launcher;
    private String locale = "C.utf8";
    private String jdk;
    private String path = System.getenv("PATH");
    private int status;

    @BeforeEach
    void install() throws Exception {
        program = Files.createDirectories(folder.toRealPath().resolve("opt/catalog-drop"));
        launcher = Files.copy(Path.of("catalog-drop"), program.resolve("catalog-drop"));
        executable(launcher);
        Files.createFile(Files.createDirectory(program.resolve("target")).resolve("catalog-drop.jar"));
        jdk = folder.resolve("jdk").toString();
        Path java = Files.createDirectories(folder.resolve("jdk/bin")).resolve("java");
        executable(Files.writeString(java, "#!/bin/sh\necho \"$@ LC_ALL=$LC_ALL\"\n"));
    }

    private static void executable(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private String run(Path command, String... arguments) throws Exception {
        String[] line = new String[arguments.length + 1];
        line[0] = command.toString();
        System.arraycopy(arguments, 0, line, 1, arguments.length);
        ProcessBuilder builder =
                new ProcessBuilder(line).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", jdk);
        builder.environment().put("LC_ALL", locale);
        builder.environment().put("PATH", path);
        Process process = builder.start();
        String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(told).isEqualTo(status);
        return told;
    }

    @Test
    void it_is_found_through_links() throws Exception {
        Path bin = Files.createDirectory(folder.resolve("bin"));
        Path relative = Files.createSymbolicLink(bin.resolve("drop"), Path.of("../opt/catalog-drop/catalog-drop"));
        Path absolute = Files.createSymbolicLink(folder.resolve("link"), relative);
        String jar = "-jar " + program.resolve("target/catalog-drop.jar") + " status";
        assertThat(run(launcher, "status")).contains(jar);
        assertThat(run(relative, "status")).contains(jar);
        assertThat(run(absolute, "status")).contains(jar);
    }

    @Test
    void given_a_download_when_started_then_the_jar_above_bin_is_run_by_the_runtime_of_the_download() throws Exception {
        Path bin = Files.createDirectories(folder.toRealPath().resolve("download/bin"));
        Path jar = Files.createFile(bin.resolveSibling("catalog-drop.jar"));
        Path installed = Files.copy(launcher, bin.resolve("catalog-drop"));
        assertThat(run(installed, "status")).contains("-jar " + jar + " status").doesNotContain("of its own");

        Path java = Files.createDirectories(bin.resolveSibling("runtime/bin")).resolve("java");
        executable(Files.writeString(java, "#!/bin/sh\necho of its own \"$@\"\n"));
        assertThat(run(installed, "status")).contains("of its own", "-jar " + jar + " status");

        Files.delete(java);
        jdk = folder.resolve("none").toString();
        status = 2;
        assertThat(run(installed, "status")).contains("needs Java 17 or newer", jdk + "/bin/java", "JAVA_HOME");
    }

    @Test
    void the_launcher_for_windows_has_the_same_options() throws Exception {
        String windows = Files.readString(Path.of("src/assembly/bin/catalog-drop.cmd"));
        Set<String> options = new TreeSet<>(List.of(run(launcher, "status").split(" ", -1)));
        options.addAll(List.of(run(launcher, "run").split(" ", -1)));
        Files.createDirectory(folder.resolve("accounts"));
        options.addAll(List.of(run(launcher).split(" ", -1)));
        assertThat(options)
                .contains("-Xmx128m", "-Xmx640m", "-XX:TieredStopAtLevel=1", "-XX:MaxInlineLevel=9")
                .filteredOn(option -> option.startsWith("-X") || option.startsWith("-D"))
                .filteredOn(option -> !option.startsWith("-XX:OnOutOfMemoryError"))
                // Java reads arguments there in the code page of the system, whatever is set.
                .filteredOn(option -> !option.startsWith("-Dsun.jnu.encoding"))
                .hasSizeGreaterThan(15)
                .allSatisfy(option -> assertThat(windows).containsPattern("[ =]" + Pattern.quote(option) + "[ \"]"));
        assertThat(windows).contains("\"-XX:OnOutOfMemoryError=").doesNotContain("sun.jnu.encoding=");
    }

    @Test
    void names_are_read_as_utf_8_in_a_service_without_a_locale() throws Exception {
        locale = "C";
        assertThat(run(launcher, "status")).contains("LC_ALL=C.UTF-8");
        locale = "C.utf8";
        assertThat(run(launcher, "status")).contains("LC_ALL=C.utf8");
    }

    @Test
    void memory_that_runs_out_kills_the_process_with_a_status_that_means_nothing_else() throws Exception {
        Path jar = program.resolve("target/catalog-drop.jar");
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Glutton.class.getName());
        String glutton = Glutton.class.getName().replace('.', '/') + ".class";
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
                InputStream in = Glutton.class.getResourceAsStream("/" + glutton)) {
            out.putNextEntry(new ZipEntry(glutton));
            in.transferTo(out);
        }
        Files.createFile(program.resolve("target/catalog-drop.jsa"));
        jdk = System.getProperty("java.home");
        status = 137;
        assertThat(run(launcher, "status")).contains("OutOfMemoryError");
    }

    /** Takes all memory there is. */
    static final class Glutton {

        @SuppressWarnings("ModifiedButNotUsed")
        public static void main(String[] args) {
            List<byte[]> all = new ArrayList<>();
            while (true) {
                all.add(new byte[1 << 20]);
            }
        }
    }

    @Test
    void a_file_that_it_may_not_read_is_left_to_the_program_to_tell() throws Exception {
        Path file = Files.writeString(folder.resolve("drop.csv"), "name\nPencil\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        assumeThat(Files.isReadable(file)).as("root reads all").isFalse();
        assertThat(run(launcher, "load", file.toString()).lines()).hasSize(1).allMatch(line -> line.contains("load"));
    }

    @Test
    void a_java_that_is_not_there_is_reported() throws Exception {
        status = 2;
        jdk = folder.resolve("none").toString();
        assertThat(run(launcher, "status").lines())
                .singleElement()
                .asString()
                .contains("JDK 17 or newer", jdk + "/bin/java", "JAVA_HOME");
    }

    @Test
    void a_java_that_is_too_old_is_reported() throws Exception {
        Path release = Path.of(jdk, "release");
        for (String version : List.of("17", "17.0.15", "25.0.1")) {
            Files.writeString(release, "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
            assertThat(run(launcher, "status")).as(version).contains("-jar");
        }
        status = 2;
        for (String version : List.of("1.8.0_402", "11.0.2", "16")) {
            Files.writeString(release, "JAVA_VERSION=\"" + version + "\"\n");
            assertThat(run(launcher, "status").lines())
                    .singleElement()
                    .asString()
                    .contains(
                            "JDK 17 or newer",
                            jdk + "/bin/java is of version "
                                    + version.replaceFirst("^1\\.", "").split("\\.", -1)[0]);
        }
    }

    /** A Maven that prints two steps and builds, or fails. */
    private void installMaven(String ending) throws IOException {
        Path bin = Files.createDirectories(folder.resolve("maven"));
        executable(Files.writeString(bin.resolve("mvn"), """
                #!/bin/sh
                echo "[INFO] --- resources:3.3.1:resources (default-resources) @ catalog-drop ---"
                echo "[INFO] Copying 11 resources" "$@"
                echo "[INFO] --- compiler:3.14.1:compile (default-compile) @ catalog-drop ---"
                """ + ending));
        path = bin + ":" + System.getenv("PATH");
    }

    @Test
    void the_first_start_builds_and_prints_a_line_for_each_step() throws Exception {
        Files.delete(program.resolve("target/catalog-drop.jar"));
        installMaven("echo \"$@\" > arguments; : > target/catalog-drop.jar\n");

        assertThat(run(launcher, "status").lines())
                .hasSize(4)
                .startsWith(
                        "building " + program.resolve("target/catalog-drop.jar")
                                + " (first use: Maven downloads the libraries)",
                        "  resources resources",
                        "  compiler compile")
                .last()
                .asString()
                .contains("-jar");
        assertThat(program.resolve("arguments"))
                .content()
                .contains("-Dmaven.test.skip=true", "-Dspotless.check.skip=true");
    }

    @Test
    void a_build_that_fails_ends_the_start_with_the_errors() throws Exception {
        Files.delete(program.resolve("target/catalog-drop.jar"));
        installMaven("echo '[ERROR] Broken.java:[1,1] class expected'; exit 1\n");
        status = 2;

        assertThat(run(launcher, "status"))
                .contains("Broken.java", "mvn package")
                .doesNotContain("-jar", "Copying");
        assertThat(program.resolve("target/build.failed")).doesNotExist();
    }
}
