package org.catalogdrop.scenario;

import java.nio.file.Path;
import org.catalogdrop.sandbox.Sandbox;
import org.catalogdrop.sandbox.SandboxSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The account of a test whose loads die step by step: one sandbox without pace, empty for each chain of lives. */
public abstract class StepSandbox {

    public static Sandbox sandbox;

    @TempDir
    public Path home;

    @BeforeAll
    static void serve() throws Exception {
        sandbox = Sandbox.start(SandboxSettings.defaults().withRequestsPerSecond(0));
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @BeforeEach
    void forget() {
        sandbox.reset();
    }
}
