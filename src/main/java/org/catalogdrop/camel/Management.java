package org.catalogdrop.camel;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.HealthCheckRegistry;
import org.catalogdrop.observability.ExchangeThreads;
import org.catalogdrop.observability.Finding;
import org.catalogdrop.observability.JournalHealth;
import org.catalogdrop.observability.JournalMeters;
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

    private final HttpServer server;
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmMeters jvm = new JvmMeters(registry);
    private final ObjectMapper json = new ObjectMapper();
    private final List<ServedLoader> served = new CopyOnWriteArrayList<>();

    /** Accounts that are not running, with the reason. */
    private volatile Supplier<Map<String, String>> missing = Map::of;

    /** So that a slow check, or a client that does not read, holds up no other. */
    private static final int THREADS = 4;

    private final ExchangeThreads threads = ExchangeThreads.of("catalog-management", THREADS, ExchangeThreads.SLOWEST);
    private final Optional<PageServer> page;

    /** Serves all paths that are not of health, metrics or accounts. */
    private volatile Optional<PageServer> root;

    /** The journal for which a process stands by that has no loader meanwhile. */
    private volatile Optional<JournalHealth> standby = Optional.empty();

    /** A loader that is shown; it has a name if the process has several. */
    private record ServedLoader(Optional<String> account, CamelContext context) {}

    private Management(HttpServer server, Optional<PageServer> page) {
        this.server = server;
        this.page = page;
        root = page;
        server.createContext("/", this::serveRoot);
        for (String prefix : PREFIXES) {
            server.createContext(prefix + HEALTH, exchange -> serve(exchange, prefix, this::health));
            server.createContext(prefix + METRICS, exchange -> serve(exchange, prefix, this::metrics));
        }
        server.setExecutor(threads);
        server.start();
    }

    private void serveRoot(HttpExchange exchange) throws IOException {
        Optional<PageServer> now = root;
        if (now.isPresent()) {
            now.get().handle(exchange);
        } else {
            serve(exchange, "", this::nothing);
        }
    }

    /** Opens the port of a process with one loader. */
    public static Optional<Management> open(CamelContext context, LoaderHealth vitals, InetSocketAddress address) {
        return open(context, vitals, address, Optional.empty());
    }

    /**
     * Opens the port of a process with one loader.
     *
     * @param page serves all other paths; empty if there is none
     */
    public static Optional<Management> open(
            CamelContext context, LoaderHealth vitals, InetSocketAddress address, Optional<PageServer> page) {
        Optional<Management> opened = open(address, page);
        opened.ifPresent(one -> one.show(Optional.empty(), context, vitals));
        return opened;
    }

    /**
     * Opens the port. If that fails, the failure is reported and loading continues: another command may use the port for a while.
     *
     * @param page serves all other paths; empty if there is none
     */
    public static Optional<Management> open(InetSocketAddress address, Optional<PageServer> page) {
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
            // A lambda here would load the page's classes, even if there is none.
            if (page.isPresent()) {
                LOG.info(
                        "the page is on http://{}:{}/",
                        host.contains(":") ? "[" + host + "]" : host,
                        address.getPort());
            }
            return Optional.of(new Management(server, page));
        } catch (IOException taken) {
            LOG.warn(
                    "port {} of {} cannot be opened ({}), so this process serves no health and metrics. Choose a free port in"
                            + " drop.management-port, and an address of this machine in drop.management-address.",
                    address.getPort(),
                    host,
                    taken.getMessage());
            close(page);
            return Optional.empty();
        }
    }

    /**
     * Shows the health and metrics of a loader.
     *
     * @param account its name, if the process has several
     * @return removes it again
     */
    public Runnable show(Optional<String> account, CamelContext context, LoaderHealth vitals) {
        HealthCheckRegistry checks = HealthCheckRegistry.get(context);
        LoaderHealthCheck.of(vitals).forEach(checks::register);
        Meters meters = new Meters(registry, vitals, account);
        ServedLoader loader = new ServedLoader(account, context);
        served.add(loader);
        return () -> {
            served.remove(loader);
            meters.close();
        };
    }

    /**
     * Serves the pages of a loader below a path. They are made at the first request.
     *
     * @param base the path before each of theirs, without a slash at its end
     * @return removes them again
     */
    public Runnable showPages(String base, Supplier<PageServer> pages) {
        AtomicReference<PageServer> made = new AtomicReference<>();
        HttpContext below = server.createContext(base + "/", exchange -> {
            synchronized (made) {
                if (made.get() == null) {
                    made.set(pages.get());
                }
            }
            made.get().handle(exchange);
        });
        return () -> {
            server.removeContext(below);
            synchronized (made) {
                Optional.ofNullable(made.get()).ifPresent(PageServer::close);
            }
        };
    }

    /**
     * Serves the pages of a loader in place of the page of the port.
     *
     * @return serves that one again
     */
    public Runnable showPage(PageServer pages) {
        Optional<PageServer> before = root;
        root = Optional.of(pages);
        return () -> {
            root = before;
            pages.close();
        };
    }

    /**
     * Shows the health of a journal, and the metrics of who owns it, for a process that stands by.
     *
     * @return removes them again
     */
    public Runnable showStandby(JournalHealth journal) {
        JournalMeters meters = new JournalMeters(registry, journal);
        standby = Optional.of(journal);
        return () -> {
            standby = Optional.empty();
            meters.close();
        };
    }

    /** Shows accounts that are not running: from now on each of them, by name, is a check that is down, with the reason as its message. */
    public void showMissing(Supplier<Map<String, String>> accounts) {
        missing = accounts;
    }

    private record Answer(int status, String type, String body) {}

    private static void close(Optional<PageServer> page) {
        if (page.isPresent()) {
            page.get().close();
        }
    }

    private interface Page {
        Answer of(String path) throws IOException;
    }

    private void serve(HttpExchange exchange, String prefix, Page page) throws IOException {
        ExchangeThreads.headRead();
        try {
            boolean get = exchange.getRequestMethod().equals("GET");
            String path = exchange.getRequestURI().getPath().substring(prefix.length());
            Answer answer = get ? page.of(path) : new Answer(405, "text/plain", "only GET\n");
            byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", answer.type() + "; charset=utf-8");
            ExchangeThreads.within(ExchangeThreads.SLOWEST, () -> {
                exchange.sendResponseHeaders(answer.status(), bytes.length);
                exchange.getResponseBody().write(bytes);
                exchange.getResponseBody().flush();
            });
        } catch (RuntimeException fault) {
            LOG.warn("answering {} failed", exchange.getRequestURI().getPath(), fault);
            throw fault;
        }
        if (hasBody(exchange)) {
            // The server closes the connection of a handler that fails. Closing the exchange would wait for the body.
            throw new IOException("the body of this request is not read");
        }
        ExchangeThreads.close(exchange);
    }

    private static boolean hasBody(HttpExchange exchange) {
        Headers headers = exchange.getRequestHeaders();
        String length = headers.getFirst("Content-Length");
        return headers.containsKey("Transfer-Encoding") || (length != null && !length.equals("0"));
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
            return readiness();
        }
        List<Check> all = checks(one -> HealthCheckHelper.invoke(one, "full"));
        missing.get().forEach((account, why) -> all.add(Check.ofMissing(account, why)));
        if (path.equals(HEALTH)) {
            return healthAnswer(all);
        }
        List<Check> some = all.stream()
                .filter(check -> path.equals(HEALTH + "/" + check.name())
                        || path.equals(HEALTH + "/" + check.account().orElse("")))
                .toList();
        return some.isEmpty() ? nothing(path) : healthAnswer(some);
    }

    /** One of several accounts that cannot load does not make the process unready for the others. */
    private Answer readiness() throws IOException {
        List<Check> checks = checks(one -> HealthCheckHelper.invokeReadiness(one, "full"));
        missing.get().forEach((account, why) -> checks.add(Check.ofMissing(account, why)));
        Map<Optional<String>, Boolean> ready = new LinkedHashMap<>();
        checks.forEach(check -> ready.merge(check.account(), check.isUp(), Boolean::logicalAnd));
        return healthAnswer(ready.isEmpty() || ready.containsValue(true), checks);
    }

    /** All checks that Camel knows, ours and those of an operator's own routes. */
    private List<Check> checks(Function<CamelContext, Collection<HealthCheck.Result>> ask) {
        List<Check> checks = new ArrayList<>();
        served.forEach(loader ->
                ask.apply(loader.context()).forEach(result -> checks.add(Check.of(loader.account(), result))));
        standby.map(JournalHealth::find).map(Check::ofJournal).ifPresent(checks::add);
        return checks;
    }

    /**
     * What a check found.
     *
     * @param account the account it is of, if the process has several
     * @param name its name, with that of the account before it
     */
    private record Check(Optional<String> account, String name, HealthCheck.State state, Optional<String> message) {

        static Check of(Optional<String> account, HealthCheck.Result result) {
            String name = result.getCheck().getId().replaceFirst("^" + LoaderHealthCheck.GROUP + "-", "");
            return new Check(
                    account, account.map(one -> one + "/" + name).orElse(name), result.getState(), result.getMessage());
        }

        static Check ofJournal(Finding found) {
            return new Check(
                    Optional.empty(),
                    "journal",
                    found.good() ? HealthCheck.State.UP : HealthCheck.State.DOWN,
                    Optional.of(found.message()));
        }

        static Check ofMissing(String account, String why) {
            return new Check(Optional.of(account), account + "/running", HealthCheck.State.DOWN, Optional.of(why));
        }

        boolean isUp() {
            return state == HealthCheck.State.UP;
        }

        Map<String, Object> json() {
            Map<String, Object> json = new LinkedHashMap<>();
            account.ifPresent(one -> json.put("account", one));
            json.put("name", name);
            json.put("status", state.name());
            message.ifPresent(text -> json.put("message", text));
            return json;
        }
    }

    private Answer healthAnswer(List<Check> checks) throws IOException {
        return healthAnswer(checks.stream().allMatch(Check::isUp), checks);
    }

    private Answer healthAnswer(boolean up, List<Check> checks) throws IOException {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("status", up ? "UP" : "DOWN");
        body.put("checks", checks.stream().map(Check::json).toList());
        return new Answer(up ? 200 : 503, "application/json", json.writeValueAsString(body) + "\n");
    }

    @Override
    public void close() {
        close(page);
        server.stop(0);
        threads.close();
        jvm.close();
        registry.close();
    }
}
