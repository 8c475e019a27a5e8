package org.catalogdrop.page;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.catalogdrop.journal.DropEntry;
import org.catalogdrop.journal.DropLine;
import org.catalogdrop.model.Problem;
import org.catalogdrop.model.Status;
import org.catalogdrop.report.DisplayText;

/** Puts what the journal knows of a drop into words. Stateless. */
final class DropWords {

    private DropWords() {}

    /** Returns the rows by outcome, or why the drop was refused. */
    static String outcome(DropLine drop) {
        if (drop.state() == DropEntry.State.REFUSED) {
            return drop.problem().map(DropWords::problem).orElse("refused");
        }
        return counts(drop.counts());
    }

    static String problem(Problem problem) {
        return "refused: " + DisplayText.of(problem.message(), 1000);
    }

    static String counts(Map<Status, Long> counts) {
        return Arrays.stream(Status.values())
                .filter(status -> counts.getOrDefault(status, 0L) > 0)
                .map(status -> number(counts.get(status)) + " " + status.word().replace('_', ' '))
                .collect(Collectors.joining(", "));
    }

    static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    static String state(DropLine drop) {
        if (drop.abandoned()) {
            return "abandoned";
        }
        return switch (drop.state()) {
            case OPEN -> "unfinished";
            case PUBLISHING -> "its results are being written";
            case PUBLISHED -> "finished, still in the inbox";
            case DONE -> drop.inDoubt() > 0 ? "finished, rows in doubt" : "finished";
            case REFUSED -> "refused";
        };
    }

    /** Returns the class of its line in a list: good, warning or bad. */
    static String level(DropLine drop) {
        if (drop.state() == DropEntry.State.REFUSED) {
            return "bad";
        }
        boolean left = drop.inDoubt() > 0 || drop.counts().getOrDefault(Status.REJECTED, 0L) > 0 || drop.abandoned();
        return left || drop.state() != DropEntry.State.DONE ? "warning" : "good";
    }
}
