package org.catalogdrop.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.catalogdrop.mapping.rule.RejectBudget;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Problem;
import org.catalogdrop.model.Status;
import org.catalogdrop.model.Summary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code drop.on-reject}: a drop with more rejects than allowed sends nothing, one with fewer loads. */
class RejectBudgetTest {

    private static final String THREE_OF_TEN = "name,cf:4400049\na,1\n,2\nb,3\nc,4\n,5\nd,6\ne,7\nf,8\ng,9\n,10\n";

    @TempDir
    Path home;

    @ParameterizedTest
    @CsvSource({"stop, 0", "2, 0", "29%, 0", "3, 7", "30%, 7", "continue, 7"})
    void more_rejects_than_allowed_stop_the_drop_before_its_first_request(String budget, int created) throws Exception {
        try (Loading loading = Loading.start(home, "drop.on-reject=" + budget)) {
            Summary summary = loading.load("ten.csv", THREE_OF_TEN);
            assertThat(loading.names()).hasSize(created);
            assertThat(summary.count(Status.CREATED)).isEqualTo(created);
            assertThat(summary.refusal().map(Problem::code))
                    .isEqualTo(created == 0 ? Optional.of(Code.TOO_MANY_REJECTS) : Optional.empty());
            assertThat(loading.posts().isEmpty()).isEqualTo(created == 0);
        }
    }

    @Test
    void the_refusal_says_how_many_where_and_what_next() throws Exception {
        try (Loading loading = Loading.start(home, "drop.on-reject=1")) {
            assertThat(loading.load("ten.csv", THREE_OF_TEN)
                            .refusal()
                            .orElseThrow()
                            .message())
                    .contains("3 of 10 rows", "allows 1.", "row 2 (line 3) name_missing in name", "or allow more");
        }
    }

    @Test
    void a_refused_drop_loads_once_its_rows_are_fixed() throws Exception {
        try (Loading loading = Loading.start(home, "drop.on-reject=stop")) {
            assertThat(loading.load("ten.csv", THREE_OF_TEN).refusal()).isPresent();
            Summary mended = loading.load("ten.csv", THREE_OF_TEN.replace("\n,", "\nx,"));
            assertThat(mended.count(Status.CREATED)).isEqualTo(10);
        }
    }

    @Test
    void allowing_more_takes_the_same_file_up_again() throws Exception {
        try (Loading loading = Loading.start(home, "drop.on-reject=stop")) {
            assertThat(loading.load("ten.csv", THREE_OF_TEN).refusal()).isPresent();
        }
        try (Loading loading = Loading.start(home, "drop.on-reject=3")) {
            assertThat(loading.load("ten.csv", THREE_OF_TEN).count(Status.CREATED))
                    .isEqualTo(7);
        }
    }

    @Test
    void json_is_held_to_it_too() throws Exception {
        try (Loading loading = Loading.start(home, "drop.on-reject=stop")) {
            assertThat(loading.load("a.json", "[{\"name\":\"a\"},{\"name\":\"\"}]")
                            .refusal())
                    .isPresent();
            assertThat(loading.posts()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "stop-before-sending, continue, 0",
        "at most 1, continue, 0",
        "at most 2, stop, 2",
        "50 %, stop, 2",
        "49%, , 0"
    })
    void a_mapping_file_has_the_last_word_and_duplicate_keys_count(String inFile, String setting, int created)
            throws Exception {
        Night.mapping(home, "on_reject: " + inFile + "\n");
        try (Loading loading = Loading.start(home, "drop.on-reject=" + (setting == null ? "continue" : setting))) {
            Summary summary = loading.load("night1.csv", Night.drop("A;Ant;1", "B;Bee;x", "C;Cat;3", "A;Ape;4"));
            assertThat(summary.count(Status.CREATED)).isEqualTo(created);
            assertThat(loading.posts().isEmpty()).isEqualTo(created == 0);
            if (created == 0) {
                assertThat(summary.refusal().orElseThrow().message())
                        .contains("2 of 4 rows", "on_reject in night.yaml allows", "row 4 (line 5) double_key in No");
            } else {
                assertThat(loading.outbox(summary).codes()).containsExactly("", "bad_number", "", "double_key");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no", "-1", "101%", "5 percent", "1.5%", "stop!"})
    void what_means_nothing_is_no_budget(String text) {
        assertThat(RejectBudget.of(text)).isEmpty();
    }
}
