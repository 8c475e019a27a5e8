package org.catalogdrop.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.function.Supplier;
import org.catalogdrop.model.Action;
import org.catalogdrop.model.PhysicalFormat;
import org.catalogdrop.model.Plan;
import org.catalogdrop.model.Plural;
import org.catalogdrop.model.Problem;
import org.catalogdrop.model.Status;
import org.catalogdrop.model.Summary;
import org.catalogdrop.report.Report.Level;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the report of a load, a plan or a refused drop. */
public final class Reports {

    private static final Logger LOG = LoggerFactory.getLogger(Reports.class);

    private static final int MOST_COLUMNS = 30;

    private Reports() {}

    /**
     * Returns the report of a load whose rows all have their outcome.
     *
     * @param groups the rows that were not accepted
     * @param samples some changed values
     * @param course how the load went
     * @param rejects the name of the rejects file; empty if there is none
     * @param hasUndo whether there is an {@code undo.csv}
     */
    public static Report ofLoad(
            Summary summary,
            ProblemGroups groups,
            ChangeSamples samples,
            Course course,
            Optional<String> rejects,
            boolean hasUndo) {
        long rejected = summary.count(Status.REJECTED);
        long doubtful = summary.count(Status.IN_DOUBT);
        return new Report(
                DisplayText.of(summary.drop()),
                rejected + doubtful == 0 ? Level.GOOD : Level.WARNING,
                verdict(summary),
                summary.rows(),
                segments(byStatus(summary), summary.rows()),
                facts(summary),
                groups.groups(),
                groups.others(),
                samples.changes(),
                Chart.of(course),
                Chart.length(course),
                files(rejects, hasUndo),
                steps(summary, rejects, hasUndo));
    }

    private static String verdict(Summary summary) {
        long rejected = summary.count(Status.REJECTED);
        long doubtful = summary.count(Status.IN_DOUBT);
        if (summary.rows() == 0) {
            return "The file has no rows. Nothing was changed.";
        }
        if (rejected + doubtful == 0) {
            return summary.rows() == 1 ? "The row is settled." : format("All %,d rows are settled.", summary.rows());
        }
        StringJoiner open = new StringJoiner(" ");
        if (rejected > 0) {
            open.add(format(
                    "%,d of %,d %s rejected and not loaded.",
                    rejected,
                    summary.rows(),
                    summary.rows() == 1 ? "row was" : rejected == 1 ? "rows was" : "rows were"));
        }
        if (doubtful > 0) {
            open.add(format(
                    "%,d %s in doubt: the account may or may not have %s.",
                    doubtful, doubtful == 1 ? "row is" : "rows are", doubtful == 1 ? "it" : "them"));
        }
        return open.toString();
    }

    private static Map<String, Long> byStatus(Summary summary) {
        Map<String, Long> counts = new LinkedHashMap<>();
        for (Status status : Status.values()) {
            counts.put(status.word(), summary.count(status));
        }
        return counts;
    }

    private static List<Segment> segments(Map<String, Long> counts, long rows) {
        List<Segment> segments = new ArrayList<>();
        double from = 0;
        for (Map.Entry<String, Long> part : counts.entrySet()) {
            if (part.getValue() > 0) {
                double width = rows == 0 ? 0 : part.getValue() * 1000.0 / rows;
                segments.add(new Segment(part.getKey(), part.getValue(), from, width));
                from += width;
            }
        }
        return segments;
    }

    private static List<Fact> facts(Summary summary) {
        List<Fact> facts = new ArrayList<>();
        addSource(facts, summary.drop(), summary.digest(), summary.format(), summary.shape());
        facts.add(new Fact("Mapping", mapping(summary.mapping())));
        if (!summary.target().account().isEmpty()) {
            facts.add(new Fact("Account", summary.target().account()));
        }
        summary.target().catalog().ifPresent(list -> facts.add(new Fact("List", Long.toString(list))));
        addUnknown(facts, summary.unknownColumns());
        facts.add(new Fact("Began", DisplayText.of(summary.started())));
        facts.add(new Fact(
                "Ended",
                DisplayText.of(summary.finished()) + ", after " + time(summary.started(), summary.finished())));
        facts.add(new Fact(
                "Requests",
                format(
                        "%,d, of which %,d repeated one; %,d that only read",
                        summary.requests(), summary.retries(), summary.reads())));
        if (summary.missing().known() > 0) {
            facts.add(new Fact(
                    "Missing from the file",
                    summary.missing().kept().isEmpty()
                            ? Plural.of(summary.missing().elements(), "element") + " of "
                                    + summary.missing().known()
                            : summary.missing().kept()));
        }
        if (!summary.undo().isEmpty()) {
            facts.add(new Fact("Undo", summary.undo().amounts().replaceFirst("^undo: ", "")));
        }
        return facts;
    }

    private static void addSource(
            List<Fact> facts, String drop, String digest, String format, Optional<PhysicalFormat> shape) {
        facts.add(new Fact("File", drop));
        if (!digest.isEmpty()) {
            facts.add(new Fact("SHA-256", digest));
        }
        if (!format.isEmpty()) {
            facts.add(new Fact("Format", format));
        }
        shape.ifPresent(form -> addForm(facts, format, form));
    }

    private static void addForm(List<Fact> facts, String format, PhysicalFormat form) {
        facts.add(new Fact("Packed in", form.packing().word()));
        if (!form.table().sheet().isEmpty()) {
            facts.add(new Fact("Sheet", form.table().sheet()));
        } else {
            facts.add(new Fact(
                    "Charset",
                    form.charset().name() + ", known by " + form.charsetBy().word()));
        }
        if (format.startsWith("csv")) {
            facts.add(new Fact(
                    "Delimiter",
                    name(form.delimiter()) + ", known by " + form.delimiterBy().word()));
        }
        if (form.table().header() > 0) {
            facts.add(new Fact("Header in row", Integer.toString(form.table().header())));
        }
    }

    private static String name(char delimiter) {
        return switch (delimiter) {
            case ',' -> "comma";
            case ';' -> "semicolon";
            case '\t' -> "tab";
            default -> String.valueOf(delimiter);
        };
    }

    private static String mapping(String name) {
        // Without the digests, which tell versions of it apart.
        return name.isEmpty() ? "standard columns" : name.replaceFirst("[@#][0-9a-f]{64}.*", "");
    }

    private static void addUnknown(List<Fact> facts, List<String> columns) {
        if (!columns.isEmpty()) {
            StringJoiner names = new StringJoiner(", ");
            columns.stream().limit(MOST_COLUMNS).forEach(name -> names.add(DisplayText.of(name, 40)));
            facts.add(new Fact("Columns not read", names + (columns.size() > MOST_COLUMNS ? " and others" : "")));
        }
    }

    private static String time(Instant started, Instant finished) {
        Duration took = Duration.between(started, finished);
        return took.toMinutes() < 2
                ? format("%.1f s", Math.max(0, took.toMillis()) / 1000.0)
                : format("%d min %d s", took.toMinutes(), took.toSecondsPart());
    }

    private static List<ResultFile> files(Optional<String> rejects, boolean hasUndo) {
        List<ResultFile> files = new ArrayList<>();
        files.add(new ResultFile("results.csv", "one line for each row, with its outcome and id"));
        rejects.ifPresent(name -> files.add(new ResultFile(name, "the rejected rows as they were, with the cause")));
        files.add(new ResultFile("mapping.json", "request_id and element id of every accepted row"));
        if (hasUndo) {
            files.add(new ResultFile("undo.csv", "a file that takes this load back"));
        }
        files.add(new ResultFile("summary.json", "this report as figures, for programs"));
        return files;
    }

    private static List<String> steps(Summary summary, Optional<String> rejects, boolean hasUndo) {
        List<String> steps = new ArrayList<>();
        rejects.ifPresent(name -> steps.add("Correct the cells in " + name
                + " and put that file into the inbox. Do not load the whole original again."));
        if (summary.count(Status.IN_DOUBT) > 0) {
            steps.add(
                    "Look at the elements that results.csv names for the rows in doubt. Then let the loader look them up again:"
                            + " catalog-drop load --settle FILE, with the file from the archive.");
        }
        if (hasUndo) {
            steps.add(
                    "If the load was a mistake, take it back: catalog-drop undo FOLDER, with the folder of this report."
                            + " To see first what that would do: catalog-drop plan FOLDER/undo.csv.");
        }
        if (steps.isEmpty()) {
            steps.add("Nothing needs to be done.");
        }
        return steps;
    }

    /**
     * Returns the report of a drop that was refused as a whole.
     *
     * @param name its name in the folder of refused drops
     * @param drop the name it was dropped under
     * @param next what to do next
     * @param reason the file beside it that says the same as text
     */
    public static Report ofRefusal(String name, String drop, Problem problem, String next, String reason) {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("File", name));
        facts.add(new Fact("Code", problem.code().word()));
        if (!problem.column().isEmpty()) {
            facts.add(new Fact("Column", problem.column()));
        }
        facts.add(new Fact("Reason", problem.message()));
        List<String> steps = new ArrayList<>();
        String cure = Cures.of(problem.code());
        if (!cure.isEmpty()) {
            steps.add(cure);
        }
        steps.add(DisplayText.of(next, 600));
        return new Report(
                DisplayText.of(drop),
                Level.BAD,
                "The file was refused as a whole.",
                0,
                List.of(),
                facts,
                List.of(),
                0,
                List.of(),
                List.of(),
                "",
                List.of(new ResultFile(reason, "the same as text")),
                steps);
    }

    /** Returns the report of a plan. */
    public static Report ofPlan(Plan plan, ProblemGroups groups, Optional<String> rejects) {
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("add", plan.byAction().getOrDefault(Action.ADD, 0L));
        counts.put("update", plan.byAction().getOrDefault(Action.UPDATE, 0L));
        counts.put("delete", plan.byAction().getOrDefault(Action.DELETE, 0L));
        counts.put("skipped", plan.skipped());
        counts.put("rejected", plan.rejects());
        long planned = counts.values().stream().mapToLong(Long::longValue).sum();
        counts.put("nothing to send", Math.max(0, plan.rows() - planned));
        long rows = Math.max(plan.rows(), planned);
        List<ResultFile> files = new ArrayList<>();
        files.add(new ResultFile("changes.csv", "every change: field, before, after"));
        rejects.ifPresent(name -> files.add(new ResultFile(name, "the rows that would be rejected")));
        files.add(new ResultFile("plan.txt", "the plan as text"));
        files.add(new ResultFile("plan.json", "the plan for programs"));
        return new Report(
                DisplayText.of(plan.drop()),
                plan.refusals().isEmpty() ? (plan.rejects() > 0 ? Level.WARNING : Level.GOOD) : Level.BAD,
                verdict(plan),
                rows,
                segments(counts, rows),
                facts(plan),
                groups.groups(),
                groups.others(),
                plan.firstChanges().stream().limit(20).map(ChangeSamples::shown).toList(),
                List.of(),
                "",
                files,
                steps(plan, rejects));
    }

    private static String verdict(Plan plan) {
        if (!plan.refusals().isEmpty()) {
            return "This is a plan: nothing was sent. A load would refuse the whole file.";
        }
        return "This is a plan: nothing was sent. "
                + (plan.rejects() == 0
                        ? "A load would send every row that needs it."
                        : format("A load would reject %,d of %,d rows.", plan.rejects(), plan.rows()));
    }

    private static List<Fact> facts(Plan plan) {
        List<Fact> facts = new ArrayList<>();
        addSource(facts, plan.drop(), plan.digest(), plan.format(), Optional.of(plan.shape()));
        facts.add(new Fact("Mapping", mapping(plan.mapping())));
        addUnknown(facts, plan.unknownColumns());
        facts.add(new Fact("Requests", format("at least %,d", plan.requests())));
        facts.add(new Fact("Time", format("at least %.1f s", plan.leastTime().toMillis() / 1000.0)));
        plan.loadedBefore().ifPresent(folder -> facts.add(new Fact("Loaded before", folder)));
        if (!plan.undo().isEmpty()) {
            facts.add(new Fact("Undo", plan.undo().amounts().replaceFirst("^undo: ", "")));
        }
        plan.remarks().forEach(remark -> facts.add(new Fact("Remark", remark)));
        plan.refusals().forEach(refusal -> facts.add(new Fact("Would be refused", refusal)));
        return facts;
    }

    private static List<String> steps(Plan plan, Optional<String> rejects) {
        List<String> steps = new ArrayList<>();
        if (!plan.refusals().isEmpty()) {
            steps.add("Correct what refuses the file, and plan again.");
        }
        rejects.ifPresent(name -> steps.add("Correct the rows of " + name + " in the file before it is loaded."));
        if (plan.refusals().isEmpty()) {
            steps.add("If the changes are right, put the file into the inbox.");
        }
        return steps;
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }

    /**
     * Returns a report as one HTML page, to be written in UTF-8, that needs nothing else: no script, no request, its style inside.
     */
    public static String page(Report report) {
        return Pages.draw("report.jte", Map.of("report", report, "style", Pages.STYLE));
    }

    /**
     * Returns the page of a report. A fault while it is made is logged and changes nothing else.
     *
     * @param drop the name of the drop
     * @param report makes the report
     * @return the page; empty if it cannot be made
     */
    public static Optional<String> pageIfPossible(String drop, Supplier<Report> report) {
        try {
            return Optional.of(page(report.get()));
        } catch (RuntimeException fault) {
            LOG.warn("{}: the report cannot be drawn. All else is complete.", DisplayText.of(drop), fault);
            return Optional.empty();
        }
    }
}
