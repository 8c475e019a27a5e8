package org.catalogdrop.load;

import org.catalogdrop.model.Drop;

/** Something that reads its drop, maybe more than once: the object of the route {@code catalog-rows}. */
public interface DropPass {

    Drop drop();

    PassReader reader();
}
