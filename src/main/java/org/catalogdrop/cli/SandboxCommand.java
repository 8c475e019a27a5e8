package org.catalogdrop.cli;

import org.catalogdrop.sandbox.Sandbox;
import org.catalogdrop.sandbox.SandboxSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sandbox}. */
@Command(
        name = "sandbox",
        mixinStandardHelpOptions = true,
        description =
                "Serves a stand-in of the API on loopback until it is stopped. Fails on request: docs/sandbox.md.")
final class SandboxCommand extends CliCommand {

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "8025",
            description = "The port; 0 = any free port. Default: ${DEFAULT-VALUE}.")
    private int port;

    @Option(
            names = "--token",
            defaultValue = "sandbox-token",
            description = "The access token that it accepts. Default: ${DEFAULT-VALUE}.")
    private String token;

    @Option(
            names = "--requests-per-second",
            paramLabel = "N",
            defaultValue = "7",
            description = "Requests a second before it answers 429; 0 = no limit. Default: ${DEFAULT-VALUE}.")
    private int rate;

    @Option(
            names = "--ban-after",
            paramLabel = "N",
            defaultValue = "0",
            description =
                    "After this many answers 429 within a minute it answers 403 to everything; 0 = never. Default: ${DEFAULT-VALUE}.")
    private int banAfter;

    @Option(names = "--forget", description = "Counts elements without keeping them, for loads of millions of rows.")
    private boolean forget;

    @Override
    public Integer call() throws Exception {
        SandboxSettings settings = SandboxSettings.defaults()
                .withPort(port)
                .withToken(token)
                .withRequestsPerSecond(rate)
                .withBanAfter(banAfter)
                .withKeepElements(!forget);
        try (Sandbox sandbox = Sandbox.start(settings)) {
            out().println("sandbox on " + sandbox.baseUrl() + ", token " + token + "; stop it with Ctrl-C");
            new java.util.concurrent.CountDownLatch(1).await();
        }
        return 0;
    }
}
