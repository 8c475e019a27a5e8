package org.catalogdrop.runtimes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;
import org.catalogdrop.sandbox.Sandbox;
import org.catalogdrop.sandbox.SandboxSettings;
import org.catalogdrop.sandbox.fault.Fault;
import org.catalogdrop.sandbox.store.StoredElement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Builds and runs the examples as a reader would, with the jar of this build, and reads the elements back from the API. A runtime whose
 * libraries cannot be had is skipped, and says so.
 */
@Tag("runtimes")
class RuntimesIT {

    private static final String TOKEN = "sandbox-token";
    private static final List<String> PENCILS = List.of("Pencil HB", "Ruler 30 cm");
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static Path repository;
    private static String springBootJar;

    @TempDir
    Path home;

    private Sandbox sandbox;

    /** Of each process; it is before what the files say. */
    private final Map<String, String> environment = new HashMap<>();

    @BeforeAll
    static void make_repository() throws IOException {
        repository =
                ScratchRepository.make(Path.of("target/runtimes"), Path.of(System.getProperty("maven.repo.local.own")));
    }

    @BeforeEach
    void open() throws Exception {
        sandbox = Sandbox.start(
                SandboxSettings.defaults().withRequestsPerSecond(0).withToken(TOKEN));
        environment.put("KOMMO_BASE_URL", sandbox.baseUrl());
        environment.put("KOMMO_PACE_FOLDER", home.toString());
        environment.put("SERVER_PORT", "0");
        environment.put("MAVEN_OPTS", "-XX:TieredStopAtLevel=1");
        // Some systems have it, and a Kamelet must not take it for its property.
        environment.put("NAME", "this-machine");
    }

    @AfterEach
    void end() throws Exception {
        sandbox.close();
    }

    private Path copy(Path project) throws IOException {
        Path copy = home.resolve(project.getFileName().toString());
        try (Stream<Path> all = Files.walk(project)) {
            for (Path one : all.filter(Files::isRegularFile).toList()) {
                Path to = copy.resolve(project.relativize(one));
                Files.createDirectories(to.getParent());
                Files.copy(one, to);
            }
        }
        return copy;
    }

    private List<String> maven(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("maven.home"), "bin", "mvn").toString(),
                "-B",
                "-q",
                "-Dmaven.repo.local=" + repository));
        command.addAll(List.of(arguments));
        return command;
    }

    /** Offline first, since looking for what is there costs minutes. */
    private void build(Path project, String... goals) throws Exception {
        List<String> offline = new ArrayList<>(maven(goals));
        offline.add("-o");
        for (List<String> command : List.of(offline, maven(goals))) {
            try (HostProcess build = new HostProcess(project, environment, command)) {
                if (build.await() == 0) {
                    return;
                }
                boolean missing = build.printed()
                        .matches("(?s).*(not (be )?resolve|not find artifact|not transfer|resolvable).*");
                assertThat(missing).as(build.printed()).isTrue();
                if (!command.equals(offline)) {
                    String skipped = "SKIPPED: " + project.getFileName() + ", since its libraries cannot be had: "
                            + build.printed();
                    System.err.println(skipped);
                    abort(skipped);
                }
            }
        }
    }

    private static HttpResponse<String> get(String address) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address))
                .header("Authorization", "Bearer " + TOKEN)
                .build();
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private List<String> names() throws Exception {
        HttpResponse<String> answer = get(sandbox.baseUrl() + "/api/v2/catalog_elements?catalog_id=4220");
        List<String> names = new ArrayList<>();
        if (answer.statusCode() == 200) {
            for (JsonNode item : new ObjectMapper().readTree(answer.body()).at("/_embedded/items")) {
                names.add(item.get("name").asText());
            }
        }
        return names;
    }

    private HostProcess java(Path folder, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of(arguments));
        return new HostProcess(folder, environment, command);
    }

    private void loads_once(HostProcess host) throws Exception {
        host.await("2 rows, results in pencils.csv-");
        assertThat(names()).containsExactlyInAnyOrderElementsOf(PENCILS);
        host.stop();
        assertThat(names()).hasSize(2);
    }

    @Test
    void given_camel_main_when_the_example_runs_then_its_rows_are_in_the_list() throws Exception {
        Path project = copy(Path.of("examples/camel-main"));
        build(project, "package");

        try (HostProcess host = java(
                project,
                "-cp",
                "target/camel-main-1.jar" + File.pathSeparator + "target/lib/*",
                "com.example.Application")) {
            loads_once(host);
        }
    }

    @Test
    void
            given_spring_boot_when_the_example_runs_then_rows_health_and_metrics_are_there_and_wrong_settings_are_reported()
                    throws Exception {
        Path project = springBoot();

        try (HostProcess host = java(project, "-jar", springBootJar)) {
            String address = address(host);
            host.await("2 rows, results in pencils.csv-");
            JsonNode health = health(address);
            assertThat(health.get("status").asText()).isEqualTo("UP");
            assertThat(health.at("/details/journal/status").asText()).isEqualTo("UP");
            assertThat(get(address + "/actuator/prometheus").body())
                    .contains("catalog_drop_rows_total{outcome=\"created\"} 2.0");
            loads_once(host);
        }
        try (HostProcess host = java(project, "-jar", springBootJar, "--kommo.chunk-sise=3")) {
            assertThat(host.await()).isNotZero();
            assertThat(host.printed()).contains("APPLICATION FAILED TO START", "did you mean kommo.chunk-size?");
        }
    }

    /** Returns a copy of the example. It is built once. */
    private Path springBoot() throws Exception {
        Path project = copy(Path.of("examples/spring-boot"));
        if (springBootJar == null) {
            build(project, "package", "-DskipTests");
            springBootJar = Files.copy(
                            project.resolve("target/spring-boot-1.jar"),
                            Path.of("target/spring-boot-example.jar"),
                            StandardCopyOption.REPLACE_EXISTING)
                    .toAbsolutePath()
                    .toString();
        }
        return project;
    }

    private static String address(HostProcess springBoot) throws Exception {
        return "http://127.0.0.1:"
                + springBoot.await("Tomcat started on port (\\d+)").group(1);
    }

    private static JsonNode health(String address) throws Exception {
        return new ObjectMapper()
                .readTree(get(address + "/actuator/health").body())
                .at("/components/catalogDrop");
    }

    @Test
    void given_spring_boot_with_several_accounts_when_one_is_in_trouble_then_health_and_metrics_show_each()
            throws Exception {
        Path project = springBoot();
        environment.remove("KOMMO_BASE_URL");
        String[] arguments = {
            "-jar",
            springBootJar,
            "--catalog-drop.accounts=lviv,odesa",
            "--catalog-drop.watch=true",
            "--catalog-drop.lviv.drop.free-space=900000000GiB",
            "--catalog-drop.lviv.kommo.base-url=http://127.0.0.1:1",
            "--catalog-drop.odesa.kommo.base-url=" + sandbox.baseUrl(),
            "--catalog-drop.lviv.kommo.access-token=" + TOKEN,
            "--catalog-drop.odesa.kommo.access-token=" + TOKEN,
            "--camel.main.routes-include-pattern=classpath:none/*.camel.yaml"
        };
        Path inbox = Files.createDirectories(project.resolve("odesa/inbox"));
        Files.writeString(inbox.resolve("one.csv"), "name\nPencil HB\n");

        try (HostProcess host = java(project, arguments)) {
            String address = address(host);
            host.await("published in one.csv-");
            JsonNode health = health(address);
            assertThat(get(address + "/actuator/health").statusCode()).isEqualTo(200);
            assertThat(health.get("status").asText()).isEqualTo("TROUBLE");
            assertThat(health.at("/details/lviv-disk/status").asText()).isEqualTo("DOWN");
            assertThat(health.at("/details/odesa-disk/status").asText()).isEqualTo("UP");
            assertThat(get(address + "/actuator/prometheus").body())
                    .contains("catalog_drop_rows_total{account=\"odesa\",outcome=\"created\"} 1.0")
                    .contains("catalog_drop_rows_total{account=\"lviv\",outcome=\"created\"} 0.0");
        }
    }

    @Test
    void given_a_load_in_spring_boot_when_it_is_killed_and_stopped_and_started_again_then_each_row_is_there_once()
            throws Exception {
        Path project = springBoot();
        Files.delete(project.resolve("products/pencils.csv"));
        writeRows(project.resolve("products/many.csv"), 3000);
        sandbox.faults().always(Fault.named("delay").number(100));
        String[] arguments = {
            "-jar", springBootJar, "--kommo.chunk-size=20", "--kommo.requests-per-second=0", "--kommo.doubt-wait=1s"
        };

        try (HostProcess killed = java(project, arguments)) {
            killed.await(() -> sandbox.store().count(4220) >= 300);
            killed.kill();
        }
        long afterKill = sandbox.store().count(4220);
        try (HostProcess stopped = java(project, arguments)) {
            stopped.await(() -> sandbox.store().count(4220) >= afterKill + 300);
            stopped.stop();
            assertThat(stopped.printed()).doesNotContain("published in");
        }
        assertThat(sandbox.store().count(4220)).isLessThan(3000);
        try (HostProcess last = java(project, arguments)) {
            last.await("3000 rows, results in many.csv-");
        }

        assertThat(sandbox.store().elements(4220))
                .extracting(StoredElement::name)
                .doesNotHaveDuplicates()
                .hasSize(3000);
        Path results;
        try (Stream<Path> folders = Files.list(project.resolve("outbox"))) {
            results = folders.filter(Files::isDirectory).findFirst().orElseThrow();
        }
        assertThat(Files.readAllLines(results.resolve("mapping.json"))).hasSize(3002);
    }

    @Test
    void given_quarkus_when_the_example_runs_then_its_rows_are_in_the_list() throws Exception {
        Path project = copy(Path.of("examples/quarkus"));
        build(project, "package", "-DskipTests");

        try (HostProcess host = java(project, "-jar", "target/quarkus-app/quarkus-run.jar")) {
            loads_once(host);
        }
    }

    private HostProcess camel(Path folder, String command, String... arguments) throws Exception {
        Path camel = copy(Path.of("src/test/camel-run"));
        build(camel, "dependency:build-classpath");
        List<String> all = new ArrayList<>(List.of(
                "-Dmaven.repo.local=" + repository,
                "-cp",
                Files.readString(camel.resolve("class-path")),
                camel.resolve("Camel.java").toString(),
                command));
        all.addAll(List.of(arguments));
        return java(folder, all.toArray(String[]::new));
    }

    private HostProcess camelRun(Path folder, String... files) throws Exception {
        return camel(folder, "run", files);
    }

    @Test
    void given_camel_run_when_a_route_runs_then_its_rows_are_in_the_list() throws Exception {
        Path project = copy(Path.of("examples/camel-run"));

        try (HostProcess host = camelRun(project, "products.camel.yaml", "application.properties")) {
            loads_once(host);
        }
    }

    @Test
    void
            given_camel_run_in_development_when_its_route_changes_in_a_load_then_the_load_resumes_and_each_row_is_there_once()
                    throws Exception {
        Path project = copy(Path.of("examples/camel-run"));
        Files.delete(project.resolve("products/pencils.csv"));
        writeRows(project.resolve("products/many.csv"), 400);
        environment.put("KOMMO_CHUNK_SIZE", "10");
        sandbox.faults().always(Fault.named("delay").number(300));

        try (HostProcess host = camelRun(project, "--dev", "products.camel.yaml", "application.properties")) {
            host.await(() -> sandbox.store().count(4220) >= 100);
            replace(project.resolve("products.camel.yaml"), "rows, results", "rows (changed), results");
            host.await("400 rows \\(changed\\), results in many.csv-");
            Files.writeString(project.resolve("products/later.csv"), "name\nLater\n");
            host.await("1 rows \\(changed\\), results in later.csv-");
        }

        assertThat(sandbox.store().elements(4220))
                .extracting(StoredElement::name)
                .doesNotHaveDuplicates()
                .hasSize(401);
    }

    private static void writeRows(Path file, int count) throws IOException {
        String rows = IntStream.rangeClosed(1, count).mapToObj(i -> "Row " + i).collect(Collectors.joining("\n"));
        Files.writeString(file, "name\n" + rows + "\n");
    }

    /** The pipe of elements reads again at once, since the first read may have been before the load. */
    private static void read_often(Path project) throws IOException {
        replace(project.resolve("elements.yaml"), "list: 4220", "list: 4220\n      period: 500");
    }

    private static void replace(Path file, String from, String to) throws IOException {
        String before = Files.readString(file);
        assertThat(before).contains(from);
        Files.writeString(file, before.replace(from, to));
    }

    private void loads_and_reads_back(HostProcess host, Path folder) throws Exception {
        host.await("published in pencils.csv-");
        assertThat(names()).containsExactlyInAnyOrderElementsOf(PENCILS);
        host.await(() -> PENCILS.stream().allMatch(name -> read(folder).contains("\"name\":\"" + name + "\"")));
    }

    private static String read(Path folder) {
        StringBuilder text = new StringBuilder();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                text.append(Files.readString(file));
            }
        } catch (IOException notThereYet) {
            return "";
        }
        return text.toString();
    }

    @Test
    void given_camel_run_when_pipes_with_the_kamelets_run_then_rows_are_in_the_list_and_are_read_from_it()
            throws Exception {
        Path project = copy(Path.of("examples/camel-run"));
        read_often(project);

        try (HostProcess host = camelRun(project, "pipe.yaml", "elements.yaml", "application.properties")) {
            loads_and_reads_back(host, project.resolve("elements"));
        }
    }

    @Test
    void given_several_accounts_when_pipes_name_one_of_them_then_its_rows_are_loaded_and_read() throws Exception {
        Path project = copy(Path.of("examples/camel-run"));
        read_often(project);
        for (String pipe : List.of("pipe.yaml", "elements.yaml")) {
            replace(project.resolve(pipe), "list: 4220", "list: 4220\n      account: odesa");
        }
        environment.remove("KOMMO_BASE_URL");
        String accounts = "catalog-drop.accounts=lviv,odesa\n"
                + "catalog-drop.lviv.kommo.base-url=http://127.0.0.1:1\n"
                + "catalog-drop.lviv.kommo.access-token=none\n"
                + "catalog-drop.odesa.kommo.base-url=" + sandbox.baseUrl() + "\n"
                + "catalog-drop.odesa.kommo.access-token=" + TOKEN + "\n"
                + "camel.jbang.dependencies=mvn:org.catalogdrop:catalog-drop:0.2.0\n";
        Files.writeString(project.resolve("application.properties"), accounts);

        try (HostProcess host = camelRun(project, "pipe.yaml", "elements.yaml", "application.properties")) {
            loads_and_reads_back(host, project.resolve("elements"));
            assertThat(project.resolve("odesa/outbox")).isNotEmptyDirectory();
            assertThat(project.resolve("outbox")).doesNotExist();
        }
    }

    /** Exports to the folder exported, and builds that. Versions are those that can be had here, where they differ from those of the docs. */
    private void export(Path project, String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of(
                "application.properties",
                "--gav=com.example:shop:1",
                "--dir=exported",
                "--java-version=17",
                "--kamelets-version=4.18.0",
                "--logging"));
        try (HostProcess host = camel(project, "export", all.toArray(String[]::new))) {
            assertThat(host.await()).as(host.printed()).isZero();
        }
        build(project.resolve("exported"), "package", "-DskipTests");
    }

    @ParameterizedTest
    @CsvSource({"camel-main, shop-1.jar", "quarkus, quarkus-app/quarkus-run.jar"})
    void given_an_export_of_pipes_when_it_is_built_and_runs_then_rows_are_in_the_list_and_are_read_from_it(
            String runtime, String jar) throws Exception {
        Path project = copy(Path.of("examples/camel-run"));
        read_often(project);
        export(project, "pipe.yaml", "elements.yaml", "--runtime=" + runtime);

        try (HostProcess host = java(project, "-jar", "exported/target/" + jar)) {
            loads_and_reads_back(host, project.resolve("elements"));
        }
    }

    /** A route only, because the starter of Kamelets cannot be had in this version here. */
    @Test
    void given_an_export_of_a_route_to_spring_boot_when_it_is_built_and_runs_then_its_rows_are_in_the_list()
            throws Exception {
        Path project = copy(Path.of("examples/camel-run"));
        export(
                project,
                "products.camel.yaml",
                "--runtime=spring-boot",
                "--camel-version=4.18.0",
                "--spring-boot-version=3.5.10");

        try (HostProcess host = java(project, "-jar", "exported/target/shop-1.jar")) {
            loads_once(host);
            assertThat(host.printed()).doesNotContain("SQLite");
        }
    }

    private static void fill(Path database) throws Exception {
        try (Connection shop = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = shop.createStatement()) {
            statement.execute("create table product (number integer primary key, title text)");
            statement.execute("insert into product values (1, 'Eraser'), (2, 'Glue')");
        }
    }

    private static SshServer sftp(Path folder) throws IOException {
        Files.writeString(folder.resolve("drops/from-sftp.csv"), "name\nPaper\n");
        SshServer server = SshServer.setUpDefaultServer();
        server.setHost("127.0.0.1");
        server.setKeyPairProvider(new SimpleGeneratorHostKeyProvider());
        server.setPasswordAuthenticator((user, password, session) -> user.equals("shop") && password.equals("secret"));
        server.setSubsystemFactories(List.of(new SftpSubsystemFactory()));
        server.setFileSystemFactory(new VirtualFileSystemFactory(folder));
        server.start();
        return server;
    }

    private static HttpResponse<String> post(String address, String body) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(address))
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void
            given_the_routes_for_sftp_a_database_rest_and_mail_when_they_run_then_their_rows_are_in_the_list_and_mails_come()
                    throws Exception {
        Path project = copy(Path.of("examples/routes"));
        fill(project.resolve("shop.db"));
        Path properties = project.resolve("application.properties");
        Path remote = Files.createDirectories(home.resolve("remote/drops")).getParent();
        try (SmtpListener mails = new SmtpListener();
                SshServer files = sftp(remote)) {
            Files.writeString(
                    properties,
                    Files.readString(properties)
                            .replace("files.example.com:22", "127.0.0.1:" + files.getPort())
                            .replace("{{env:SFTP_PASSWORD}}", "secret")
                            .replace("smtp.example.com:25", mails.address())
                            .replace("camel.server.port=8080", "camel.server.port=0"));

            try (HostProcess host = camelRun(
                    project,
                    "sftp.camel.yaml",
                    "database.camel.yaml",
                    "rest.camel.yaml",
                    "mail.camel.yaml",
                    "application.properties")) {
                String address = "http://127.0.0.1:"
                        + host.await("HttpServer started on 127\\.0\\.0\\.1:(\\d+)")
                                .group(1) + "/products";
                host.await("published in products.ndjson-");
                host.await("published in from-sftp.csv-");
                HttpResponse<String> loaded = post(address, "[{\"name\":\"Pencil\"}]");
                assertThat(loaded.statusCode()).as(loaded.body()).isEqualTo(200);
                assertThat(loaded.body()).contains("\"created\"");
                assertThat(post(address, "[{\"name\":\"Pencil\"}]").statusCode())
                        .isEqualTo(409);
                assertThat(names()).containsExactlyInAnyOrder("Eraser", "Glue", "Paper", "Pencil");
                for (int mail = 0; mail < 4; mail++) {
                    assertThat(mails.mails().poll(60, TimeUnit.SECONDS)).contains("Subject: Catalog Drop: ");
                }
                assertThat(remote.resolve("drops/done/from-sftp.csv")).exists();
            }
        }
    }
}
