package org.catalogdrop.journal.postgres;

import org.catalogdrop.journal.store.Database;
import org.catalogdrop.journal.store.JournalPlace;
import org.catalogdrop.journal.store.SqliteDatabase;

/** Makes the database of a place. Without a journal on PostgreSQL, no class of that is loaded. Stateless. */
public final class Databases {

    private Databases() {}

    /** Returns the database of a place. */
    public static Database of(JournalPlace place) {
        return place instanceof JournalPlace.Postgres there
                ? new PostgresDatabase(there)
                : new SqliteDatabase(place.state());
    }
}
