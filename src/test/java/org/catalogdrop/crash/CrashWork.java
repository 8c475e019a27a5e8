package org.catalogdrop.crash;

import java.io.IOException;

/** Loads the drops that were laid down, while it makes everything fail that can. */
interface CrashWork {

    /**
     * A stage: all drops are loaded to their end.
     *
     * @param undo the setting {@code drop.undo}
     */
    void workOff(String undo) throws IOException, InterruptedException;
}
