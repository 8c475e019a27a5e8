package org.catalogdrop.camel.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.util.ObjectHelper;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.catalogdrop.kommo.ClockSkew;
import org.catalogdrop.kommo.Reply;
import org.catalogdrop.kommo.SecretRedactor;
import org.catalogdrop.kommo.TrafficStats;
import org.catalogdrop.kommo.throttle.RateLimiter;
import org.catalogdrop.load.LoadPhase;
import org.catalogdrop.load.RunningLoad;
import org.catalogdrop.model.RunHalted;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Adapter between Camel's exchange and our requests and replies. Safe for many threads. */
public final class HttpExchangeAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(HttpExchangeAdapter.class);

    private static final String SENT = "catalog-sent";

    private record Departure(String method, long nanos) {}

    private static final String UNTRUSTED = ". The certificate is signed by an authority that this Java does not trust."
            + " If a proxy of your company checks TLS traffic, set kommo.trust-store to a file with its CA certificate (PEM)";

    private final RateLimiter pace;
    private final TrafficStats traffic;
    private final ClockSkew clocks;
    private final SecretRedactor secrets;

    public HttpExchangeAdapter(RateLimiter pace, TrafficStats traffic, ClockSkew clocks, SecretRedactor secrets) {
        this.secrets = secrets;
        this.pace = pace;
        this.traffic = traffic;
        this.clocks = clocks;
    }

    /** Records that a request leaves. A read for a load is counted in that load. */
    public void recordDeparture(Exchange exchange) {
        String method = header(exchange.getMessage(), Exchange.HTTP_METHOD);
        if (method.equals("GET") && exchange.getVariable(LoadPhase.VARIABLE) instanceof LoadPhase load) {
            load.countRead();
        }
        traffic.requestSent();
        exchange.setProperty(SENT, new Departure(method, System.nanoTime()));
    }

    /** Records that the answer came, or is lost; nothing if the request did not leave. */
    public void recordArrival(Exchange exchange) {
        if (exchange.removeProperty(SENT) instanceof Departure sent) {
            Duration took = Duration.ofNanos(System.nanoTime() - sent.nanos());
            traffic.requestFinished(sent.method(), took);
            if (exchange.getVariable(LoadPhase.VARIABLE) instanceof RunningLoad load
                    && exchange.getMessage().getBody() instanceof Reply reply) {
                int status = reply instanceof Reply.Received received ? received.status() : 0;
                load.course().answered(status, took);
            }
        }
    }

    /** Returns the answer, read to its end or to the limit. */
    public Reply readReply(Exchange exchange) {
        Message message = exchange.getMessage();
        int status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, 0, Integer.class);
        byte[] content = {};
        boolean whole = true;
        try (InputStream stream = message.getBody(InputStream.class)) {
            if (stream != null) {
                content = stream.readNBytes(Deadline.LONGEST_ANSWER);
                whole = content.length < Deadline.LONGEST_ANSWER || stream.read() < 0;
            }
        } catch (IOException broken) {
            whole = false;
        }
        // The charset of the answer must not become that of our next document.
        exchange.removeProperty(Exchange.CHARSET_NAME);
        Reply.Received reply = new Reply.Received(
                status,
                content,
                whole,
                header(message, "Retry-After"),
                header(message, "Location"),
                header(message, "Authorization").isEmpty()
                        || header(message, Exchange.HTTP_METHOD).equals("GET"),
                secrets);
        traffic.onResponse(reply);
        if (status < 300) {
            compareClocks(message);
        }
        return onResponse(reply);
    }

    /** Learns the clock skew from an answer of the API itself. An error page may come from any server. */
    private void compareClocks(Message message) {
        clocks.onResponse(header(message, "Runtime-Timestamp"), header(message, "Date"))
                .ifPresent(apart -> LOG.warn(
                        "the clock of the API and of this machine differ by {} s; expected less than 300 s. Rows without"
                                + " an answer are looked up among all elements of that time. Set the clock of this machine (NTP).",
                        apart.toSeconds()));
    }

    private Reply onResponse(Reply.Received reply) {
        Duration pause = pace.onResponse(reply);
        if (!pause.isZero()) {
            LOG.warn(
                    "the API answered 429 (too many requests); pausing for {} ms, then sending more slowly. If other programs use the account,"
                            + " reserve a share for them (kommo.reserve).",
                    pause.toMillis());
        }
        // Only the rate limiter knows since when the block lasts and what to tell support.
        Optional<Reply> blocked = reply.status() == 403 ? pace.blocked().map(Reply.Barred::new) : Optional.empty();
        return blocked.orElse(reply);
    }

    private static String header(Message message, String name) {
        String value = message.getHeader(name, String.class);
        return value == null ? "" : value;
    }

    /** Returns a reply for a request without an answer, and whether the request can have reached the API. */
    public Reply judgeFailure(Exception reason) {
        // Camel wraps exceptions that an expression of a route throws.
        RunHalted halted = ObjectHelper.getException(RunHalted.class, reason);
        if (halted != null) {
            // There is no token for it, or nothing may be sent.
            return new Reply.Barred(halted.problem());
        }
        boolean sent = !(reason instanceof ConnectException
                || reason instanceof NoRouteToHostException
                || reason instanceof UnknownHostException
                || reason instanceof ConnectTimeoutException
                || reason instanceof ConnectionRequestTimeoutException
                || reason instanceof SSLHandshakeException);
        String text = reason.getMessage() == null ? "" : ": " + secrets.redact(reason.getMessage());
        String advice = text.contains("PKIX") ? UNTRUSTED : "";
        Reply lost = new Reply.Lost(
                sent,
                reason instanceof SocketTimeoutException,
                reason.getClass().getSimpleName() + text + advice);
        traffic.onResponse(lost);
        return lost;
    }
}
