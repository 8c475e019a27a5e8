package org.catalogdrop.scenario;

import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import org.catalogdrop.sandbox.Sandbox;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** An account for commands, which find its settings where those of the JVM are. */
public abstract class CommandSandbox {

    @TempDir
    public Path home;

    public Sandbox sandbox;
    public final StringWriter err = new StringWriter();

    @BeforeEach
    void serve() throws Exception {
        sandbox = Sandbox.start(Loading.sandboxSettings());
        settings().forEach(System::setProperty);
    }

    @AfterEach
    void stop() {
        settings().keySet().forEach(System::clearProperty);
        sandbox.close();
    }

    private Map<String, String> settings() {
        return Loading.settings(home, sandbox.baseUrl());
    }
}
