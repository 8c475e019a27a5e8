package org.catalogdrop.journal;

import java.util.function.LongPredicate;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/**
 * The elements that adds of ours have made. What was settled is read once, be it of a million rows; what was still open then is read again.
 * Safe for many threads.
 */
final class CreatedElements {

    /** In one statement, so that no request is settled between its parts. */
    private static final String FIRST_OPEN =
            "select coalesce(min(case when settled_at is null and action = 'add' then id end),"
                    + " max(id) + 1) from requests";

    private final Roaring64Bitmap ids = new Roaring64Bitmap();
    private long from = Long.MAX_VALUE;
    private long next;

    /** Reads the journal. */
    interface Source {

        /** Returns the number that a statement asks for. */
        long number(String statement);

        /** Adds the elements to the ids that adds made which were settled after a request. */
        void createdAfter(long request, Roaring64Bitmap ids);
    }

    /** Returns those settled after a request, and maybe some settled before: they are ours as well. */
    synchronized LongPredicate after(long request, Source source) {
        if (request < from) {
            from = request;
            next = request + 1;
        }
        long open = source.number(FIRST_OPEN);
        source.createdAfter(next - 1, ids);
        next = open;
        Roaring64Bitmap now = new Roaring64Bitmap();
        now.or(ids);
        return now::contains;
    }
}
