package org.catalogdrop.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.catalogdrop.sandbox.fault.FaultOrder;
import org.catalogdrop.sandbox.fault.FaultQueue;
import org.catalogdrop.sandbox.fault.Switch;
import org.catalogdrop.sandbox.http.HttpReply;
import org.catalogdrop.sandbox.http.Json;
import org.catalogdrop.sandbox.http.QueryParameters;
import org.catalogdrop.sandbox.store.StoredElement;

/** Everything under /sandbox/: the control API for tests and users in other processes. Needs no token and is never in the log. */
final class Control implements HttpHandler {
    private static final String KNOWN = "GET log, elements, stats; GET, POST, DELETE faults; GET, POST switches;"
            + " POST codes, elements, expire, lists, lift, reset; all under /sandbox/";

    private final SandboxAccount account;
    private final AccessGate gate;
    private final FaultQueue faults;
    private final SandboxLog journal;
    private final Runnable reset;

    /** @param reset forgets what there is */
    Control(SandboxAccount account, AccessGate gate, FaultQueue faults, SandboxLog journal, Runnable reset) {
        this.account = account;
        this.gate = gate;
        this.faults = faults;
        this.journal = journal;
        this.reset = reset;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            try {
                String order = exchange.getRequestMethod() + " "
                        + exchange.getRequestURI().getPath();
                QueryParameters query =
                        QueryParameters.of(exchange.getRequestURI().getRawQuery());
                switch (order) {
                    case "GET /sandbox/log" ->
                        new Dump(account).log(exchange, journal.last(), query.number("after", 0));
                    case "GET /sandbox/elements" ->
                        new Dump(account).elements(exchange, query.number("catalog_id", -1));
                    default -> order(order, exchange.getRequestBody()).send(exchange);
                }
            } catch (JsonProcessingException e) {
                error(400, e.getOriginalMessage()).send(exchange);
            } catch (IllegalArgumentException e) {
                error(400, e.getMessage()).send(exchange);
            }
        }
    }

    private HttpReply order(String order, InputStream body) throws IOException {
        switch (order) {
            case "GET /sandbox/faults" -> {}
            case "POST /sandbox/faults" -> FaultOrder.read(body).give(faults);
            case "DELETE /sandbox/faults" -> faults.clear();
            case "GET /sandbox/switches" -> {
                return switches();
            }
            case "POST /sandbox/switches" -> {
                Json.MAPPER.readTree(body).properties().stream()
                        .map(one -> Switch.named(one.getKey(), one.getValue().asText()))
                        .toList()
                        .forEach(account.switches()::turn);
                return switches();
            }
            case "POST /sandbox/lists" -> account.catalogs().put(ListOrder.read(body));
            case "POST /sandbox/elements" -> {
                return HttpReply.json(200, Map.of("id", put(Json.MAPPER.readTree(body))));
            }
            case "POST /sandbox/codes" -> {
                return HttpReply.json(200, Map.of("code", account.grants().code()));
            }
            case "POST /sandbox/expire" ->
                account.grants().expire(account.settings().tokenLife());
            case "POST /sandbox/lift" -> gate.lift();
            case "POST /sandbox/reset" -> reset.run();
            case "GET /sandbox/stats" -> {
                return stats();
            }
            default -> {
                return error(404, order + ": unknown request; the requests are " + KNOWN);
            }
        }
        return HttpReply.json(200, Map.of("pending_faults", faults.pending()));
    }

    /** Adds an element as another client would. */
    private long put(JsonNode element) {
        return account.store()
                .putBy(
                        element.path("created_by").asLong(StoredElement.API_USER),
                        element.path("catalog_id").asLong(),
                        element.path("name").asText(),
                        List.of());
    }

    private HttpReply switches() {
        Map<String, String> standing = new TreeMap<>();
        account.switches().all().forEach(one -> standing.put(one.key(), one.choice()));
        return HttpReply.json(200, standing);
    }

    private HttpReply stats() {
        SandboxStats stats = journal.stats();
        Map<String, Object> sums = new LinkedHashMap<>();
        sums.put("requests", stats.requests());
        sums.put("by_status", new TreeMap<>(stats.byStatus()));
        sums.put("created", stats.created());
        sums.put("updated", stats.updated());
        sums.put("deleted", stats.deleted());
        sums.put("refused", stats.refused());
        sums.put("peak_requests_per_second", stats.peakPerSecond());
        return HttpReply.json(200, sums);
    }

    private static HttpReply error(int status, String message) {
        return HttpReply.json(status, Map.of("error", message));
    }
}
