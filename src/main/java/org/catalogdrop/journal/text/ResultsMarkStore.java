package org.catalogdrop.journal.text;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.catalogdrop.journal.store.Sql;

/** The marks of unfinished results in the journal: its statements. Stateless. */
public final class ResultsMarkStore {

    private ResultsMarkStore() {}

    /** Adds a mark. */
    public static void add(Sql sql, String mark, Instant now) throws SQLException {
        sql.update("insert into results_marks (mark, made_at) values (?, ?)", mark, now.toEpochMilli());
    }

    /** Returns all marks. */
    public static List<String> all(Sql sql) throws SQLException {
        return sql.list("select mark from results_marks", result -> result.getString(1));
    }
}
