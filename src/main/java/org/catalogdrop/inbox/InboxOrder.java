package org.catalogdrop.inbox;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Orders the drops of a listing: the oldest first, then by name. A listing lets through only a part of a large folder, so that memory
 * does not grow with it. The part grows with the number of files, so that the number of listings does not. The drop that had the last
 * turn stays the first until it is no longer ready. Not thread-safe.
 */
public final class InboxOrder {

    /** The pause after a listing, as a multiple of its duration: listing takes at most a twentieth of the time. */
    private static final int REST = 19;

    /** The longest pause, unless twice the listing is longer: a new file must not wait for minutes. */
    private static final long LONGEST_REST = Duration.ofSeconds(10).toNanos();

    private static final int LEAST_REST = 2;

    /** The drops of a listing that are let through: this number, or this share of all if that is more. */
    private static final int LEAST = 1000;

    private static final int SHARE = 8;

    private static final Comparator<Waiting> OLDEST_FIRST =
            Comparator.comparingLong(Waiting::modified).thenComparing(Waiting::drop);

    private record Waiting(Path drop, long modified) {}

    private final Predicate<Path> ready;
    private final LongSupplier nanos;
    private final NavigableSet<Waiting> line = new TreeSet<>(OLDEST_FIRST);
    private final Map<Path, Waiting> offered = new HashMap<>();
    private Optional<Path> first = Optional.empty();
    private int candidates;
    private int most;
    private long begun;
    private long nextListing;

    /** @param ready whether a file may be taken now; called when the folder is listed and again before the file is taken */
    InboxOrder(Predicate<Path> ready) {
        this(ready, System::nanoTime);
    }

    InboxOrder(Predicate<Path> ready, LongSupplier nanos) {
        this.ready = ready;
        this.nanos = nanos;
        this.nextListing = nanos.getAsLong();
    }

    /** Returns whether the folder may be listed now; not too soon after a slow listing. */
    public boolean isDue() {
        return nanos.getAsLong() - nextListing >= 0;
    }

    /** Begins a listing. */
    public void begin() {
        begun = nanos.getAsLong();
        line.clear();
        offered.clear();
        most = Math.max(LEAST, candidates / SHARE);
        candidates = 0;
    }

    /** Returns whether a file of the listing is let through: it is ready, and among the first of those that came so far. */
    public boolean offer(Path file) {
        boolean taken = ready.test(file) && isAmongFirst(file);
        end();
        return taken;
    }

    private boolean isAmongFirst(Path drop) {
        candidates++;
        boolean wasFirst = first.filter(drop::equals).isPresent();
        Waiting one =
                new Waiting(drop, wasFirst ? Long.MIN_VALUE : drop.toFile().lastModified());
        line.add(one);
        if (line.size() > most && line.pollLast() == one) {
            return false;
        }
        offered.put(drop, one);
        return true;
    }

    /** Ends a listing and begins the pause. */
    public void end() {
        long now = nanos.getAsLong();
        long taken = now - begun;
        nextListing = now + Math.min(REST * taken, Math.max(LONGEST_REST, LEAST_REST * taken));
    }

    /** Compares two drops that were let through. */
    public int compare(Path one, Path other) {
        return OLDEST_FIRST.compare(offered.get(one), offered.get(other));
    }

    /** Returns whether it is the turn of a drop that was let through: no drop before it is still ready, and no older ones displaced it. */
    public boolean isTurn(Path drop) {
        boolean firstStays = first.filter(before -> !before.equals(drop) && ready.test(before))
                .isPresent();
        if (firstStays || !line.contains(offered.get(drop)) || !ready.test(drop)) {
            return false;
        }
        first = Optional.of(drop);
        return true;
    }

    /** Returns the pause before the folder is listed again. */
    Duration rest() {
        return Duration.ofNanos(Math.max(0, nextListing - nanos.getAsLong()));
    }
}
