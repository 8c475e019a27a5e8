package org.catalogdrop.results;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.catalogdrop.model.Action;
import org.catalogdrop.model.Change;
import org.catalogdrop.model.Drop;
import org.catalogdrop.model.Outcome;
import org.catalogdrop.model.Plan;
import org.catalogdrop.report.OutboxIndex;
import org.catalogdrop.report.ProblemGroups;
import org.catalogdrop.report.Reports;
import org.catalogdrop.results.file.Csv;
import org.catalogdrop.results.file.CsvForm;
import org.catalogdrop.results.file.Disk;
import org.catalogdrop.results.file.FileNames;
import org.catalogdrop.results.file.SafeCell;
import org.catalogdrop.results.file.Utf8File;
import org.catalogdrop.results.reject.RejectFile;

/**
 * Writes a plan as files: {@code changes.csv}, {@code rejects.EXT} if there are any, {@code plan.json}, {@code plan.txt}. The folder
 * appears complete. Used by one thread.
 */
public final class PlanFiles implements Closeable {

    private static final String HEADER = "row,line,action,id,field,before,after,key,name,field_name,undo";

    private final Path target;
    private final Path part;
    private final Utf8File changes;
    private final Csv csv;
    private final RejectFile rejects;
    private final ProblemGroups groups = new ProblemGroups();

    private PlanFiles(Path target, Path part, Utf8File changes, Csv csv, RejectFile rejects) {
        this.csv = csv;
        this.target = target;
        this.part = part;
        this.changes = changes;
        this.rejects = rejects;
    }

    /**
     * Begins a plan under a hidden name beside its folder.
     *
     * @param target the folder that will have it; its parent is made if necessary
     * @param mapping as for {@link Results#begin}
     * @param form how {@code changes.csv} is written
     * @throws org.catalogdrop.model.RunHalted if it cannot be written, or the name is taken
     */
    public static PlanFiles begin(Path target, Drop drop, String mapping, CsvForm form) {
        Path part = target.resolveSibling(FileNames.fit("." + target.getFileName(), ".part"));
        try {
            if (Disk.taken(target)) {
                throw new FileAlreadyExistsException(null, null, "one of that name exists, and is not overwritten");
            }
            Files.createDirectories(target.toAbsolutePath().getParent());
            Disk.wipe(part);
            Files.createDirectory(part);
            CsvForm.Settled settled = form.of(drop);
            Utf8File changes = settled.open(part.resolve("changes.csv"));
            changes.text(HEADER.replace(',', settled.delimiter())).put('\n');
            return new PlanFiles(target, part, changes, settled.csv(), new RejectFile(part, drop, mapping, settled));
        } catch (IOException e) {
            throw Disk.halted(target, e);
        }
    }

    /** Returns the folder that will have it. */
    public Path folder() {
        return target;
    }

    public void reject(Outcome reject) {
        try {
            rejects.write(reject);
            groups.add(reject);
        } catch (IOException e) {
            throw Disk.halted(rejects.path(), e);
        }
    }

    public void change(Change change) {
        try {
            char delimiter = csv.delimiter();
            changes.number(change.row()).put(delimiter).number(change.line()).put(delimiter);
            changes.text(change.action().word()).put(delimiter);
            if (change.id() != 0) {
                changes.number(change.id());
            }
            for (String text : new String[] {
                change.field(), change.before(), change.after(), change.key(), change.name(), change.fieldName()
            }) {
                changes.put(delimiter);
                csv.shown(changes, SafeCell.clean(text));
            }
            changes.put(delimiter).text(change.isUndoable() ? "yes\n" : "no\n");
        } catch (IOException e) {
            throw Disk.halted(changes.path(), e);
        }
    }

    /**
     * Publishes the plan: when this returns, all of it is on disk, and the folder has its name.
     *
     * @param lines the plan for people, for {@code plan.txt}
     * @param isReportWanted whether there is a {@code report.html} too
     */
    public void publish(Plan plan, List<String> lines, boolean isReportWanted) {
        try {
            changes.finish();
            rejects.finish();
            Utf8File.write(part.resolve("plan.json"), text(plan));
            Utf8File.write(part.resolve("plan.txt"), SafeCell.clean(String.join("\n", lines)) + "\n");
            Optional<String> table = ReportFile.rejects(part);
            Optional<String> page = isReportWanted
                    ? Reports.pageIfPossible(plan.drop(), () -> Reports.ofPlan(plan, groups, table))
                    : Optional.empty();
            if (page.isPresent()) {
                Utf8File.write(part.resolve(OutboxIndex.REPORT), page.get());
            }
            Disk.sync(part);
            Disk.reveal(part, target);
        } catch (IOException e) {
            throw Disk.halted(target, e);
        }
    }

    /** Returns the text of {@code plan.json}. */
    public static String text(Plan plan) {
        return SummaryText.json(json(plan));
    }

    private static Map<String, Object> json(Plan plan) {
        Map<String, Object> actions = new LinkedHashMap<>();
        for (Action action : Action.values()) {
            actions.put(action.word(), plan.byAction().getOrDefault(action, 0L));
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("drop", SafeCell.clean(plan.drop()));
        json.put("digest", plan.digest());
        json.put("format", plan.format());
        json.put("read_as", DetectedFormat.json(plan.format(), plan.shape()));
        json.put("mapping", SafeCell.clean(plan.mapping()));
        json.put("rows", plan.rows());
        json.put("actions", actions);
        json.put("rejects", plan.rejects());
        json.put("unchanged", plan.unchanged());
        json.put("missing", plan.missing());
        json.put("again", plan.again());
        json.put("lacks", SummaryText.missing(plan.lacks()));
        json.put("refusals", plan.refusals().stream().map(SafeCell::clean).toList());
        json.put("requests", plan.requests());
        json.put("least_seconds", plan.leastTime().toMillis() / 1000.0);
        json.put(
                "unknown_columns",
                plan.unknownColumns().stream().map(SafeCell::clean).toList());
        json.put("keys_known", !plan.keysUnread());
        json.put("undo", SummaryText.undo(plan.undo()));
        json.put("skipped", plan.skipped());
        json.put("remarks", plan.remarks().stream().map(SafeCell::clean).toList());
        json.put("loaded_before", plan.loadedBefore().orElse(""));
        json.put("done", plan.begun().done());
        json.put("in_doubt", plan.begun().inDoubt());
        return json;
    }

    /** Deletes a plan that was not published. */
    @Override
    public void close() throws IOException {
        changes.close();
        rejects.close();
        Disk.wipe(part);
    }
}
