package org.catalogdrop.cli.status;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.catalogdrop.journal.DropHalt;
import org.catalogdrop.journal.DropLine;
import org.catalogdrop.journal.Ownership;
import org.catalogdrop.load.ProgressFile;
import org.catalogdrop.model.Problem;
import org.catalogdrop.model.Status;
import org.catalogdrop.resolve.RecordedSettings;
import org.catalogdrop.results.Refusal;

/** Writes the text of {@code status --json}: always every key, with {@code null} if there is no value. */
public final class StatusJson {

    private StatusJson() {}

    public static Map<String, Object> of(StatusReport report) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("state", report.folders().state().toString());
        json.put("owner", report.owner().map(StatusJson::owner).orElse(null));
        json.put("standing_by", report.journal().standbys());
        json.put("journal_fault", report.journal().refusal().orElse(null));
        json.put("loading", report.loading().map(StatusJson::loading).orElse(null));
        json.put("blocked", report.blocked().orElse(null));
        Map<String, Object> inbox = new LinkedHashMap<>();
        inbox.put("folder", report.folders().inbox().toString());
        inbox.put("fault", report.inboxFault().orElse(null));
        json.put("inbox", inbox);
        json.put(
                "drops", report.drops().stream().map(drop -> drop(report, drop)).toList());
        json.put("refused", report.refusals().stream().map(StatusJson::refusal).toList());
        json.put("waiting", report.waiting());
        json.put("handed_over", report.handover().json());
        json.put(
                "not_taken",
                report.notTaken().stream()
                        .map(file -> Map.of("file", file.file().toString(), "why", file.why() + " " + file.next()))
                        .toList());
        return json;
    }

    private static Map<String, Object> owner(Ownership.Owner owner) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("process", owner.process().isPresent() ? owner.process().getAsLong() : null);
        json.put("host", owner.host());
        json.put("since", text(owner.since()));
        return json;
    }

    private static Map<String, Object> loading(ProgressFile.Note note) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("drop", note.drop());
        json.put("digest", note.digest());
        json.put("since", note.since().toString());
        json.put("rows_done", note.done());
        json.put("rows", note.rows() < 0 ? null : note.rows());
        json.put("rows_per_second", Math.round(note.rate() * 10) / 10.0);
        json.put(
                "seconds_left",
                note.secondsLeft().isPresent() ? note.secondsLeft().getAsLong() : null);
        json.put("as_of", note.at().toString());
        return json;
    }

    private static Map<String, Object> drop(StatusReport report, DropLine drop) {
        RecordedSettings recorded = RecordedSettings.of(drop.settings());
        Map<String, Object> outcomes = new LinkedHashMap<>();
        for (Status status : Status.values()) {
            outcomes.put(status.word(), drop.counts().getOrDefault(status, 0L));
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("drop", drop.name());
        json.put("digest", drop.digest());
        json.put("state", StatusReport.state(drop));
        json.put("loading", report.isLoading(drop));
        json.put("account", recorded.account().orElse(null));
        json.put(
                "catalog_id",
                recorded.catalog().isPresent() ? recorded.catalog().getAsLong() : null);
        json.put("rows", drop.rows() < 0 ? null : drop.rows());
        json.put("outcomes", outcomes);
        json.put("in_doubt", drop.inDoubt());
        json.put("entered", drop.entered().toString());
        json.put("finished", text(drop.finished()));
        json.put("folder", drop.folder());
        json.put("file", drop.place().orElse(null));
        json.put("refusal", drop.problem().map(StatusJson::problem).orElse(null));
        json.put("halt", report.halt(drop).map(StatusJson::halt).orElse(null));
        json.put("next", report.next(drop));
        return json;
    }

    private static Map<String, Object> refusal(Refusal refusal) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("drop", refusal.drop());
        json.put("code", refusal.code());
        json.put("message", refusal.message());
        json.put("file", refusal.file().toString());
        json.put("at", refusal.at().toString());
        return json;
    }

    private static Map<String, Object> halt(DropHalt halt) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("code", halt.code());
        json.put("message", halt.message());
        json.put("at", halt.at().toString());
        return json;
    }

    private static Map<String, Object> problem(Problem problem) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("code", problem.code().word());
        json.put("message", problem.message());
        return json;
    }

    private static String text(Optional<Instant> time) {
        return time.map(Instant::toString).orElse(null);
    }
}
