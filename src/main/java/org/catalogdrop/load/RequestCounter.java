package org.catalogdrop.load;

import java.time.Instant;
import java.util.concurrent.atomic.LongAdder;
import org.catalogdrop.journal.DropEntry;
import org.catalogdrop.results.RequestCounts;

/** Counts the requests of a load, including those of earlier runs. Safe for many threads. */
final class RequestCounter {

    private final LongAdder requests = new LongAdder();
    private final LongAdder retries = new LongAdder();
    private final LongAdder reads = new LongAdder();

    RequestCounter(DropEntry entry) {
        requests.add(entry.requests());
        retries.add(entry.retries());
    }

    /** @param repeated whether its operations were sent before */
    void countSent(boolean repeated) {
        requests.increment();
        if (repeated) {
            retries.increment();
        }
    }

    /** Counts a request that only reads. */
    void countRead() {
        reads.increment();
    }

    long requests() {
        return requests.sum();
    }

    RequestCounts counts(Instant started) {
        return new RequestCounts(requests.sum(), retries.sum(), reads.sum(), started);
    }
}
