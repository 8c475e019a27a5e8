package org.catalogdrop.project;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.apache.camel.component.seda.SedaEndpoint;
import org.apache.camel.component.stub.StubComponent;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.catalogdrop.scenario.Loading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The routes of {@code docs/notify.md} are valid, and do what the page says. */
class NotifyDocTest {

    private static final Pattern ROUTE = Pattern.compile("```yaml\n(- route:.*?)```", Pattern.DOTALL);

    @TempDir
    Path home;

    private static List<String> routes() throws IOException {
        return ROUTE.matcher(Files.readString(Path.of("docs/notify.md")))
                .results()
                .map(route -> route.group(1))
                .toList();
    }

    private static String route(String id) throws IOException {
        return routes().stream()
                .filter(route -> route.contains("id: " + id + "\n"))
                .findFirst()
                .orElseThrow();
    }

    private static void add(Loading loading, String route) throws Exception {
        PluginHelper.getRoutesLoader(loading.context())
                .loadRoutes(ResourceHelper.fromString("notify.camel.yaml", route));
    }

    @Test
    void every_route_of_the_page_is_valid_in_camels_schema() throws IOException {
        assertThat(routes()).hasSize(3).allSatisfy(route -> assertThat(
                        RouteSchemaTest.faults(new YAMLMapper().readTree(route)))
                .isEmpty());
    }

    /** The name has what must be escaped in JSON. */
    private void checkPosted(String id, String server, String path) throws Exception {
        BlockingQueue<String> posted = new LinkedBlockingQueue<>();
        HttpServer receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext(path, exchange -> {
            try (exchange) {
                posted.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                exchange.sendResponseHeaders(200, -1);
            }
        });
        receiver.start();
        try (Loading loading = Loading.start(home)) {
            add(
                    loading,
                    route(id)
                            .replace(
                                    server,
                                    "http://127.0.0.1:" + receiver.getAddress().getPort())
                            .replaceAll("\\{\\{env:(\\w+)}}", "of-$1"));
            loading.load("a \"b\" \u00fc.csv", "name\nx\n");
            String body = posted.poll(30, TimeUnit.SECONDS);
            assertThat(body).as("posted to %s", path).isNotNull();
            assertThat(new ObjectMapper().readTree(body).path("text").asText())
                    .startsWith("a \"b\" \u00fc.csv: 1 row (1 created)");
        } finally {
            receiver.stop(0);
        }
    }

    @Test
    void telegram_gets_the_line() throws Exception {
        checkPosted("notify-telegram", "https://api.telegram.org", "/botof-TELEGRAM_TOKEN/sendMessage");
    }

    @Test
    void slack_gets_the_line() throws Exception {
        checkPosted("notify-slack", "https://hooks.slack.com", "/services/of-SLACK_HOOK");
    }

    @Test
    void mail_is_sent_for_drops_that_did_not_end_well() throws Exception {
        try (Loading loading = Loading.start(home)) {
            loading.context().addComponent("smtps", new StubComponent());
            add(loading, route("notify-mail").replace("{{env:SMTP_PASSWORD}}", "secret"));
            SedaEndpoint mails = loading.context().getEndpoints().stream()
                    .filter(endpoint -> endpoint.getEndpointUri().startsWith("smtps"))
                    .map(SedaEndpoint.class::cast)
                    .findFirst()
                    .orElseThrow();
            loading.load("good.csv", "name\na\n");
            loading.load("bad.csv", "name\n,x\n");
            var mail = mails.getQueue().poll(30, TimeUnit.SECONDS);
            assertThat(mail).isNotNull();
            assertThat(mail.getMessage().getHeader("Subject")).isEqualTo("Catalog Drop: bad.csv ended with status 3");
            assertThat(mail.getMessage().getBody(String.class))
                    .startsWith("bad.csv: ")
                    .contains("\"drop\": \"bad.csv\"");
            assertThat(mails.getQueue()).isEmpty();
        }
    }
}
