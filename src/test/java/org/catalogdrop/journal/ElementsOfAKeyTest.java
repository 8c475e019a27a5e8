package org.catalogdrop.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.catalogdrop.journal.store.FoundKey;
import org.catalogdrop.journal.store.KnownKey;
import org.catalogdrop.model.Key;
import org.catalogdrop.model.Operation;
import org.catalogdrop.model.Outcome;
import org.catalogdrop.model.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The journal knows each element of a key, however many have it. */
class ElementsOfAKeyTest extends JournalWithKeys {

    private static Operation.Update update(long id, String text, long print) {
        Row cells = Row.of(id, id + 1, List.of("No"), List.of(text));
        Key key = new Key(text, print, -print);
        return new Operation.Update(
                cells, (int) id, id, 4220, "Row", 0, List.of(), Optional.of(key), Set.of(), Optional.empty());
    }

    private void send(long id, String text, long print) {
        Operation.Update update = update(id, text, print);
        journal.settle(journal.intend(drop, Samples.chunk(List.of(update))), Samples.settled(Outcome.done(update, id)));
    }

    private Set<Long> elements(String text) {
        keys.written();
        Set<Long> elements = new TreeSet<>();
        Optional.ofNullable(keys.known(list, List.of(text)).get(text))
                .ifPresent(key -> elements.addAll(keys.elements(list, key, Integer.MAX_VALUE)));
        return elements;
    }

    @Test
    void given_a_key_of_three_elements_when_the_first_is_gone_then_two_still_have_it() {
        send(7, "a", 1);
        keys.found(list, List.of(new FoundKey(8, List.of("a")), new FoundKey(9, List.of("a"))));
        keys.recordGone(list, List.of(update(7, "a", 1)));
        assertThat(elements("a")).containsExactly(8L, 9L);
        assertThat(keys.ambiguous(list, key -> true)).containsExactly(new KnownKey("a", 8, 9, false, 0, 0));
    }

    @Test
    void given_a_key_of_three_elements_when_two_are_gone_then_the_third_has_it_alone() {
        keys.found(
                list,
                List.of(7L, 8L, 9L).stream()
                        .map(id -> new FoundKey(id, List.of("a")))
                        .toList());
        keys.written();
        keys.keep(list, (element, text) -> element == 9);
        assertThat(elements("a")).containsExactly(9L);
        assertThat(keys.ambiguous(list, key -> true)).isEmpty();
    }

    @Test
    void given_a_key_of_two_elements_when_a_row_is_applied_to_one_then_the_other_is_not_forgotten() {
        keys.found(
                list,
                List.of(7L, 8L, 9L).stream()
                        .map(id -> new FoundKey(id, List.of("a")))
                        .toList());
        send(8, "a", 1);
        assertThat(elements("a")).containsExactly(7L, 8L, 9L);
        send(10, "a", 2);
        assertThat(elements("a")).containsExactly(7L, 8L, 9L, 10L);
        assertThat(keys.known(list, List.of("a")).get("a").element()).isEqualTo(10);
    }

    /** The model: which elements have which key. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void given_any_sequence_of_changes_when_keys_are_asked_then_they_have_the_elements_of_the_model(long seed) {
        Random random = new Random(seed);
        Map<String, Set<Long>> model = new TreeMap<>();
        List<String> texts = List.of("a", "b", "c");
        List<String> steps = new ArrayList<>();
        for (int step = 0; step < 150; step++) {
            long element = 1L + random.nextInt(6);
            String text = texts.get(random.nextInt(texts.size()));
            switch (random.nextInt(6)) {
                case 0, 1 -> {
                    steps.add("found " + element + " " + text);
                    move(model, element, List.of(text));
                }
                case 2 -> {
                    List<String> several =
                            texts.stream().filter(one -> random.nextBoolean()).toList();
                    steps.add("found " + element + " " + several);
                    move(model, element, several);
                }
                case 3 -> {
                    steps.add("sent " + element + " " + text);
                    send(element, text, step + 1);
                    model.computeIfAbsent(text, one -> new TreeSet<>()).add(element);
                }
                case 4 -> {
                    steps.add("gone " + element + " " + text);
                    keys.recordGone(list, List.of(update(element, text, 1)));
                    lose(model, element, text);
                }
                default -> {
                    Set<Long> there = new TreeSet<>();
                    for (long id = 1; id <= 6; id++) {
                        if (random.nextInt(4) > 0) {
                            there.add(id);
                        }
                    }
                    steps.add("keep " + there);
                    keep(model, there);
                }
            }
            for (String one : texts) {
                assertThat(elements(one)).as("%s after %s", one, steps).isEqualTo(model.getOrDefault(one, Set.of()));
            }
            assertThat(keys.count(list)).as("keys after %s", steps).isEqualTo(model.size());
            assertThat(keys.ambiguous(list, key -> true))
                    .as("ambiguous after %s", steps)
                    .extracting(KnownKey::text)
                    .isEqualTo(model.entrySet().stream()
                            .filter(key -> key.getValue().size() > 1)
                            .map(Map.Entry::getKey)
                            .toList());
        }
    }

    private void move(Map<String, Set<Long>> model, long element, List<String> texts) {
        keys.found(list, List.of(new FoundKey(element, texts)));
        for (String text : List.copyOf(model.keySet())) {
            lose(model, element, text);
        }
        texts.forEach(
                text -> model.computeIfAbsent(text, one -> new TreeSet<>()).add(element));
    }

    private static void lose(Map<String, Set<Long>> model, long element, String text) {
        model.computeIfPresent(text, (key, elements) -> {
            elements.remove(element);
            return elements.isEmpty() ? null : elements;
        });
    }

    private void keep(Map<String, Set<Long>> model, Set<Long> there) {
        keys.written();
        Map<String, Set<Long>> before = new LinkedHashMap<>(model);
        long forgotten = keys.keep(list, (element, text) -> there.contains(element));
        before.keySet().forEach(text -> {
            model.get(text).retainAll(there);
            if (model.get(text).isEmpty()) {
                model.remove(text);
            }
        });
        assertThat(forgotten).isEqualTo(before.size() - model.size());
    }
}
