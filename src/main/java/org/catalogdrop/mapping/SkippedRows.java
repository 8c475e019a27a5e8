package org.catalogdrop.mapping;

import java.util.List;
import java.util.Optional;
import org.catalogdrop.mapping.rule.SkipRule;
import org.catalogdrop.mapping.value.CellWords;
import org.catalogdrop.mapping.value.ValueFormat;
import org.catalogdrop.model.Problem;
import org.catalogdrop.model.Row;

/** The rows of a drop that its mapping file skips. */
record SkippedRows(List<Entry> entries, ValueFormat format) {

    /**
     * A rule and where its column stands.
     *
     * @param meant its words by the values they mean
     * @param nothing the same of the words that mean that the column is empty
     */
    record Entry(ValuePick pick, SkipRule rule, CellWords meant, CellWords nothing) {}

    /**
     * Returns why a row is skipped; empty if it is to be loaded.
     *
     * @param at where the columns of the mapping file stand in the row
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
