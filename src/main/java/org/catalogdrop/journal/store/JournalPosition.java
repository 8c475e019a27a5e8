package org.catalogdrop.journal.store;

import java.sql.SQLException;
import java.time.Instant;
import org.catalogdrop.model.Times;

/**
 * How far a journal is. Drops and requests are numbered in order and never removed, so a later state of the journal has everything that an
 * earlier one has.
 *
 * @param drop the number of its last drop; 0 for none
 * @param request the number of its last request; 0 for none
 * @param requestedAt when that was written, in milliseconds since 1970: it tells two requests of the same number apart
 */
public record JournalPosition(long drop, long request, long requestedAt) {

    public static final JournalPosition NONE = new JournalPosition(0, 0, 0);

    private static final String READ =
            "select (select coalesce(max(id), 0) from drops), coalesce(max(id), 0), coalesce((select intended_at from requests"
                    + " order by id desc limit 1), 0) from requests";

    public static JournalPosition read(Sql sql) throws SQLException {
        return sql.one(READ, line -> new JournalPosition(line.getLong(1), line.getLong(2), line.getLong(3)))
                .orElseThrow();
    }

    /** Returns whether a journal has been here. */
    public boolean isBehind(Sql sql) throws SQLException {
        boolean hasRequest = request == 0
                || sql.number("select count(*) from requests where id = ? and intended_at = ?", request, requestedAt)
                        == 1;
        return hasRequest && sql.number("select max(id) from drops") >= drop;
    }

    /**
     * A journal of which another process is the owner.
     *
     * @param id its identity
     * @param position how far it is
     * @param hasSeen whether it has the request that was seen last
     */
    public record Sight(String id, JournalPosition position, boolean hasSeen) {}

    /**
     * Looks at the journal in a schema in one statement. This is the position that was seen last.
     *
     * @param schema the name of the schema in quotes
     */
    public Sight look(Sql sql, String schema) throws SQLException {
        String in = schema + ".";
        return sql.one(
                        "select (select id from " + in + "identity order by number desc limit 1),"
                                + " (select coalesce(max(id), 0) from " + in + "drops),"
                                + " (select coalesce(max(id), 0) from " + in + "requests),"
                                + " coalesce((select intended_at from " + in + "requests order by id desc limit 1), 0),"
                                + " (select count(*) from " + in + "requests where id = ? and intended_at = ?)",
                        line -> new Sight(
                                line.getString(1),
                                new JournalPosition(line.getLong(2), line.getLong(3), line.getLong(4)),
                                (request == 0 || line.getLong(5) == 1) && line.getLong(2) >= drop),
                        request,
                        requestedAt)
                .orElseThrow();
    }

    /** Returns the position in words. */
    public String display() {
        return request == 0
                ? "drop " + drop + ", no request"
                : "drop " + drop + ", request " + request + " of " + Times.of(Instant.ofEpochMilli(requestedAt));
    }
}
