package org.catalogdrop.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.catalogdrop.sandbox.Sandbox;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the page costs a packaged program that does not want it. */
@Tag("slow")
class PageOffIT {

    @TempDir
    Path home;

    private String classesOf(String... settings) throws Exception {
        Path log = home.resolve("classes.log");
        try (Sandbox sandbox = Sandbox.start(Loading.sandboxSettings())) {
            Files.createDirectories(home.resolve("inbox"));
            Command command = new Command(home)
                    .with(Loading.settings(home, sandbox.baseUrl(), settings))
                    .option("-Xlog:class+load:file=" + log);
            Command.Result result = command.run("run", "--once");
            assertThat(result.status()).as(result.err()).isZero();
        }
        return Files.readString(log);
    }

    @Test
    void given_no_page_when_a_run_starts_then_no_class_of_it_is_loaded() throws Exception {
        assertThat(classesOf())
                .contains("org.catalogdrop.cli.RunCommand")
                .doesNotContain("org.catalogdrop.page.", "httpserver");
    }

    @Test
    void given_a_port_and_no_page_when_a_run_starts_then_no_class_of_the_page_is_loaded() throws Exception {
        assertThat(classesOf("drop.management-port=" + freePort()))
                .contains("org.catalogdrop.camel.Management ")
                .doesNotContain("org.catalogdrop.page.");
    }

    private static int freePort() throws Exception {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }
}
