package org.catalogdrop.journal;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.catalogdrop.journal.codec.RowState;
import org.catalogdrop.journal.store.Sql;
import org.catalogdrop.model.Chunk;
import org.catalogdrop.model.Intent;

/**
 * For {@code bench/journal} only: stands before the class of this name, and writes nothing. A load with it keeps no promise.
 */
final class RequestStore {

    private final AtomicLong lastId = new AtomicLong();

    RequestStore(Sql sql) {}

    Intent intend(long drop, Chunk chunk, StoredChunk packed, Instant now) {
        return new Intent(lastId.incrementAndGet(), drop, chunk, now);
    }

    void lookedUp(long drop, Chunk chunk, Map<Long, RowState> said, Instant now) {}

    void settle(Intent intent, Map<Long, RowState> said, Instant now) {}

    long lastId() {
        return lastId.get();
    }

    void forget(long drop) {}
}
