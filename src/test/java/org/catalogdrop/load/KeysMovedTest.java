package org.catalogdrop.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.catalogdrop.scenario.Night.SKU;
import static org.catalogdrop.scenario.Night.drop;
import static org.catalogdrop.scenario.Night.told;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.catalogdrop.mapping.rule.KeyLocation;
import org.catalogdrop.model.Summary;
import org.catalogdrop.sandbox.store.StoredElement;
import org.catalogdrop.scenario.ByHand;
import org.catalogdrop.scenario.Loading;
import org.catalogdrop.scenario.Night;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** People give the key of one element to another: no element is made for it once more. */
class KeysMovedTest {

    private static final KeyLocation PLACE =
            new KeyLocation(Loading.LIST, "" + SKU, "No", KeyLocation.Gone.ADD, Optional.empty());

    @TempDir
    Path home;

    @BeforeEach
    void mapping() throws IOException {
        Night.mapping(home, "");
    }

    private static long put(Loading loading, String name, String key) {
        return loading.sandbox().store().put(Loading.LIST, name, List.of(StoredElement.Field.of(SKU, key)));
    }

    private static void give(Loading loading, long id, String key) {
        ByHand.value(
                loading.sandbox().baseUrl(),
                Loading.TOKEN,
                loading.sandbox().store().byId(id).orElseThrow(),
                SKU,
                key);
    }

    @Test
    void a_key_given_to_a_newer_element_is_known_there_after_a_look_at_the_whole_list() throws Exception {
        try (Loading loading = Loading.start(home)) {
            Summary first = loading.load("night1.csv", drop("A;Ant;1", "B;Bee;2"));
            give(loading, loading.outbox(first).mapping().get("1"), "old");
            long ape = put(loading, "Ape", "A");
            loading.drop().keyLooks().sync(PLACE);

            Summary second = loading.load("night2.csv", drop("A;Ant;7", "B;Bee;2"));

            assertThat(told(loading.outbox(second))).containsExactly("A update updated", "B update unchanged");
            assertThat(loading.outbox(second).mapping()).containsEntry("1", ape);
            assertThat(loading.stored()).hasSize(3);
        }
    }

    @Test
    void keys_that_two_elements_have_changed_are_known_after_a_look_at_the_whole_list() throws Exception {
        try (Loading loading = Loading.start(home)) {
            Summary first = loading.load("night1.csv", drop("A;Ant;1", "B;Bee;2"));
            long ant = loading.outbox(first).mapping().get("1");
            long bee = loading.outbox(first).mapping().get("2");
            give(loading, ant, "B");
            give(loading, bee, "A");
            loading.drop().keyLooks().sync(PLACE);

            Summary second = loading.load("night2.csv", drop("A;Bee;7", "B;Ant;8"));

            assertThat(told(loading.outbox(second))).containsExactly("A update updated", "B update updated");
            assertThat(loading.outbox(second).mapping()).containsEntry("1", bee).containsEntry("2", ant);
            assertThat(loading.stored()).hasSize(2);
        }
    }

    /** Keys are compared letter by letter: what is the same number or day is another key. */
    @ParameterizedTest
    @CsvSource({"1.5,1.50", "b-,b", "2026-07-01,2026-07-01 00:00"})
    void an_element_that_someone_gave_a_key_like_its_own_is_not_deleted_as_missing(String key, String given)
            throws Exception {
        Night.mapping(home, "missing: delete\nmissing_at_most: 50 %\n");
        try (Loading loading = Loading.start(home)) {
            Summary first = loading.load("night1.csv", drop("A;Ant;1", '"' + key + "\";Bee;2", "C;Cat;3"));
            give(loading, loading.outbox(first).mapping().get("2"), given);

            Summary second = loading.load("night2.csv", drop("A;Ant;1", "C;Cat;3"));

            assertThat(told(loading.outbox(second))).last().isEqualTo(key + " delete unchanged");
            assertThat(loading.names()).containsExactly("Ant", "Bee", "Cat");
        }
    }

    @Test
    void a_key_made_again_by_hand_is_known_though_its_former_element_was_deleted_as_missing() throws Exception {
        Night.mapping(home, "missing: delete\nmissing_at_most: 50 %\n");
        try (Loading loading = Loading.start(home)) {
            loading.load("night1.csv", drop("A;Ant;1", "B;Bee;2", "C;Cat;3"));
            long theirs = put(loading, "Bee by hand", "B");
            loading.load("night2.csv", drop("A;Ant;1", "C;Cat;3", "D;Dog;4"));
            assertThat(loading.sandbox().store().byId(theirs))
                    .as("what people made is left")
                    .isPresent();

            Summary third = loading.load("night3.csv", drop("A;Ant;1", "B;Bee;5", "C;Cat;3", "D;Dog;4"));

            assertThat(loading.outbox(third).mapping()).containsEntry("2", theirs);
        }
    }
}
