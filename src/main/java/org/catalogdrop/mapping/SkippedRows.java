package org.catalogdrop.mapping;

import java.util.List;
import java.util.Optional;
import org.catalogdrop.mapping.rule.SkipRule;
import org.catalogdrop.mapping.value.CellWords;
import org.catalogdrop.mapping.value.ValueFormat;
import org.catalogdrop.model.Problem;
import org.catalogdrop.model.Row;

/** The rows that a mapping file skips. Immutable. */
record SkippedRows(List<Entry> entries, ValueFormat format) {

    /**
     * A rule with the position of its column.
     *
     * @param meant its words by the values they mean
     * @param nothing the words for empty cells by the values they mean
     */
    record Entry(ValuePick pick, SkipRule rule, CellWords meant, CellWords nothing) {}

    /**
     * Returns why a row is skipped; empty if it is to be loaded.
     *
     * @param at the positions of the mapping file's columns in the row
     */
    Optional<Problem> of(Row row, int[] at) {
        for (Entry entry : entries) {
            Optional<Problem> problem =
                    entry.rule().problem(row, entry.pick().cell(row, at), format, entry.meant(), entry.nothing());
            if (problem.isPresent()) {
                return problem;
            }
        }
        return Optional.empty();
    }
}
