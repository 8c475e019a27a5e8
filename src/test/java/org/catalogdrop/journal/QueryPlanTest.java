package org.catalogdrop.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.catalogdrop.journal.store.Sql;
import org.catalogdrop.journal.store.SqliteDatabase;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is asked for each drop reads a few lines, however many drops there were. */
class QueryPlanTest {

    @TempDir
    Path state;

    static Stream<String> queries() {
        return Stream.of(
                JournalReader.UNSURE,
                JournalReader.LINES_UNDER_WAY,
                JournalReader.LINES_REFUSED,
                KnownFiles.FIND,
                ReadElements.FORGET_OLD);
    }

    @ParameterizedTest
    @MethodSource("queries")
    void given_a_query_of_each_drop_when_sqlite_plans_it_then_no_table_is_read_whole(String query) throws Exception {
        try (Sql sql = new SqliteDatabase(state).openWriter(0)) {
            Object[] values = Stream.generate(() -> 1L)
                    .limit(query.chars().filter(c -> c == '?').count())
                    .toArray();
            List<String> plan = sql.list("explain query plan " + query, result -> result.getString("detail"), values);
            assertThat(plan)
                    .isNotEmpty()
                    .noneMatch(
                            step -> step.startsWith("SCAN") && !step.contains(" USING ") && !step.contains("CONSTANT"));
        }
    }
}
