package org.catalogdrop.inbox;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.catalogdrop.config.Folders;
import org.catalogdrop.config.Settings;
import org.catalogdrop.input.DropInspector;
import org.catalogdrop.journal.DropEntry;
import org.catalogdrop.journal.DropLine;
import org.catalogdrop.journal.Journal;
import org.catalogdrop.load.DropRegistration;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.NormalizedName;
import org.catalogdrop.model.RunHalted;
import org.catalogdrop.model.Summary;
import org.catalogdrop.resolve.RecordedSettings;
import org.catalogdrop.results.NextStep;
import org.catalogdrop.results.OutboxReports;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The inbox: which files are drops, and where they go in the end. A file is taken when its size and time have not changed for
 * {@code drop.settle}; no other file waits meanwhile. Files are identified only by their {@link Path}: no part of a name is parsed as a
 * path, an expression or a pattern. Safe for many threads.
 */
public final class Inbox {

    private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);

    private final Settings.Drops drops;
    private final Settings.Folders folders;
    private final RecordedSettings account;
    private final RunState runs;
    private final Supplier<Journal> journal;
    private final Approvals approvals;
    private final DeferredDrops aside;
    private final IgnoredFileReport ignored;
    private final NextStep nextStep;
    private final OutboxReports reports;
    private final SettledFiles settled;
    private final Optional<HandedDrops> handed;

    /** All names in the inbox at the last look. */
    private volatile List<Path> names = List.of();

    /** Whether the inbox is watched. A host may start all its routes, including those of the inbox. */
    private volatile boolean watched;

    /**
     * Whether a drop with published results may have left the inbox without a record in the journal. At the start a crash may have caused
     * that.
     */
    private boolean leaving = true;

    /**
     * @param folders those between which loads run
     * @param handed the files that machines have handed over; empty if the inbox is that of the machine
     */
    public Inbox(
            Settings.Drops drops,
            Settings.Folders folders,
            RecordedSettings account,
            RunState runs,
            DeferredDrops aside,
            Supplier<Journal> journal,
            Approvals approvals,
            NextStep nextStep,
            OutboxReports reports,
            Optional<HandedDrops> handed) {
        this.handed = handed;
        this.settled = new SettledFiles(drops.settle());
        this.nextStep = nextStep;
        this.reports = reports;
        this.aside = aside;
        this.drops = drops;
        this.folders = folders;
        this.account = account;
        this.approvals = approvals;
        this.runs = runs;
        this.journal = journal;
        this.ignored = new IgnoredFileReport(folders.state());
    }

    /** Begins to take files. */
    public void watch() {
        watched = true;
    }

    /** Returns the drops that are to be loaded, in their order. */
    public InboxOrder toLoad() {
        return new InboxOrder(drop -> isReady(drop) && approvals.isApproved(drop));
    }

    /** Returns the drops that need a plan and have none. */
    public InboxOrder toPlan() {
        return new InboxOrder(drop -> isReady(drop) && !approvals.isApproved(drop) && !approvals.isPlanned(drop));
    }

    /** Returns whether files are taken now. */
    public boolean isOpen() {
        return watched && !runs.isOnHold();
    }

    /** Reads the names in the inbox, unless it pauses. Reports those that cannot be drops, and forgets files that have left. */
    public boolean look() {
        if (!watched) {
            return false;
        }
        if (runs.isOnHold()) {
            runs.idle();
            return false;
        }
        handed.ifPresent(HandedDrops::fetch);
        List<Path> there = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folders.inbox())) {
            files.forEach(there::add);
        } catch (IOException fault) {
            throw unreadable(fault);
        } catch (DirectoryIteratorException fault) {
            throw unreadable(fault.getCause());
        }
        there.forEach(file -> {
            if (DropFiles.isNamedAsDrop(file.getFileName().toString())) {
                aside.isBadlyNamed(file);
            }
        });
        if (handed.isEmpty()) {
            ignored.report(there, settled::isSeen, IgnoredFile.ofMappings(folders.mappings()));
        }
        finishLeft();
        forgetOthers(there);
        names = there;
        return true;
    }

    private RunHalted unreadable(IOException fault) {
        return new RunHalted(
                Code.DISK,
                "the inbox " + folders.inbox() + " cannot be read (" + fault
                        + "). Check that the folder exists and that this program may read it.");
    }

    /** Ends a {@code run --once} when nothing is left to take, unless a drop is still being written. */
    public void endIfNothingIsLeft() {
        if (names.stream().noneMatch(this::isUnfinished)
                && handed.map(drops -> drops.isEmpty(this::waits)).orElse(true)) {
            if (handed.map(HandedDrops::leavesSome).orElse(false)) {
                runs.leaveSome();
            }
            runs.idle();
        }
    }

    /** Returns whether the load of a drop may begin now: no other machine has taken its file back. */
    public boolean mayBegin(Path drop) {
        return handed.isEmpty() || handed.get().mayBegin(drop);
    }

    private boolean isReady(Path path) {
        return DropFiles.isNamedAsDrop(path.getFileName().toString())
                && !aside.isBadlyNamed(path)
                && settled.hasSettled(path)
                && !aside.isDeferred(path);
    }

    /** Returns whether the run must still handle a file; false if it waits for a person, or was deferred. */
    private boolean isUnfinished(Path path) {
        return DropFiles.isDrop(path) && !aside.isBadlyNamed(path) && !waits(path);
    }

    private boolean waits(Path path) {
        return aside.isDeferred(path) || (drops.approve() && settled.hasSettled(path) && approvals.isWaiting(path));
    }

    /** Forgets files that have left the folder. A new file with the name of one of those is a new file. */
    private void forgetOthers(List<Path> files) {
        Set<Path> there = new HashSet<>(files);
        settled.forgetOthers(there);
        aside.forgetOthers(there);
    }

    /**
     * Moves a drop whose load has ended to the archive or to the refused drops, never over another file. A file that replaced it meanwhile
     * stays: it is another drop. So does everything if this process is no longer the owner of the journal, since the file may be that of
     * the next owner.
     *
     * @throws RunHalted if this process is no longer the owner
     */
    public void putAwayDrop(InboxFile file, Summary summary) {
        Path drop = file.path();
        // If this does not come to its end, the next look records that the drop is done.
        leaving = leaving || handed.isPresent();
        journal.get().requireOwner();
        if (handed.isPresent()) {
            handed.get().finish(drop, summary);
            end(drop, summary);
            return;
        }
        if (file.isReplaced(summary.digest())) {
            leaveReplaced(drop, summary);
            return;
        }
        Path place;
        try {
            approvals.useUp(drop, summary.refusal(), !DropRegistration.hasLoaded(summary.byStatus()));
            place = EndedDrops.move(
                    drop, summary.refusal(), folders, nextStep, reports, free -> announce(summary, free));
        } catch (IOException fault) {
            leaving = true;
            Path folder = folder(summary);
            runs.finished(summary, drop);
            // Nor if it is not known, because the folder cannot be read.
            if (!Files.notExists(drop, LinkOption.NOFOLLOW_LINKS)) {
                aside.unmoved(drop, folder, summary, fault);
            }
            return;
        }
        end(place, summary);
    }

    private void leaveReplaced(Path drop, Summary summary) {
        LOG.warn(
                "{}: the file was replaced while it was being loaded. What it was is loaded and is not archived. The new file stays in the"
                        + " inbox and is loaded next.",
                NormalizedName.show(drop.getFileName().toString()));
        end(drop, summary);
    }

    private void end(Path drop, Summary summary) {
        if (isOver(summary)) {
            finish(summary.digest());
        }
        runs.finished(summary, drop);
    }

    /** Returns whether the journal has an outcome for every row. */
    private static boolean isOver(Summary summary) {
        return summary.refusal()
                .filter(problem -> problem.code() != Code.ABANDONED)
                .isEmpty();
    }

    /**
     * Records the new place in the journal before the file is there. After a crash, a file of the same name and bytes in the inbox is a
     * new one. The last look at the lease comes right before the move.
     */
    private void announce(Summary summary, Path place) {
        if (isOver(summary)) {
            published(summary.digest()).forEach(entry -> journal.get().locate(entry.id(), place));
        }
        journal.get().requireOwner();
    }

    /**
     * Finishes the load for the current account. The same bytes may still be unfinished in another account, unless that load was
     * abandoned.
     */
    private void finish(String digest) {
        published(digest).forEach(entry -> journal.get().finish(entry.id()));
    }

    private List<DropEntry> published(String digest) {
        return journal.get().entries(digest).stream()
                .filter(entry -> entry.state() == DropEntry.State.PUBLISHED)
                .filter(entry -> entry.abandoned() || account.isSameAccount(RecordedSettings.of(entry.settings())))
                .toList();
    }

    private Path folder(Summary summary) {
        return summary.refusal().isPresent() ? folders.refused() : folders.archive();
    }

    /** Finishes drops whose results are in place and that have left the inbox. */
    public void finishLeft() {
        if (!leaving) {
            return;
        }
        leaving = false;
        for (DropLine drop : journal.get().underWay()) {
            if (drop.state() == DropEntry.State.PUBLISHED) {
                Path file = folders.inbox().resolve(drop.name());
                if (Files.notExists(file, LinkOption.NOFOLLOW_LINKS) || isPutAway(drop)) {
                    journal.get().finish(drop.id());
                } else {
                    leaving = true;
                }
            }
        }
    }

    /** Returns whether the file of a drop is where it was to be moved to. A file of the same name and bytes in the inbox came later. */
    private boolean isPutAway(DropLine drop) {
        Optional<Path> place = drop.place()
                .map(path -> Path.of(path).toAbsolutePath())
                .filter(path -> Folders.isSame(path.getParent(), folders.archive())
                        || Folders.isSame(path.getParent(), folders.refused()));
        try {
            return place.isPresent() && DropInspector.digest(place.get()).equals(drop.digest());
        } catch (IOException notThere) {
            return false;
        }
    }
}
