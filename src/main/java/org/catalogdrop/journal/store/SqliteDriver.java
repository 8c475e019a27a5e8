package org.catalogdrop.journal.store;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;

/** The driver of the database. Part of it is a native library, which it writes to a folder and loads from there. */
public final class SqliteDriver {

    /** The driver's own property; without it the JVM's temporary folder is used. */
    private static final String PLACE = "org.sqlite.tmpdir";

    private static boolean loaded;

    private SqliteDriver() {}

    /** Loads the driver before its first use. A fault here occurs again at that use, and is reported there. */
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
        } catch (IOException | SQLException | LinkageError later) {
            // When the journal is opened.
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

    /** Returns the folder to which the library is written. */
    static String place() {
        return System.getProperty(PLACE, System.getProperty("java.io.tmpdir"));
    }

    /**
     * Deletes the library's file at once: a process that is killed deletes nothing, and each would leave a megabyte. A loaded library
     * does not need its file.
     */
    private static void leaveNothing(Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
