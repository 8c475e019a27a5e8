package org.catalogdrop.journal.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A connection with its prepared statements. Results are read to their end at once, so that no cursor keeps the log from being written
 * back. Used by one thread at a time.
 */
public final class Sql implements AutoCloseable {

    /** Work with a connection. */
    @FunctionalInterface
    public interface Work<T> {
        T with(Sql sql) throws SQLException;
    }

    /** Work without a result. */
    @FunctionalInterface
    public interface Step {
        void with(Sql sql) throws SQLException;

        default Work<Boolean> work() {
            return sql -> {
                with(sql);
                return true;
            };
        }
    }

    /** Converts the current line of a result. */
    @FunctionalInterface
    public interface Line<T> {
        T of(ResultSet result) throws SQLException;
    }

    private static final int BATCH = 500;

    private final Connection connection;
    private final UnaryOperator<String> texts;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    public Sql(Connection connection) {
        this(connection, text -> text);
    }

    /** @param texts turns a text into one that the database takes */
    Sql(Connection connection, UnaryOperator<String> texts) {
        this.connection = connection;
        this.texts = texts;
    }

    public synchronized int update(String sql, Object... values) throws SQLException {
        return bind(sql, values).executeUpdate();
    }

    public synchronized <T> List<T> list(String sql, Line<T> line, Object... values) throws SQLException {
        try (ResultSet result = bind(sql, values).executeQuery()) {
            List<T> list = new ArrayList<>();
            while (result.next()) {
                list.add(line.of(result));
            }
            return list;
        }
    }

    public <T> Optional<T> one(String sql, Line<T> line, Object... values) throws SQLException {
        return list(sql, line, values).stream().findFirst();
    }

    public long number(String sql, Object... values) throws SQLException {
        return one(sql, result -> result.getLong(1), values).orElse(0L);
    }

    /** Copies all lines of a table into the same table of another database. Reads them as a stream. */
    public synchronized void copy(String table, Sql to) throws SQLException {
        try (Statement select = connection.createStatement()) {
            select.setFetchSize(BATCH);
            try (ResultSet result = select.executeQuery("select * from " + table)) {
                to.insert(table, result);
            }
        }
    }

    private synchronized void insert(String table, ResultSet lines) throws SQLException {
        ResultSetMetaData columns = lines.getMetaData();
        List<String> names = new ArrayList<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            names.add(columns.getColumnName(i));
        }
        String sql = "insert into " + table + " (" + String.join(", ", names) + ") values ("
                + String.join(", ", Collections.nCopies(names.size(), "?")) + ")";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            int waiting = 0;
            while (lines.next()) {
                for (int i = 1; i <= names.size(); i++) {
                    bind(insert, i, lines.getObject(i));
                }
                insert.addBatch();
                waiting++;
                if (waiting == BATCH) {
                    insert.executeBatch();
                    waiting = 0;
                }
            }
            insert.executeBatch();
        }
    }

    public synchronized void transactions() throws SQLException {
        connection.setAutoCommit(false);
    }

    public synchronized void commit() throws SQLException {
        connection.commit();
    }

    @Override
    public synchronized void close() throws SQLException {
        connection.close();
    }

    private PreparedStatement bind(String sql, Object... values) throws SQLException {
        PreparedStatement statement = prepared.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            prepared.put(sql, statement);
        }
        for (int i = 0; i < values.length; i++) {
            bind(statement, i + 1, values[i]);
        }
        return statement;
    }

    private void bind(PreparedStatement statement, int place, Object value) throws SQLException {
        if (value instanceof byte[] bytes) {
            statement.setBytes(place, bytes);
        } else if (value instanceof String text) {
            statement.setString(place, texts.apply(text));
        } else {
            statement.setObject(place, value);
        }
    }
}
