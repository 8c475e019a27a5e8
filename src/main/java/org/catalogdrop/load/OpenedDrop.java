package org.catalogdrop.load;

import java.io.IOException;
import java.time.Instant;
import org.catalogdrop.input.stream.ReadLimits;
import org.catalogdrop.journal.DropEntry;
import org.catalogdrop.model.Drop;
import org.catalogdrop.model.Stopwatch;
import org.catalogdrop.model.Target;
import org.catalogdrop.resolve.RecordedSettings;
import org.catalogdrop.resolve.ResolvedMapping;
import org.catalogdrop.results.RequestCounts;

/** A drop with its entry in the journal. Immutable, except for what {@link LoadPhase} names. */
public final class OpenedDrop implements LoadPhase {

    private final Drop drop;
    private final DropEntry entry;
    private final ResolvedMapping meaning;
    private final boolean fromInbox;
    private final Instant started;
    private final Instant began;
    private final PassReader reader;
    private final RequestCounter requests;
    private final LoadFailure failure;

    /** @param fromInbox whether the drop must still leave the inbox when its results are in place */
    OpenedDrop(
            Drop drop,
            DropEntry entry,
            ResolvedMapping meaning,
            boolean fromInbox,
            Instant started,
            ReadLimits limits) {
        this.drop = drop;
        this.entry = entry;
        this.meaning = meaning;
        this.fromInbox = fromInbox;
        this.started = started;
        this.began = Stopwatch.now();
        this.reader = new PassReader(drop, limits);
        this.requests = new RequestCounter(entry);
        this.failure = new LoadFailure(drop.digest());
    }

    private OpenedDrop(OpenedDrop unnamed, DropEntry entry, ResolvedMapping meaning) {
        this.drop = unnamed.drop;
        this.entry = entry;
        this.meaning = meaning;
        this.fromInbox = unnamed.fromInbox;
        this.started = unnamed.started;
        this.began = unnamed.began;
        this.reader = unnamed.reader;
        this.requests = unnamed.requests;
        this.failure = unnamed.failure;
    }

    /** Returns this drop with a resolved mapping and its entry in the journal. */
    OpenedDrop named(ResolvedMapping known, DropEntry recorded) {
        return new OpenedDrop(this, recorded, known);
    }

    @Override
    public OpenedDrop opened() {
        return this;
    }

    @Override
    public Drop drop() {
        return drop;
    }

    @Override
    public DropEntry entry() {
        return entry;
    }

    @Override
    public ResolvedMapping meaning() {
        return meaning;
    }

    @Override
    public PassReader reader() {
        return reader;
    }

    @Override
    public LoadFailure failure() {
        return failure;
    }

    RequestCounter requests() {
        return requests;
    }

    @Override
    public long rows() {
        return entry.rows();
    }

    @Override
    public boolean needsCheck() {
        return true;
    }

    /** Returns whether an earlier run has published its results, so that it only has to be put away. */
    public boolean isPublished() {
        return entry.state() == DropEntry.State.PUBLISHED;
    }

    /** Returns whether the account must be asked for the ids of the mapping's or the columns' names. */
    public boolean hasUnresolvedNames() {
        return meaning.isUnnamed();
    }

    /** Returns whether an earlier run has checked the whole file. For upserts each run must know the duplicate keys, so it checks again. */
    boolean wasChecked() {
        return entry.rows() >= 0 && meaning.keyPlace().isEmpty();
    }

    boolean isFromInbox() {
        return fromInbox;
    }

    /** Returns when the drop was opened. */
    public Instant started() {
        return started;
    }

    /** Returns when it was opened, by the {@link Stopwatch}. */
    Instant began() {
        return began;
    }

    /** Returns the requests of the load so far. */
    RequestCounts cost() {
        return requests.counts(started);
    }

    /** Returns the account and list to which its rows go. */
    Target target() {
        return new Target(RecordedSettings.of(entry.settings()).account().orElse(""), meaning.list());
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
