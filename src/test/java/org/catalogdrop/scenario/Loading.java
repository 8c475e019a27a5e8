package org.catalogdrop.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.EventNotifier;
import org.catalogdrop.camel.Installation;
import org.catalogdrop.config.SettingsReader;
import org.catalogdrop.model.RunHalted;
import org.catalogdrop.model.Summary;
import org.catalogdrop.sandbox.LoggedRequest;
import org.catalogdrop.sandbox.Sandbox;
import org.catalogdrop.sandbox.SandboxSettings;
import org.catalogdrop.sandbox.store.StoredElement;

/** The loader in a real context, talking to a sandbox of its own; a test lays drops down and looks at what came of them. */
public final class Loading implements AutoCloseable {

    public static final long LIST = 4220;
    public static final String TOKEN = "t0p-s3cret-of-this-test";

    private final Path home;
    private final Sandbox sandbox;
    private final DefaultCamelContext context = new DefaultCamelContext();
    private final Installation drop;

    private Loading(Path home, Sandbox sandbox, Map<String, String> settings, Installation.InboxMode mode)
            throws Exception {
        this(home, sandbox, settings, mode, List.of());
    }

    private Loading(
            Path home,
            Sandbox sandbox,
            Map<String, String> settings,
            Installation.InboxMode mode,
            List<EventNotifier> onlookers)
            throws Exception {
        this.home = home;
        this.sandbox = sandbox;
        onlookers.forEach(context.getManagementStrategy()::addEventNotifier);
        this.drop = Installation.install(
                context,
                SettingsReader.read(key -> Optional.ofNullable(settings.get(key)), true),
                mode,
                Optional.empty());
        context.start();
    }

    /** A sandbox without pace. */
    public static SandboxSettings sandboxSettings() {
        return SandboxSettings.defaults().withRequestsPerSecond(0).withToken(TOKEN);
    }

    /** @param more settings as {@code key=value} */
    public static Loading start(Path home, String... more) throws Exception {
        return start(home, sandboxSettings(), more);
    }

    public static Loading start(Path home, SandboxSettings api, String... more) throws Exception {
        Sandbox sandbox = Sandbox.start(api);
        return new Loading(
                home, sandbox, settings(home, sandbox.baseUrl(), more), new Installation.InboxMode(false, false));
    }

    /** The same, with someone who sees each step of the routes. */
    public static Loading start(Path home, EventNotifier onlooker, String... more) throws Exception {
        Sandbox sandbox = Sandbox.start(sandboxSettings());
        Installation.InboxMode mode = new Installation.InboxMode(false, false);
        return new Loading(home, sandbox, settings(home, sandbox.baseUrl(), more), mode, List.of(onlooker));
    }

    /** With a sandbox that is there already. */
    public static Loading with(Path home, Sandbox sandbox, String... more) throws Exception {
        return new Loading(
                home, sandbox, settings(home, sandbox.baseUrl(), more), new Installation.InboxMode(false, false));
    }

    /** The same, with the inbox watched until it is empty. */
    public static Loading watch(Path home, String... more) throws Exception {
        Sandbox sandbox = Sandbox.start(sandboxSettings());
        return new Loading(
                home, sandbox, settings(home, sandbox.baseUrl(), more), new Installation.InboxMode(true, true));
    }

    /** The same, with the inbox watched until the end. */
    public static Loading watchOn(Path home, String... more) throws Exception {
        Sandbox sandbox = Sandbox.start(sandboxSettings());
        return new Loading(
                home, sandbox, settings(home, sandbox.baseUrl(), more), new Installation.InboxMode(true, false));
    }

    /** The same, with someone who sees each step of the routes. */
    public static Loading watch(Path home, EventNotifier onlooker, String... more) throws Exception {
        Sandbox sandbox = Sandbox.start(sandboxSettings());
        Installation.InboxMode mode = new Installation.InboxMode(true, true);
        return new Loading(home, sandbox, settings(home, sandbox.baseUrl(), more), mode, List.of(onlooker));
    }

    /** What makes a test quick, and then what it asks for. */
    public static Map<String, String> settings(Path home, String baseUrl, String... more) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("kommo.base-url", baseUrl);
        settings.put("kommo.access-token", TOKEN);
        settings.put("kommo.catalog-id", Long.toString(LIST));
        settings.put("kommo.requests-per-second", "0");
        settings.put("kommo.pace-folder", home.resolve("state").toString());
        settings.put("kommo.doubt-wait", "50ms");
        settings.put("drop.home", home.toString());
        settings.put("drop.settle", "50ms");
        settings.put("drop.poll", "20ms");
        for (String one : more) {
            settings.put(one.substring(0, one.indexOf('=')), one.substring(one.indexOf('=') + 1));
        }
        return settings;
    }

    public Sandbox sandbox() {
        return sandbox;
    }

    public DefaultCamelContext context() {
        return context;
    }

    public Installation drop() {
        return drop;
    }

    public Path home() {
        return home;
    }

    /** Lays a drop down beside the inbox and loads it. */
    public Summary load(String name, String text) {
        return load(name, text.getBytes(StandardCharsets.UTF_8));
    }

    public Summary load(String name, byte[] bytes) {
        try {
            Path file = Files.createDirectories(home.resolve("given")).resolve(name);
            Files.write(file, bytes);
            return load(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    public Summary load(Path file) {
        try {
            return context.createProducerTemplate().requestBody("direct:catalog-load", file, Summary.class);
        } catch (CamelExecutionException failed) {
            if (failed.getCause() instanceof RunHalted halted) {
                throw halted;
            }
            throw failed;
        }
    }

    public Outbox outbox(Summary summary) {
        return new Outbox(home.resolve("outbox").resolve(summary.folder()));
    }

    /** The names in the list, oldest element first. */
    public List<String> names() {
        return stored().stream().map(StoredElement::name).toList();
    }

    public List<StoredElement> stored() {
        return sandbox.store().elements(LIST);
    }

    public List<LoggedRequest> posts() {
        return sandbox.log().stream()
                .filter(request -> request.method().equals("POST"))
                .toList();
    }

    /** Requests that read, without those that read the top of a list before the first add to it. */
    public List<LoggedRequest> reads() {
        return sandbox.log().stream()
                .filter(request -> request.method().equals("GET"))
                .filter(request -> !request.uri().endsWith("?catalog_id=" + LIST))
                .toList();
    }

    /** Each row ended once and in order, every id is that of the row's own element, and no temporary file is left. */
    public void holdLaws(Summary summary, Map<Long, String> nameOfRow) throws IOException {
        Outbox outbox = outbox(summary);
        List<Map<String, String>> lines = outbox.lines();
        assertThat(summary.byStatus().values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .isEqualTo(summary.rows())
                .isEqualTo(lines.size());
        for (int i = 0; i < lines.size(); i++) {
            Map<String, String> line = lines.get(i);
            assertThat(line.get("row")).isEqualTo(Integer.toString(i + 1));
            if (line.get("outcome").equals("created") || line.get("outcome").equals("updated")) {
                long id = Long.parseLong(line.get("id"));
                assertThat(sandbox.store().byId(id).orElseThrow().name()).isEqualTo(nameOfRow.get(i + 1L));
                assertThat(outbox.mapping()).containsEntry(line.get("request_id"), id);
            }
        }
        assertThat(outbox.mapping().values()).doesNotHaveDuplicates();
        assertNothingIsLeftOver();
    }

    public void assertNothingIsLeftOver() throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .filter(name -> name.endsWith(".part") || name.endsWith(".tmp")))
                    .isEmpty();
        }
    }

    @Override
    public void close() throws IOException {
        context.close();
        drop.close();
        sandbox.close();
    }
}
