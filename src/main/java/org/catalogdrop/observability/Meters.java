package org.catalogdrop.observability;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.catalogdrop.kommo.TrafficStats;
import org.catalogdrop.load.LoadPhase;
import org.catalogdrop.load.RunningLoad;
import org.catalogdrop.model.Status;

/** Our metrics in a Micrometer registry, until closed. The only class that knows Micrometer, so it is loaded only if needed. */
public final class Meters implements AutoCloseable {

    /** The upper bounds of the histogram of answers; the last one is the preset of {@code kommo.response-timeout}. */
    private static final Duration[] LATENCIES = Stream.of(50, 100, 250, 500, 1000, 2500, 5000, 10_000, 30_000, 60_000)
            .map(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final MeterRegistry registry;
    private final LoaderHealth vitals;
    private final Tags tags;
    private final List<Meter> meters = new ArrayList<>();
    private final TrafficStats.AnswerListener latency;
    private final JournalMeters journal;

    public Meters(MeterRegistry registry, LoaderHealth vitals) {
        this(registry, vitals, Optional.empty());
    }

    /** @param account the tag {@code account} of each metric; empty for no such tag */
    public Meters(MeterRegistry registry, LoaderHealth vitals, Optional<String> account) {
        this.registry = registry;
        this.vitals = vitals;
        this.tags = account.map(name -> Tags.of("account", name)).orElse(Tags.empty());
        requests();
        latency = latency();
        vitals.traffic().addListener(latency);
        loads();
        health();
        journal = new JournalMeters(registry, vitals.journal(), tags);
        gauge(
                "token.seconds.left",
                "Seconds until a person must replace the token; -1 if it is unknown",
                Meters::tokenLeft);
        gauge(
                "disk.free.bytes",
                "Free disk space of the state or outbox folder, whichever is less; -1 if they do not exist yet",
                LoaderHealth::leastFree);
    }

    private void requests() {
        for (String status : TrafficStats.STATUSES) {
            meters.add(FunctionCounter.builder("catalog.drop.requests", vitals, one -> one.traffic()
                            .count(status))
                    .description("Requests by the HTTP status of their answer; none: no answer")
                    .tag("status", status)
                    .tags(tags)
                    .register(registry));
        }
        gauge("in.flight", "Requests in flight", one -> one.traffic().inFlight());
        gauge("requests.per.second", "Requests per second, over nine seconds", one -> one.traffic()
                .rate());
        gauge("rate.limit", "The setting kommo.requests-per-second; 0: no limit", LoaderHealth::rateLimit);
        gauge(
                "rate.used",
                "Share of the rate limit that was used, over nine seconds",
                one -> one.rateLimit() == 0 ? 0 : one.traffic().rate() / one.rateLimit());
        gauge("chunk.rows", "Maximum number of rows in a request", LoaderHealth::chunkRows);
        gauge(
                "pause.seconds",
                "Seconds until requests are sent again, because the API asked to wait",
                one -> one.pauseLeft().toMillis() / 1000.0);
    }

    /** Answers are recorded as they come; all other metrics are read when someone asks for them. */
    private TrafficStats.AnswerListener latency() {
        Timer reads = timer("GET");
        Timer writes = timer("POST");
        return (method, took) -> (method.equals("GET") ? reads : writes).record(took);
    }

    private Timer timer(String method) {
        Timer timer = Timer.builder("catalog.drop.request.duration")
                .description("Time from a request to the end of its answer, or until the answer was given up")
                .tag("method", method)
                .serviceLevelObjectives(LATENCIES)
                .tags(tags)
                .register(registry);
        meters.add(timer);
        return timer;
    }

    private void health() {
        vitals.checks()
                .forEach((name, check) -> meters.add(Gauge.builder(
                                "catalog.drop.check.up", check, one -> one.get().good() ? 1 : 0)
                        .description("1: the health check is up, 0: it is down")
                        .tag("check", name)
                        .strongReference(true)
                        .tags(tags)
                        .register(registry)));
    }

    private void loads() {
        meters.add(FunctionCounter.builder("catalog.drop.reconciliations", vitals, one -> one.traffic()
                        .reconciliations())
                .description("Look-ups of rows whose request may have been applied")
                .tags(tags)
                .register(registry));
        gauge("inbox.drops", "Drops in the inbox; -1: it cannot be read", one -> one.backlog()
                .drops());
        gauge(
                "inbox.oldest.seconds",
                "Seconds since the oldest drop of the inbox came; 0: there is none, -1: the inbox cannot be read",
                one -> one.backlog().oldestSeconds());
        for (Status status : Status.values()) {
            meters.add(FunctionCounter.builder("catalog.drop.rows", vitals, one -> one.loads()
                            .tally()
                            .rows(status))
                    .description("Rows by outcome, for drops whose results were published")
                    .tag("outcome", status.word())
                    .tags(tags)
                    .register(registry));
        }
        meters.add(FunctionCounter.builder(
                        "catalog.drop.drops", vitals, one -> one.loads().tally().drops())
                .description("Drops by how they ended")
                .tag("end", "finished")
                .tags(tags)
                .register(registry));
        meters.add(FunctionCounter.builder(
                        "catalog.drop.drops", vitals, one -> one.loads().tally().refused())
                .description("Drops by how they ended")
                .tag("end", "refused")
                .tags(tags)
                .register(registry));
        gauge(
                "load.rows",
                "Rows of the drop being loaded; 0: no drop is being loaded",
                one -> Math.max(0, one.loads().current().map(LoadPhase::rows).orElse(0L)));
        gauge("load.rows.done", "Rows of the drop being loaded that have their outcome", one -> one.loads()
                .current()
                .map(load -> load instanceof RunningLoad running
                        ? running.results().counts().rows()
                        : 0L)
                .orElse(0L));
    }

    private void gauge(String name, String meaning, ToDoubleFunction<LoaderHealth> value) {
        meters.add(Gauge.builder("catalog.drop." + name, vitals, value)
                .description(meaning)
                .tags(tags)
                .register(registry));
    }

    private static double tokenLeft(LoaderHealth vitals) {
        return vitals.tokenEnds()
                .map(end -> Duration.between(Instant.now(), end).toMillis() / 1000.0)
                .orElse(-1.0);
    }

    @Override
    public void close() {
        vitals.traffic().removeListener(latency);
        meters.forEach(registry::remove);
        journal.close();
    }
}
