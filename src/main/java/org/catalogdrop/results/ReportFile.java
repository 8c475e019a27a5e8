package org.catalogdrop.results;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.catalogdrop.model.Outcome;
import org.catalogdrop.model.Summary;
import org.catalogdrop.report.ChangeSamples;
import org.catalogdrop.report.Course;
import org.catalogdrop.report.OutboxIndex;
import org.catalogdrop.report.ProblemGroups;
import org.catalogdrop.report.Reports;
import org.catalogdrop.results.file.Utf8File;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code report.html}: collects data while outcomes come, and is written when the summary is known. Its memory does not grow with the
 * rows.
 */
final class ReportFile {

    private static final Logger LOG = LoggerFactory.getLogger(ReportFile.class);

    private final ProblemGroups groups = new ProblemGroups();
    private final Course course;

    /** @param course the record of the load over time */
    ReportFile(Course course) {
        this.course = course;
    }

    void add(Outcome outcome) {
        try {
            groups.add(outcome);
        } catch (RuntimeException fault) {
            LOG.warn(
                    "row {}: the report lacks it. The results are complete.",
                    outcome.row().number(),
                    fault);
        }
    }

    /**
     * Writes the page.
     *
     * @param folder the results folder, which has all other files
     * @param changes some changed values
     */
    void write(Path folder, Summary summary, ChangeSamples changes) throws IOException {
        Optional<String> rejects = rejects(folder);
        boolean hasUndo = Files.exists(folder.resolve("undo.csv"));
        Optional<String> page = Reports.pageIfPossible(
                summary.drop(), () -> Reports.ofLoad(summary, groups, changes, course, rejects, hasUndo));
        if (page.isPresent()) {
            Utf8File.write(folder.resolve(OutboxIndex.REPORT), page.get());
        }
    }

    /** Returns the name of the rejects file of a folder, if it has one. */
    static Optional<String> rejects(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("rejects."))
                    .findFirst();
        }
    }
}
