package org.catalogdrop.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/** Calls a sandbox as a client would. */
public final class Caller {
    public static final ObjectMapper JSON = new ObjectMapper();
    private static final String ELEMENTS = "/api/v2/catalog_elements";

    /** One for all tests: its threads take longer to start than a sandbox. */
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private final Sandbox sandbox;

    public Caller(Sandbox sandbox) {
        this.sandbox = sandbox;
    }

    public HttpResponse<String> post(String document) throws Exception {
        return send("POST", ELEMENTS, document.replace('\'', '"'), sandboxToken());
    }

    public HttpResponse<String> get(String query) throws Exception {
        return send("GET", ELEMENTS + query, "", sandboxToken());
    }

    public CompletableFuture<HttpResponse<String>> postLater(String document) {
        return CLIENT.sendAsync(
                request("POST", ELEMENTS, document.replace('\'', '"'), sandboxToken()),
                HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> send(String method, String path, String body, String token)
            throws IOException, InterruptedException {
        return CLIENT.send(request(method, path, body, token), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest request(String method, String path, String body, String token) {
        HttpRequest.BodyPublisher publisher =
                body.isEmpty() ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body);
        return HttpRequest.newBuilder(URI.create(sandbox.baseUrl() + path))
                .header("Authorization", "Bearer " + token)
                .timeout(Duration.ofSeconds(5))
                .method(method, publisher)
                .build();
    }

    public HttpResponse<String> control(String method, String path, String body) throws Exception {
        return send(method, path, body.replace('\'', '"'), "");
    }

    public static String sandboxToken() {
        return SandboxSettings.defaults().token();
    }

    public static JsonNode json(HttpResponse<String> answer) throws IOException {
        return JSON.readTree(answer.body());
    }

    public static JsonNode items(HttpResponse<String> answer) throws IOException {
        return json(answer).at("/_embedded/items");
    }

    /** So many adds of list 4220, named e0, e1… with request_ids from 100. */
    public static String adds(int count) {
        StringBuilder document = new StringBuilder("{'add':[");
        for (int i = 0; i < count; i++) {
            document.append(i == 0 ? "" : ",")
                    .append("{'catalog_id':'4220','name':'e")
                    .append(i)
                    .append("','request_id':")
                    .append(100 + i)
                    .append('}');
        }
        return document.append("]}").toString();
    }

    /** A clock that stands until it is moved. */
    static final class Stopped implements InstantSource {
        private final AtomicLong millis = new AtomicLong(1_700_000_000_000L);

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(millis.get());
        }

        void forward(Duration by) {
            millis.addAndGet(by.toMillis());
        }
    }
}
