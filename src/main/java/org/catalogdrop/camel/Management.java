package org.catalogdrop.camel;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.HealthCheckRegistry;
import org.catalogdrop.observability.ExchangeThreads;
import org.catalogdrop.observability.JvmMeters;
import org.catalogdrop.observability.LoaderHealth;
import org.catalogdrop.observability.Meters;
import org.catalogdrop.page.http.PageServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves health and metrics of the stand-alone process over HTTP: {@code /health} (all checks), {@code /health/live} (the process answers),
 * {@code /health/ready} (it can load), {@code /health/NAME} (one check), {@code /metrics} (for Prometheus). The status is 503 if a check
 * fails. All of them are also below {@code /observe}, where Camel's observability services have them.
 */
public final class Management implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Management.class);
    private static final String HEALTH = "/health";
    private static final String METRICS = "/metrics";

    /** What may stand before each path. */
    private static final List<String> PREFIXES = List.of("", "/observe");

    private final CamelContext context;
    private final HttpServer server;
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmMeters jvm = new JvmMeters(registry);
    private final ObjectMapper json = new ObjectMapper();
    /** So that a slow check, or a client that does not read, holds up no other. */
    private static final int THREADS = 4;

    private final ExchangeThreads threads = ExchangeThreads.of("catalog-management", THREADS, ExchangeThreads.SLOWEST);
    private final Optional<PageServer> page;

    private Management(CamelContext context, LoaderHealth vitals, HttpServer server, Optional<PageServer> page) {
        this.context = context;
        this.server = server;
        this.page = page;
        HealthCheckRegistry checks = HealthCheckRegistry.get(context);
        LoaderHealthCheck.of(vitals).forEach(checks::register);
        new Meters(registry, vitals);
        server.createContext("/", page.isPresent() ? page.get() : exchange -> serve(exchange, "", this::nothing));
        for (String prefix : PREFIXES) {
            server.createContext(prefix + HEALTH, exchange -> serve(exchange, prefix, this::health));
            server.createContext(prefix + METRICS, exchange -> serve(exchange, prefix, this::metrics));
        }
        server.setExecutor(threads);
        server.start();
    }

    /** Opens the port. If that fails, the failure is reported and loading continues: another command may use the port for a while. */
    public static Optional<Management> open(CamelContext context, LoaderHealth vitals, InetSocketAddress address) {
        return open(context, vitals, address, Optional.empty());
    }

    /**
     * Opens the port with the page.
     *
     * @param page serves all other paths; empty if there is none
     */
    public static Optional<Management> open(
            CamelContext context, LoaderHealth vitals, InetSocketAddress address, Optional<PageServer> page) {
        String host = address.getAddress().getHostAddress();
        try {
            HttpServer server = HttpServer.create(address, 0);
            LOG.info(
                    "health and metrics on http://{}:{}{} and {}",
                    host.contains(":") ? "[" + host + "]" : host,
                    address.getPort(),
                    HEALTH,
                    METRICS);
            if (!address.getAddress().isLoopbackAddress()) {
                LOG.warn(
                        "everyone who can reach {} can read health and metrics. Let only your monitoring reach it.",
                        host);
            }
            page.ifPresent(shown -> LOG.info(
                    "the page is on http://{}:{}/", host.contains(":") ? "[" + host + "]" : host, address.getPort()));
            return Optional.of(new Management(context, vitals, server, page));
        } catch (IOException taken) {
            LOG.warn(
                    "port {} of {} cannot be opened ({}), so this process serves no health and metrics. Choose a free port in"
                            + " drop.management-port, and an address of this machine in drop.management-address.",
                    address.getPort(),
                    host,
                    taken.getMessage());
            page.ifPresent(PageServer::close);
            return Optional.empty();
        }
    }

    private record Answer(int status, String type, String body) {}

    private interface Page {
        Answer of(String path) throws IOException;
    }

    private void serve(HttpExchange exchange, String prefix, Page page) throws IOException {
        ExchangeThreads.headRead();
        try (exchange) {
            boolean get = exchange.getRequestMethod().equals("GET");
            String path = exchange.getRequestURI().getPath().substring(prefix.length());
            Answer answer = get ? page.of(path) : new Answer(405, "text/plain", "only GET\n");
            byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", answer.type() + "; charset=utf-8");
            ExchangeThreads.within(ExchangeThreads.SLOWEST, () -> {
                exchange.sendResponseHeaders(answer.status(), bytes.length);
                exchange.getResponseBody().write(bytes);
            });
        } catch (RuntimeException fault) {
            LOG.warn("answering {} failed", exchange.getRequestURI().getPath(), fault);
        }
    }

    private Answer nothing(String path) {
        return new Answer(
                404,
                "text/plain",
                "not found; the paths are /health, /health/live, /health/ready, /health/NAME and /metrics\n");
    }

    private Answer metrics(String path) {
        return path.equals(METRICS) ? new Answer(200, "text/plain; version=0.0.4", registry.scrape()) : nothing(path);
    }

    private Answer health(String path) throws IOException {
        if (path.equals(HEALTH + "/live")) {
            return healthAnswer(List.of());
        }
        if (path.equals(HEALTH + "/ready")) {
            return healthAnswer(HealthCheckHelper.invokeReadiness(context, "full"));
        }
        // All checks that Camel knows, ours and those of an operator's own routes.
        Collection<HealthCheck.Result> all = HealthCheckHelper.invoke(context, "full");
        if (path.equals(HEALTH)) {
            return healthAnswer(all);
        }
        List<HealthCheck.Result> one = all.stream()
                .filter(result -> path.equals(HEALTH + "/" + name(result)))
                .toList();
        return one.isEmpty() ? nothing(path) : healthAnswer(one);
    }

    private static String name(HealthCheck.Result result) {
        return result.getCheck().getId().replaceFirst("^" + LoaderHealthCheck.GROUP + "-", "");
    }

    private Answer healthAnswer(Collection<HealthCheck.Result> results) throws IOException {
        boolean up = results.stream().allMatch(result -> result.getState() == HealthCheck.State.UP);
        List<Map<String, Object>> checks = results.stream()
                .map(result -> {
                    Map<String, Object> check = new LinkedHashMap<>();
                    check.put("name", name(result));
                    check.put("status", result.getState().name());
                    result.getMessage().ifPresent(message -> check.put("message", message));
                    return check;
                })
                .toList();
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("status", up ? "UP" : "DOWN");
        body.put("checks", checks);
        return new Answer(up ? 200 : 503, "application/json", json.writeValueAsString(body) + "\n");
    }

    @Override
    public void close() {
        page.ifPresent(PageServer::close);
        server.stop(0);
        threads.close();
        jvm.close();
        registry.close();
    }
}
