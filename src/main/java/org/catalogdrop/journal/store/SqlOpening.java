package org.catalogdrop.journal.store;

import java.sql.Connection;
import java.sql.SQLException;

/** What is done with a new connection before it is used. */
@FunctionalInterface
public interface SqlOpening {

    /** Makes a connection. */
    @FunctionalInterface
    interface Connecting {
        Connection connect() throws SQLException;
    }

    /** Makes a connection ready for use. */
    Sql open(Connection connection) throws SQLException;

    /**
     * Makes and opens a connection. If that fails, nothing of it stays open.
     *
     * @param database explains the fault
     */
    static Sql open(Database database, Connecting connecting, SqlOpening opening) {
        Connection connection = null;
        boolean open = false;
        try {
            connection = connecting.connect();
            Sql sql = opening.open(connection);
            open = true;
            return sql;
        } catch (SQLException fault) {
            throw database.faultOf(fault);
        } finally {
            if (!open) {
                closeQuietly(connection);
            }
        }
    }

    private static void closeQuietly(Connection connection) {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException fault) {
            // The first fault is the one to report.
        }
    }
}
