package org.catalogdrop.load;

import org.catalogdrop.model.Drop;

/** Something that reads its drop, maybe more than once: what the route {@code catalog-rows} works on. */
public interface DropPass {

    Drop drop();

    PassReader reader();
}
