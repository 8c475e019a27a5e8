package org.catalogdrop.observability;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The metrics of who owns a journal on PostgreSQL, until closed. Also those of a process that stands by for it. */
public final class JournalMeters implements AutoCloseable {

    private final MeterRegistry registry;
    private final JournalHealth journal;
    private final Tags tags;
    private final List<Meter> meters = new ArrayList<>();

    public JournalMeters(MeterRegistry registry, JournalHealth journal) {
        this(registry, journal, Tags.empty());
    }

    JournalMeters(MeterRegistry registry, JournalHealth journal, Tags tags) {
        this.registry = registry;
        this.journal = journal;
        this.tags = tags;
        if (journal.isShared()) {
            gauge("owner", "1: this process owns the journal, 0: it does not", one -> one.isOwner() ? 1 : 0);
            gauge(
                    "owned.seconds",
                    "Seconds for which the journal has had its owner; -1: it has none, or the database is away",
                    JournalHealth::ownedSeconds);
            gauge(
                    "lease.seconds.left",
                    "Seconds for which the lease of the owner still lasts; -1: it has none, or the database is away",
                    JournalHealth::leaseSeconds);
            gauge(
                    "standbys",
                    "Processes that stand by for the journal; -1: the database is away",
                    JournalHealth::standbys);
        }
    }

    private void gauge(String name, String meaning, ToDoubleFunction<JournalHealth> value) {
        meters.add(Gauge.builder("catalog.drop.journal." + name, journal, value)
                .description(meaning)
                .tags(tags)
                .register(registry));
    }

    @Override
    public void close() {
        meters.forEach(registry::remove);
    }
}
