package org.catalogdrop.inbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.catalogdrop.config.Folders;
import org.catalogdrop.config.Settings;
import org.catalogdrop.input.DropInspector;
import org.catalogdrop.journal.Ownership;
import org.catalogdrop.journal.handover.HandedFile;
import org.catalogdrop.journal.handover.OriginBox;
import org.catalogdrop.journal.store.JournalPlace;
import org.catalogdrop.journal.store.ProcessName;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.NormalizedName;
import org.catalogdrop.model.RunHalted;
import org.catalogdrop.results.NextStep;
import org.catalogdrop.results.OutboxReports;
import org.catalogdrop.results.Summaries;
import org.catalogdrop.results.file.Disk;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Hands the files of this machine's inbox over to the owner of the journal, whoever that is, and publishes the results that come back. A
 * file stays in the inbox until then. All that it knows is in the inbox, the outbox and the database, so it may be killed at any time. It
 * has a thread of its own; its methods are safe for many threads.
 */
public final class InboxCourier implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(InboxCourier.class);

    private static final Duration LIST = Duration.ofMillis(250);

    /** How often the database is asked while files of this machine are in it. */
    private static final Duration ASK = Duration.ofSeconds(1);

    /** The couriers of this process by their inboxes. */
    private static final Map<Path, InboxCourier> RUNNING = new HashMap<>();

    /** What was found of a file, so that its bytes are not read again and again. */
    private record Known(InboxFile file, String digest) {}

    private final Settings.Folders folders;
    private final JournalPlace.Postgres place;
    private final long limit;
    private final NextStep nextStep;
    private final OutboxReports reports;
    private final Ownership ownership;
    private final String inbox;
    private final SettledFiles settled;
    private final IgnoredFileReport ignored;
    private final Map<Path, Known> digests = new HashMap<>();
    private final Set<String> told = new HashSet<>();
    private final Thread thread;

    /** The files of this machine in the database, by name, as far as that is known. */
    private Map<String, HandedFile> handed = Map.of();

    private boolean known;
    private long asked;
    /** The files that were tried last and stay where they are. */
    private Set<Path> left = Set.of();

    private String reported = "";
    private int users = 1;
    private boolean ended;
    private boolean asks;
    private boolean news;
    private volatile boolean idle;
    private volatile boolean leavesSome;

    private InboxCourier(Settings.Drops drops, Settings.Folders folders, NextStep nextStep) throws IOException {
        this.folders = folders;
        this.place = (JournalPlace.Postgres) folders.journal();
        this.limit = folders.handover().orElseThrow().limit();
        this.nextStep = nextStep;
        this.reports = OutboxReports.of(drops.reports(), folders.outbox());
        this.settled = new SettledFiles(drops.settle());
        this.ignored = new IgnoredFileReport(folders.state());
        Folders.make(folders);
        this.ownership = Ownership.take(Ownership.Kind.INBOX, folders.inbox(), Instant.now());
        boolean made = false;
        try {
            InboxDelivery.sweep(folders.inbox());
            this.inbox = InboxMark.make(folders.inbox());
            made = true;
        } finally {
            if (!made) {
                ownership.close();
            }
        }
        Optional<Map<String, String>> context = Optional.ofNullable(MDC.getCopyOfContextMap());
        this.thread = new Thread(
                () -> {
                    context.ifPresent(MDC::setContextMap);
                    work();
                },
                "catalog-drop-handover");
        thread.setDaemon(true);
    }

    /**
     * Returns the courier of an inbox; starts it if this process has none. Each caller closes it, and the last one ends it.
     *
     * @param nextStep returns the command that helps
     * @throws RunHalted if another process has the inbox
     */
    public static InboxCourier share(Settings.Drops drops, Settings.Folders folders, NextStep nextStep) {
        Path inbox = folders.inbox();
        synchronized (RUNNING) {
            InboxCourier there = RUNNING.get(inbox);
            if (there != null) {
                there.users++;
                return there;
            }
            try {
                InboxCourier made = new InboxCourier(drops, folders, nextStep);
                RUNNING.put(inbox, made);
                made.thread.start();
                return made;
            } catch (IOException fault) {
                throw Disk.halted(inbox, fault);
            }
        }
    }

    /** Returns whether this machine has handed something over since the last call. */
    synchronized boolean takeNews() {
        boolean had = news;
        news = false;
        return had;
    }

    /** Looks into the database at once. */
    synchronized void wake() {
        asks = true;
        notifyAll();
    }

    /** Returns whether nothing of this machine is under way: no file waits that can be handed over, and all results are here. */
    boolean isIdle() {
        return idle;
    }

    /** Returns whether a file could not be handed over. */
    boolean leavesSome() {
        return leavesSome;
    }

    private void work() {
        Duration pause = Duration.ZERO;
        while (!isEndedWithin(pause)) {
            try {
                turn();
                pause = known ? LIST : place.renewal();
            } catch (RunHalted | IOException fault) {
                known = false;
                pause = place.renewal();
                report(fault.getMessage());
            } catch (RuntimeException bug) {
                known = false;
                pause = place.renewal();
                LOG.error("a bug of this program; please report it", bug);
            }
        }
    }

    private synchronized boolean isEndedWithin(Duration pause) {
        try {
            if (!ended && !asks && !pause.isZero()) {
                wait(pause.toMillis());
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return true;
        }
        return ended;
    }

    private void report(String message) {
        if (!message.equals(reported)) {
            reported = message;
            LOG.error(
                    "The files of {} are not handed over for now: {} It is tried again each {} ms.",
                    folders.inbox(),
                    message,
                    place.renewal().toMillis());
        }
    }

    /** Returns whether something was not said yet. */
    private boolean isNew(String about) {
        return told.add(about);
    }

    private void turn() throws IOException {
        List<Path> there = list();
        ignored.report(there, settled::isSeen, IgnoredFile.ofMappings(folders.mappings()));
        settled.forgetOthers(Set.copyOf(there));
        digests.keySet().retainAll(Set.copyOf(there));
        List<Path> drops = there.stream()
                .filter(DropFiles::isDrop)
                .filter(file -> !isBadlyNamed(file))
                .toList();
        List<Path> ready = drops.stream()
                .filter(settled::hasSettled)
                .sorted(Comparator.comparingLong((Path file) -> file.toFile().lastModified())
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
        if (isDue(there, ready)) {
            ask(there, ready);
        }
        leavesSome = !drops.isEmpty();
        idle = known && handed.isEmpty() && left.containsAll(drops);
    }

    private List<Path> list() throws IOException {
        List<Path> there = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folders.inbox())) {
            files.forEach(there::add);
        } catch (DirectoryIteratorException fault) {
            throw fault.getCause();
        }
        return there;
    }

    private boolean isBadlyNamed(Path file) {
        Optional<String> bad = DeferredDrops.badName(file);
        if (bad.isPresent() && isNew("name " + file)) {
            LOG.error("{}: not loaded: {} It stays in {}.", shown(file), bad.get(), folders.inbox());
        }
        return bad.isPresent();
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }

    private static String shown(Path file) {
        return NormalizedName.show(name(file));
    }

    private static Set<String> names(List<Path> files) {
        return files.stream().map(InboxCourier::name).collect(Collectors.toSet());
    }

    /** Returns whether the database has to be asked: while nothing happens here, it is not. */
    private boolean isDue(List<Path> there, List<Path> ready) {
        Set<String> names = names(there);
        List<Path> waiting =
                ready.stream().filter(file -> !handed.containsKey(name(file))).toList();
        long since = System.nanoTime() - asked;
        boolean gone = handed.values().stream().anyMatch(file -> !file.withdrawn() && !names.contains(file.name()));
        boolean fresh = !left.containsAll(waiting);
        boolean again = !waiting.isEmpty() && since > place.renewal().toNanos();
        boolean awaits = !handed.isEmpty() && since > ASK.toNanos();
        synchronized (this) {
            boolean woken = asks;
            asks = false;
            return woken || !known || fresh || again || awaits || gone;
        }
    }

    /** Asks the database for the files of this machine, and does what is to be done for each. */
    private void ask(List<Path> there, List<Path> ready) throws IOException {
        Optional<OriginBox> opened = OriginBox.open(place);
        if (opened.isEmpty()) {
            if (isNew("set up")) {
                LOG.info(
                        "the journal in {} is not set up yet; the first process that owns it does that",
                        place.display());
            }
            return;
        }
        try (OriginBox box = opened.get()) {
            if (!known) {
                InboxJournal.claim(folders.inbox(), place, box.identities());
            }
            for (HandedFile file : box.files(inbox)) {
                switch (file.state()) {
                    case COMING -> box.remove(file.id());
                    case ENDED -> publish(box, file);
                    case WAITING, LOADING -> withdrawIfGone(box, file, names(there));
                }
            }
            handed = byName(box);
            handOver(box, ready);
            handed = byName(box);
            asked = System.nanoTime();
            known = true;
            reported = "";
        }
    }

    private Map<String, HandedFile> byName(OriginBox box) {
        return box.files(inbox).stream().collect(Collectors.toMap(HandedFile::name, file -> file));
    }

    /** A folder that is empty because its disk is not there has no mark either. */
    private void withdrawIfGone(OriginBox box, HandedFile file, Set<String> names) throws IOException {
        if (!file.withdrawn()
                && !names.contains(file.name())
                && InboxMark.read(folders.inbox()).equals(inbox)) {
            box.withdraw(file.id());
            LOG.info("{}: has left the inbox, so it is taken back if its load has not begun", shown(file));
        }
    }

    private static String shown(HandedFile file) {
        return NormalizedName.show(file.name());
    }

    private void handOver(OriginBox box, List<Path> ready) throws IOException {
        Set<Path> stay = new HashSet<>();
        for (Path file : ready) {
            // One that was put away just now is gone, and its name is free.
            if (!handed.containsKey(name(file)) && Files.exists(file) && !isHandedOver(box, file)) {
                stay.add(file);
            }
        }
        left = stay;
    }

    /** Hands a file over. Returns false if it stays where it is and is tried again. */
    private boolean isHandedOver(OriginBox box, Path path) throws IOException {
        Optional<Known> found = know(path);
        if (found.isEmpty()) {
            return false;
        }
        InboxFile.Look look = found.get().file().taken().orElseThrow();
        HandedFile file = HandedFile.of(
                UUID.randomUUID().toString(),
                inbox,
                ProcessName.host() + ", " + folders.inbox(),
                name(path),
                look.size(),
                found.get().digest(),
                look.modified().toMillis());
        if (!box.reserve(file, limit)) {
            reportLimit(path, look.size());
            return false;
        }
        if (!box.isStored(file, path)) {
            digests.remove(path);
            return false;
        }
        synchronized (this) {
            news = true;
        }
        LOG.info("{}: handed over to the owner of the journal", shown(path));
        return true;
    }

    private void reportLimit(Path path, long size) {
        if (isNew("limit " + path)) {
            LOG.warn(
                    "{}: waits in the inbox: with its {} bytes, more than drop.handover-limit ({} bytes) would wait in the database. {}",
                    shown(path),
                    size,
                    limit,
                    size > limit
                            ? "The file alone is larger than that. Raise drop.handover-limit, or load the file in parts."
                            : "It is handed over when there is room.");
        }
    }

    /** Returns the digest of a file; empty if it cannot be read now. */
    private Optional<Known> know(Path path) {
        InboxFile now = InboxFile.of(path);
        Known before = digests.get(path);
        if (before != null && before.file().equals(now)) {
            return Optional.of(before);
        }
        try {
            Known found = new Known(now, DropInspector.digest(path));
            digests.put(path, found);
            return Optional.of(found).filter(one -> now.taken().isPresent());
        } catch (IOException unreadable) {
            if (Files.exists(path) && isNew("read " + path)) {
                LOG.error(
                        "{}: cannot be read ({}). It stays in the inbox, and the other files are handed over. Give this program the right"
                                + " to read it.",
                        shown(path),
                        unreadable.toString());
            }
            return Optional.empty();
        }
    }

    /** Publishes the results of a file, then moves the file. What cannot be done now is tried again; the other files go on. */
    private void publish(OriginBox box, HandedFile file) {
        try {
            if (!file.folder().isEmpty()) {
                reveal(box, file);
            }
            putAway(box, file);
            box.remove(file.id());
        } catch (IOException fault) {
            reportUnpublished(file, fault.toString());
        } catch (RunHalted fault) {
            if (fault.problem().code() != Code.DISK) {
                throw fault;
            }
            reportUnpublished(file, fault.getMessage());
        }
    }

    private void reportUnpublished(HandedFile file, String why) {
        if (isNew("end " + file.id())) {
            LOG.error(
                    "{}: its load has ended, and its results or its file cannot be put to their place ({}). Check that {}, {} and {} are"
                            + " writable and have free space. Nothing is sent again. It is tried again each second.",
                    shown(file),
                    why,
                    folders.outbox(),
                    folders.archive(),
                    folders.refused());
        }
    }

    /** The name is in the database before the folder has it, so that a crash between the two does not make a second folder. */
    private void reveal(OriginBox box, HandedFile file) throws IOException {
        Path part = folders.outbox().resolve("." + file.id() + ".part");
        boolean isThere = !file.revealed().isEmpty()
                && !Disk.taken(part)
                && Disk.taken(folders.outbox().resolve(file.revealed()));
        Path results = isThere ? folders.outbox().resolve(file.revealed()) : collect(box, file, part);
        reports.listLoad(Summaries.read(results));
        box.forgetResults(file.id());
        LOG.info("{}: results in {}", shown(file), results);
    }

    private Path collect(OriginBox box, HandedFile file, Path part) throws IOException {
        Disk.wipe(part);
        Files.createDirectories(part);
        box.collect(file, part);
        Path free = free(file.folder());
        if (!name(free).equals(file.folder())) {
            rename(part.resolve("summary.json"), file.folder(), name(free));
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(part)) {
            for (Path one : files) {
                Disk.syncContent(one);
            }
        }
        Disk.sync(part);
        box.reveal(file.id(), name(free));
        Disk.reveal(part, free);
        return free;
    }

    private Path free(String folder) {
        Path path = folders.outbox().resolve(folder);
        for (int n = 2; Disk.taken(path); n++) {
            path = folders.outbox().resolve(folder + "-" + n);
        }
        return path;
    }

    /** Lets a summary name the folder in which it is. */
    private static void rename(Path summary, String from, String to) throws IOException {
        if (Files.exists(summary)) {
            String renamed = Pattern.compile("(\"folder\"\\s*:\\s*\")" + Pattern.quote(from) + "\"")
                    .matcher(Files.readString(summary))
                    .replaceFirst("$1" + Matcher.quoteReplacement(to) + "\"");
            Files.write(summary, renamed.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Moves the file to the archive or to the refused ones, unless that was done before a crash, or it is another file by now. */
    private void putAway(OriginBox box, HandedFile file) throws IOException {
        Path path = folders.inbox().resolve(file.name());
        if (Files.notExists(path, LinkOption.NOFOLLOW_LINKS) || isMoved(file)) {
            return;
        }
        if (!DropInspector.digest(path).equals(file.digest())) {
            LOG.warn(
                    "{}: the file was replaced while it was being loaded. What it was is loaded and is not archived. The new file stays in"
                            + " the inbox and is loaded next.",
                    shown(file));
            return;
        }
        Path moved = EndedDrops.move(
                path, file.refusal(), folders, nextStep, reports, to -> box.move(file.id(), to.toString()));
        file.refusal()
                .ifPresentOrElse(
                        why -> LOG.error(
                                "{}: refused ({}): {}{}",
                                shown(file),
                                why.code().word(),
                                why.message(),
                                nextStep.after(why.code(), moved)),
                        () -> LOG.info("{}: loaded; the file is in {}", shown(file), moved));
    }

    private static boolean isMoved(HandedFile file) {
        try {
            return !file.moved().isEmpty()
                    && DropInspector.digest(Path.of(file.moved())).equals(file.digest());
        } catch (IOException notThere) {
            return false;
        }
    }

    /** Ends it with its last user. Files that wait for the owner stay in the database. */
    @Override
    public void close() {
        synchronized (RUNNING) {
            users--;
            if (users > 0) {
                return;
            }
            RUNNING.remove(folders.inbox());
        }
        synchronized (this) {
            ended = true;
            notifyAll();
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        ownership.close();
    }
}
