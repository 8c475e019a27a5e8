package org.catalogdrop.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server or proxy that sends the request back: its words are quoted in messages, the log, results, the journal and blocked.json. */
class EchoedSecretsTest extends HeardServer {

    private static final List<String> SHOWN =
            List.of("s3cret-of-this", "t0p-s3cret", "dDBwLXMzY3JldC", "QwcC1zM2NyZXQt", "0MHAtczNjcmV0L");

    @Tag("slow")
    @ParameterizedTest
    @CsvSource({
        "200, <html>%s</html>",
        "200, '{\"headers\":{\"Authorization\":\"%s\"}}'",
        "200, '{\"_embedded\":{\"items\":[],\"errors\":[{\"code\":282,\"request_id\":1,\"detail\":\"%s\"}]}}'",
        "400, '{\"title\":\"Bad\",\"status\":400,\"detail\":\"%s\"}'",
        "402, '{\"detail\":\"%s\"}'",
        "401, '{\"detail\":\"%s\"}'",
        "403, <html>%s</html>",
        "422, '{\"_embedded\":{\"errors\":[{\"code\":203,\"request_id\":1,\"detail\":\"%s\"}]}}'",
        "500, %s",
        "302, %s",
        "418, %s"
    })
    void given_an_answer_that_repeats_the_request_when_it_is_quoted_then_no_part_of_the_token_is(
            int status, String body) throws Exception {
        List<String> seen = new ArrayList<>();
        server.createContext("/", exchange -> {
            String header = exchange.getRequestHeaders().getFirst("Authorization");
            String echo = header + " " + header.substring(11) + " " + header.toUpperCase(Locale.ROOT) + " "
                    + Base64.getEncoder().encodeToString(("Authorization: " + header).getBytes(StandardCharsets.UTF_8));
            exchange.getResponseHeaders().set("Location", "/login?token=" + header.substring(7));
            exchange.getResponseHeaders().set("Retry-After", "0");
            boolean get = exchange.getRequestMethod().equals("GET");
            answer(exchange, get && status < 300 ? 204 : status, get ? "" : body.replace("%s", echo));
        });
        try (Loading loading = Loading.start(home, "kommo.base-url=" + url())) {
            seen.add(text(catchThrowable(() -> loading.load("drop.csv", "name\na\n"))));
            seen.add(text(catchThrowable(() -> loading.load("drop.csv", "name\na\n"))));
        }
        seen.add(log.toString(StandardCharsets.UTF_8));
        try (var files = Files.walk(home)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                seen.add(file + ": " + new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
        assertThat(seen)
                .allSatisfy(text -> SHOWN.forEach(part ->
                        assertThat(text.toLowerCase(Locale.ROOT)).doesNotContain(part.toLowerCase(Locale.ROOT))));
    }

    private static String text(Throwable fault) {
        StringWriter text = new StringWriter();
        if (fault != null) {
            fault.printStackTrace(new PrintWriter(text));
        }
        return text.toString();
    }
}
