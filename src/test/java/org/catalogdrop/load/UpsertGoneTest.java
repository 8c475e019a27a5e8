package org.catalogdrop.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.catalogdrop.scenario.Night.SKU;
import static org.catalogdrop.scenario.Night.deleteByHand;
import static org.catalogdrop.scenario.Night.drop;
import static org.catalogdrop.scenario.Night.told;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.catalogdrop.mapping.rule.KeyLocation;
import org.catalogdrop.model.Status;
import org.catalogdrop.model.Summary;
import org.catalogdrop.sandbox.fault.Fault;
import org.catalogdrop.sandbox.store.StoredElement;
import org.catalogdrop.scenario.Loading;
import org.catalogdrop.scenario.Night;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Elements of known keys that someone deleted, or made a second time. */
class UpsertGoneTest {

    @TempDir
    Path home;

    @BeforeEach
    void mapping() throws IOException {
        Night.mapping(home, "");
    }

    @Test
    void what_was_deleted_by_hand_is_added_again() throws Exception {
        try (Loading loading = Loading.start(home, "kommo.chunk-size=2")) {
            Summary first = loading.load("night1.csv", drop("A;Ant;1", "B;Bee;2", "C;Cat;3"));
            long bee = loading.outbox(first).mapping().get("2");
            deleteByHand(loading, bee);
            Summary second = loading.load("night2.csv", drop("A;Ant;7", "B;Bee;8", "C;Cat;9"));
            assertThat(told(loading.outbox(second)))
                    .containsExactly("A update updated", "B add created", "C update updated");
            assertThat(loading.names()).containsExactlyInAnyOrder("Ant", "Cat", "Bee");
            assertThat(loading.outbox(second).mapping().get("2")).isGreaterThan(bee);
            Summary third = loading.load("night3.csv", drop("C;Cat;9", "B;Bee;8", "A;Ant;7"));
            assertThat(third.count(Status.UNCHANGED)).isEqualTo(3);
        }
    }

    @Test
    void or_rejected_if_the_mapping_says_so() throws Exception {
        Night.mapping(home, "gone: reject\n");
        try (Loading loading = Loading.start(home)) {
            Summary first = loading.load("night1.csv", drop("A;Ant;1", "B;Bee;2"));
            deleteByHand(loading, loading.outbox(first).mapping().get("2"));
            Summary second = loading.load("night2.csv", drop("A;Ant;7", "B;Bee;8"));
            assertThat(loading.outbox(second).outcomes()).containsExactly("updated", "rejected");
            assertThat(loading.outbox(second).codes()).containsExactly("", "not_found");
            assertThat(loading.names()).containsExactly("Ant");
        }
    }

    @Test
    void what_was_deleted_and_made_again_by_hand_is_updated() throws Exception {
        try (Loading loading = Loading.start(home)) {
            Summary first = loading.load("night1.csv", drop("A;Ant;1", "B;Bee;2"));
            deleteByHand(loading, loading.outbox(first).mapping().get("2"));
            long bee = loading.sandbox().store().put(4220, "Bee", List.of(StoredElement.Field.of(SKU, "B")));
            Summary second = loading.load("night2.csv", drop("A;Ant;1", "B;Bee;8"));
            assertThat(told(loading.outbox(second))).containsExactly("A update unchanged", "B update updated");
            assertThat(loading.outbox(second).mapping()).containsEntry("2", bee);
            assertThat(loading.names()).containsExactly("Ant", "Bee");
        }
    }

    @Test
    void what_was_deleted_and_made_again_twice_is_rejected_with_both() throws Exception {
        try (Loading loading = Loading.start(home)) {
            Summary first = loading.load("night1.csv", drop("A;Ant;1", "B;Bee;2"));
            deleteByHand(loading, loading.outbox(first).mapping().get("2"));
            long one = loading.sandbox().store().put(4220, "Bee", List.of(StoredElement.Field.of(SKU, "B")));
            long two = loading.sandbox().store().put(4220, "Bug", List.of(StoredElement.Field.of(SKU, "B")));
            Summary second = loading.load("night2.csv", drop("A;Ant;7", "B;Bee;8"));
            assertThat(loading.outbox(second).codes()).containsExactly("", "ambiguous_key");
            assertThat(loading.outbox(second).lines().get(1))
                    .containsEntry("key", "B")
                    .containsEntry("column", "No");
            assertThat(loading.outbox(second).lines().get(1).get("message")).contains("" + one, "" + two);
            assertThat(loading.outbox(second).rejects("csv")).content().contains("B;Bee;8");
            assertThat(loading.names()).containsExactly("Ant", "Bee", "Bug");
            assertThat(loading.drop().journal().drops().get(1).counts()).containsEntry(Status.REJECTED, 1L);
        }
    }

    @Test
    void an_update_whose_answer_was_lost_and_whose_element_is_gone_is_added_once() throws Exception {
        try (Loading loading = Loading.start(home)) {
            Summary first = loading.load("night1.csv", drop("A;Ant;1", "B;Bee;2"));
            deleteByHand(loading, loading.outbox(first).mapping().get("2"));
            loading.sandbox().faults().next(Fault.named("504_before"));
            loading.sandbox().faults().next(Fault.named("drop_after"));
            Summary second = loading.load("night2.csv", drop("A;Ant;7", "B;Bee;8"));
            assertThat(told(loading.outbox(second))).containsExactly("A update updated", "B add created");
            assertThat(loading.names()).containsExactly("Ant", "Bee");
        }
    }

    @Test
    void a_key_that_two_elements_have_is_rejected_with_both_until_one_is_gone() throws Exception {
        try (Loading loading = Loading.start(home)) {
            long one = loading.sandbox().store().put(4220, "Ant", List.of(StoredElement.Field.of(SKU, "A")));
            long two = loading.sandbox().store().put(4220, "Ape", List.of(StoredElement.Field.of(SKU, "A")));
            Summary first = loading.load("night1.csv", drop("A;Ant;1", "B;Bee;2"));
            assertThat(loading.outbox(first).codes()).containsExactly("ambiguous_key", "");
            assertThat(loading.outbox(first).lines().get(0).get("message")).contains("" + one, "" + two);
            deleteByHand(loading, one);
            Summary second = loading.load("night2.csv", drop("A;Ant;1"));
            assertThat(loading.outbox(second).mapping()).containsEntry("1", two);
            assertThat(told(loading.outbox(second))).containsExactly("A update updated");
        }
    }

    @Test
    void a_look_at_the_whole_list_notices_what_no_row_does() throws Exception {
        try (Loading loading = Loading.start(home)) {
            Summary first = loading.load("night1.csv", drop("A;Ant;1", "B;Bee;2"));
            deleteByHand(loading, loading.outbox(first).mapping().get("2"));
            KeyLocation place = new KeyLocation(Loading.LIST, "" + SKU, "No", KeyLocation.Gone.ADD, Optional.empty());
            KeyScanSteps.Looking done = loading.drop().keyLooks().sync(place);
            assertThat(done.elements()).isEqualTo(1);
            assertThat(done.found()).isEqualTo(1);
            assertThat(done.forgotten()).isEqualTo(1);
            Summary second = loading.load("night2.csv", drop("B;Bee;2", "A;Ant;1"));
            assertThat(told(loading.outbox(second))).containsExactly("B add created", "A update unchanged");
        }
    }
}
