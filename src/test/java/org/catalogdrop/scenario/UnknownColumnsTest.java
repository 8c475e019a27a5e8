package org.catalogdrop.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Summary;
import org.catalogdrop.results.Summaries;
import org.catalogdrop.results.SummaryLine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was ignored, and why rows were rejected, is in the summary and its line. */
class UnknownColumnsTest {

    private static final String DROP = "name,colour,cf:4400049,si\u00A0ze\nAnt,red,1,S\n,red,2,S\nBee,red,3,S\n,,4,\n";

    @TempDir
    Path home;

    @Test
    void given_unknown_columns_and_rejects_when_loaded_then_summary_and_last_line_have_them() throws Exception {
        try (Loading loading = Loading.start(home)) {
            Summary summary = loading.load("a.csv", DROP);
            assertThat(summary.unknownColumns()).containsExactly("colour", "si\u00A0ze");
            assertThat(summary.rejectsByCode()).isEqualTo(Map.of("name_missing", 2L));
            assertThat(SummaryLine.line(summary))
                    .contains(
                            "; rejected for 2 name_missing; unknown columns, ignored: colour, si\\u00A0ze; results in");
            Summary read = Summaries.read(home.resolve("outbox").resolve(summary.folder()));
            assertThat(read.unknownColumns()).isEqualTo(summary.unknownColumns());
            assertThat(read.rejectsByCode()).isEqualTo(summary.rejectsByCode());
        }
    }

    @Test
    void given_that_unknown_columns_are_refused_when_a_drop_has_one_then_nothing_is_sent() throws Exception {
        try (Loading loading = Loading.start(home, "drop.unknown-columns=refuse")) {
            Summary refused = loading.load("a.csv", DROP);
            assertThat(refused.folder()).isEmpty();
            assertThat(refused.refusal()).hasValueSatisfying(problem -> {
                assertThat(problem.code()).isEqualTo(Code.UNKNOWN_COLUMN);
                assertThat(problem.message()).contains("colour, si\\u00A0ze", "drop.unknown-columns");
            });
            assertThat(loading.load("b.json", "[{\"name\":\"A\"},{\"name\":\"B\",\"size\":1}]")
                            .refusal())
                    .hasValueSatisfying(problem -> assertThat(problem.message()).contains("row 2", "size"));
            assertThat(loading.posts()).isEmpty();
            assertThat(home.resolve("outbox").toFile().list())
                    .as("results of a drop that was refused before it had any")
                    .isNullOrEmpty();
            Summary sound = loading.load("c.csv", "name,cf:4400049,_code\nAnt,1,\n");
            assertThat(sound.refusal()).isEmpty();
            assertThat(loading.names()).containsExactly("Ant");
        }
    }

    @Test
    void given_a_first_row_that_cannot_be_read_when_the_next_has_an_unknown_column_then_the_drop_is_refused()
            throws Exception {
        try (Loading loading = Loading.start(home, "drop.unknown-columns=refuse")) {
            for (String drop : new String[] {
                "7\n{\"name\":\"A\",\"size\":1}\n", "{\n\"x\"\n{\"name\":\"A\"}\n{\"name\":\"A\",\"size\":1}\n"
            }) {
                assertThat(loading.load("a.ndjson", drop).refusal())
                        .hasValueSatisfying(
                                problem -> assertThat(problem.message()).contains("unknown columns: size"));
            }
            assertThat(loading.posts()).isEmpty();
        }
    }
}
