package org.catalogdrop.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.catalogdrop.scenario.Night.drop;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Problem;
import org.catalogdrop.model.RejectMark;
import org.catalogdrop.model.Status;
import org.catalogdrop.model.Summary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of rejected rows that are dropped again as they are. */
class UnfixedRejectsTest {

    @TempDir
    Path home;

    private static String rejects(Loading loading, Summary summary, String ending) throws Exception {
        return Files.readString(loading.outbox(summary).rejects(ending));
    }

    @Test
    void given_two_rows_of_one_key_when_the_rejects_are_dropped_as_they_are_then_no_element_is_overwritten()
            throws Exception {
        Night.mapping(home, "");
        try (Loading loading = Loading.start(home)) {
            Summary first = loading.load("night1.csv", drop("A;Ant;1", "A;Other;2", "B;Bee;3"));
            assertThat(first.count(Status.REJECTED)).isEqualTo(1);
            String rejects = rejects(loading, first, "csv");

            Summary again = loading.load("night1-rejects.csv", rejects);
            assertThat(again.count(Status.REJECTED)).isEqualTo(1);
            assertThat(loading.names()).containsExactly("Ant", "Bee");
            assertThat(rejects(loading, again, "csv")).isEqualTo(rejects);

            Summary fixed = loading.load("night2-rejects.csv", rejects.replace("A;Other", "C;Other"));
            assertThat(fixed.count(Status.CREATED)).isEqualTo(1);
            Summary decided = loading.load("night3-rejects.csv", rejects.replace("double_key", ""));
            assertThat(decided.count(Status.UPDATED)).isEqualTo(1);
            assertThat(loading.names()).containsExactlyInAnyOrder("Other", "Bee", "Other");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "ndjson"})
    void given_a_double_request_id_in_json_when_the_rejects_are_dropped_as_they_are_then_nothing_is_added(String ending)
            throws Exception {
        String rows = "{\"name\":\"a\",\"request_id\":7},\n{\"name\":\"b\",\"request_id\":7}";
        try (Loading loading = Loading.start(home)) {
            Summary first = loading.load(
                    "first." + ending, ending.equals("json") ? "[" + rows + "]" : rows.replace(",\n", "\n"));
            assertThat(first.count(Status.REJECTED)).isEqualTo(1);
            String rejects = rejects(loading, first, ending);

            Summary again = loading.load("again." + ending, rejects);
            assertThat(again.count(Status.REJECTED)).isEqualTo(1);
            assertThat(loading.names()).containsExactly("a");

            loading.load("fixed." + ending, rejects.replace("\"request_id\":7", "\"request_id\":8"));
            assertThat(loading.names()).containsExactly("a", "b");
        }
    }

    @ParameterizedTest
    @EnumSource
    void given_any_code_when_the_row_is_dropped_as_it_is_then_it_stays_rejected_just_if_the_code_says_so(Code code) {
        List<String> columns = List.of("name", "cf:5", "_code", "_message");
        String message =
                RejectMark.write(Problem.of(code, "found x, expected y."), columns.subList(0, 2), List.of("Ant", "1"));

        assertThat(RejectMark.read(code.word(), message, columns, List.of("Ant", "1", code.word(), message)))
                .isEqualTo(code.staysRejected() ? Optional.of(code) : Optional.empty());
        assertThat(RejectMark.read(code.word(), message, columns, List.of("Ant", "2", code.word(), message)))
                .isEmpty();
        assertThat(RejectMark.read("", message, columns, List.of("Ant", "1", "", message)))
                .isEmpty();
        assertThat(code.staysRejected() && code.scope() != Code.Scope.ROW).isFalse();
    }
}
