package org.catalogdrop.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.catalogdrop.config.Repeat;
import org.catalogdrop.config.Settings;
import org.catalogdrop.input.DropInspector;
import org.catalogdrop.journal.DropEntry;
import org.catalogdrop.journal.DropLine;
import org.catalogdrop.journal.Journal;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Drop;
import org.catalogdrop.model.DropHeld;
import org.catalogdrop.model.DropRefused;
import org.catalogdrop.model.NormalizedName;
import org.catalogdrop.model.Plural;
import org.catalogdrop.model.Problem;
import org.catalogdrop.model.Status;
import org.catalogdrop.model.Times;
import org.catalogdrop.resolve.CallOptions;
import org.catalogdrop.resolve.MappingResolver;
import org.catalogdrop.resolve.RecordedSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Registers a drop in the journal: it finds the entry of a load that stopped, makes a new one, or refuses a repeat. */
public final class DropRegistration {

    private static final Logger LOG = LoggerFactory.getLogger(DropRegistration.class);

    private static final Set<DropEntry.State> UNFINISHED =
            EnumSet.of(DropEntry.State.OPEN, DropEntry.State.PUBLISHING, DropEntry.State.PUBLISHED);

    private static final Set<Status> ACCEPTED =
            Arrays.stream(Status.values()).filter(Status::accepted).collect(Collectors.toSet());

    private static final Set<Status> APPLIED = EnumSet.of(Status.CREATED, Status.UPDATED, Status.DELETED);

    private final Settings.Api api;
    private final Settings.Folders folders;
    private final Supplier<Journal> journal;
    private volatile Repeat repeat;

    /** Whether someone has asked for it, and not only the settings. */
    private volatile boolean asked;

    DropRegistration(Settings.Api api, Settings.Folders folders, boolean repeatAllowed, Supplier<Journal> journal) {
        this.api = api;
        this.folders = folders;
        this.journal = journal;
        this.repeat = repeatAllowed ? Repeat.AGAIN : Repeat.REFUSE;
    }

    /** Sets how bytes that were loaded before are treated from now on. */
    public void onRepeat(Repeat choice) {
        repeat = choice;
        asked = true;
    }

    /** Returns whether a drop is refused only because its bytes were loaded before. */
    public boolean refuses(String digest) {
        return repeat == Repeat.REFUSE
                && ofAccount(journal.get().entries(digest), RecordedSettings.ofAccount(api))
                        .filter(entry -> entry.state() == DropEntry.State.DONE)
                        .filter(entry ->
                                hasLoaded(journal.get().line(entry.id()).counts()))
                        .isPresent();
    }

    /** Returns whether the results of these bytes are in place, so that nothing more of them is sent. */
    public boolean isOver(String digest) {
        RecordedSettings now = RecordedSettings.ofTarget(api);
        List<DropEntry> known = journal.get().entries(digest);
        return begunElsewhere(known, now).isEmpty()
                && ofAccount(known, now)
                        .filter(entry -> entry.state() == DropEntry.State.PUBLISHED)
                        .isPresent();
    }

    /**
     * @param byKey whether its rows have keys; then the same bytes are a load like any other, with an entry of its own
     * @param options what the caller asks for; if it names the list, the same bytes in another list are another load
     * @param publishing knows the results of an earlier run
     * @throws DropRefused {@link Code#ALREADY_LOADED} if it is a repeat and repeats are refused
     */
    DropEntry place(Drop drop, String meaning, boolean byKey, CallOptions options, Publishing publishing) {
        DropEntry entry = entry(drop, meaning, options.list().isPresent());
        Repeat choice = choice(drop, options);
        return switch (entry.state()) {
            case OPEN -> {
                if (entry.requests() == 0) {
                    UnfinishedDrop.before(
                                    drop,
                                    RecordedSettings.of(meaning),
                                    journal.get().underWay())
                            .forEach(one -> LOG.warn("{}: {}", NormalizedName.show(drop.name()), one.warning()));
                }
                yield entry;
            }
            case PUBLISHED -> entry;
            // Without its results it is as open as before: the meaning of its keys may have changed since.
            case PUBLISHING -> publishing.found(entry, drop).orElseGet(() -> reopened(entry, meaning));
            case REFUSED -> reopened(entry, meaning);
            case DONE ->
                byKey && choice == Repeat.REFUSE
                        ? journal.get().again(drop, meaning)
                        : repeated(drop, entry, meaning, choice);
        };
    }

    private Repeat choice(Drop drop, CallOptions options) {
        Repeat choice = options.repeat()
                .filter(wanted -> wanted != Repeat.AGAIN || repeat == Repeat.REFUSE)
                .orElse(repeat);
        // drop.repeat=allow is meant for lists that come again. A second undo would add deleted elements a second time.
        boolean isByChance =
                choice == Repeat.AGAIN && !asked && options.repeat().isEmpty();
        return isByChance && isUndo(drop) ? Repeat.REFUSE : choice;
    }

    private static boolean isUndo(Drop drop) {
        String name = drop.name().toLowerCase(Locale.ROOT);
        return name.equals("undo.csv") || name.endsWith(".undo.csv");
    }

    /**
     * Finds the entry of these bytes for the current account. A load that has begun belongs to its account and default list. With others
     * it begins again if nothing was applied, and is held if something may have been.
     *
     * @throws DropHeld {@link Code#NOT_AS_BEGUN}
     */
    private DropEntry entry(Drop drop, String meaning, boolean namesList) {
        RecordedSettings now = RecordedSettings.of(meaning);
        List<DropEntry> known = journal.get().entries(drop.digest());
        Optional<DropEntry> elsewhere = begunElsewhere(known, now);
        Optional<DropEntry> own = ofAccount(known, now)
                .filter(entry -> !namesList)
                .or(() -> known.stream()
                        .filter(entry -> namesList && now.isSameTarget(RecordedSettings.of(entry.settings())))
                        .findFirst());
        Optional<DropEntry> refusedElsewhere =
                own.filter(entry -> entry.state() == DropEntry.State.REFUSED).filter(entry -> isForOther(entry, now));
        Optional<DropEntry> begun = elsewhere.or(() -> refusedElsewhere);
        if (begun.isPresent()) {
            giveUp(drop, begun.get(), now);
            return journal.get().again(drop, meaning);
        }
        if (own.isEmpty() && !isFree(known)) {
            return journal.get().again(drop, meaning);
        }
        return own.filter(entry -> entry.id() != known.get(0).id())
                .orElseGet(() -> journal.get().enter(drop, meaning));
    }

    private Optional<DropEntry> begunElsewhere(List<DropEntry> known, RecordedSettings now) {
        return known.stream()
                .filter(entry -> UNFINISHED.contains(entry.state()) && !entry.abandoned())
                .filter(entry -> isForOther(entry, now))
                .findFirst();
    }

    /** Returns whether the latest entry is of another account, but nothing of it was sent there, or nothing will be. */
    private static boolean isFree(List<DropEntry> known) {
        return known.stream()
                .findFirst()
                .filter(latest -> latest.state() == DropEntry.State.OPEN
                        || (latest.abandoned() && UNFINISHED.contains(latest.state())))
                .isPresent();
    }

    /**
     * Returns whether rows of it were sent to another account or list. A mapping file that names its list sends to no other, whatever the
     * setting is.
     */
    private boolean isForOther(DropEntry entry, RecordedSettings now) {
        RecordedSettings before = RecordedSettings.of(entry.settings());
        return entry.requests() > 0
                && !now.isSameTarget(before)
                && !(now.isSameAccount(before)
                        && !before.mapping().isEmpty()
                        && MappingResolver.begun(journal.get(), before).namesList());
    }

    private void giveUp(Drop drop, DropEntry begun, RecordedSettings now) {
        RecordedSettings before = RecordedSettings.of(begun.settings());
        DropLine line = journal.get().line(begun.id());
        long applied = line.inDoubt()
                + APPLIED.stream()
                        .mapToLong(status -> line.counts().getOrDefault(status, 0L))
                        .sum();
        if (applied > 0) {
            throw new DropHeld(
                    Code.NOT_AS_BEGUN,
                    NormalizedName.show(drop.name()) + " was begun for " + before.target() + ", where "
                            + Plural.of(applied, "row")
                            + " of it were or may have been applied. kommo.base-url and kommo.catalog-id now name "
                            + now.target()
                            + ". Nothing was sent. Restore these settings and run again to finish it there,"
                            + " or take the file out of the inbox.",
                    drop.digest());
        }
        LOG.info(
                "{}: was begun for {}, where nothing of it was applied; it is now loaded for {}",
                NormalizedName.show(drop.name()),
                before.target(),
                now.target());
        journal.get()
                .refuse(
                        begun.id(),
                        Problem.of(
                                Code.NOT_AS_BEGUN,
                                "begun for " + before.target() + ", where nothing was applied; loaded for "
                                        + now.target() + " instead"));
    }

    private static Optional<DropEntry> ofAccount(List<DropEntry> known, RecordedSettings account) {
        return known.stream()
                .filter(entry -> account.isSameAccount(RecordedSettings.of(entry.settings())))
                .findFirst();
    }

    private DropEntry reopened(DropEntry entry, String meaning) {
        return journal.get().reopen(entry.id(), meaning);
    }

    /** Returns whether a row of a finished drop was accepted, or may have been. If not, the same bytes make nothing twice. */
    public static boolean hasLoaded(Map<Status, Long> counts) {
        return counts.getOrDefault(Status.IN_DOUBT, 0L) > 0
                || ACCEPTED.stream().anyMatch(status -> counts.getOrDefault(status, 0L) > 0);
    }

    private DropEntry repeated(Drop drop, DropEntry entry, String meaning, Repeat choice) {
        if (choice == Repeat.REFUSE && !hasLoaded(journal.get().line(entry.id()).counts())) {
            return journal.get().again(drop, meaning);
        }
        return switch (choice) {
            case AGAIN -> journal.get().again(drop, meaning);
            case RESULTS -> reopened(entry, meaning);
            case SETTLE -> {
                journal.get().reopenDoubts(entry.id());
                yield journal.get().entry(entry.id());
            }
            case REFUSE ->
                throw new DropRefused(
                        Code.ALREADY_LOADED,
                        before(entry)
                                + folders.outbox().resolve(entry.folder())
                                + "."
                                + undone(entry).map(one -> " " + one).orElse("")
                                + (isUndo(drop)
                                        ? " An undo is done once, whatever drop.repeat is."
                                        : " To load these bytes again, set drop.repeat=allow; that holds for all drops."));
        };
    }

    private static String before(DropEntry entry) {
        return entry.abandoned()
                ? "a load of the same bytes was abandoned when rows of it may have been applied already; the rows that were not sent"
                        + " are among the rejects in its results, "
                : "the same bytes were loaded before; their results are in ";
    }

    /** Returns when the load of an entry was undone, and how much of it; empty if no undo of it is known. */
    private Optional<String> undone(DropEntry entry) {
        RecordedSettings account = RecordedSettings.of(entry.settings());
        return undoDigest(entry).flatMap(digest -> journal.get().entries(digest).stream()
                .filter(undo -> undo.state() == DropEntry.State.DONE && undo.id() > entry.id())
                .filter(undo -> account.isSameAccount(RecordedSettings.of(undo.settings())))
                .findFirst()
                .map(undo -> journal.get().line(undo.id()))
                .map(undo -> {
                    long taken = APPLIED.stream()
                            .mapToLong(status -> undo.counts().getOrDefault(status, 0L))
                            .sum();
                    return "That load was undone on "
                            + Times.of(undo.finished().orElse(undo.entered())) + ": " + taken + " of "
                            + Plural.of(undo.rows(), "change") + " were taken back, see " + undo.folder() + ".";
                }));
    }

    private Optional<String> undoDigest(DropEntry entry) {
        Path undo = folders.outbox().resolve(entry.folder()).resolve("undo.csv");
        try {
            return Files.isRegularFile(undo) ? Optional.of(DropInspector.digest(undo)) : Optional.empty();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }
}
