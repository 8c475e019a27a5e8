package org.catalogdrop.load;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import org.catalogdrop.input.DropReader;
import org.catalogdrop.input.csv.CsvPlace;
import org.catalogdrop.input.stream.ReadLimits;
import org.catalogdrop.model.Drop;

/** Reads a drop, maybe more than once: a new pass closes the one before it. One thread reads at a time; another may close. */
public final class PassReader implements Closeable {

    private final Drop drop;
    private final ReadLimits limits;
    private volatile Optional<DropReader> pass = Optional.empty();
    private volatile Optional<CsvPlace> place = Optional.empty();

    public PassReader(Drop drop, ReadLimits limits) {
        this.drop = drop;
        this.limits = limits;
    }

    /** @param from where the pass begins; empty for the first row */
    DropReader begin(Optional<CsvPlace> from) throws IOException {
        close();
        DropReader begun =
                from.map(known -> DropReader.open(drop, limits, known)).orElseGet(() -> DropReader.open(drop, limits));
        place = from;
        pass = Optional.of(begun);
        return begun;
    }

    /** Returns where the pass began; empty for the first row. */
    Optional<CsvPlace> place() {
        return place;
    }

    /** Verifies the pass that was begun last, like {@link DropReader#verify}. */
    public void verify() {
        pass.orElseThrow().verify();
    }

    @Override
    public void close() throws IOException {
        if (pass.isPresent()) {
            pass.get().close();
        }
    }
}
