package org.catalogdrop.inbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.catalogdrop.config.Folders;
import org.catalogdrop.config.Settings;
import org.catalogdrop.input.DropInspector;
import org.catalogdrop.journal.Journal;
import org.catalogdrop.journal.handover.HandedEnd;
import org.catalogdrop.journal.handover.HandedFile;
import org.catalogdrop.load.ResultsDelivery;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.NormalizedName;
import org.catalogdrop.model.Plural;
import org.catalogdrop.model.Problem;
import org.catalogdrop.model.RunHalted;
import org.catalogdrop.model.Summary;
import org.catalogdrop.results.file.Disk;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files that were handed over to the owner of the journal: it loads them between folders of its own, and stores their results in the
 * database. Nothing in these folders is needed after a crash. Safe for many threads.
 */
public final class HandedDrops implements ResultsDelivery {

    private static final Logger LOG = LoggerFactory.getLogger(HandedDrops.class);

    private static final int SHOWN = 3;

    private final Settings.Folders folders;
    private final Supplier<Journal> journal;
    private final Duration renewal;
    private final Map<Path, HandedFile> here = new ConcurrentHashMap<>();
    /** The files whose end is recorded together with that of their drop. */
    private final Set<String> delivered = ConcurrentHashMap.newKeySet();

    private final Set<String> odd = new HashSet<>();
    private Optional<InboxCourier> courier = Optional.empty();
    private long looked;
    private volatile boolean hasLooked;

    /**
     * @param folders those between which loads run
     * @param renewal how often to look for files of other machines
     */
    public HandedDrops(Settings.Folders folders, Supplier<Journal> journal, Duration renewal) {
        this.folders = folders;
        this.journal = journal;
        this.renewal = renewal;
    }

    /**
     * Finds out whether files of an inbox may be taken from it by the owner of the journal itself.
     *
     * @throws RunHalted if some of them were handed over before, because their results are in the database
     */
    public static void requireNone(Path inbox, Journal journal) {
        try {
            List<String> names = journal.handed().names(InboxMark.read(inbox));
            if (!names.isEmpty()) {
                throw new RunHalted(
                        Code.JOURNAL,
                        Plural.of(names.size(), "file") + " of " + inbox + " " + (names.size() == 1 ? "is" : "are")
                                + " in the database by drop.handover, or the results are: "
                                + names.stream()
                                        .limit(SHOWN)
                                        .map(NormalizedName::show)
                                        .collect(Collectors.joining(", ", "", names.size() > SHOWN ? ", …" : ""))
                                + ". Set drop.handover=database until all of them have left this inbox.");
            }
        } catch (IOException fault) {
            throw Disk.halted(inbox, fault);
        }
    }

    /**
     * Begins an ownership of the journal with empty folders: what was in them is in the database.
     *
     * @param machine the courier of this machine, which brings news at once
     */
    public void begin(InboxCourier machine) {
        courier = Optional.of(machine);
        Path root = folders.inbox().getParent();
        try {
            Disk.wipe(root);
        } catch (IOException fault) {
            throw Disk.halted(root, fault);
        }
        Folders.make(folders);
    }

    /** Fetches new files, and removes those that were withdrawn. No drop of the inbox is being loaded meanwhile. */
    void fetch() {
        boolean news = courier.map(InboxCourier::takeNews).orElse(false);
        if (hasLooked && !news && System.nanoTime() - looked < renewal.toNanos()) {
            return;
        }
        hasLooked = false;
        List<HandedFile> open = journal.get().handed().open();
        try {
            removeOthers(open.stream()
                    .filter(file -> !file.withdrawn())
                    .map(HandedFile::id)
                    .collect(Collectors.toSet()));
            for (HandedFile file : open) {
                if (file.withdrawn()) {
                    journal.get().handed().removeWithdrawn(file.id());
                    LOG.info("{}: was taken out of the inbox of {}; it is not loaded", shown(file), file.place());
                } else {
                    fetch(file);
                }
            }
        } catch (IOException fault) {
            // Each one that has ended gives room for another.
            if (here.isEmpty()) {
                throw Disk.halted(folders.inbox(), fault);
            }
        }
        looked = System.nanoTime();
        hasLooked = true;
    }

    private static String shown(HandedFile file) {
        return NormalizedName.show(file.name());
    }

    private void removeOthers(Set<String> ids) throws IOException {
        for (Map.Entry<Path, HandedFile> one : List.copyOf(here.entrySet())) {
            if (!ids.contains(one.getValue().id())) {
                Files.deleteIfExists(one.getKey());
                here.remove(one.getKey());
            }
        }
    }

    private void fetch(HandedFile file) throws IOException {
        Optional<Path> place = place(file);
        // A file of the same name, from another machine, comes when that one has ended; so does one that differs in
        // case, on some disks.
        if (place.isEmpty() || here.containsKey(place.get()) || Disk.taken(place.get())) {
            return;
        }
        Path part = folders.inbox().resolve("." + file.id() + ".part");
        try {
            journal.get().handed().fetch(file, part);
            // If it was withdrawn meanwhile, its bytes are gone.
            if (DropInspector.digest(part).equals(file.digest())) {
                Files.setLastModifiedTime(part, FileTime.fromMillis(file.modified()));
                here.put(place.get(), file);
                Files.move(part, place.get(), StandardCopyOption.ATOMIC_MOVE);
                LOG.info("{}: comes from {}", shown(file), file.place());
            }
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** Returns where a file is loaded from; empty if its name cannot be used here. */
    private Optional<Path> place(HandedFile file) {
        try {
            Path place = folders.inbox().resolve(file.name());
            if (DropFiles.isNamedAsDrop(file.name())
                    && folders.inbox().equals(place.getParent())
                    && place.getFileName().toString().equals(file.name())) {
                return Optional.of(place);
            }
        } catch (IllegalArgumentException otherSystem) {
            // As below.
        }
        if (odd.add(file.id())) {
            LOG.error(
                    "{} from {} has a name that cannot be used on this machine, so it is not loaded. Rename it there.",
                    shown(file),
                    file.place());
        }
        return Optional.empty();
    }

    /** Returns whether the load of a file may begin: it was not withdrawn. */
    boolean mayBegin(Path drop) {
        HandedFile file = here.get(drop);
        boolean begins = file != null && journal.get().handed().begin(file.id());
        if (begins) {
            delivered.remove(file.id());
        } else {
            hasLooked = false;
        }
        return begins;
    }

    @Override
    public Optional<HandedEnd> deliver(Path drop, Path results, Optional<Problem> refusal) {
        HandedFile file = here.get(drop);
        if (file == null) {
            return Optional.empty();
        }
        try {
            journal.get().handed().upload(file.id(), results);
        } catch (IOException fault) {
            throw Disk.halted(results, fault);
        }
        delivered.add(file.id());
        return Optional.of(new HandedEnd(file.id(), results.getFileName().toString(), refusal));
    }

    /** Ends a file whose load has ended, unless that is recorded with its results, and removes it from the folders of the owner. */
    void finish(Path drop, Summary summary) {
        HandedFile file = here.get(drop);
        if (file == null) {
            return;
        }
        if (!delivered.contains(file.id())) {
            journal.get().handed().end(new HandedEnd(file.id(), "", summary.refusal()));
        }
        here.remove(drop);
        // A file of the same name may wait for this one.
        hasLooked = false;
        try {
            Files.deleteIfExists(drop);
            if (!summary.folder().isEmpty()) {
                Disk.wipe(folders.outbox().resolve(summary.folder()));
            }
        } catch (IOException left) {
            LOG.warn("{}: cannot be deleted ({}). It is deleted at the next start.", drop, left.toString());
        }
        courier.ifPresent(InboxCourier::wake);
    }

    /**
     * Returns whether nothing is left to be loaded, and this machine has the results of all that it has handed over.
     *
     * @param deferred whether a drop cannot be loaded for now
     */
    boolean isEmpty(Predicate<Path> deferred) {
        Set<String> waiting = here.entrySet().stream()
                .filter(one -> deferred.test(one.getKey()))
                .map(one -> one.getValue().id())
                .collect(Collectors.toSet());
        return waiting.size() == here.size()
                && courier.map(one -> one.isIdle(waiting)).orElse(true);
    }

    /** Returns whether a file of this machine could not be handed over, or its results or itself cannot be put to their place. */
    boolean leavesSome() {
        return courier.map(InboxCourier::leavesSome).orElse(false);
    }
}
