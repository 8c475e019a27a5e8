package org.catalogdrop.report;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.catalogdrop.model.Status;
import org.catalogdrop.model.Summary;
import org.catalogdrop.report.Report.Level;

/**
 * A line of the index of the outbox.
 *
 * @param link the address of its report, relative to the index
 * @param drop the drop's file name
 * @param finished when it ended, in UTC
 * @param level how good the end is
 * @param rows how many rows it has; empty if it was refused
 * @param outcome the rows by how they ended, or why the drop was refused
 */
public record IndexEntry(String link, String drop, String finished, Level level, String rows, String outcome) {

    /**
     * Returns the line of a load.
     *
     * @param report the page, relative to the outbox
     */
    static IndexEntry of(Summary summary, Path report) {
        boolean good = summary.count(Status.REJECTED) + summary.count(Status.IN_DOUBT) == 0;
        String outcome = Arrays.stream(Status.values())
                .filter(status -> summary.count(status) > 0)
                .map(status -> String.format(Locale.ROOT, "%,d %s", summary.count(status), status.word()))
                .collect(Collectors.joining(", "));
        return new IndexEntry(
                RelativeAddress.of(report),
                DisplayText.of(summary.drop()),
                DisplayText.of(summary.finished()),
                good ? Level.GOOD : Level.WARNING,
                String.format(Locale.ROOT, "%,d", summary.rows()),
                outcome);
    }

    /**
     * Returns the line of a refused drop.
     *
     * @param code why it was refused
     */
    static IndexEntry ofRefusal(String drop, String code, Instant at, Path report) {
        return new IndexEntry(
                RelativeAddress.of(report),
                DisplayText.of(drop),
                DisplayText.of(at),
                Level.BAD,
                "",
                "refused: " + code);
    }
}
