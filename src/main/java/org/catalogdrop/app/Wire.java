package org.catalogdrop.app;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.catalogdrop.kommo.Pause;
import org.catalogdrop.kommo.Reply;
import org.catalogdrop.kommo.Traffic;
import org.catalogdrop.model.RunHalted;

/** What goes over the wire and comes back, between Camel's exchange and our nouns. */
public final class Wire {

    /** No answer to a request of ours is nearly as long. */
    private static final int LONGEST_ANSWER = 8 << 20;

    private final Pause pause;
    private final Traffic traffic;

    Wire(Pause pause, Traffic traffic) {
        this.traffic = traffic;
        this.pause = pause;
    }

    /** Waits while the API wants to be left alone. */
    public void await() throws InterruptedException {
        for (Duration left = pause.left(); left.toMillis() > 0; left = pause.left()) {
            Thread.sleep(left.toMillis());
        }
    }

    /** A request goes out. */
    public void departs() {
        traffic.departed();
    }

    /** It came back, or is lost. */
    public void arrived() {
        traffic.arrived();
    }

    /** The answer, read to its end or to the cap. */
    public Reply received(Exchange exchange) {
        Message message = exchange.getMessage();
        int status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, 0, Integer.class);
        byte[] content = {};
        boolean whole = true;
        try (InputStream stream = message.getBody(InputStream.class)) {
            if (stream != null) {
                content = stream.readNBytes(LONGEST_ANSWER);
                whole = content.length < LONGEST_ANSWER || stream.read() < 0;
            }
        } catch (IOException broken) {
            whole = false;
        }
        // The answer's charset must not become that of our next document.
        exchange.removeProperty(Exchange.CHARSET_NAME);
        if (status >= 300) {
            content = withoutToken(content, header(message, "Authorization"));
        }
        Reply.Received reply =
                new Reply.Received(status, content, whole, header(message, "Retry-After"), header(message, "Location"));
        pause.heard(reply);
        traffic.heard(reply);
        return reply;
    }

    /** An error page may repeat the request, and its first characters are told. */
    private static byte[] withoutToken(byte[] content, String authorization) {
        String token = authorization.substring(authorization.indexOf(' ') + 1);
        String text = new String(content, StandardCharsets.ISO_8859_1);
        return token.isEmpty() || !text.contains(token)
                ? content
                : text.replace(token, "(secret)").getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String header(Message message, String name) {
        String value = message.getHeader(name, String.class);
        return value == null ? "" : value;
    }

    /** That no answer came, and whether the request can have reached the API. */
    public Reply lost(Exception reason) {
        if (reason instanceof RunHalted halted) {
            // There was no token to send it with.
            return new Reply.Lost(false, "no token", Optional.of(halted.problem()));
        }
        boolean sent = !(reason instanceof ConnectException
                || reason instanceof NoRouteToHostException
                || reason instanceof UnknownHostException
                || reason instanceof ConnectTimeoutException
                || reason instanceof ConnectionRequestTimeoutException
                || reason instanceof SSLHandshakeException);
        String text = reason.getMessage() == null ? "" : ": " + reason.getMessage();
        Reply lost = new Reply.Lost(sent, reason.getClass().getSimpleName() + text);
        traffic.heard(lost);
        return lost;
    }
}
