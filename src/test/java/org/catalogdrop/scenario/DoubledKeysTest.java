package org.catalogdrop.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.catalogdrop.cli.ShownProgressTest;
import org.catalogdrop.model.Summary;
import org.catalogdrop.sandbox.LoggedRequest;
import org.catalogdrop.sandbox.fault.Fault;
import org.catalogdrop.sandbox.store.StoredElement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Keys that two elements of the list have: their elements are read again only if a row has the key, and no row takes one of the two. */
@Timeout(60)
class DoubledKeysTest {

    private static final int DOUBLED = 100;

    @TempDir
    Path home;

    @BeforeEach
    void map() throws Exception {
        Night.mapping(home, "");
    }

    private static long put(Loading loading, String name, String key) {
        return loading.sandbox().store().put(Loading.LIST, name, List.of(StoredElement.Field.of(Night.SKU, key)));
    }

    /** Each key has two elements. */
    private static void putDoubled(Loading loading) {
        IntStream.range(0, DOUBLED).forEach(i -> {
            put(loading, "one " + i, "D" + i);
            put(loading, "two " + i, "D" + i);
        });
    }

    /** The reads by id since a moment. */
    private static List<String> readsById(Loading loading, int since) {
        return loading.reads().stream()
                .skip(since)
                .map(LoggedRequest::uri)
                .filter(uri -> uri.contains("&id"))
                .toList();
    }

    @Test
    void given_a_list_of_doubled_keys_when_a_drop_names_none_of_them_then_none_is_read_again() throws Exception {
        try (Loading loading = Loading.start(home)) {
            putDoubled(loading);

            Summary first = loading.load("night1.csv", Night.drop("A;Ant;1", "B;Bee;2"));
            assertThat(Night.told(loading.outbox(first))).containsExactly("A add created", "B add created");
            assertThat(readsById(loading, 0)).isEmpty();

            int before = loading.reads().size();
            loading.load("night2.csv", Night.drop("A;Ant;1", "C;Cat;3"));
            assertThat(readsById(loading, before)).isEmpty();
        }
    }

    @Test
    void given_a_list_of_doubled_keys_when_a_drop_names_two_of_them_then_only_their_elements_are_read_again()
            throws Exception {
        try (Loading loading = Loading.start(home)) {
            putDoubled(loading);
            loading.load("night1.csv", Night.drop("A;Ant;1"));
            int before = loading.reads().size();
            long gone = loading.stored().get(2 * 7).id();
            Night.deleteByHand(loading, gone);

            Summary second = loading.load("night2.csv", Night.drop("D7;Seven;1", "D8;Eight;1", "A;Ant;1"));

            assertThat(readsById(loading, before)).singleElement().asString().contains("" + gone);
            assertThat(Night.told(loading.outbox(second)))
                    .containsExactly("D7 update updated", "D8  rejected", "A update unchanged");
            assertThat(loading.outbox(second).codes()).containsExactly("", "ambiguous_key", "");
            assertThat(loading.names()).contains("Seven", "one 8", "two 8").doesNotContain("one 7", "two 7");
        }
    }

    @Test
    void given_a_key_of_three_elements_when_they_are_deleted_one_by_one_then_the_last_alone_is_updated()
            throws Exception {
        try (Loading loading = Loading.start(home)) {
            long first = put(loading, "first", "T");
            long second = put(loading, "second", "T");
            put(loading, "third", "T");
            List<String> codes = new ArrayList<>();

            codes.addAll(loading.outbox(loading.load("night1.csv", Night.drop("T;Tea;1")))
                    .codes());
            Night.deleteByHand(loading, first);
            codes.addAll(loading.outbox(loading.load("night2.csv", Night.drop("T;Tea;2")))
                    .codes());
            assertThat(loading.names()).containsExactlyInAnyOrder("second", "third");
            Night.deleteByHand(loading, second);
            codes.addAll(loading.outbox(loading.load("night3.csv", Night.drop("T;Tea;3")))
                    .codes());

            assertThat(codes).containsExactly("ambiguous_key", "ambiguous_key", "");
            assertThat(loading.names()).containsExactly("Tea");
        }
    }

    @Test
    void given_a_known_key_when_someone_makes_another_element_with_it_then_a_changed_row_updates_neither()
            throws Exception {
        try (Loading loading = Loading.start(home)) {
            loading.load("night1.csv", Night.drop("A;Ant;1", "B;Bee;1"));
            put(loading, "by hand", "B");

            Summary second = loading.load("night2.csv", Night.drop("A;Ant;1", "B;Bee;2"));

            assertThat(loading.outbox(second).codes()).containsExactly("", "ambiguous_key");
            assertThat(loading.names()).containsExactly("Ant", "Bee", "by hand");
            int reads = loading.reads().size();
            loading.load("night3.csv", Night.drop("A;Ant;1"));
            assertThat(loading.reads()).as("an unchanged row needs no look").hasSize(reads);
        }
    }

    @Test
    void given_a_key_of_seven_elements_when_a_row_has_it_then_five_are_named_and_the_rest_is_counted()
            throws Exception {
        try (Loading loading = Loading.start(home)) {
            List<Long> ids = IntStream.range(0, 7)
                    .mapToObj(i -> put(loading, "same " + i, "S"))
                    .toList();

            Summary first = loading.load("night1.csv", Night.drop("S;Sun;1"));

            assertThat(loading.outbox(first).lines().get(0).get("message"))
                    .startsWith("7 elements of the list have the key 'S': ")
                    .contains(" and 2 more. Delete all but one of them");
            assertThat(ids.stream().filter(id -> message(loading, first).contains("" + id)))
                    .hasSize(5);
        }
    }

    private static String message(Loading loading, Summary summary) {
        try {
            return loading.outbox(summary).lines().get(0).get("message");
        } catch (IOException lost) {
            throw new UncheckedIOException(lost);
        }
    }

    @Test
    void given_an_update_in_doubt_when_its_key_belongs_to_others_by_now_then_none_of_them_is_updated()
            throws Exception {
        try (Loading loading = Loading.start(home)) {
            Summary first = loading.load("night1.csv", Night.drop("A;Ant;1"));
            long ant = loading.outbox(first).mapping().get("1");
            Path file = home.resolve("night2.csv");
            Files.writeString(file, Night.drop("A;Ape;1"));
            loading.sandbox().faults().next(Fault.named("drop_before"), 2);
            // The list is read to its end, which takes two requests; then the element is not read.
            loading.sandbox().faults().next(Fault.named("delay").number(0).on(Fault.Target.GET), 2);
            loading.sandbox().faults().next(Fault.named("401").on(Fault.Target.GET));
            assertThat(catchThrowable(() -> loading.load(file))).hasMessageContaining("401");
            assertThat(loading.sandbox().faults().pending()).isZero();
            Night.deleteByHand(loading, ant);
            put(loading, "one", "A");
            put(loading, "two", "A");

            Summary second = loading.load(file);

            assertThat(loading.outbox(second).outcomes()).containsExactly("in_doubt");
            assertThat(loading.names()).containsExactly("one", "two");
        }
    }

    @Test
    void given_rows_of_many_doubled_keys_when_they_are_read_again_then_progress_is_reported() throws Exception {
        List<String> lines = new ArrayList<>();
        ShownProgressTest.Onlooker onlooker = new ShownProgressTest.Onlooker();
        try (Loading loading = Loading.start(home, onlooker)) {
            putDoubled(loading);
            onlooker.show(loading, lines);

            loading.load(
                    "night1.csv",
                    Night.drop(IntStream.range(0, DOUBLED)
                            .mapToObj(i -> "D" + i + ";x;1")
                            .toArray(String[]::new)));

            assertThat(lines)
                    .contains(
                            "night1.csv: reading the elements of list 4220 that share a key a second time,"
                                    + " 0 of 200 elements so far",
                            "night1.csv: reading the elements of list 4220 that share a key a second time,"
                                    + " 180 of 200 elements so far");
        }
    }
}
