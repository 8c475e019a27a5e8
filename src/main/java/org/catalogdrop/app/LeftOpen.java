package org.catalogdrop.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.catalogdrop.intake.Drops;
import org.catalogdrop.journal.DropLine;
import org.catalogdrop.journal.Entry.State;
import org.catalogdrop.model.Amount;
import org.catalogdrop.model.Drop;
import org.catalogdrop.model.Status;
import org.catalogdrop.model.Times;

/**
 * A drop whose load began and has not come to its end. Other bytes in its place are a drop of their own: an export that is made anew must
 * go on, but that the first one is left as it is must not go unsaid.
 */
record LeftOpen(DropLine drop) {

    /** Those whose place a drop takes, as far as rows of them may be in the account. */
    static List<LeftOpen> before(Drop later, Recorded account, List<DropLine> drops) {
        return drops.stream()
                .filter(LeftOpen::isOpen)
                .filter(one -> account.isSameAccount(Recorded.of(one.settings())))
                .filter(one -> one.name().equals(later.name()) && !one.digest().equals(later.digest()))
                .map(LeftOpen::new)
                .filter(one -> !one.applied().isEmpty())
                .toList();
    }

    private static boolean isOpen(DropLine drop) {
        return drop.state() == State.OPEN || drop.state() == State.PUBLISHING;
    }

    /** For the log, when another drop takes its place. */
    String warning() {
        return "another drop of this name, with other bytes (SHA-256 " + digest8() + "…, entered "
                + Times.of(drop.entered())
                + "), has not come to its end: " + applied()
                + ", and its results are not written. This file is loaded as a drop of its"
                + " own: rows that add and stand in both are added twice; rows by key are known again. To end the first one, put its"
                + " file back under any name; to take it back, do that and then drop the undo.csv of its results; or leave it so.";
    }

    /** For {@code status}: how it stands and what goes on with it. */
    String next(Path inbox) {
        String doubt = drop.inDoubt() > 0
                ? Amount.of(drop.inDoubt(), "row may have been applied and is", "rows may have been applied and are")
                        + " looked up when it goes on. "
                : "";
        return doubt + whereabouts(inbox.resolve(drop.name()));
    }

    private String whereabouts(Path place) {
        String goesOn = "the next run goes on with it if the file (SHA-256 " + digest8()
                + "…) is put there, under any name, or given to load." + NextStep.forget(digest8());
        if (!Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
            return "Its file is not in the inbox by this name; " + goesOn;
        }
        try {
            return Drops.digest(place).equals(drop.digest())
                    ? "The next run goes on with it."
                    : "Its file is not in the inbox: that of this name has other bytes and is a drop of its own; "
                            + goesOn;
        } catch (IOException unreadable) {
            return "The next run goes on with it, if the file of this name in the inbox, which cannot be read, is its.";
        }
    }

    /** What the account has of it, in words; empty if that is nothing. */
    private String applied() {
        long changed = Stream.of(Status.CREATED, Status.UPDATED, Status.DELETED)
                .mapToLong(status -> drop.counts().getOrDefault(status, 0L))
                .sum();
        return Stream.of(
                        changed == 0 ? "" : Amount.of(changed, "row of it was applied", "rows of it were applied"),
                        drop.inDoubt() == 0 ? "" : Amount.of(drop.inDoubt(), "row") + " may have been applied")
                .filter(words -> !words.isEmpty())
                .collect(Collectors.joining(", "));
    }

    private String digest8() {
        return drop.digest().substring(0, 8);
    }
}
