package org.catalogdrop.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.catalogdrop.input.DropInspector;
import org.catalogdrop.journal.DropEntry.State;
import org.catalogdrop.journal.DropLine;
import org.catalogdrop.model.Drop;
import org.catalogdrop.model.Plural;
import org.catalogdrop.model.Status;
import org.catalogdrop.model.Times;
import org.catalogdrop.resolve.RecordedSettings;
import org.catalogdrop.results.NextStep;

/**
 * A drop whose load began and has not ended. Other bytes in its place are a drop of their own: a new export must load, but it must be
 * reported that the first one is left as it is.
 */
public record UnfinishedDrop(DropLine drop) {

    /** Returns the unfinished drops that a drop replaces, if rows of them may be in the account. */
    static List<UnfinishedDrop> before(Drop later, RecordedSettings account, List<DropLine> drops) {
        return drops.stream()
                .filter(UnfinishedDrop::isOpen)
                .filter(one -> account.isSameAccount(RecordedSettings.of(one.settings())))
                .filter(one -> one.name().equals(later.name()) && !one.digest().equals(later.digest()))
                .map(UnfinishedDrop::new)
                .filter(one -> !one.applied().isEmpty())
                .toList();
    }

    private static boolean isOpen(DropLine drop) {
        return drop.state() == State.OPEN || drop.state() == State.PUBLISHING;
    }

    /** Returns the log message when another drop takes its place. */
    String warning() {
        return "another drop of this name, with other bytes (SHA-256 " + digest8() + "…, entered "
                + Times.of(drop.entered())
                + "), is unfinished: " + applied()
                + ", and its results are not written yet. This file is loaded as another drop: rows"
                + " that add elements and are in both files are added twice; rows with a key find their elements. To finish the first drop, put its file"
                + " back under any name. To undo it, finish it and then drop the undo.csv of its results.";
    }

    /**
     * Returns its state and what resumes it, for {@code status}.
     *
     * @param now the current account and default list, if they are set
     */
    public String next(Path inbox, Optional<RecordedSettings> now) {
        RecordedSettings begun = RecordedSettings.of(drop.settings());
        if (now.isPresent() && !goesOn(begun, now.get()) && !applied().isEmpty()) {
            return "It was begun for " + begun.target() + ". kommo.base-url and kommo.catalog-id now name "
                    + now.get().target()
                    + ". Restore these settings and run again to resume it." + NextStep.forget(digest8(), true);
        }
        String doubt = drop.inDoubt() > 0
                ? Plural.of(drop.inDoubt(), "row may have been applied and is", "rows may have been applied and are")
                        + " looked up when the load resumes. "
                : "";
        return doubt + whereabouts(inbox.resolve(drop.name()));
    }

    /** Returns whether the current settings can resume it. A mapping file may name the list itself. */
    private static boolean goesOn(RecordedSettings begun, RecordedSettings now) {
        return begun.mapping().isEmpty() ? now.isSameTarget(begun) : now.isSameAccount(begun);
    }

    private String whereabouts(Path place) {
        String goesOn = "the next run resumes it if the file (SHA-256 " + digest8()
                + "…) is put there under any name, or loaded by name."
                + NextStep.forget(digest8(), !applied().isEmpty());
        if (!Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
            return "No file of this name is in the inbox; " + goesOn;
        }
        try {
            return DropInspector.digest(place).equals(drop.digest())
                    ? "The next run resumes it."
                    : "The file of this name in the inbox has other bytes, so it is another drop; " + goesOn;
        } catch (IOException unreadable) {
            return "The next run resumes it if the unreadable file of this name in the inbox is the original one.";
        }
    }

    /** Returns what the account has of it, as a text; empty if that is nothing. */
    private String applied() {
        long changed = Stream.of(Status.CREATED, Status.UPDATED, Status.DELETED)
                .mapToLong(status -> drop.counts().getOrDefault(status, 0L))
                .sum();
        return Stream.of(
                        changed == 0 ? "" : Plural.of(changed, "row was applied", "rows were applied"),
                        drop.inDoubt() == 0 ? "" : Plural.of(drop.inDoubt(), "row") + " may have been applied")
                .filter(words -> !words.isEmpty())
                .collect(Collectors.joining(", "));
    }

    private String digest8() {
        return drop.digest().substring(0, 8);
    }
}
