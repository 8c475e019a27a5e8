package org.catalogdrop.scenario;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.catalogdrop.config.Settings;
import org.catalogdrop.config.SettingsReader;
import org.catalogdrop.crash.CrashDrop;
import org.catalogdrop.sandbox.Sandbox;
import org.catalogdrop.sandbox.SandboxSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The account of tests that each need one of their own, since requests of one may still be under way when it ends. */
public abstract class LivesSandbox {

    public static final String TOKEN = SandboxSettings.defaults().token();
    public static final StepLife.Step NOWHERE = (node, after) -> false;

    @TempDir
    public Path home;

    public Sandbox sandbox;

    @BeforeEach
    void serve() throws Exception {
        sandbox = Sandbox.start(SandboxSettings.defaults().withRequestsPerSecond(0));
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    public Path laid(String text) throws IOException {
        return laid("a.csv", text);
    }

    public Path laid(String name, String text) throws IOException {
        return Files.writeString(home.resolve(name), text);
    }

    /** How many requests that write have come. */
    public long posts() {
        return sandbox.log().stream()
                .filter(request -> request.method().equals("POST"))
                .count();
    }

    /**
     * One row a request, one request at a time, without waits.
     *
     * @param more settings as {@code key=value}
     */
    public Settings settings(String... more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "kommo.base-url",
                sandbox.baseUrl(),
                "kommo.access-token",
                TOKEN,
                "kommo.catalog-id",
                Long.toString(CrashDrop.LIST),
                "kommo.chunk-size",
                "1",
                "kommo.in-flight",
                "1",
                "kommo.requests-per-second",
                "0",
                "kommo.doubt-wait",
                "0ms",
                "drop.home",
                home.toString()));
        for (String one : more) {
            settings.put(one.substring(0, one.indexOf('=')), one.substring(one.indexOf('=') + 1));
        }
        return SettingsReader.read(key -> Optional.ofNullable(settings.get(key)), true);
    }
}
