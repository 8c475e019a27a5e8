package org.catalogdrop.scenario;

import java.nio.file.Path;
import java.util.Properties;
import org.apache.camel.impl.DefaultCamelContext;
import org.catalogdrop.camel.Installation;
import org.catalogdrop.sandbox.Sandbox;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A context of somebody else with the loader in it, started, for each test. */
public abstract class InstalledHost {

    @TempDir
    public Path home;

    public final DefaultCamelContext host = new DefaultCamelContext();
    public Sandbox sandbox;
    Installation drop;

    @BeforeEach
    void host() throws Exception {
        sandbox = Sandbox.start(Loading.sandboxSettings());
        Properties own = new Properties();
        own.putAll(Loading.settings(home, sandbox.baseUrl()));
        host.getPropertiesComponent().setInitialProperties(own);
        drop = Installation.install(host);
        host.start();
    }

    @AfterEach
    void end() throws Exception {
        host.close();
        drop.close();
        sandbox.close();
    }
}
