package org.catalogdrop.observability;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.catalogdrop.inbox.DropFiles;
import org.catalogdrop.model.Plural;

/**
 * Counts the drops in the inbox and tells how long the oldest has been there. A folder that is slow to list is listed less often. Safe for
 * many threads.
 */
final class InboxBacklog {

    /** After a listing the folder is left alone for so many times as long as the listing took, as the loader itself does. */
    private static final int REST = 19;

    private static final Duration LEAST_REST = Duration.ofSeconds(1);

    /** When a file came. A move into the folder keeps the time of the last change, but not this one. */
    private static final String ARRIVAL =
            FileSystems.getDefault().supportedFileAttributeViews().contains("unix") ? "unix:ctime" : "lastModifiedTime";

    private final Path inbox;
    private final InstantSource clock;
    private final Duration leastRest;
    private long nextListing = System.nanoTime();
    /** Whether the folder was ever there: a host need not have one. */
    private boolean found;

    private int drops;
    private Optional<Instant> oldest = Optional.empty();
    private Optional<IOException> fault = Optional.empty();

    InboxBacklog(Path inbox, InstantSource clock) {
        this(inbox, clock, LEAST_REST);
    }

    /** @param leastRest the shortest time between two listings */
    InboxBacklog(Path inbox, InstantSource clock, Duration leastRest) {
        this.inbox = inbox;
        this.clock = clock;
        this.leastRest = leastRest;
    }

    /** Returns the number of drops; -1 if the folder is gone or cannot be read. */
    synchronized int drops() {
        list();
        return fault.isPresent() ? -1 : drops;
    }

    /** Returns how many seconds the oldest drop has been there; 0 if there is none, -1 if the folder is gone or cannot be
     * read. */
    synchronized double oldestSeconds() {
        list();
        return fault.isPresent() ? -1 : age().toMillis() / 1000.0;
    }

    private Duration age() {
        return oldest.map(came -> Duration.between(came, clock.instant()))
                .filter(age -> !age.isNegative())
                .orElse(Duration.ZERO);
    }

    synchronized Finding finding() {
        list();
        if (fault.isPresent()) {
            return Finding.bad("the inbox " + inbox + " cannot be read (" + fault.get()
                    + "). Check that the folder is there and that this program may read it.");
        }
        return Finding.good(
                drops == 0
                        ? "no drop is in the inbox"
                        : Plural.of(drops, "drop") + " in the inbox, the oldest for " + age().toSeconds() + " s");
    }

    private void list() {
        long begun = System.nanoTime();
        if (begun - nextListing < 0) {
            return;
        }
        try {
            if (found && !Files.isDirectory(inbox)) {
                throw new NoSuchFileException(inbox.toString());
            }
            found = Files.isDirectory(inbox);
            List<Path> waiting = DropFiles.drops(inbox);
            drops = waiting.size();
            oldest = waiting.stream()
                    .map(InboxBacklog::arrival)
                    .flatMap(Optional::stream)
                    .min(Instant::compareTo);
            fault = Optional.empty();
        } catch (IOException unreadable) {
            fault = Optional.of(unreadable);
        }
        long now = System.nanoTime();
        nextListing = now + (leastRest.isZero() ? 0 : Math.max(leastRest.toNanos(), REST * (now - begun)));
    }

    /** Returns when a file came; empty if it has left meanwhile. */
    private static Optional<Instant> arrival(Path drop) {
        try {
            FileTime came = (FileTime) Files.getAttribute(drop, ARRIVAL, LinkOption.NOFOLLOW_LINKS);
            return Optional.of(came.toInstant());
        } catch (IOException gone) {
            return Optional.empty();
        }
    }
}
