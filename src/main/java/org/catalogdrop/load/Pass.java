package org.catalogdrop.load;

import java.util.Optional;
import org.catalogdrop.input.Reading;
import org.catalogdrop.model.Drop;

/** Something that reads its drop, maybe more than once: what the route {@code catalog-rows} works on. */
public interface Pass {

    Drop drop();

    /** The pass that was begun last. */
    Optional<Reading> reading();

    void reads(Reading pass);
}
