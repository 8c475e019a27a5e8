package org.catalogdrop.load;

import java.util.Optional;
import org.catalogdrop.input.DropReader;
import org.catalogdrop.model.Drop;

/** Something that reads its drop, maybe more than once: what the route {@code catalog-rows} works on. */
public interface DropPass {

    Drop drop();

    /** Returns the pass that was begun last. */
    Optional<DropReader> reading();

    void setReading(DropReader pass);
}
