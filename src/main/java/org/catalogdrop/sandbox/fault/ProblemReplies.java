package org.catalogdrop.sandbox.fault;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.catalogdrop.sandbox.http.HttpReply;
import org.catalogdrop.sandbox.http.Json;

/** The answers to a request that fails as a whole, as they were seen in reality. */
public final class ProblemReplies {
    private static final Map<Integer, String> TITLES = Map.ofEntries(
            Map.entry(301, "Moved Permanently"),
            Map.entry(302, "Found"),
            Map.entry(400, "Bad Request"),
            Map.entry(401, "Unauthorized"),
            Map.entry(402, "Payment Required"),
            Map.entry(403, "Forbidden"),
            Map.entry(404, "Not Found"),
            Map.entry(405, "Method Not Allowed"),
            Map.entry(413, "Content Too Large"),
            Map.entry(422, "Unprocessable Entity"),
            Map.entry(429, "Too Many Requests"),
            Map.entry(500, "Internal Server Error"),
            Map.entry(502, "Bad Gateway"),
            Map.entry(503, "Service Unavailable"),
            Map.entry(504, "Gateway Timeout"));

    private static final String PROBLEM = "application/problem+json";

    private ProblemReplies() {}

    /** Returns the page that a gateway returns instead of an answer. */
    public static HttpReply page(int status) {
        String title = status + " " + title(status);
        String page = "<html>\r\n<head><title>" + title + "</title></head>\r\n<body>\r\n<center><h1>" + title
                + "</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n";
        return HttpReply.of(status, "text/html", page.getBytes(StandardCharsets.UTF_8));
    }

    public static HttpReply problem(int status, String detail) {
        return HttpReply.json(status, PROBLEM, body(status, detail));
    }

    public static HttpReply tooMany() {
        ObjectNode body = body(429, "Too many requests, retry later").put("retry_after", 1);
        return HttpReply.json(429, PROBLEM, body);
    }

    /** Returns the legacy body, whose code is a text. */
    public static HttpReply legacy(String code) {
        String error = "Error code " + code + ". If error appears again, please, contact us";
        return HttpReply.json(
                400,
                Json.MAPPER
                        .createObjectNode()
                        .set(
                                "response",
                                Json.MAPPER
                                        .createObjectNode()
                                        .put("error", error)
                                        .put("error_code", code)));
    }

    /** Returns the answer of a status fault: with the body asked for, else with the usual one. */
    public static HttpReply fault(Fault fault) {
        int status = fault.status();
        if (status >= 300 && status < 400) {
            return page(status).at(fault.say().isEmpty() ? "https://moved.invalid/" : fault.say());
        }
        if (!fault.say().isEmpty()) {
            String type = fault.say().startsWith("{") ? PROBLEM : "text/html";
            return HttpReply.of(status, type, fault.say().getBytes(StandardCharsets.UTF_8));
        }
        return usual(status, fault.body());
    }

    private static HttpReply usual(int status, Optional<Fault.Body> body) {
        boolean isUsuallyJson = status == 400 || status == 401 || status == 402 || status == 422;
        return switch (body.orElse(isUsuallyJson ? Fault.Body.JSON : Fault.Body.HTML)) {
            case HTML -> page(status);
            case EMPTY -> HttpReply.empty(status);
            case JSON -> status == 429 ? tooMany() : problem(status, detail(status));
        };
    }

    private static String detail(int status) {
        return switch (status) {
            case 400 -> "A system error occurred, please retry";
            case 401 -> "Invalid user name or password";
            case 402 -> "Account subscription is over";
            default -> title(status);
        };
    }

    private static ObjectNode body(int status, String detail) {
        return Json.MAPPER
                .createObjectNode()
                .put("title", title(status))
                .put("type", "https://httpstatus.es/" + status)
                .put("status", status)
                .put("detail", detail);
    }

    private static String title(int status) {
        return TITLES.getOrDefault(status, "Error");
    }
}
