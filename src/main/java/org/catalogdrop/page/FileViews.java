package org.catalogdrop.page;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.catalogdrop.model.Change;
import org.catalogdrop.model.Plan;
import org.catalogdrop.page.FileView.Before;
import org.catalogdrop.page.FileView.Cause;
import org.catalogdrop.page.FileView.Fact;
import org.catalogdrop.page.FileView.Planned;
import org.catalogdrop.page.http.ShownText;
import org.catalogdrop.page.upload.StoredUpload;
import org.catalogdrop.preview.FileLook;

/** Puts what is known of a file into words. Stateless. */
final class FileViews {

    private static final int MOST_COLUMNS = 100;
    private static final int MOST_CAUSES = 20;

    private FileViews() {}

    static FileView of(StoredUpload upload, Examination known, boolean waits) {
        Optional<FileLook> look = known.look();
        List<String> columns = look.map(FileLook::columns).orElse(List.of());
        return new FileView(
                upload.id(),
                ShownText.of(upload.name()),
                waits,
                !known.ended(),
                facts(upload, known),
                ShownText.of(columns.stream().limit(MOST_COLUMNS).toList()),
                look.map(FileLook::first).orElse(List.of()).stream()
                        .map(row ->
                                ShownText.of(row.stream().limit(MOST_COLUMNS).toList()))
                        .toList(),
                look.flatMap(FileLook::problem)
                        .map(problem -> problem.code().word() + ": " + problem.message())
                        .or(known::fault)
                        .orElse(""),
                look.filter(FileLook::needsMapping).isPresent(),
                look.flatMap(FileLook::mapping).isPresent(),
                !columns.isEmpty(),
                planned(known));
    }

    private static List<Fact> facts(StoredUpload upload, Examination known) {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("Size", ShownText.size(upload.size())));
        known.look().ifPresent(look -> {
            look.format().forEach(one -> facts.add(new Fact(one.name(), ShownText.of(one.value()))));
            facts.add(new Fact("Columns", Integer.toString(look.columns().size())));
            facts.add(new Fact(
                    "Mapping file",
                    look.mapping()
                            .map(ShownText::of)
                            .orElse("none fits its name; it is read by the standard columns")));
            if (!look.unread().isEmpty()) {
                facts.add(new Fact(
                        "Columns that are not read",
                        ShownText.of(String.join(
                                ", ", look.unread().stream().limit(MOST_COLUMNS).toList()))));
            }
        });
        return facts;
    }

    private static Planned planned(Examination known) {
        if (known.plan().isPresent()) {
            return planned(known.plan().get());
        }
        boolean isWaiting = !known.ended() && known.look().isPresent();
        return isWaiting ? new Planned("waiting", List.of(), List.of(), List.of(), List.of(), List.of()) : Planned.NONE;
    }

    private static Planned planned(Plan plan) {
        List<Fact> counts = new ArrayList<>();
        add(counts, "rows", plan.rows());
        plan.byAction().forEach((action, count) -> add(counts, "to " + action.word(), count));
        add(counts, "to be rejected", plan.rejects());
        add(counts, "skipped", plan.skipped());
        add(counts, "unchanged, of those looked at", plan.unchanged());
        add(counts, "without their element, of those looked at", plan.missing());
        add(
                counts,
                "elements missing from the file, to be deleted",
                plan.lacks().elements());
        add(counts, "sent by an earlier load", plan.begun().done());
        add(counts, "in doubt from an earlier load", plan.begun().inDoubt());
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("Requests at least", number(plan.requests())));
        facts.add(new Fact("Least time", time(plan.leastTime())));
        facts.add(new Fact("Undo", ShownText.of(plan.undo().words().replaceFirst("^undo: ", ""))));
        if (plan.keysUnread()) {
            facts.add(new Fact(
                    "Keys", "The list was never read, so all keys count as new here. The load reads the list first."));
        }
        plan.loadedBefore()
                .ifPresent(folder ->
                        facts.add(new Fact("Loaded before", "The same bytes were loaded: " + ShownText.of(folder))));
        plan.remarks().forEach(remark -> facts.add(new Fact("Note", ShownText.of(remark))));
        return new Planned(
                "made",
                ShownText.of(plan.refusals()),
                counts,
                facts,
                plan.causes().stream().limit(MOST_CAUSES).map(FileViews::cause).toList(),
                plan.firstChanges().stream()
                        .filter(change -> !change.field().isEmpty())
                        .map(FileViews::before)
                        .toList());
    }

    private static void add(List<Fact> counts, String what, long count) {
        if (count > 0 || what.equals("rows")) {
            counts.add(new Fact(what, number(count)));
        }
    }

    private static Cause cause(Plan.Cause cause) {
        return new Cause(number(cause.count()), cause.code().word(), ShownText.of(cause.column()), cause.message());
    }

    private static Before before(Change change) {
        String element = (change.id() == 0 ? "new" : Long.toString(change.id())) + " " + ShownText.of(change.name());
        return new Before(
                change.row(),
                element,
                ShownText.of(change.fieldName().isEmpty() ? change.field() : change.fieldName()),
                ShownText.of(change.before()),
                ShownText.of(change.after()));
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String time(Duration time) {
        long seconds = time.toSeconds();
        return seconds < 1
                ? "less than a second"
                : seconds < 120 ? seconds + " s" : seconds < 7200 ? seconds / 60 + " min" : seconds / 3600 + " h";
    }
}
