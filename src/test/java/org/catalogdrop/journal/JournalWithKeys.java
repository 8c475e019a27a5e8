package org.catalogdrop.journal;

import java.nio.file.Path;
import org.catalogdrop.journal.store.Database;
import org.catalogdrop.journal.store.KeyList;
import org.catalogdrop.journal.store.SqliteDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A journal with the keys of one list and a drop that uses them. */
abstract class JournalWithKeys {

    @TempDir
    Path state;

    Journal journal;
    KeyStore keys;
    KeyList list;
    long drop;

    Database database() {
        return new SqliteDatabase(state);
    }

    @BeforeEach
    void open() {
        journal = Journal.open(state, Samples.clock(1000), database());
        keys = journal.keys();
        list = keys.list("acme.kommo.com", 4220, "4400049");
        drop = journal.enter(Samples.drop("night.csv", 'a'), "").id();
        keys.use(drop, list);
    }

    @AfterEach
    void close() {
        journal.close();
    }
}
