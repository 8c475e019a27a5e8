package org.catalogdrop.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.camel.impl.DefaultCamelContext;
import org.catalogdrop.model.Summary;
import org.catalogdrop.sandbox.Sandbox;
import org.catalogdrop.sandbox.StoredElement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A host has settings, components and habits of its own; none of them may break the promise. */
class HostTest {

    private static final String CSV = "name\nCafé\n";

    @TempDir
    Path home;

    private final DefaultCamelContext host = new DefaultCamelContext();
    private final List<CatalogDrop> installed = new ArrayList<>();
    private Sandbox sandbox;

    @BeforeEach
    void host() throws Exception {
        sandbox = Sandbox.start(Loading.sandboxSettings());
        properties(home);
    }

    @AfterEach
    void end() throws Exception {
        host.close();
        installed.forEach(CatalogDrop::close);
        sandbox.close();
    }

    private void properties(Path folder, String... more) {
        Properties own = new Properties();
        own.putAll(Loading.settings(folder, sandbox.baseUrl(), more));
        host.getPropertiesComponent().setInitialProperties(own);
    }

    private CatalogDrop install() throws Exception {
        CatalogDrop drop = CatalogDrop.install(host);
        installed.add(drop);
        return drop;
    }

    private Summary load(Object body) {
        return host.createProducerTemplate()
                .requestBodyAndHeader("direct:catalog-load", body, "CatalogDropName", "drop.csv", Summary.class);
    }

    private List<String> names() {
        return sandbox.store().elements(Loading.LIST).stream()
                .map(StoredElement::name)
                .toList();
    }

    @Test
    void aSecondLoaderInAContextIsRefusedAndTheFirstStays() throws Exception {
        install();
        properties(home.resolve("other"));
        assertThatThrownBy(this::install)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("already")
                .hasMessageContaining("a context of its own");
        host.start();
        assertThat(load(CSV).exitStatus()).isZero();
        assertThat(home.resolve("other")).doesNotExist();
    }

    @Test
    void oneThatWasClosedMakesRoomForAnother() throws Exception {
        host.start();
        install().close();
        install();
        assertThat(load(CSV).exitStatus()).isZero();
    }
}
