package org.catalogdrop.app;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * The drops of a folder in the order in which they are taken: the oldest first, then by name. The folder is listed again only when all
 * drops of the last listing were taken, so that the work grows with the number of files and not with its square. The first one stays the
 * first until it is not ready any more. Not thread-safe.
 */
final class Lineup {

    /** So many times as long as a listing takes, the folder is left alone after it: a listing is at most a twentieth of the time. */
    private static final int REST = 19;

    private record Waiting(Path drop, long modified) {}

    private final Path folder;
    private final Predicate<Path> ready;
    private final LongSupplier nanos;
    private final Deque<Path> waiting = new ArrayDeque<>();
    private List<Path> names = List.of();
    private long nextListing;
    private boolean listed;

    /** @param ready whether a file may be taken now; asked when the folder is listed and again before the file is taken */
    Lineup(Path folder, Predicate<Path> ready) {
        this(folder, ready, System::nanoTime);
    }

    Lineup(Path folder, Predicate<Path> ready, LongSupplier nanos) {
        this.folder = folder;
        this.ready = ready;
        this.nanos = nanos;
        this.nextListing = nanos.getAsLong();
    }

    /** Returns the drop to be taken now, or none. */
    Optional<Path> next() throws IOException {
        listed = false;
        Optional<Path> first = first();
        if (first.isPresent() || nanos.getAsLong() < nextListing) {
            return first;
        }
        list();
        return first();
    }

    /** Whether the last call has listed the folder. */
    boolean hasListed() {
        return listed;
    }

    /** All files of the last listing, whatever their names. */
    List<Path> files() {
        return names;
    }

    private Optional<Path> first() {
        while (!waiting.isEmpty()) {
            if (ready.test(waiting.peek())) {
                return Optional.of(waiting.peek());
            }
            waiting.remove();
        }
        return Optional.empty();
    }

    private void list() throws IOException {
        long start = nanos.getAsLong();
        List<Path> all = new ArrayList<>();
        List<Waiting> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                all.add(file);
                if (ready.test(file)) {
                    found.add(new Waiting(file, file.toFile().lastModified()));
                }
            }
        } catch (DirectoryIteratorException fault) {
            throw fault.getCause();
        } finally {
            long end = nanos.getAsLong();
            nextListing = end + REST * (end - start);
        }
        names = all;
        listed = true;
        found.sort(Comparator.comparingLong(Waiting::modified).thenComparing(Waiting::drop));
        found.forEach(one -> waiting.add(one.drop()));
    }

    /** The pause before the folder is listed again. */
    Duration rest() {
        return Duration.ofNanos(Math.max(0, nextListing - nanos.getAsLong()));
    }
}
