package org.catalogdrop.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.catalogdrop.crash.CrashDrop;
import org.catalogdrop.sandbox.store.StoredElement;

/** What someone else does to the account. */
public final class ByHand {

    private ByHand() {}

    /** Deletes an element. */
    public static void delete(String baseUrl, String token, long id) {
        post(baseUrl, token, "{\"delete\":[" + id + "]}");
    }

    /** Gives an element another name. */
    public static void rename(String baseUrl, String token, long id, String name) {
        post(
                baseUrl,
                token,
                "{\"update\":[{\"id\":%d,\"catalog_id\":%d,\"name\":\"%s\",\"updated_at\":%d}]}"
                        .formatted(id, CrashDrop.LIST, name, Instant.now().getEpochSecond()));
    }

    /** Gives an element another value of a field. */
    public static void value(String baseUrl, String token, StoredElement element, long field, String value) {
        post(
                baseUrl,
                token,
                "{\"update\":[{\"id\":%d,\"catalog_id\":%d,\"name\":\"%s\",\"updated_at\":%d,\"custom_fields\":[{\"id\":%d,\"values\":[{\"value\":\"%s\"}]}]}]}"
                        .formatted(
                                element.id(),
                                element.catalogId(),
                                element.name(),
                                Instant.now().getEpochSecond(),
                                field,
                                value));
    }

    private static void post(String baseUrl, String token, String body) {
        try {
            HttpURLConnection call = (HttpURLConnection)
                    URI.create(baseUrl + "/api/v2/catalog_elements").toURL().openConnection();
            call.setRequestProperty("Authorization", "Bearer " + token);
            call.setRequestProperty("Content-Type", "application/json");
            call.setDoOutput(true);
            call.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
            if (call.getResponseCode() != 200) {
                throw new IllegalStateException("the sandbox said " + call.getResponseCode());
            }
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }
}
