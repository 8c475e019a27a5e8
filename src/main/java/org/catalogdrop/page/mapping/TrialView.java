package org.catalogdrop.page.mapping;

import java.util.List;
import org.catalogdrop.model.Plural;
import org.catalogdrop.page.http.ShownText;
import org.catalogdrop.preview.MappingTrial;

/**
 * The first rows of a file as a mapping reads them.
 *
 * @param faults why the mapping cannot be used
 * @param targets what the rows give
 * @param rows the rows
 * @param words what came of them
 */
public record TrialView(List<String> faults, List<String> targets, List<TrialRow> rows, String words) {

    /**
     * A row.
     *
     * @param row its number
     * @param action what is done with it; empty if it is rejected
     * @param cells its cells
     * @param problem why it is rejected
     */
    public record TrialRow(long row, String action, List<TrialCell> cells, String problem) {}

    /**
     * A cell.
     *
     * @param text the text in the file
     * @param value the value that would be sent
     * @param same whether both are the same
     * @param fault whether the row is rejected for it
     */
    public record TrialCell(String text, String value, boolean same, boolean fault) {}

    /** Returns what can be said without a file to try it on. */
    static TrialView untried(MappingTrial.Trial check) {
        String words = check.faults().isEmpty()
                ? "The mapping can be used. Choose a file to see what its rows become."
                : "The mapping cannot be used yet.";
        return new TrialView(ShownText.of(check.faults()), List.of(), List.of(), words);
    }

    static TrialView of(MappingTrial.Trial trial) {
        List<TrialRow> rows = trial.rows().stream()
                .map(row -> new TrialRow(
                        row.row(),
                        row.action(),
                        row.cells().stream()
                                .map(cell -> new TrialCell(
                                        ShownText.of(cell.text()),
                                        ShownText.of(cell.value()),
                                        cell.text().equals(cell.value()),
                                        cell.atFault()))
                                .toList(),
                        row.problem()
                                .map(problem -> problem.code().word() + ": " + problem.message())
                                .orElse("")))
                .toList();
        String words = trial.faults().isEmpty()
                ? "Of the first " + Plural.of(rows.size(), "row") + ", " + (rows.size() - trial.rejects())
                        + " would be sent and " + trial.rejects() + " rejected."
                : "The mapping cannot be used yet.";
        return new TrialView(ShownText.of(trial.faults()), ShownText.of(trial.targets()), rows, words);
    }
}
