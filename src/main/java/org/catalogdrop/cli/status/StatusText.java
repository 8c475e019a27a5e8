package org.catalogdrop.cli.status;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.catalogdrop.cli.output.ProgressBar;
import org.catalogdrop.journal.DropLine;
import org.catalogdrop.journal.Ownership;
import org.catalogdrop.journal.store.JournalPlace;
import org.catalogdrop.load.ProgressFile;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.NormalizedName;
import org.catalogdrop.model.Plural;
import org.catalogdrop.model.Times;
import org.catalogdrop.resolve.RecordedSettings;
import org.catalogdrop.results.NextStep;
import org.catalogdrop.results.Refusal;

/** The lines of {@code status}. */
public final class StatusText {

    private static final int MOST_REFUSALS = 20;
    private static final int MOST_NOT_TAKEN = 20;

    private final StatusReport report;
    private final List<String> lines = new ArrayList<>();

    private StatusText(StatusReport report) {
        this.report = report;
    }

    public static List<String> of(StatusReport report) {
        StatusText text = new StatusText(report);
        text.report();
        return text.lines;
    }

    private void report() {
        if (report.drops().isEmpty()
                && report.refusals().isEmpty()
                && report.waiting().isEmpty()) {
            lines.add("No drop is known in " + report.folders().journal().display() + ".");
        }
        report.blocked().ifPresent(message -> lines.add("Blocked: " + message));
        report.journal().refusal().ifPresent(message -> lines.add("The journal is not used: " + message));
        report.inboxFault().ifPresent(lines::add);
        report.owner()
                .ifPresent(owner -> lines.add(
                        report.loading().map(note -> loading(owner, note)).orElse(idle(owner))));
        if (report.owner().isEmpty() && report.folders().journal() instanceof JournalPlace.Postgres) {
            lines.add("No process owns the journal now.");
        }
        if (!report.journal().standbys().isEmpty()) {
            lines.add("Standing by: " + String.join(", ", report.journal().standbys()) + ".");
        }
        report.drops().forEach(this::report);
        reportRefusals();
        lines.addAll(report.waiting());
        lines.addAll(report.handover().lines());
        reportNotTaken();
    }

    private String idle(Ownership.Owner owner) {
        if (report.journal().elsewhere()) {
            return "The owner of the journal is " + owner.name()
                    + ". 'status' on that machine shows how fast it loads.";
        }
        if (report.journal().gone()) {
            return "Nothing is loading now: the owner of the journal was " + owner.name()
                    + ", and that process is gone. Another machine that stands by takes the journal when its lease ends; so does"
                    + " the next start here, at once.";
        }
        return "Nothing is loading now: " + owner.name()
                + (report.folders().journal() instanceof JournalPlace.Postgres
                        ? " owns the journal."
                        : " uses the state folder.");
    }

    private void reportNotTaken() {
        List<StatusReport.NotTaken> files = report.notTaken();
        files.stream().limit(MOST_NOT_TAKEN).forEach(file -> {
            lines.add(NormalizedName.show(file.file().getFileName().toString()) + " " + file.why());
            lines.add("  " + file.next());
        });
        if (files.size() > MOST_NOT_TAKEN) {
            lines.add((files.size() - MOST_NOT_TAKEN) + " more in "
                    + report.folders().inbox() + " are not taken");
        }
    }

    private static String nextStep(Refusal refusal) {
        return Code.of(refusal.code())
                .map(code -> NextStep.of(code, refusal.file()))
                .orElse("");
    }

    /** Returns how far a load is. */
    static String loading(Ownership.Owner owner, ProgressFile.Note note) {
        String far = note.rows() < 0
                ? "the file is being checked"
                : note.done() + " of " + Plural.of(note.rows(), "row")
                        + (note.secondsLeft().isEmpty()
                                ? ""
                                : ", " + ProgressBar.rate(note.rate()) + ", "
                                        + ProgressBar.duration(
                                                note.secondsLeft().getAsLong()) + " left");
        return "Loading " + NormalizedName.show(note.drop()) + " ("
                + note.digest().substring(0, 8) + ") since " + Times.of(note.since()) + ": " + far + "; by "
                + owner.name() + " (as of " + Times.of(note.at()) + ").";
    }

    private void report(DropLine drop) {
        String counts = drop.counts().entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey().word())
                .collect(Collectors.joining(", "));
        lines.add(NormalizedName.show(drop.name()) + " (" + NamedDrops.digest8(drop) + ", entered "
                + Times.of(drop.entered()) + "): "
                + StatusReport.state(drop) + ", "
                + (drop.rows() < 0 ? "rows are not counted yet" : Plural.of(drop.rows(), "row"))
                + (counts.isEmpty() ? "" : ": " + counts)
                + "; for " + RecordedSettings.of(drop.settings()).target());
        lines.add("  " + report.next(drop));
    }

    /**
     * Reports refusals. A drop that was refused when it was opened is in no journal. For drops refused later, the place of the file is
     * shown here too.
     */
    private void reportRefusals() {
        List<Refusal> refusals = report.refusals();
        Path refused = report.folders().refused();
        if (Files.isDirectory(report.folders().inbox())
                && !Files.isDirectory(refused)
                && !report.drops().isEmpty()) {
            lines.add("There is no folder " + refused
                    + ", so drops that were refused when they were opened are missing here.");
        }
        if (refusals.isEmpty()) {
            return;
        }
        lines.add(
                "Refused drops, newest first. Fix a file and move it into the inbox, or delete it. Its .reason.txt can be deleted then:");
        refusals.stream().limit(MOST_REFUSALS).forEach(refusal -> {
            lines.add(NormalizedName.show(refusal.drop()) + " (refused " + Times.of(refusal.at()) + "): "
                    + refusal.code() + ": " + refusal.message() + nextStep(refusal));
            lines.add("  " + refusal.file()
                    + (Files.exists(refusal.file(), LinkOption.NOFOLLOW_LINKS) ? "" : " (no longer exists)"));
        });
        if (refusals.size() > MOST_REFUSALS) {
            lines.add((refusals.size() - MOST_REFUSALS) + " more in "
                    + report.folders().refused());
        }
    }
}
