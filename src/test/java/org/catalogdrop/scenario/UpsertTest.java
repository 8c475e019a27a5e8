package org.catalogdrop.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.catalogdrop.scenario.Night.SKU;
import static org.catalogdrop.scenario.Night.drop;
import static org.catalogdrop.scenario.Night.told;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Status;
import org.catalogdrop.model.Summary;
import org.catalogdrop.sandbox.fault.Switch;
import org.catalogdrop.sandbox.store.StoredElement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows that are known again by their key: added once, updated when they change, and left alone when they do not. */
class UpsertTest {

    @TempDir
    Path home;

    @BeforeEach
    void mapping() throws IOException {
        Night.mapping(home, "");
    }

    private static String value(StoredElement element, long field) {
        return element.fields().stream()
                .filter(one -> one.id() == field)
                .map(one -> one.values().get(0).text())
                .collect(Collectors.joining());
    }

    private static long lists(Loading loading) {
        return loading.sandbox().log().stream()
                .filter(request -> request.method().equals("GET"))
                .count();
    }

    @Test
    void a_new_key_is_added_a_changed_one_updated_and_the_rest_left_alone() throws Exception {
        try (Loading loading = Loading.start(home)) {
            Summary first = loading.load("night1.csv", drop("A;Ant;1,50", "B;Bee;2", "C;Cat;"));
            assertThat(told(loading.outbox(first))).containsExactly("A add created", "B add created", "C add created");
            Map<String, Long> ids = loading.outbox(first).mapping();
            int posts = loading.posts().size();
            Summary second = loading.load("night2.csv", drop("C;Cat;", "B;Bee;", "D;Dog;4", "A;Ant;1,50"));
            assertThat(told(loading.outbox(second)))
                    .containsExactly("C update unchanged", "B update updated", "D add created", "A update unchanged");
            assertThat(loading.outbox(second).mapping())
                    .containsEntry("1", ids.get("3"))
                    .containsEntry("2", ids.get("2"))
                    .containsEntry("4", ids.get("1"));
            assertThat(loading.posts()).hasSize(posts + 2);
            assertThat(loading.names()).containsExactly("Ant", "Bee", "Cat", "Dog");
            assertThat(value(loading.stored().get(1), 4400051)).isEmpty();
            loading.holdLaws(second, Map.of(2L, "Bee", 3L, "Dog"));
            Summary third = loading.load("night3.csv", drop("D;Dog;4", "A;Ant;1,50"));
            assertThat(third.count(Status.UNCHANGED)).isEqualTo(2);
            assertThat(third.requests()).isZero();
            assertThat(loading.posts()).hasSize(posts + 2);
        }
    }

    @Test
    void what_was_made_by_hand_is_found_before_it_is_made_again() throws Exception {
        try (Loading loading = Loading.start(home)) {
            long ant = loading.sandbox().store().put(4220, "Ant", List.of(StoredElement.Field.of(SKU, "A")));
            IntStream.range(0, 120).forEach(i -> loading.sandbox()
                    .store()
                    .put(4220, "other " + i, List.of(StoredElement.Field.of(SKU, "x" + i))));
            Summary first = loading.load("night1.csv", drop("A;Ant;1", "B;Bee;2"));
            assertThat(told(loading.outbox(first))).containsExactly("A update updated", "B add created");
            assertThat(loading.outbox(first).mapping()).containsEntry("1", ant);
            assertThat(lists(loading)).isEqualTo(2);
            // Later only what is new is looked at.
            loading.sandbox().store().put(4220, "Cat", List.of(StoredElement.Field.of(SKU, "C")));
            Summary second = loading.load("night2.csv", drop("A;Ant;1", "C;Cat;3", "D;Dog;4"));
            assertThat(told(loading.outbox(second)))
                    .containsExactly("A update unchanged", "C update updated", "D add created");
            assertThat(lists(loading)).isEqualTo(3);
        }
    }

    @Test
    void keys_are_compared_letter_by_letter() throws Exception {
        String[] rows = {
            "a;1;",
            "A;2;",
            "ä;3;",
            "\u00E0;4;",
            "-a;5;",
            "a-;6;",
            "\"a;b\";7;",
            "a'b%_;8;",
            "0a;9;",
            "=a;10;",
            "\"&amp;\";11;",
            "\uD83D\uDE00;12;"
        };
        try (Loading loading = Loading.start(home)) {
            Summary first = loading.load("night1.csv", drop(rows));
            assertThat(first.count(Status.CREATED)).isEqualTo(rows.length);
            Summary second = loading.load("night2.csv", drop(rows) + "b;13;\n");
            assertThat(second.count(Status.UNCHANGED)).isEqualTo(rows.length);
            assertThat(second.count(Status.CREATED)).isEqualTo(1);
        }
        // Without a memory of them they are found in the list all the same.
        deleteState();
        try (Loading loading = Loading.start(home)) {
            for (int i = 0; i < rows.length; i++) {
                loading.load("plain" + i + ".csv", "name,cf:4400049\n" + (i + 1) + "," + quoted(rows[i]) + "\n");
            }
            Summary third = loading.load("night3.csv", drop(rows));
            assertThat(third.count(Status.UPDATED)).isEqualTo(rows.length);
            assertThat(loading.stored()).hasSize(rows.length);
        }
    }

    private static String quoted(String row) {
        String key = row.substring(0, row.lastIndexOf(';', row.length() - 2));
        return key.startsWith("\"") ? key : '"' + key + '"';
    }

    private void deleteState() throws IOException {
        for (String name : List.of("catalog-drop.db", "catalog-drop.db-wal", "catalog-drop.db-shm")) {
            Files.deleteIfExists(home.resolve("state").resolve(name));
        }
    }

    @Test
    void an_empty_key_and_a_duplicate_key_are_rejected() throws Exception {
        try (Loading loading = Loading.start(home)) {
            Summary first =
                    loading.load("night1.csv", drop("A;Ant;1", ";Bee;2", "C;Cat;3", "A;Ape;4", "a;Asp;5", "A;Auk;6"));
            assertThat(loading.outbox(first).codes())
                    .containsExactly("", "key_missing", "", "double_key", "", "double_key");
            assertThat(loading.outbox(first).lines().get(5).get("message")).contains("'A' is already in row 1");
            assertThat(loading.outbox(first).lines().get(5)).containsEntry("column", "No");
            assertThat(loading.names()).containsExactly("Ant", "Cat", "Asp");
        }
    }

    @Test
    void what_others_of_our_drops_send_is_not_taken_for_unchanged() throws Exception {
        try (Loading loading = Loading.start(home)) {
            Summary first = loading.load("night1.csv", drop("A;Ant;1", "B;Bee;2"));
            long ant = loading.outbox(first).mapping().get("1");
            loading.load("by-hand.csv", "id,name,cf:4400051\n" + ant + ",Ant,99\n");
            Summary second = loading.load("night2.csv", drop("B;Bee;2", "A;Ant;1"));
            assertThat(told(loading.outbox(second))).containsExactly("B update unchanged", "A update updated");
            assertThat(value(loading.stored().get(0), 4400051)).isEqualTo("1");
        }
    }

    @Test
    void accounts_and_key_fields_have_their_own_keys() throws Exception {
        try (Loading one = Loading.start(home)) {
            one.load("night1.csv", drop("A;Ant;1"));
        }
        try (Loading other = Loading.start(home)) {
            Summary summary = other.load("night2.csv", drop("A;Ant;1", "B;Bee;2"));
            assertThat(summary.count(Status.CREATED)).isEqualTo(2);
            Files.writeString(
                    home.resolve("mappings/names.yaml"),
                    "drops: names*.csv\naction: upsert\nkey: Title\nname: Title\n");
            Summary byName = other.load("names.csv", "Title\nA\nAnt\n");
            assertThat(told(other.outbox(byName))).containsExactly("A add created", "Ant update updated");
        }
    }

    @Test
    void a_mapping_whose_key_could_not_be_found_again_is_refused() throws Exception {
        try (Loading loading = Loading.start(home)) {
            refused(loading, "action: upsert\nname: Title", "'key' is missing");
            refused(loading, "action: upsert\nkey: No\nname: Title", "is not sent, so");
            refused(
                    loading,
                    "action: upsert\nkey: No\nname: Title\nfields:\n  - {field: 1, column: No, type: number}",
                    "must be of type text");
            refused(
                    loading,
                    "action: upsert\nkey: No\nname: Title\nfields:\n  - {field: 1, column: No}\n  - {field: 2, column: no}",
                    "several fields");
            refused(loading, "action: upsert\nkey: Title\nname: Title\nid: No", "remove 'id'");
            refused(loading, "action: add\ngone: add\nname: Title", "gone is for action: upsert");
            refused(loading, "action: upsert\nkey: Title\nname: Title\ngone: ad", "did you mean 'add'");
        }
    }

    private void refused(Loading loading, String lines, String part) throws IOException {
        Files.writeString(home.resolve("mappings/night.yaml"), "drops: night*.csv\n" + lines + "\n");
        Summary summary = loading.load("night.csv", drop("A;Ant;1"));
        assertThat(summary.refusal()).hasValueSatisfying(problem -> {
            assertThat(problem.code()).isEqualTo(Code.BAD_MAPPING);
            assertThat(problem.message()).contains(part);
        });
    }

    @Test
    void one_percent_of_changes_fills_requests() throws Exception {
        try (Loading loading = Loading.start(home)) {
            int rows = 20_000;
            loading.load("night1.csv", many(rows, 0));
            int posts = loading.posts().size();
            Summary second = loading.load("night2.csv", many(rows, 100));
            assertThat(second.count(Status.UPDATED)).isEqualTo(200);
            assertThat(second.count(Status.UNCHANGED)).isEqualTo(rows - 200);
            assertThat(loading.posts()).hasSize(posts + 1);
        }
    }

    /** @param each every so many rows a price is another; 0 for none */
    private static String many(int rows, int each) {
        StringBuilder text = new StringBuilder("No;Title;Price\n");
        for (int i = 0; i < rows; i++) {
            text.append("K").append(i).append(";Title ").append(i).append(';');
            text.append(each > 0 && i % each == 0 ? 7 : 1).append('\n');
        }
        return text.toString();
    }

    @Test
    void given_keys_that_differ_in_what_nobody_sees_when_loaded_then_they_are_one() throws Exception {
        try (Loading loading = Loading.start(home)) {
            loading.load("night1.csv", drop("A1;Ant;1", "B2\u00A0;Bee;2", "C 3;Cat;3"));
            assertThat(loading.stored())
                    .extracting(element -> value(element, SKU))
                    .containsExactly("A1", "B2", "C 3");
            Summary second = loading.load("night2.csv", drop("\u200BA1 ;Ant;1", "B2;Bee;9", "C\u00A03;Cat;3"));
            assertThat(second.count(Status.UNCHANGED)).isEqualTo(2);
            assertThat(second.count(Status.UPDATED)).isEqualTo(1);
            Summary third = loading.load("night3.csv", drop("A1;Ant;1", "A1\uFEFF;Ant;2", "\u00A0;Dog;", "D4;\u00A0;"));
            assertThat(loading.outbox(third).codes()).containsExactly("", "double_key", "key_missing", "name_missing");
            assertThat(loading.stored()).hasSize(3);
        }
    }

    @Test
    void given_keys_that_differ_in_blanks_inside_and_in_composition_when_loaded_then_they_are_one() throws Exception {
        try (Loading loading = Loading.start(home)) {
            long cafe = loading.sandbox().store().put(4220, "Cafe", List.of(StoredElement.Field.of(SKU, "Cafe\u0301")));
            long blanks = loading.sandbox().store().put(4220, "Blanks", List.of(StoredElement.Field.of(SKU, "A  1")));
            Summary first = loading.load("night1.csv", drop("Caf\u00E9;Cafe;1", "A\u00A01;Blanks;1"));
            assertThat(loading.outbox(first).outcomes()).containsExactly("updated", "updated");
            assertThat(loading.outbox(first).mapping()).containsEntry("1", cafe).containsEntry("2", blanks);
            Summary second = loading.load(
                    "night2.csv", drop("Cafe\u0301;Cafe;2", "A\u00A0\u00A01;Blanks;2", "Caf\u00E9;x;", "A 1;x;"));
            assertThat(loading.outbox(second).codes()).containsExactly("", "", "double_key", "double_key");
            assertThat(loading.stored())
                    .extracting(element -> value(element, SKU))
                    .containsExactly("Cafe\u0301", "A  1");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"COMPOSED", "COLLAPSED"})
    void given_an_account_that_stores_keys_in_another_form_when_rows_change_then_no_element_is_made_twice(
            Switch.StoredText form) throws Exception {
        try (Loading loading = Loading.start(home, Loading.sandboxSettings().withSwitch(form))) {
            String key = form == Switch.StoredText.COMPOSED ? "Cafe\u0301" : "A  1";
            loading.load("night1.csv", drop(key + ";Ant;1"));
            assertThat(value(loading.stored().get(0), SKU)).isNotEqualTo(key);
            loading.drop().keyLooks().sync(Night.place());
            Summary second = loading.load("night2.csv", drop(key + ";Ant;2", "Z;Zoo;1"));
            loading.drop().keyLooks().sync(Night.place());
            Summary third = loading.load("night3.csv", drop(key + ";Ant;3"));
            assertThat(loading.outbox(second).outcomes()).containsExactly("updated", "created");
            assertThat(loading.outbox(third).outcomes()).containsExactly("updated");
            assertThat(loading.stored()).hasSize(2);
        }
    }
}
