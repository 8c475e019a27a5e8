package org.catalogdrop.load;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.catalogdrop.model.Status;
import org.catalogdrop.model.Summary;

/** Counts rows by outcome, and drops, of the results that this process has published. Safe for many threads. */
public final class RowTally {

    private final Map<Status, LongAdder> rows = new EnumMap<>(Status.class);
    private final LongAdder drops = new LongAdder();
    private final LongAdder refused = new LongAdder();

    RowTally() {
        for (Status status : Status.values()) {
            rows.put(status, new LongAdder());
        }
    }

    Summary add(Summary summary) {
        for (Status status : Status.values()) {
            rows.get(status).add(summary.count(status));
        }
        (summary.refusal().isPresent() ? refused : drops).increment();
        return summary;
    }

    public long rows(Status status) {
        return rows.get(status).sum();
    }

    public long drops() {
        return drops.sum();
    }

    public long refused() {
        return refused.sum();
    }
}
