package org.catalogdrop.journal.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

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

    /** The most lines of values in one statement; a power of two. */
    private static final int MOST_LINES = 512;

    private final Connection connection;
    private final UnaryOperator<String> texts;
    private final boolean isRemote;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    public Sql(Connection connection) {
        this(connection, text -> text, false);
    }

    /**
     * Makes the statements of a connection.
     *
     * @param texts turns a text into one that the database takes
     * @param isRemote whether the database is PostgreSQL, in another process, so that each round trip costs
     */
    public Sql(Connection connection, UnaryOperator<String> texts, boolean isRemote) {
        this.connection = connection;
        this.texts = texts;
        this.isRemote = isRemote;
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

    /**
     * Runs an insert for many lines of values, with few round trips to the database. What is in braces is repeated for each line:
     * {@code values {(?, ?)}}.
     */
    public void insertAll(String sql, List<Object[]> lines) throws SQLException {
        for (List<Object[]> group : groups(lines)) {
            update(repeated(sql, group.size()), flat(group.stream()));
        }
    }

    /** As {@link #insertAll}, for an insert that returns lines. */
    public <T> List<T> insertAll(String sql, Line<T> line, List<Object[]> lines) throws SQLException {
        List<T> list = new ArrayList<>();
        for (List<Object[]> group : groups(lines)) {
            list.addAll(list(repeated(sql, group.size()), line, flat(group.stream())));
        }
        return list;
    }

    /** Runs an update or a delete for each line of values, with few round trips to the database. */
    public synchronized void updateEach(String sql, List<Object[]> lines) throws SQLException {
        if (!isRemote) {
            for (Object[] values : lines) {
                update(sql, values);
            }
        } else if (!lines.isEmpty()) {
            for (Object[] values : lines) {
                bind(sql, values).addBatch();
            }
            prepared.get(sql).executeBatch();
        }
    }

    /**
     * Runs a query for each of these values, with few round trips to the database. It ends with the condition that has the value:
     * {@code and key_text = ?}.
     *
     * <p>PostgreSQL does not get it as {@code in (…)}: it keeps the plan that it makes when the table is small, which then reads all of it
     * each time.
     *
     * @param others the values before that
     */
    public <T> List<T> listEach(String sql, Line<T> line, List<?> values, Object... others) throws SQLException {
        List<T> list = new ArrayList<>();
        for (List<?> group : groups(values)) {
            if (isRemote) {
                String joined = repeated(joined(sql, others.length + 1), group.size());
                list.addAll(list(joined, line, flat(group.stream().map(value -> with(others, value)))));
            } else {
                String among = sql.substring(0, sql.length() - "= ?".length()) + "in ({?})";
                Stream<Object[]> all = Stream.of(others, group.toArray());
                list.addAll(list(repeated(among, group.size()), line, flat(all)));
            }
        }
        return list;
    }

    private static Object[] with(Object[] values, Object last) {
        Object[] all = Arrays.copyOf(values, values.length + 1);
        all[values.length] = last;
        return all;
    }

    /** Returns a query that is run for each of the lines in its braces. */
    private static String joined(String sql, int columns) {
        StringBuilder names = new StringBuilder("value_1");
        String one = sql;
        for (int i = 1; i <= columns; i++) {
            one = one.replaceFirst("[?]", "line.value_" + i);
            names.append(i == 1 ? "" : ", value_" + i);
        }
        return "select found.* from (values {(?" + ", ?".repeat(columns - 1) + ")}) as line (" + names
                + ") cross join lateral (" + one + " offset 0) as found";
    }

    /** The sizes of the groups are powers of two, so that few statements are prepared. */
    private static <T> List<List<T>> groups(List<T> lines) {
        List<List<T>> groups = new ArrayList<>();
        int from = 0;
        while (from < lines.size()) {
            int count = Integer.highestOneBit(Math.min(MOST_LINES, lines.size() - from));
            groups.add(lines.subList(from, from + count));
            from += count;
        }
        return groups;
    }

    private static String repeated(String sql, int times) {
        int begin = sql.indexOf('{');
        int end = sql.indexOf('}');
        String part = sql.substring(begin + 1, end);
        return sql.substring(0, begin) + part + (", " + part).repeat(times - 1) + sql.substring(end + 1);
    }

    private static Object[] flat(Stream<Object[]> lines) {
        return lines.flatMap(Arrays::stream).toArray();
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
