package org.catalogdrop.camel;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.ProducerTemplate;
import org.catalogdrop.config.Settings;
import org.catalogdrop.config.Version;
import org.catalogdrop.model.NormalizedName;
import org.catalogdrop.model.Stopwatch;
import org.catalogdrop.model.Summary;
import org.catalogdrop.results.Summaries;
import org.catalogdrop.results.SummaryLine;

/**
 * Notifies others that a drop has ended, finished or refused: {@code drop.notify} by a POST of {@code summary.json}, and the endpoint
 * {@code direct:catalog-finished} if a route of the operator or the host consumes it. Both work in the background. A fault of theirs is
 * logged and changes nothing for the load. Safe for many threads.
 */
public final class Notifications {

    /** The endpoint that gets each {@link Summary}. */
    public static final String FINISHED = "direct:catalog-finished";

    /** The exchange variable with the summary in one line of words. */
    static final String LINE = "catalog-summary";

    /** The bean that makes the HTTP client of the POST. */
    static final String CLIENT = "catalog-notify-http";

    private static final String CONSUMED = FINISHED.replace(":", "://");

    private static final int TIMEOUT = 408;
    private static final int TOO_MANY_REQUESTS = 429;

    /** The longest time for which the end of the program waits for both. */
    private static final Duration LAST_TRY = Duration.ofSeconds(5);

    private final CamelContext context;
    private final Predicate<Summary> isReported;
    private final Optional<DeliveryQueue> posts;
    private final DeliveryQueue routes;

    /** @param isReported whether the end of a drop was reported before */
    Notifications(CamelContext context, Optional<Settings.Webhook> webhook, Predicate<Summary> isReported) {
        this.isReported = isReported;
        this.context = context;
        // The path may be a secret.
        this.posts = webhook.map(hook ->
                new DeliveryQueue("drop.notify at " + hook.url().getHost(), summary -> post(hook.url(), summary)));
        this.routes = new DeliveryQueue(FINISHED, this::handOver);
    }

    /**
     * Reports the end of a drop, soon and in the background. A drop that could not be moved is loaded again to be moved, and is not reported
     * again.
     */
    public void announceEnd(Summary summary) {
        if (isReported.test(summary)) {
            return;
        }
        posts.ifPresent(queue -> queue.add(summary));
        if (isConsumed()) {
            routes.add(summary);
        }
    }

    private boolean isConsumed() {
        return context.getRoutes().stream().anyMatch(route -> route.getEndpoint()
                .getEndpointUri()
                .replaceFirst("\\?.*", "")
                .equals(CONSUMED));
    }

    private DeliveryQueue.Attempt post(URI url, Summary summary) {
        String server = url.getScheme() + "://" + url.getRawAuthority();
        Exchange answer = send(
                server + "?throwExceptionOnFailure=false&followRedirects=false&copyHeaders=false&httpClientConfigurer=#"
                        + CLIENT + "&userAgent=catalog-drop/" + Version.text(),
                exchange -> {
                    Message message = exchange.getMessage();
                    message.setHeader(Exchange.HTTP_METHOD, "POST");
                    message.setHeader(
                            Exchange.HTTP_URI, server + (url.getRawPath().isEmpty() ? "/" : url.getRawPath()));
                    message.setHeader(Exchange.HTTP_QUERY, url.getRawQuery());
                    message.setHeader(Exchange.CONTENT_TYPE, "application/json");
                    message.setBody(Summaries.text(summary).getBytes(StandardCharsets.UTF_8));
                });
        Exception fault = answer.getException();
        if (fault != null) {
            // Its message may have the address.
            return DeliveryQueue.Attempt.failed(fault.getClass().getSimpleName(), true);
        }
        int status = answer.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, 0, Integer.class);
        return status / 100 == 2
                ? DeliveryQueue.Attempt.DONE
                : DeliveryQueue.Attempt.failed(
                        "HTTP " + status, status >= 500 || status == TIMEOUT || status == TOO_MANY_REQUESTS);
    }

    private DeliveryQueue.Attempt handOver(Summary summary) {
        // Not for half a minute if the route is stopped.
        Exchange answer = send(FINISHED + "?block=false&failIfNoConsumers=false", exchange -> {
            exchange.setVariable(LINE, line(summary));
            exchange.getMessage().setBody(summary);
        });
        Exception fault = answer.getException();
        // Its message may have a secret of the route; Camel's own line is for the operator to turn off.
        return fault == null
                ? DeliveryQueue.Attempt.DONE
                : DeliveryQueue.Attempt.failed(fault.getClass().getSimpleName(), false);
    }

    private static String line(Summary summary) {
        return summary.refusal()
                .map(problem -> NormalizedName.show(summary.drop()) + ": refused ("
                        + problem.code().word() + "): " + problem.message())
                .orElseGet(() -> SummaryLine.line(summary));
    }

    private Exchange send(String endpoint, Processor content) {
        try (ProducerTemplate template = context.createProducerTemplate()) {
            return template.send(endpoint, content);
        } catch (IOException cannotBe) {
            throw new IllegalStateException(cannotBe);
        }
    }

    /** Takes reports again after {@link #end}. */
    void begin() {
        posts.ifPresent(DeliveryQueue::begin);
        routes.begin();
    }

    /** Tries what still waits once more, for a few seconds at most. */
    void end() {
        Instant until = Stopwatch.now().plus(LAST_TRY);
        posts.ifPresent(queue -> queue.end(until));
        routes.end(until);
    }
}
