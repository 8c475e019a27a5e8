package org.catalogdrop.cli;

import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import org.catalogdrop.journal.store.SqliteDriver;

/**
 * What takes a tenth of a second each to be set up for the first time in a process, and is needed by every load: done on a second
 * core while the command line is read and Camel starts. What fails here fails again, and is told, where it is needed.
 */
final class Warmup {

    private Warmup() {}

    static void begin() {
        Thread thread = new Thread(Warmup::setUp, "catalog-drop-head-start");
        thread.setDaemon(true);
        thread.start();
    }

    private static void setUp() {
        try {
            SqliteDriver.load();
            SSLContext.getDefault();
        } catch (GeneralSecurityException told) {
            // By whoever needs it.
        }
    }
}
