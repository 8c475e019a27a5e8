package org.catalogdrop.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.catalogdrop.model.Summary;
import org.catalogdrop.sandbox.fault.Fault;
import org.catalogdrop.sandbox.fault.Switch;
import org.catalogdrop.sandbox.store.StoredElement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Elements that are asked for together, and the API answers with one of them or none: those that are missing are not taken for deleted. */
@Timeout(60)
class SeveralIdsTest {

    @TempDir
    Path home;

    @BeforeEach
    void map() throws Exception {
        Night.mapping(home, "");
    }

    private static long put(Loading loading, String name, String key) {
        return loading.sandbox().store().put(Loading.LIST, name, List.of(StoredElement.Field.of(Night.SKU, key)));
    }

    @ParameterizedTest
    @EnumSource(Switch.Ids.class)
    void given_a_key_of_two_elements_when_ids_are_ignored_then_no_element_is_updated_or_added(Switch.Ids ids)
            throws Exception {
        try (Loading loading = Loading.start(home)) {
            put(loading, "one", "D");
            put(loading, "two", "D");
            loading.sandbox().turn(ids);

            Summary first = loading.load("night1.csv", Night.drop("D;Dog;1", "E;Eel;1"));

            assertThat(loading.outbox(first).codes()).containsExactly("ambiguous_key", "");
            assertThat(loading.names()).containsExactly("one", "two", "Eel");
        }
    }

    @ParameterizedTest
    @EnumSource(Switch.Ids.class)
    void given_updates_without_an_answer_when_ids_are_ignored_then_no_element_is_added_twice(Switch.Ids ids)
            throws Exception {
        try (Loading loading = Loading.start(home)) {
            loading.load("night1.csv", Night.drop("A;Ant;1", "B;Bee;1", "C;Cat;1"));
            loading.sandbox().turn(ids);
            loading.sandbox().faults().next(Fault.named("drop_before"), 2);

            Summary second = loading.load("night2.csv", Night.drop("A;Ape;1", "B;Bug;1", "C;Cow;1"));

            assertThat(loading.outbox(second).outcomes()).containsOnly("updated");
            assertThat(loading.names()).containsExactly("Ape", "Bug", "Cow");
        }
    }

    @ParameterizedTest
    @EnumSource(Switch.Ids.class)
    void given_deletes_without_an_answer_when_ids_are_ignored_then_each_element_is_deleted(Switch.Ids ids)
            throws Exception {
        try (Loading loading = Loading.start(home)) {
            long one = loading.sandbox().store().put(Loading.LIST, "one", List.of());
            long two = loading.sandbox().store().put(Loading.LIST, "two", List.of());
            loading.sandbox().turn(ids);
            loading.sandbox().faults().next(Fault.named("drop_before"), 2);

            Summary gone = loading.load("gone.csv", "action,id\ndelete," + one + "\ndelete," + two + "\n");

            assertThat(loading.outbox(gone).outcomes()).containsOnly("deleted");
            assertThat(loading.names()).isEmpty();
        }
    }
}
