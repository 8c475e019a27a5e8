package org.catalogdrop.plan;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.catalogdrop.model.Action;
import org.catalogdrop.model.Change;
import org.catalogdrop.model.NormalizedName;
import org.catalogdrop.model.Outcome;
import org.catalogdrop.model.PhysicalFormat;
import org.catalogdrop.model.Plan;
import org.catalogdrop.model.Plural;
import org.catalogdrop.model.Problem;
import org.catalogdrop.model.SafeText;
import org.catalogdrop.model.Table;

/** Writes a plan as lines of text for people. Stateless. */
public final class PlanText {

    /** The longest value that is shown in full. The files have longer ones too. */
    private static final int SHOWN = 60;

    private PlanText() {}

    /** Returns the charset and how it was detected, and the packing as the name says. */
    private static String readAs(PhysicalFormat shape) {
        return shape.charset().name() + " (by " + shape.charsetBy().word() + ")" + place(shape.table());
    }

    private static String place(Table table) {
        return (table.header() > 0 ? ", header in line " + table.header() : "")
                + (table.sheet().isEmpty() ? "" : ", sheet " + NormalizedName.show(table.sheet()))
                + (table.rows().isEmpty() ? "" : ", rows in " + NormalizedName.show(table.rows()))
                + table.escape().map(sign -> ", escape " + sign).orElse("");
    }

    /** Returns the name of the mapping without its digests, which distinguish its versions; {@code plan.json} has them. */
    private static String mapping(Plan plan) {
        return plan.mapping().replaceFirst("[@#][0-9a-f]{64}.*", "");
    }

    /** Whether the lines may name commands. */
    public enum Hints {
        COMMANDS,
        /** The reader has no command line at hand, as in the folder of an approval. */
        NONE
    }

    public static List<String> of(Plan plan, double rate, Optional<Path> folder, Hints hints) {
        List<String> lines = new ArrayList<>();
        lines.add(NormalizedName.show(plan.drop()) + ": " + Plural.of(plan.rows(), "row") + ", " + plan.format() + ", "
                + readAs(plan.shape()) + ", " + mapping(plan));
        if (!plan.begun().isEmpty()) {
            lines.add(
                    "The load of this drop has begun. The plan covers the rows that are left. Rows in doubt are looked up first; a load sends"
                            + " the rows again that were not applied.");
            lines.add(count("done", plan.begun().done()));
            lines.add(count("in doubt", plan.begun().inDoubt()));
        }
        for (Action action : Action.values()) {
            long rows = plan.byAction().getOrDefault(action, 0L);
            if (rows > 0) {
                lines.add(count(action.word(), rows));
            }
        }
        if (plan.rejects() > 0) {
            lines.add(count("reject", plan.rejects()));
        }
        if (plan.skipped() > 0) {
            lines.add(count("skip", plan.skipped()));
        }
        plan.refusals().forEach(refusal -> lines.add("load would refuse the drop: " + refusal));
        lines.add(count("requests", plan.requests()) + time(plan, rate) + ", plus requests that read");
        notes(plan, hints, lines);
        rejects(plan, folder, lines);
        changes(plan, folder, lines);
        folder.ifPresent(path -> lines.add("All changes and rejects are in " + path + "."));
        lines.add(
                "This is a plan: nothing was changed in the account. The API may reject more rows when they are loaded.");
        return lines;
    }

    private static String count(String what, long number) {
        return String.format(Locale.ROOT, "  %-9s%9d", what, number);
    }

    private static String time(Plan plan, double rate) {
        return rate == 0
                ? ", without a rate limit"
                : String.format(
                        Locale.ROOT,
                        ", at least %.1f s at %s a second",
                        plan.leastTime().toMillis() / 1000.0,
                        rate == Math.rint(rate) ? Long.toString((long) rate) : Double.toString(rate));
    }

    private static void notes(Plan plan, Hints hints, List<String> lines) {
        if (!plan.unknownColumns().isEmpty()) {
            lines.add("unknown columns, ignored: " + NormalizedName.show(String.join(", ", plan.unknownColumns())));
        }
        plan.remarks().forEach(remark -> lines.add(SafeText.of(remark) + "."));
        if (plan.keysUnread()) {
            lines.add(
                    "The list has not been read yet, so every key counts as new. Rows whose key is in the account would be updates,"
                            + " not adds."
                            + (hints == Hints.COMMANDS
                                    ? " To count them, run 'catalog-drop keys sync', then plan again."
                                    : ""));
        }
        if (plan.missing() > 0) {
            lines.add("elements that do not exist: " + plan.missing() + " of those read"
                    + " (their updates and deletes would be rejected: not_found)");
        }
        if (plan.again() > 0) {
            lines.add("elements that no longer exist: " + plan.again() + " of those read"
                    + " (their rows would be added again)");
        }
        if (plan.lacks().elements() > 0) {
            lines.add(plan.lacks().elements() + " of " + Plural.of(plan.lacks().known(), "element")
                    + " of earlier loads " + (plan.lacks().elements() == 1 ? "is" : "are")
                    + " missing from the drop, and would be deleted at its end (missing: delete)");
        }
        if (!plan.lacks().kept().isEmpty()) {
            lines.add("no missing elements would be deleted: " + plan.lacks().kept());
        }
        if (plan.unchanged() > 0) {
            lines.add("rows that would change nothing: " + plan.unchanged() + ", as far as their elements are known");
        }
        if (!plan.undo().isEmpty()) {
            lines.add(plan.undo().words());
        }
        plan.loadedBefore()
                .ifPresent(before -> lines.add("The same bytes were loaded before, with results in " + before
                        + ": a load refuses them"
                        + (hints == Hints.COMMANDS ? " without --again." : " unless drop.repeat=allow is set.")));
    }

    private static void rejects(Plan plan, Optional<Path> folder, List<String> lines) {
        if (plan.firstRejects().isEmpty()) {
            return;
        }
        lines.add("rejects" + first(plan.firstRejects().size(), plan.rejects(), folder) + ":");
        for (Outcome reject : plan.firstRejects()) {
            Problem problem = reject.problem().orElseThrow();
            lines.add("  row " + reject.row().number() + " (line "
                    + reject.row().line() + ") " + problem.code().word() + ": " + problem.message());
        }
    }

    private static void changes(Plan plan, Optional<Path> folder, List<String> lines) {
        if (plan.firstChanges().isEmpty()) {
            return;
        }
        long shown =
                plan.firstChanges().stream().mapToLong(Change::row).distinct().count();
        boolean isAll = shown
                == plan.byAction().values().stream().mapToLong(Long::longValue).sum();
        String first = folder.isEmpty() ? " (the first rows; all of them with --output FOLDER)" : " (the first rows)";
        lines.add("changes" + (isAll ? "" : first) + ":");
        List<Change> row = new ArrayList<>();
        for (Change change : plan.firstChanges()) {
            if (!row.isEmpty() && row.get(0).row() != change.row()) {
                lines.add(line(row));
                row.clear();
            }
            row.add(change);
        }
        lines.add(line(row));
    }

    /** Returns the line for the changes of one row. */
    private static String line(List<Change> row) {
        Change first = row.get(0);
        String what =
                row.stream().map(PlanText::what).filter(text -> !text.isEmpty()).collect(Collectors.joining("; "));
        return "  row " + first.row() + who(first)
                + switch (first.action()) {
                    case ADD -> " is added" + (what.isEmpty() ? "" : ": " + what);
                    case UPDATE -> ": " + what;
                    case DELETE -> " is deleted";
                };
    }

    /** Returns the element's key, or else its id, and its name. */
    private static String who(Change change) {
        String by =
                !change.key().isEmpty() ? " " + cut(change.key()) : change.id() == 0 ? "" : " element " + change.id();
        return by + (change.name().isEmpty() ? "" : " \"" + cut(change.name()) + '"');
    }

    private static String what(Change change) {
        String field = change.fieldName().isEmpty() ? change.field() : cut(change.fieldName());
        return switch (change.action()) {
            case ADD -> change.field().equals("name") ? "" : field + " " + value(change.after());
            case UPDATE -> field + " " + value(change.before()) + " → " + value(change.after());
            case DELETE -> "";
        };
    }

    private static String first(int shown, long all, Optional<Path> folder) {
        if (shown == all) {
            return "";
        }
        return " (the first " + shown + " of " + all + (folder.isEmpty() ? "; all of them with --output FOLDER)" : ")");
    }

    /** Returns a value, in quotes if it could be misread without them. */
    private static String value(String text) {
        String shown = cut(text);
        boolean plain = !shown.isEmpty() && shown.equals(shown.strip()) && !shown.matches(".*[\";:→].*");
        return plain ? shown : '"' + shown + '"';
    }

    private static String cut(String text) {
        String line = SafeText.of(text.replaceAll("\\p{Cntrl}+", " "));
        return line.length() > SHOWN ? line.substring(0, SHOWN) + "…" : line;
    }
}
