package org.catalogdrop.app;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileFilter;
import org.catalogdrop.journal.DropLine;
import org.catalogdrop.journal.Entry;
import org.catalogdrop.journal.Journal;
import org.catalogdrop.model.Problem;
import org.catalogdrop.model.Summary;
import org.catalogdrop.results.Places;

/**
 * Which files of the inbox are drops, and where they go in the end. A file is taken when it has kept size and time for
 * {@code drop.settle} under our eyes; no other file waits meanwhile.
 */
public final class Inbox implements GenericFileFilter<File> {

    private static final Pattern DROP =
            Pattern.compile(".*\\.((csv|tsv|json|ndjson|jsonl)(\\.gz)?|zip|xlsx)", Pattern.DOTALL);

    private record Seen(long size, long modified, long sinceNanos) {}

    private final Settings settings;
    private final Runs runs;
    private final Supplier<Journal> journal;
    private final Approvals approvals;
    private final SetAside aside;
    private final Map<Path, Seen> seen = new HashMap<>();

    /** A host may start all its routes, those of the inbox too. */
    private volatile boolean watched;

    /** Whether a drop may have left, or be about to leave; at the start one may have left before a crash. */
    private volatile boolean leaving = true;

    Inbox(Settings settings, Runs runs, SetAside aside, Supplier<Journal> journal, Approvals approvals) {
        this.aside = aside;
        this.settings = settings;
        this.approvals = approvals;
        this.runs = runs;
        this.journal = journal;
    }

    /** The inbox is ours: from here on files are taken. */
    void watch() {
        watched = true;
    }

    @Override
    public boolean accept(GenericFile<File> file) {
        if (!watched) {
            return false;
        }
        finishLeft();
        approvals.tidy();
        return aside.path(file.getFile())
                .filter(this::isReady)
                .filter(approvals::isApproved)
                .isPresent();
    }

    /** Whether the file is a drop that has no plan yet and needs one. */
    boolean isUnplanned(GenericFile<File> file) {
        return watched
                && aside.path(file.getFile())
                        .filter(this::isReady)
                        .filter(path -> !approvals.isApproved(path) && !approvals.isPlanned(path))
                        .isPresent();
    }

    private boolean isReady(Path path) {
        return isDrop(path) && !runs.isOnHold() && hasSettled(path) && !aside.has(path);
    }

    private boolean waits(Path path) {
        return aside.has(path) || settings.drops().approve() && hasSettled(path) && approvals.isWaiting(path);
    }

    static boolean isDrop(Path path) {
        return isNamedAsDrop(path.getFileName().toString()) && Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
    }

    static boolean isNamedAsDrop(String name) {
        return !name.startsWith(".")
                && DROP.matcher(name.toLowerCase(Locale.ROOT)).matches();
    }

    /**
     * The drops that lie in an inbox, by name.
     *
     * @throws IOException if the folder is there and cannot be read
     */
    static List<Path> drops(Path inbox) throws IOException {
        if (!Files.isDirectory(inbox)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(inbox)) {
            return files.filter(Inbox::isDrop).sorted().toList();
        }
    }

    private synchronized boolean hasSettled(Path path) {
        seen.keySet().removeIf(known -> !Files.exists(known, LinkOption.NOFOLLOW_LINKS));
        Duration settle = settings.drops().settle();
        try {
            BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            Seen before = seen.get(path);
            if (before == null
                    || before.size() != now.size()
                    || before.modified() != now.lastModifiedTime().toMillis()) {
                seen.put(path, new Seen(now.size(), now.lastModifiedTime().toMillis(), System.nanoTime()));
                return settle.isZero();
            }
            return System.nanoTime() - before.sinceNanos() >= settle.toNanos();
        } catch (IOException gone) {
            return false;
        }
    }

    /** Whether the inbox has drops, whole or still being written; not counted are those that wait for a person, or were set aside. */
    boolean isEmpty() {
        File[] files = settings.folders().inbox().toFile().listFiles(file -> aside.path(file)
                .filter(path -> isDrop(path) && !waits(path))
                .isPresent());
        return files == null || files.length == 0;
    }

    /** Chooses the place the file is moved to; never one that is taken. */
    public void putAway(Exchange exchange, Summary summary) {
        String name = exchange.getMessage().getHeader(Exchange.FILE_NAME_ONLY, String.class);
        Path place;
        if (summary.refusal().isPresent()) {
            Problem problem = summary.refusal().get();
            place = Places.free(settings.folders().refused(), name);
            Places.reason(settings.folders().refused(), place.getFileName().toString(), name, problem);
        } else {
            place = Places.free(settings.folders().archive(), name);
        }
        exchange.setProperty("catalogDropDestination", place.toString());
        approvals.leaves(name);
        runs.finished(summary);
        leaving = true;
    }

    /** Drops whose results are in place and that have left the inbox are done; asked again and again, since Camel moves them. */
    synchronized void finishLeft() {
        if (!leaving) {
            return;
        }
        leaving = false;
        for (DropLine drop : journal.get().drops()) {
            if (drop.state() == Entry.State.PUBLISHED) {
                Path file = settings.folders().inbox().resolve(drop.name());
                if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                    leaving = true;
                } else {
                    journal.get().finish(drop.id());
                }
            }
        }
    }

    /** Nothing is left to take: with {@code run --once} that is the end, unless a drop is still being written. */
    public void idle() {
        finishLeft();
        approvals.tidy();
        if (runs.isOnHold() || isEmpty()) {
            runs.idle();
        }
    }
}
