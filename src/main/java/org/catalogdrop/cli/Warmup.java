package org.catalogdrop.cli;

import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import org.catalogdrop.journal.store.SqliteDriver;

/**
 * Warms up what takes a tenth of a second each on its first use in a process, and what every load needs. It runs on a second core while
 * the command line is parsed and Camel starts. A fault here occurs again, and is reported, where it is needed.
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
            // The code that needs it reports the fault.
        }
    }
}
