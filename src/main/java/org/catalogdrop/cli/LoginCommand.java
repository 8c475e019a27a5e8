package org.catalogdrop.cli;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.catalogdrop.cli.output.Terminal;
import org.catalogdrop.config.Needs;
import org.catalogdrop.config.Settings;
import org.catalogdrop.kommo.Secret;
import org.catalogdrop.kommo.auth.Authorization;
import org.catalogdrop.kommo.auth.TokenGrant;
import org.catalogdrop.kommo.auth.TokenRenewal;
import org.catalogdrop.kommo.auth.TokenSource;
import org.catalogdrop.kommo.auth.TokenStore;
import org.catalogdrop.shared.SharedStores;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code login}. */
@Command(
        name = "login",
        mixinStandardHelpOptions = true,
        description =
                "Exchanges an authorization code for the first pair of tokens of an integration, and keeps it in kommo.token-file, or in the database of the journal."
                        + " Without --code it says where to get the code, and reads it from standard input.")
final class LoginCommand extends AccountCommand {

    @Option(
            names = "--code",
            paramLabel = "CODE",
            description =
                    "The code, or the whole address to which the browser was redirected. Others on this machine can see it in the list of"
                            + " processes, so standard input is safer.")
    private Optional<String> code;

    @Override
    public Integer call() throws Exception {
        Settings settings = settings(Needs.LOGIN);
        TokenSource.Rotating pair = (TokenSource.Rotating) settings.api().access();
        String clientId = pair.integration().id();
        String state = new BigInteger(128, new SecureRandom()).toString(36);
        Authorization authorization = new Authorization(settings.api().baseUrl(), clientId, state);
        // A person who gives the code at once came from a page that is not ours, so its state means nothing to us.
        Authorization.Given given = code.isPresent()
                ? authorization.code(code.get().strip())
                : authorization.answer(ask(authorization).strip());
        if (given instanceof Authorization.Given.Wrong wrong) {
            throw misuse(wrong.why());
        }
        Secret secret = ((Authorization.Given.Code) given).code();
        try (Program program = Program.start(settings)) {
            Exchange answer = program.context()
                    .createProducerTemplate()
                    .request("direct:catalog-new-tokens", exchange -> exchange.getMessage()
                            .setBody(new TokenRenewal(new TokenGrant.Code(secret))));
            if (answer.getException() != null) {
                throw answer.getException();
            }
        }
        TokenStore store = SharedStores.tokens(
                        settings.api(), settings.folders().journal())
                .orElseThrow();
        out().println("The tokens are in " + store.place() + "; the access token is valid until "
                + store.read().expires().truncatedTo(ChronoUnit.SECONDS) + " and is renewed automatically.");
        return 0;
    }

    private String ask(Authorization authorization) throws IOException {
        PrintWriter out = out();
        out.println("1. As an administrator of the account, open   " + authorization.page());
        out.println("   (or Settings, Integrations, the integration, Keys and scopes, Authorization code)");
        out.println(
                "2. Enter the code, or the whole address to which the browser was redirected. It is valid for 20 minutes.");
        Optional<Console> console = Terminal.console();
        if (console.isPresent()) {
            char[] typed = console.get().readPassword("   Code (it is not shown): ");
            return typed == null ? "" : new String(typed);
        }
        // Not closed, because it is not ours.
        String line = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
        return line == null ? "" : line;
    }
}
