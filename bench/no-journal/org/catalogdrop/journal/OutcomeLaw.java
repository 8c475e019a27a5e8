package org.catalogdrop.journal;

import org.catalogdrop.model.Summary;

/** For {@code bench/journal} only: there is no journal to hold the results against. */
final class OutcomeLaw {

    private OutcomeLaw() {}

    static void check(Summary summary, DropEntry entry, RowCounts tally) {}
}
