package org.catalogdrop.results;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.catalogdrop.model.Problem;
import org.catalogdrop.model.Summary;
import org.catalogdrop.report.OutboxIndex;
import org.catalogdrop.report.Reports;
import org.catalogdrop.results.file.Disk;
import org.catalogdrop.results.file.FileNames;
import org.catalogdrop.results.file.Utf8File;

/** Writes the pages for people, if they are wanted: the index of the outbox and the reports of refused drops. Safe for many threads. */
public final class OutboxReports {

    /** Writes no pages. */
    public static final OutboxReports OFF = new OutboxReports(Optional.empty());

    private static final String ENDING = ".report.html";

    private final Optional<OutboxIndex> index;

    private OutboxReports(Optional<OutboxIndex> index) {
        this.index = index;
    }

    /** @param wanted the setting {@code drop.reports} */
    public static OutboxReports of(boolean wanted, Path outbox) {
        return wanted ? new OutboxReports(Optional.of(new OutboxIndex(outbox, Summaries::read))) : OFF;
    }

    /** Returns whether they are wanted. */
    public boolean isWanted() {
        return index.isPresent();
    }

    /** Adds a load whose results are in place to the index. */
    public void listLoad(Summary summary) {
        index.ifPresent(page -> page.add(summary));
    }

    static String pageName(String nameInRefused) {
        return FileNames.fit(nameInRefused, ENDING);
    }

    /**
     * Writes the report of a refused drop and adds it to the index. A report with that name is replaced.
     *
     * @param reason the {@code NAME.reason.txt} beside it
     * @param nameInRefused the name of the drop there
     * @param drop the name under which it was dropped
     * @param next what to do next
     * @throws org.catalogdrop.model.RunHalted if it cannot be written
     */
    public void writeRefusal(Path reason, String nameInRefused, String drop, Problem problem, String next) {
        if (index.isEmpty()) {
            return;
        }
        Optional<String> text = Reports.pageIfPossible(
                drop,
                () -> Reports.ofRefusal(
                        nameInRefused, drop, problem, next, reason.getFileName().toString()));
        if (text.isEmpty()) {
            return;
        }
        Path page = reason.resolveSibling(pageName(nameInRefused));
        Path part = reason.resolveSibling(FileNames.fit("." + nameInRefused, ENDING + ".part"));
        try {
            Files.deleteIfExists(part);
            Utf8File.write(part, text.get());
            Files.deleteIfExists(page);
            Disk.reveal(part, page);
        } catch (IOException fault) {
            throw Disk.halted(page, fault);
        }
        index.get().addRefusal(drop, problem.code().word(), page);
    }
}
