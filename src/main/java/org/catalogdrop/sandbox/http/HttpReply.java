package org.catalogdrop.sandbox.http;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The reply to the client.
 *
 * @param status 0 closes the connection without an answer
 * @param length the value of Content-Length; the connection is closed if the body is shorter
 * @param location the header of a redirect; empty if it is none
 * @param manner how the body is sent
 */
public record HttpReply(int status, String type, byte[] body, int length, String location, Manner manner) {
    public static final HttpReply DROPPED = of(0, "", new byte[0]);
    public static final HttpReply NOTHING = of(204, "", new byte[0]);

    /**
     * How a body is sent.
     *
     * @param millis the pause after each byte
     * @param megabytes the white space before it, in MB
     */
    record Manner(int millis, int megabytes) {
        static final Manner AT_ONCE = new Manner(0, 0);
    }

    public static HttpReply of(int status, String type, byte[] body) {
        return new HttpReply(status, type, body, body.length, "", Manner.AT_ONCE);
    }

    /** Returns a document of Jackson's nodes, or a map. */
    public static HttpReply json(int status, Object document) {
        return json(status, "application/json", document);
    }

    public static HttpReply json(int status, String type, Object document) {
        return of(status, type, Json.MAPPER.valueToTree(document).toString().getBytes(StandardCharsets.UTF_8));
    }

    public static HttpReply hal(Json.Writing writing) {
        return hal(1024, writing);
    }

    public static HttpReply hal(int length, Json.Writing writing) {
        return of(200, "application/hal+json", Json.document(length, writing));
    }

    public static HttpReply empty(int status) {
        return of(status, "text/html", new byte[0]);
    }

    public HttpReply truncated() {
        return new HttpReply(status, type, Arrays.copyOf(body, body.length / 2), body.length, location, manner);
    }

    public HttpReply trickling(int millis) {
        return new HttpReply(status, type, body, length, location, new Manner(millis, 0));
    }

    /** Returns the same body, after this many megabytes of white space. */
    public HttpReply after(int megabytes) {
        return new HttpReply(status, type, body, length, location, new Manner(0, megabytes));
    }

    public HttpReply at(String address) {
        return new HttpReply(status, type, body, length, address, manner);
    }

    public void send(HttpExchange exchange) throws IOException {
        if (status == 0) {
            return;
        }
        if (!type.isEmpty()) {
            exchange.getResponseHeaders().set("Content-Type", type);
        }
        if (!location.isEmpty()) {
            exchange.getResponseHeaders().set("Location", location);
        }
        long total = length + ((long) manner.megabytes << 20);
        exchange.sendResponseHeaders(status, total == 0 ? -1 : total);
        if (total > 0) {
            write(exchange.getResponseBody());
        }
    }

    private void write(OutputStream out) throws IOException {
        if (manner.millis > 0) {
            for (byte one : body) {
                out.write(one);
                out.flush();
                pause(manner.millis);
            }
            return;
        }
        byte[] blank = manner.megabytes == 0 ? body : " ".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < manner.megabytes; i++) {
            out.write(blank);
        }
        out.write(body);
        out.flush();
    }

    public static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            // The sandbox closes: answer at once.
            Thread.currentThread().interrupt();
        }
    }
}
