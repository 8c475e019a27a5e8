package org.catalogdrop.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.catalogdrop.journal.MappingHistory.MappingSnapshot;
import org.catalogdrop.journal.store.FoundKey;
import org.catalogdrop.journal.store.KeyList;
import org.catalogdrop.journal.store.KnownKey;
import org.catalogdrop.model.BeforeImage;
import org.catalogdrop.model.Chunk;
import org.catalogdrop.model.Element;
import org.catalogdrop.model.Key;
import org.catalogdrop.model.Operation;
import org.catalogdrop.model.Outcome;
import org.catalogdrop.model.Row;
import org.junit.jupiter.api.Test;

/** What is kept beside the rows: keys, elements as they were, mappings. */
class KeyStoreTest extends JournalWithKeys {

    private static Key key(String text, long print) {
        return new Key(text, print, -print);
    }

    private static Operation.Update update(long row, long id, Key key) {
        Row cells = Row.of(row, row + 1, List.of("No"), List.of(key.text()));
        return new Operation.Update(
                cells, (int) row, id, 4220, "Row", 0, List.of(), Optional.of(key), Set.of(), Optional.empty());
    }

    private void send(Operation.Update... updates) {
        Chunk chunk = Samples.chunk(List.of(updates));
        Outcome[] outcomes = List.of(updates).stream()
                .map(update -> Outcome.done(update, update.id()))
                .toArray(Outcome[]::new);
        journal.settle(journal.intend(drop, chunk), Samples.settled(outcomes));
    }

    private Map<String, KnownKey> known(String... texts) {
        keys.written();
        return keys.known(list, List.of(texts));
    }

    @Test
    void key_has_its_element_and_the_fingerprint_sent_last() {
        send(update(1, 7, key("Größe 'ß'", 1)), update(2, 8, key("b", Long.MIN_VALUE)));
        send(update(3, 7, key("Größe 'ß'", 3)));
        assertThat(known("Größe 'ß'", "b", "c"))
                .isEqualTo(Map.of(
                        "Größe 'ß'", new KnownKey("Größe 'ß'", 7, 0, true, 3, -3),
                        "b", new KnownKey("b", 8, 0, true, Long.MIN_VALUE, Long.MIN_VALUE)));
        journal.intend(drop, Samples.chunk(List.of(update(4, 7, key("Größe 'ß'", 4)))));
        assertThat(known("Größe 'ß'").get("Größe 'ß'").printed())
                .as("until it is settled")
                .isFalse();
        assertThat(keys.count(list)).isEqualTo(2);
        assertThat(keys.list("other.kommo.com", 4220, "4400049").id()).isNotEqualTo(list.id());
    }

    @Test
    void element_read_back_replaces_what_the_key_had() {
        send(update(1, 7, key("a", 1)), update(2, 8, key("b", 2)));
        keys.found(
                list,
                List.of(new FoundKey(7, List.of("A")), new FoundKey(9, List.of("b")), new FoundKey(8, List.of("b"))));
        assertThat(known("a", "A").keySet()).containsExactly("A");
        assertThat(keys.ambiguous(list, key -> true)).containsExactly(new KnownKey("b", 8, 9, true, 2, -2));
        keys.keep(list, (element, text) -> element != 8);
        assertThat(known("b").get("b"))
                .as("without what was sent to the other element")
                .isEqualTo(new KnownKey("b", 9, 0, false, 0, 0));
        keys.recordGone(list, List.of(update(3, 9, key("b", 2)), update(4, 1, key("A", 2))));
        assertThat(known("A", "b").keySet()).containsExactly("A");
        keys.looked(list, 99);
        keys.looked(list, 50);
        assertThat(keys.list("acme.kommo.com", 4220, "4400049")).isEqualTo(new KeyList(list.id(), 99));
    }

    @Test
    void key_of_two_elements_passes_to_the_other_when_the_first_is_deleted() {
        send(update(1, 7, key("a", 1)), update(2, 8, key("b", 2)));
        keys.found(list, List.of(new FoundKey(17, List.of("a")), new FoundKey(18, List.of("b"))));
        keys.recordGone(list, List.of(update(3, 7, key("a", 1))));
        keys.found(list, List.of(new FoundKey(8, List.of("c"))));
        assertThat(known("a", "b", "c"))
                .isEqualTo(Map.of(
                        "a", new KnownKey("a", 17, 0, false, 0, 0),
                        "b", new KnownKey("b", 18, 0, false, 0, 0),
                        "c", new KnownKey("c", 8, 0, false, 0, 0)));
    }

    @Test
    void all_keys_are_compared_with_the_list() {
        keys.found(
                list,
                IntStream.range(0, 1100)
                        .mapToObj(i -> new FoundKey(i + 1, List.of((i % 2 == 0 ? "k" : "K-é ") + i)))
                        .toList());
        keys.written();
        assertThat(keys.keep(list, (element, text) -> element % 5 != 0)).isEqualTo(220);
        assertThat(keys.count(list)).isEqualTo(880);
    }

    @Test
    void elements_are_kept_as_they_were() {
        Element first = new Element(7, 4220, "First", 1, 2, List.of());
        Element second = new Element(7, 4220, "Second", 1, 3, List.of());
        Chunk chunk = Samples.chunk(List.of(update(1, 7, key("a", 1))));
        journal.intend(drop, chunk, List.of(new BeforeImage(1, first)), false, Map.of());
        journal.intend(drop, chunk, List.of(new BeforeImage(1, second)), true, Map.of());
        assertThat(journal.before(drop, 1)).contains(first);
        journal.intend(drop, chunk, List.of(new BeforeImage(1, second)), false, Map.of());
        assertThat(journal.before(drop, 1)).contains(second);
        assertThat(journal.before(drop, 2)).isEmpty();
    }

    @Test
    void adds_are_found_by_content_and_by_element() {
        Chunk settled = Samples.adds(1, 2);
        journal.settleSoon(journal.intend(drop, settled), Samples.allSettled(settled));
        journal.intend(drop, Samples.adds(3, 4));
        assertThat(journal.addsInDoubt(drop, 0).open().values().stream()
                        .mapToInt(Integer::intValue)
                        .sum())
                .isEqualTo(2);
        assertThat(journal.claimedAfter(0).test(Samples.element(2))).isTrue();
        assertThat(journal.claimedAfter(0).test(Samples.element(3))).isFalse();
    }

    @Test
    void mappings_are_kept() {
        byte[] content = "drops: night*.csv".getBytes(StandardCharsets.UTF_8);
        MappingSnapshot first = new MappingSnapshot("aa", "night.yaml", content, Map.of("list", "4220", "Größe", "7"));
        MappingSnapshot second = new MappingSnapshot("bb", "night.yaml", content, Map.of());
        MappingHistory mappings = journal.mappings();
        mappings.accept(first, "acme");
        mappings.accept(second, "acme");
        mappings.accept(second, "acme");
        assertThat(mappings.accepted("night.yaml", "acme"))
                .map(MappingSnapshot::digest)
                .contains("bb");
        assertThat(mappings.accepted("night.yaml", "other")).isEmpty();
        assertThat(mappings.of("aa")).hasValueSatisfying(kept -> {
            assertThat(kept.names()).isEqualTo(first.names());
            assertThat(kept.content()).isEqualTo(content);
        });
    }
}
