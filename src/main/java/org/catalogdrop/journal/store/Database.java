package org.catalogdrop.journal.store;

import java.sql.SQLException;
import org.catalogdrop.model.RunHalted;

/** Opens a journal. Its methods throw {@link RunHalted} with a message that says what to do. Safe for many threads. */
public interface Database {

    /** Returns whether there is a journal that has been set up. */
    boolean exists();

    /** Opens the journal for its owner: makes or migrates the tables. The connection is in transaction mode. */
    Sql openWriter(long now);

    /** Opens the journal for reading while the owner, in this process or another, uses it. */
    Sql openReader();

    /** Returns what a fault of the database means. */
    RunHalted faultOf(SQLException fault);

    /** Returns the fault of a journal that failed because of a fault of this program. */
    RunHalted broken(Throwable fault);
}
