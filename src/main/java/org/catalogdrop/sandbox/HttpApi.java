package org.catalogdrop.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.catalogdrop.sandbox.fault.Fault;
import org.catalogdrop.sandbox.fault.Fault.Sight;
import org.catalogdrop.sandbox.fault.FaultQueue;
import org.catalogdrop.sandbox.fault.ProblemReplies;
import org.catalogdrop.sandbox.fault.Switch;
import org.catalogdrop.sandbox.http.HttpReply;
import org.catalogdrop.sandbox.http.Item;
import org.catalogdrop.sandbox.http.QueryParameters;
import org.catalogdrop.sandbox.http.RequestReader;

/** Handles everything under /api/, and the tokens: rate and token are checked first, then the request is handled, with its fault. */
final class HttpApi implements HttpHandler {
    private static final System.Logger LOG = System.getLogger(HttpApi.class.getName());

    static final String TOKENS = "/oauth2/access_token";

    private final SandboxAccount account;
    private final AccessGate gate;
    private final FaultQueue faults;
    private final SandboxLog journal;
    private final PostElements elements;
    private final PostAnswer answer;

    HttpApi(SandboxAccount account, AccessGate gate, FaultQueue faults, SandboxLog journal) {
        this.account = account;
        this.gate = gate;
        this.faults = faults;
        this.journal = journal;
        this.elements = new PostElements(account);
        this.answer = new PostAnswer(account);
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Note note = new Note();
            journal.recordArrival(account.millis());
            HttpReply reply = replyOrFailure(exchange, note);
            // Before the answer, so that a client that has it finds the request in the log.
            journal.answered(note, line(exchange), account.settings().clock().instant(), reply.status());
            exchange.getResponseHeaders().set("Runtime-Timestamp", Long.toString(account.millis() / 1000));
            reply.send(exchange);
        }
    }

    /** Returns the reply. A bug of the sandbox must not look like a fault that was asked for. */
    private HttpReply replyOrFailure(HttpExchange exchange, Note note) throws IOException {
        try {
            return reply(exchange, note);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "the sandbox itself failed", e);
            return ProblemReplies.problem(500, "The sandbox itself failed: " + e);
        }
    }

    private static Note.HttpRequestLine line(HttpExchange exchange) {
        String length = exchange.getRequestHeaders().getFirst("Content-Length");
        return new Note.HttpRequestLine(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                length == null ? -1 : Item.number(length));
    }

    private HttpReply reply(HttpExchange exchange, Note note) throws IOException {
        Optional<HttpReply> turnedAway = turnedAway(exchange);
        if (turnedAway.isPresent()) {
            // An unread body would cost the connection.
            exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
            return turnedAway.get();
        }
        boolean isPost = exchange.getRequestMethod().equals("POST");
        if (isPost && exchange.getRequestURI().getPath().equals("/api/v2/catalog_elements")) {
            return post(exchange.getRequestBody(), note);
        }
        if (isPost && isTokens(exchange)) {
            return tokens(exchange.getRequestBody(), note);
        }
        exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
        Optional<Fault> fault = faults.take(exchange.getRequestMethod(), List.of());
        note.fault(fault);
        return seen(fault, () -> other(exchange));
    }

    private Optional<HttpReply> turnedAway(HttpExchange exchange) {
        AccessGate.Verdict verdict = gate.ask(account.millis());
        if (verdict == AccessGate.Verdict.BANNED) {
            return Optional.of(ProblemReplies.page(403));
        }
        if (verdict == AccessGate.Verdict.TOO_MANY) {
            return Optional.of(account.is(Switch.TooMany.HTML) ? ProblemReplies.page(429) : ProblemReplies.tooMany());
        }
        String sent = exchange.getRequestHeaders().getFirst("Authorization");
        return isTokens(exchange) || account.grants().takes(sent)
                ? Optional.empty()
                : Optional.of(ProblemReplies.problem(401, "Invalid user name or password"));
    }

    private static boolean isTokens(HttpExchange exchange) {
        return exchange.getRequestURI().getPath().equals(TOKENS);
    }

    private HttpReply tokens(InputStream body, Note note) throws IOException {
        Optional<Fault> fault = faults.take("TOKEN", List.of());
        note.fault(fault);
        HttpReply answer =
                account.grants().grant(body, fault.map(one -> one.applied(1)).orElse(1) > 0);
        return seen(fault, () -> answer);
    }

    private HttpReply other(HttpExchange exchange) {
        String path = exchange.getRequestURI().getPath();
        String uri = exchange.getRequestURI().toString();
        QueryParameters query = QueryParameters.of(exchange.getRequestURI().getRawQuery());
        boolean isGet = exchange.getRequestMethod().equals("GET");
        return switch (path) {
            case "/api/v2/catalog_elements" -> isGet ? new GetElements(account).get(uri, query) : wrongMethod();
            case "/api/v2/catalogs" -> isGet ? new GetAccount(account).lists(uri, query) : wrongMethod();
            case "/api/v2/account" -> isGet ? new GetAccount(account).account(uri, query) : wrongMethod();
            default -> ProblemReplies.problem(404, "Cannot " + exchange.getRequestMethod() + " " + path);
        };
    }

    private static HttpReply wrongMethod() {
        return ProblemReplies.problem(405, "Method not allowed");
    }

    private HttpReply post(InputStream body, Note note) throws IOException {
        Optional<HttpReply> refused;
        List<Item> items = List.of();
        try {
            items = RequestReader.read(body);
            note.items(items);
            refused = refusal(items);
        } catch (JsonProcessingException e) {
            refused = Optional.of(ProblemReplies.legacy("102"));
        }
        List<Item> sent = refused.isPresent() ? List.of() : items;
        Optional<Fault> fault = faults.take("POST", items);
        note.fault(fault);
        Optional<HttpReply> whole = refused;
        return seen(fault, () -> whole.orElseGet(() -> apply(sent, fault, note)));
    }

    private Optional<HttpReply> refusal(List<Item> items) {
        if (items.isEmpty()) {
            return Optional.of(ProblemReplies.legacy("222"));
        }
        int most = account.settings().chunkMaximum();
        return items.size() <= most
                ? Optional.empty()
                : Optional.of(ProblemReplies.problem(422, "Limit " + most + " per request, got " + items.size()));
    }

    private HttpReply apply(List<Item> items, Optional<Fault> fault, Note note) {
        int applied = fault.map(one -> one.applied(items.size())).orElse(items.size());
        List<ItemOutcome> outcomes = elements.apply(items.subList(0, applied));
        note.outcomes(outcomes);
        return answer.tell(outcomes, fault);
    }

    /** Returns what the client sees of an answer; computing the answer applies the request. */
    private static HttpReply seen(Optional<Fault> fault, Supplier<HttpReply> answer) {
        Sight sight = fault.map(Fault::sight).orElse(Sight.SHUFFLED);
        int millis = fault.map(Fault::millis).orElse(0);
        if (sight == Sight.DELAY_APPLY) {
            HttpReply.pause(millis);
        }
        HttpReply reply = answer.get();
        if (sight == Sight.DELAY) {
            HttpReply.pause(millis);
        }
        return switch (sight) {
            case STATUS -> ProblemReplies.fault(fault.orElseThrow());
            case TRICKLE -> reply.trickling(fault.orElseThrow().millis());
            case HUGE -> reply.after(fault.orElseThrow().megabytes());
            case DROPPED -> HttpReply.DROPPED;
            case TRUNCATED -> reply.truncated();
            case HTML -> ProblemReplies.page(200);
            case EMPTY -> HttpReply.empty(200);
            default -> reply;
        };
    }
}
