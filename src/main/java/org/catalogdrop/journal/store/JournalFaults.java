package org.catalogdrop.journal.store;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.RunHalted;

/** Makes the messages for faults of the state folder. Stateless. */
public final class JournalFaults {

    private static final String KEPT = " Nothing more is sent, and what is journaled is kept. ";

    private JournalFaults() {}

    public static RunHalted of(SQLException fault, Path file) {
        // SQLite's result codes; the driver gives the primary one.
        Code code =
                switch (fault.getErrorCode()) {
                    case 10, 13 -> Code.DISK;
                    default -> Code.JOURNAL;
                };
        String message =
                switch (fault.getErrorCode()) {
                    case 13 ->
                        "The disk is full: the journal " + file + " cannot be written." + KEPT
                                + "Free up disk space and start again.";
                    case 10 ->
                        "The journal " + file + " cannot be read or written." + KEPT
                                + "Check the disk (space, quota, health) and start again.";
                    case 3, 8, 14, 23 ->
                        "The journal " + file + " cannot be opened for writing." + KEPT
                                + "Give this user write permission on the file and its folder, and start again.";
                    case 5, 6 ->
                        "The journal " + file + " is locked by another program." + KEPT
                                + "Close it (a backup, a database browser?) and start again.";
                    case 11, 26 ->
                        "The journal " + file + " is damaged or not a database." + KEPT
                                + "Restore it from a backup, or move it away to begin with an empty one; then no drop"
                                + " under way is known any more.";
                    default -> "The journal " + file + " failed." + KEPT + "Start again.";
                };
        return because(new RunHalted(code, message + " [" + fault.getMessage() + "]"), fault);
    }

    /** Returns whether PostgreSQL does not answer, or has closed the connection. */
    public static boolean isAway(SQLException fault) {
        String state = fault.getSQLState() == null ? "" : fault.getSQLState();
        // The last two: the server waited too long for the rest of a transaction, because this process stood still.
        return state.startsWith("08") || state.matches("57P0[1-5]|25P0[34]");
    }

    /** Returns what a fault of PostgreSQL means, by its SQLSTATE. */
    public static RunHalted ofPostgres(SQLException fault, String place) {
        String state = fault.getSQLState() == null ? "" : fault.getSQLState();
        String journal = "The journal in " + place;
        String message;
        if (isAway(fault)) {
            message = journal + " is away: the database does not answer, or has closed the connection." + KEPT
                    + "Check that PostgreSQL is running and reached from this machine, and start again.";
        } else if (state.startsWith("28")) {
            message = journal + " cannot be opened: PostgreSQL rejects the user or the password." + KEPT
                    + "Check drop.journal-user and drop.journal-password, and start again.";
        } else if (state.equals("3D000")) {
            message = journal + " cannot be opened: there is no such database. Create it, or correct drop.journal, and"
                    + " start again.";
        } else if (state.equals("42501")) {
            message = journal + " cannot be used: the user of the database lacks a right." + KEPT
                    + "Give it the right to create schemas (GRANT CREATE ON DATABASE), or create the schema and the one named"
                    + " catalog_drop and make it the owner of both. Then start again.";
        } else if (state.equals("53100")) {
            message = "The disk of the database is full: the journal in " + place + " cannot be written." + KEPT
                    + "Free up disk space there and start again.";
        } else if (state.equals("53300")) {
            message = journal + " cannot be opened: PostgreSQL has too many connections." + KEPT
                    + "Each account that runs needs two, and each process two. Raise max_connections, and start again.";
        } else if (state.equals("25006")) {
            message = journal + " cannot be written: this PostgreSQL is read-only, as a standby server is." + KEPT
                    + "Let drop.journal name the primary server, and start again.";
        } else {
            message = journal + " failed." + KEPT + "Start again.";
        }
        Code code = state.equals("53100") ? Code.DISK : Code.JOURNAL;
        return because(new RunHalted(code, message + " [" + fault.getMessage() + "]"), fault);
    }

    public static RunHalted of(IOException fault, Path folder) {
        String reason = fault.getMessage() == null ? fault.toString() : fault.getMessage();
        String kind = fault.getClass().getSimpleName();
        return because(
                new RunHalted(
                        Code.JOURNAL,
                        "The state folder " + folder + " cannot be used (" + kind + ": " + reason
                                + "). It must be a folder"
                                + " that this user can write; nothing is sent without it. Fix that, or set drop.state to"
                                + " another folder, and start again."),
                fault);
    }

    public static RunHalted broken(String file, Throwable fault) {
        return because(
                new RunHalted(
                        Code.JOURNAL,
                        "The journal " + file + " failed because of a fault of this program (" + fault + ")." + KEPT
                                + "Start again. If it happens again, report this message."),
                fault);
    }

    public static RunHalted closed() {
        return new RunHalted(Code.STOPPED, "The journal is closed: this run is ending. Start again to resume.");
    }

    public static RunHalted because(RunHalted halted, Throwable cause) {
        halted.initCause(cause);
        return halted;
    }
}
