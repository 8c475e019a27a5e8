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
import org.catalogdrop.model.Summary;
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
    private final String holder = UUID.randomUUID().toString();
    private final String where;
    private final String inbox;
    private final long started = System.nanoTime();
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

    /** The ids of files whose load has ended, and that cannot be put to their place for now. */
    private Set<String> stuck = Set.of();

    /** The ids of the files that are waited for; empty if a file is to be handed over, or if that is not known. */
    private volatile Optional<Set<String>> awaited = Optional.empty();

    /** Whether an older file does not wait for room. */
    private boolean hasRoom;

    private String reported = "";
    private int users = 1;
    private boolean ended;
    private boolean asks;
    private boolean woken;
    private boolean news;
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
        this.where = ProcessName.host() + ", " + folders.inbox();
        boolean made = false;
        try {
            InboxDelivery.sweep(folders.inbox());
            this.inbox = InboxMark.make(folders.inbox(), folders.state());
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
                if (!there.place.equals(folders.journal())) {
                    throw new RunHalted(
                            Code.OWNED,
                            "The files of " + inbox + " are handed over for the journal in " + there.place.display()
                                    + ", so not for the one in "
                                    + folders.journal().display()
                                    + ". Set drop.inbox to another folder.");
                }
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

    /**
     * Returns whether nothing of this machine is under way: no file waits that can be handed over, and all results are here that can be
     * put to their place.
     *
     * @param deferred the ids of files that cannot be loaded for now
     */
    boolean isIdle(Set<String> deferred) {
        return awaited.filter(deferred::containsAll).isPresent();
    }

    /** Returns whether a file stays in the inbox. */
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
                pause = pauseAfterFault();
                report(fault.getMessage());
            } catch (RuntimeException bug) {
                pause = pauseAfterFault();
                LOG.error("a bug of this program; please report it", bug);
            }
        }
        release();
    }

    /** What is known may be wrong, so the database is asked anyway, but not at once. */
    private synchronized Duration pauseAfterFault() {
        known = false;
        asks = false;
        return place.renewal();
    }

    private synchronized boolean isEndedWithin(Duration pause) {
        long end = System.nanoTime() + pause.toNanos();
        try {
            while (!ended && !asks && System.nanoTime() - end < 0) {
                wait(Math.max(1, (end - System.nanoTime()) / 1_000_000));
            }
            woken = asks;
            asks = false;
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
        awaited = known && drops.stream().allMatch(file -> left.contains(file) || handed.containsKey(name(file)))
                ? Optional.of(handed.values().stream()
                        .map(HandedFile::id)
                        .filter(id -> !stuck.contains(id))
                        .collect(Collectors.toSet()))
                : Optional.empty();
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
        return woken || !known || fresh || again || awaits || gone;
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
            if (!isTaken(box)) {
                return;
            }
            Set<String> failed = new HashSet<>();
            for (HandedFile file : box.files(inbox)) {
                switch (file.state()) {
                    case COMING -> box.removeComing(file.id());
                    case ENDED -> {
                        if (!isPublished(box, file)) {
                            failed.add(file.id());
                        }
                    }
                    case WAITING, LOADING -> withdrawIfGone(box, file, names(there), ready);
                }
            }
            stuck = failed;
            handed = byName(box);
            handOver(box, ready);
            handed = byName(box);
            asked = System.nanoTime();
            known = true;
            reported = "";
        }
    }

    /** Of an inbox that was copied with its mark, one alone is used at a time. A process that was killed has it for a while. */
    private boolean isTaken(OriginBox box) {
        Optional<String> other = box.claim(inbox, holder, where, place.lease());
        if (other.isEmpty()) {
            return true;
        }
        known = false;
        if (System.nanoTime() - started > place.lease().multipliedBy(2).toNanos()) {
            report("The file " + InboxMark.FILE + " in this folder is the same as that of " + other.get()
                    + ", where it is in use. If this folder is a copy of that one, stop this program, delete "
                    + folders.inbox().resolve(InboxMark.FILE) + " and "
                    + folders.state().resolve(InboxMark.COPY) + ", and start it again.");
        }
        return false;
    }

    /** Lets the next process have the inbox at once. */
    private void release() {
        if (known) {
            try (OriginBox box = OriginBox.open(place).orElseThrow()) {
                box.release(inbox, holder);
            } catch (RunHalted away) {
                LOG.debug("the inbox was not given up", away);
            }
        }
    }

    private Map<String, HandedFile> byName(OriginBox box) {
        return box.files(inbox).stream().collect(Collectors.toMap(HandedFile::name, file -> file));
    }

    /** Takes a file back that has left the inbox, or that another one has replaced there. */
    private void withdrawIfGone(OriginBox box, HandedFile file, Set<String> names, List<Path> ready)
            throws IOException {
        if (file.withdrawn()) {
            return;
        }
        boolean isGone = !names.contains(file.name());
        if (isGone ? hasMark() : isReplaced(file, ready)) {
            box.withdraw(file.id());
            LOG.info(
                    "{}: {}, so it is taken back unless it is being loaded",
                    shown(file),
                    isGone ? "has left the inbox" : "was replaced in the inbox");
        }
    }

    /** A folder that is empty because its disk is not there has no mark either. */
    private boolean hasMark() throws IOException {
        return InboxMark.read(folders.inbox()).equals(inbox);
    }

    private boolean isReplaced(HandedFile file, List<Path> ready) {
        return ready.stream()
                .filter(path -> name(path).equals(file.name()))
                .findFirst()
                .flatMap(this::know)
                .filter(found -> !found.digest().equals(file.digest()))
                .isPresent();
    }

    private static String shown(HandedFile file) {
        return NormalizedName.show(file.name());
    }

    private void handOver(OriginBox box, List<Path> ready) throws IOException {
        Set<Path> stay = new HashSet<>();
        hasRoom = true;
        for (Path file : ready) {
            // One that was put away just now is gone, and its name is free.
            if (!handed.containsKey(name(file)) && Files.exists(file) && !(hasRoom && isHandedOver(box, file))) {
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
                where,
                name(path),
                look.size(),
                found.get().digest(),
                look.modified().toMillis());
        if (!box.reserve(file, limit)) {
            reportLimit(path, look.size());
            // No younger one may be loaded before one that gets room.
            hasRoom = look.size() > limit;
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

    /**
     * Publishes the results of a file, then moves the file. Returns false if that cannot be done now. It is tried again; the other files
     * go on.
     */
    private boolean isPublished(OriginBox box, HandedFile file) {
        try {
            if (!file.folder().isEmpty()) {
                reveal(box, file);
            }
            putAway(box, file);
            box.remove(file.id());
            return true;
        } catch (IOException fault) {
            reportUnpublished(file, fault.toString());
        } catch (RunHalted fault) {
            if (fault.problem().code() != Code.DISK) {
                throw fault;
            }
            reportUnpublished(file, fault.getMessage());
        }
        return false;
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
        Summary summary =
                isThere ? Summaries.read(folders.outbox().resolve(file.revealed())) : collect(box, file, part);
        box.forgetResults(file.id());
        reports.listLoad(summary);
        LOG.info("{}: results in {}", shown(file), folders.outbox().resolve(summary.folder()));
    }

    /** The summary is read before anybody may take the results. */
    private Summary collect(OriginBox box, HandedFile file, Path part) throws IOException {
        if (!file.revealed().isEmpty()) {
            // Without the hidden folder it would say that the rename was done.
            box.reveal(file.id(), "");
        }
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
        Summary summary = Summaries.read(part);
        box.reveal(file.id(), name(free));
        Disk.reveal(part, free);
        return summary;
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
        if (Files.notExists(path, LinkOption.NOFOLLOW_LINKS)) {
            if (!hasMark()) {
                throw new IOException(folders.inbox() + " has lost its file " + InboxMark.FILE
                        + ". If its disk is there, start the program again");
            }
            return;
        }
        if (isMoved(file)) {
            return;
        }
        InboxFile compared = InboxFile.of(path);
        if (!DropInspector.digest(path).equals(file.digest())) {
            LOG.warn(
                    "{}: the file was replaced while it was being loaded. What it was is loaded and is not archived. The new file stays in"
                            + " the inbox and is loaded next.",
                    shown(file));
            return;
        }
        Path moved = EndedDrops.move(path, file.refusal(), folders, nextStep, reports, to -> {
            box.move(file.id(), to.toString());
            // The database may have kept that waiting.
            if (!InboxFile.of(path).equals(compared)) {
                throw new RunHalted(Code.DISK, "the file was changed while it was to be moved");
            }
        });
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
