package org.catalogdrop.inbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.catalogdrop.journal.DropEntry;
import org.catalogdrop.journal.Journal;
import org.catalogdrop.model.DropHeld;
import org.catalogdrop.model.NormalizedName;
import org.catalogdrop.model.SafeText;
import org.catalogdrop.model.Stopwatch;
import org.catalogdrop.model.Summary;
import org.catalogdrop.resolve.RecordedSettings;
import org.catalogdrop.results.NextStep;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The drops of the inbox that cannot be loaded for now. They stay there and are tried again after growing pauses, or as soon as something
 * of the file changes, including its access rights. Other drops are loaded meanwhile. Safe for many threads.
 */
public final class DeferredDrops {

    private static final Logger LOG = LoggerFactory.getLogger(DeferredDrops.class);

    /** The attributes that are compared, including the time of the last change of rights where the system has it. */
    private static final String LOOK =
            FileSystems.getDefault().supportedFileAttributeViews().contains("unix")
                    ? "unix:size,lastModifiedTime,ctime,uid,gid"
                    : "size,lastModifiedTime";

    /** @param until by the {@link Stopwatch}, so that a clock that is set back does not lengthen the pause */
    private record Held(Map<String, Object> look, Duration pause, Instant until) {}

    private final Supplier<Journal> journal;
    private final RecordedSettings account;
    private final NextStep nextStep;
    private final Map<Path, Held> held = new HashMap<>();
    private final Map<Path, String> ended = new HashMap<>();
    private final Set<Path> nameless = new HashSet<>();

    /** @param account the current account; a drop for another account cannot overtake rows of this one */
    public DeferredDrops(Supplier<Journal> journal, RecordedSettings account, NextStep nextStep) {
        this.nextStep = nextStep;
        this.account = account;
        this.journal = journal;
    }

    /** Defers a drop, unless rows of it may have been applied: then the others wait for it, because they could overtake it. */
    public synchronized boolean take(Path drop, DropHeld reason) {
        String name = drop.getFileName().toString();
        if (isAwaited(name, reason)) {
            return false;
        }
        Duration pause = hold(drop);
        LOG.error(
                "{}: not loaded for now ({}): {}{} It stays in the inbox, and the other drops are loaded. A run that watches the"
                        + " inbox tries it again in {} s, or as soon as the file or its permissions change.",
                name,
                reason.problem().code().word(),
                reason.getMessage(),
                nextStep.after(reason.problem().code(), drop),
                pause.toSeconds());
        return true;
    }

    /** Defers a drop whose load has ended and that could not be moved to its folder. */
    synchronized void unmoved(Path drop, Path folder, Summary summary, IOException fault) {
        Duration pause = hold(drop);
        ended.put(drop, end(summary));
        LOG.error(
                "{}: cannot be moved to {} ({}). Check that the folder exists and is writable, and that its disk has free space. Nothing"
                        + " of the drop is sent again. It stays in the inbox, and the other drops are loaded. A run that watches"
                        + " the inbox tries it again in {} s.",
                NormalizedName.show(drop.getFileName().toString()),
                folder,
                fault,
                pause.toSeconds());
    }

    /** Returns whether a load has ended like this already, and its drop is only here because it could not be moved. */
    public synchronized boolean hasEnded(Summary summary) {
        return ended.containsValue(end(summary));
    }

    private static String end(Summary summary) {
        return summary.digest() + " " + summary.drop() + " " + summary.folder() + " "
                + summary.refusal().map(problem -> problem.code().word()).orElse("");
    }

    /** Holds a drop back, each time for longer. */
    private Duration hold(Path drop) {
        Held before = held.get(drop);
        Duration pause = before == null ? BackOff.FIRST : BackOff.after(before.pause());
        held.put(drop, new Held(look(drop), pause, Stopwatch.now().plus(pause)));
        return pause;
    }

    /** Forgets drops that have left the inbox. */
    synchronized void forgetOthers(Set<Path> there) {
        held.keySet().retainAll(there);
        ended.keySet().retainAll(there);
        nameless.retainAll(there);
    }

    /** Returns whether rows of a drop that cannot be loaded for now may have been applied. */
    public boolean isAwaited(String name, DropHeld reason) {
        String digest = reason.digest();
        return journal.get().underWay().stream()
                .filter(known -> known.state() == DropEntry.State.OPEN)
                .filter(known -> account.isSameAccount(RecordedSettings.of(known.settings())))
                .filter(known -> digest.isEmpty()
                        ? known.name().equals(name)
                        : known.digest().equals(digest))
                .anyMatch(known -> known.inDoubt() > 0);
    }

    /** Returns whether the drop must not be tried yet. */
    synchronized boolean isDeferred(Path drop) {
        Held one = held.get(drop);
        return one != null
                && Stopwatch.now().isBefore(one.until())
                && one.look().equals(look(drop));
    }

    /** Returns whether a file cannot be handled by its name. A drop of that kind is reported once. */
    synchronized boolean isBadlyNamed(Path file) {
        Optional<String> bad = badName(file);
        if (bad.isPresent() && nameless.add(file)) {
            LOG.error(
                    "{}: not loaded: {} It stays in {}, and the other drops are loaded.",
                    NormalizedName.show(file.getFileName().toString()),
                    bad.get(),
                    file.getParent());
        }
        return bad.isPresent();
    }

    /**
     * Returns what is wrong with a name, if anything. It may be in another encoding than that of the system, so that the file cannot be
     * opened by it. Or it may have control characters, which would forge lines of logs and move the cursor of terminals.
     */
    public static Optional<String> badName(Path file) {
        String name = file.getFileName().toString();
        if (!SafeText.isPlain(name)) {
            return Optional.of("its name has control characters, shown here as \\u000A and the like. Rename it.");
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(name)) {
            return Optional.of("its name has half of a character (an unpaired surrogate). Rename it.");
        }
        try {
            return file.resolveSibling(name).equals(file) ? Optional.empty() : Optional.of(otherEncoding());
        } catch (InvalidPathException otherEncoding) {
            return Optional.of(otherEncoding());
        }
    }

    private static String otherEncoding() {
        return "its name is not in the encoding of this system (" + System.getProperty("sun.jnu.encoding")
                + "), so the file cannot be opened. Rename it, or start the program with LANG=C.UTF-8.";
    }

    /** Returns whether no drop was left behind. */
    synchronized boolean isEmpty() {
        held.keySet().removeIf(drop -> Files.notExists(drop, LinkOption.NOFOLLOW_LINKS));
        return held.isEmpty() && nameless.isEmpty();
    }

    private static Map<String, Object> look(Path drop) {
        try {
            return Files.readAttributes(drop, LOOK, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException gone) {
            return Map.of();
        }
    }
}
