package org.catalogdrop.journal.store;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;

/** The database's driver, part of which is a library of the machine: it lays that into a folder and has the system load it from there. */
public final class SqliteDriver {

    /** The driver's own property; without it the JVM's temporary folder is taken. */
    private static final String PLACE = "org.sqlite.tmpdir";

    private static boolean loaded;

    private SqliteDriver() {}

    /** Loads it ahead of the first use. What fails here fails again, and is told, at that use. */
    public static synchronized void load() {
        if (loaded) {
            return;
        }
        String before = System.getProperty(PLACE);
        try {
            Path folder = Files.createTempDirectory(Path.of(place()), "catalog-drop-");
            folder.toFile().deleteOnExit();
            System.setProperty(PLACE, folder.toString());
            DriverManager.getConnection("jdbc:sqlite::memory:").close();
            loaded = true;
            leaveNothing(folder);
        } catch (IOException | SQLException | LinkageError told) {
            // By the opening of the journal.
        } finally {
            if (before == null) {
                System.clearProperty(PLACE);
            } else {
                System.setProperty(PLACE, before);
            }
        }
    }

    static synchronized boolean isLoaded() {
        return loaded;
    }

    /** The folder the library is laid into. */
    static String place() {
        return System.getProperty(PLACE, System.getProperty("java.io.tmpdir"));
    }

    /** At once: a process that is killed deletes nothing, and each would leave a megabyte. A loaded library does not need its file. */
    private static void leaveNothing(Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
