package org.catalogdrop.sandbox;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * What goes back to the client.
 *
 * @param status 0 closes the connection without an answer
 * @param length what Content-Length says; the connection is closed if the body is shorter
 */
record Reply(int status, String type, byte[] body, int length) {
    static final Reply DROPPED = new Reply(0, "", new byte[0], 0);
    static final Reply NOTHING = new Reply(204, "", new byte[0], 0);

    static Reply of(int status, String type, byte[] body) {
        return new Reply(status, type, body, body.length);
    }

    static Reply hal(Json.Writing writing) {
        return hal(1024, writing);
    }

    static Reply hal(int length, Json.Writing writing) {
        return of(200, "application/hal+json", Json.document(length, writing));
    }

    static Reply empty(int status) {
        return of(status, "text/html", new byte[0]);
    }

    Reply truncated() {
        return new Reply(status, type, Arrays.copyOf(body, body.length / 2), body.length);
    }

    void send(HttpExchange exchange) throws IOException {
        if (status == 0) {
            return;
        }
        if (!type.isEmpty()) {
            exchange.getResponseHeaders().set("Content-Type", type);
        }
        exchange.sendResponseHeaders(status, length == 0 ? -1 : length);
        if (length > 0) {
            OutputStream out = exchange.getResponseBody();
            out.write(body);
            out.flush();
        }
    }
}
