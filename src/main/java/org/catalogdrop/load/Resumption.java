package org.catalogdrop.load;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.catalogdrop.input.DropReader;
import org.catalogdrop.input.csv.CsvPlace;
import org.catalogdrop.input.row.RowFilter;
import org.catalogdrop.input.stream.ReadLimits;
import org.catalogdrop.journal.DropProgress;
import org.catalogdrop.journal.Journal;
import org.catalogdrop.journal.codec.RowState;
import org.catalogdrop.mapping.Mapping;
import org.catalogdrop.model.Reject;
import org.catalogdrop.model.Row;
import org.catalogdrop.model.Skip;
import org.catalogdrop.model.Verdict;

/**
 * Finds where a load resumes: at the first row that has something to be sent. The rows before it, settled or never to be sent, are
 * written to the results meanwhile ({@link CatchUp}), so that a large drop need not be parsed first. It does not work for upserts and for
 * rows that name their request_id, because the verdict on such a row depends on all rows before it.
 */
final class Resumption implements RowFilter {

    private final Mapping mapping;
    private final DropProgress progress;

    private Resumption(Mapping mapping, DropProgress progress) {
        this.mapping = mapping;
        this.progress = progress;
    }

    /** Returns the place; empty if the load goes through the drop from its first row. */
    static Optional<CsvPlace> of(CheckedDrop load, ReadLimits limits, Journal journal) throws IOException {
        if (load.entry().requests() == 0 || load.meaning().keyPlace().isPresent()) {
            return Optional.empty();
        }
        DropProgress progress = journal.progress(load.entry().id());
        try (DropReader reading = DropReader.open(load.drop(), limits)) {
            return reading.seek(new Resumption(load.meaning().mapping(), progress))
                    .filter(place -> place.rows() > 0);
        }
    }

    @Override
    public boolean mayBegin(List<String> columns) {
        return !mapping.namesRequestIds(columns);
    }

    @Override
    public boolean passes(long number) {
        return progress.of(number) instanceof RowState.Settled;
    }

    @Override
    public boolean passes(Row row) {
        Verdict verdict = mapping.verdict(row);
        return verdict instanceof Reject || verdict instanceof Skip;
    }
}
