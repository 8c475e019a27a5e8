package org.catalogdrop.crash;

import java.io.IOException;

/** Changes the surroundings of the program for one life, as people, other programs and machines do. */
interface CrashChange {

    /** Changes something before a life begins; may change its settings. */
    default void begin(CrashLife life) throws IOException {}

    /** Changes something at a moment between the first request of the life and its end. */
    default void turn() throws IOException {}

    /** Undoes what must not last, after the life has ended. */
    default void end() throws IOException, InterruptedException {}
}
