package org.catalogdrop.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.RunHalted;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** The token goes to the account and nowhere else. */
class SecretsTest extends HeardServer {

    private final List<String> seen = new CopyOnWriteArrayList<>();

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308})
    void redirect_is_not_followed(int status) throws Exception {
        server.createContext("/api/", exchange -> {
            exchange.getResponseHeaders().set("Location", url() + "/elsewhere");
            answer(exchange, status, "");
        });
        server.createContext("/elsewhere", exchange -> {
            seen.add("elsewhere");
            answer(exchange, 200, "{}");
        });
        try (Loading loading = Loading.start(home, "kommo.base-url=" + url())) {
            RunHalted halted = catchThrowableOfType(RunHalted.class, () -> loading.load("drop.csv", "name\na\n"));
            assertThat(halted.problem().code()).isEqualTo(Code.MOVED);
            assertThat(halted).hasMessageContaining(url() + "/elsewhere");
            assertThat(seen).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 400, 401, 403, 500, 503})
    void answer_that_repeats_the_token_does_not_leak_it(int status) throws Exception {
        AtomicInteger posts = new AtomicInteger();
        server.createContext("/", exchange -> {
            boolean get = exchange.getRequestMethod().equals("GET");
            int first = posts.getAndIncrement() == 0 ? status : 401;
            answer(
                    exchange,
                    get ? 204 : first,
                    get ? "" : "<html>" + exchange.getRequestHeaders().getFirst("Authorization") + "</html>");
        });
        try (Loading loading = Loading.start(home, "kommo.base-url=" + url())) {
            seen.add(text(catchThrowable(() -> {
                loading.load("drop.csv", "name\na\n");
                loading.load("drop-2.csv", "name\nb\n");
            })));
        }
        LoggerFactory.getLogger(SecretsTest.class).warn("the log is heard");
        assertThat(log.toString(StandardCharsets.UTF_8))
                .contains("the log is heard")
                .doesNotContain(Loading.TOKEN);
        assertThat(seen).noneMatch(text -> text.contains(Loading.TOKEN));
        try (var files = Files.walk(home)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(Loading.TOKEN);
            }
        }
    }

    @Test
    void unreachable_host_message_does_not_show_the_token() throws Exception {
        try (Loading loading = Loading.start(home, "kommo.base-url=http://127.0.0.1:1")) {
            Throwable fault = catchThrowable(() -> loading.load("drop.csv", "name\na\n"));
            assertThat(text(fault) + log.toString(StandardCharsets.UTF_8)).doesNotContain(Loading.TOKEN);
        }
    }

    @Test
    void token_file_is_read_for_each_request() throws Exception {
        Path file = home.resolve("token");
        Files.writeString(file, "first\n");
        server.createContext("/", exchange -> {
            seen.add(exchange.getRequestHeaders().getFirst("Authorization"));
            answer(exchange, 401, "");
        });
        try (Loading loading = Loading.start(
                home, "kommo.base-url=" + url(), "kommo.access-token=", "kommo.access-token-file=" + file)) {
            assertThatThrownBy(() -> loading.load("drop.csv", "name\na\n")).isInstanceOf(RunHalted.class);
            Files.writeString(file, "second");
            assertThatThrownBy(() -> loading.load("drop.csv", "name\na\n")).isInstanceOf(RunHalted.class);
            assertThat(seen).containsExactly("Bearer first", "Bearer second");

            Files.delete(file);
            RunHalted halted = catchThrowableOfType(RunHalted.class, () -> loading.load("drop.csv", "name\na\n"));
            assertThat(halted).hasMessageContaining(file.toString());
            assertThat(seen).hasSize(2);
        }
    }

    @Test
    void headers_of_the_caller_are_not_sent_and_do_not_redirect_the_request() throws Exception {
        server.createContext("/", exchange -> {
            seen.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            seen.addAll(exchange.getRequestHeaders().keySet());
            answer(exchange, 401, "");
        });
        Map<String, Object> headers = Map.of(
                "CatalogDropName", "drop.csv",
                "Cookie", "a=b",
                "X-Of-The-Host", "secret",
                "CamelHttpUri", url() + "/elsewhere",
                "CamelHttpPath", "/further",
                "CamelHttpQuery", "a=b");
        try (Loading loading = Loading.start(home, "kommo.base-url=" + url())) {
            ProducerTemplate host = loading.context().createProducerTemplate();
            assertThatThrownBy(() -> host.requestBodyAndHeaders("direct:catalog-load", "name\na\n", headers))
                    .isInstanceOf(CamelExecutionException.class);
            assertThatThrownBy(() -> host.requestBodyAndHeaders("direct:catalog-list", "", headers))
                    .isInstanceOf(CamelExecutionException.class);

            assertThat(seen)
                    .contains(
                            "GET /api/v2/catalog_elements?catalog_id=4220",
                            "GET /api/v2/catalog_elements?catalog_id=4220&limit_rows=500",
                            "Authorization")
                    .doesNotContain("Cookie", "X-of-the-host", "Catalogdropname")
                    .noneMatch(text -> text.contains("elsewhere") || text.contains("further"));
        }
    }

    private static String text(Throwable fault) {
        StringWriter text = new StringWriter();
        fault.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
