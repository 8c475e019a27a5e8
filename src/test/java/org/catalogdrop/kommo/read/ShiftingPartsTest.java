package org.catalogdrop.kommo.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.catalogdrop.model.Element;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A list is read in parts while others add to it and delete from it: what was there all the time is read, once. */
class ShiftingPartsTest {

    private final Random random = new Random(5);
    private final List<Element> list = new ArrayList<>();
    private final Set<Long> untouched = new HashSet<>();
    private long lastId = 1000;
    private int requests;

    private void add(int count) {
        for (int i = 0; i < count; i++) {
            list.add(0, new Element(++lastId, 7, "", 0, 0, List.of()));
        }
    }

    private void delete(int count) {
        int first = list.isEmpty() ? 0 : random.nextInt(list.size());
        List<Element> gone = list.subList(first, Math.min(list.size(), first + count));
        gone.forEach(element -> untouched.remove(element.id()));
        gone.clear();
    }

    private void shift(int most, boolean deletes, boolean adds) {
        if (deletes && random.nextInt(3) == 0) {
            delete(1 + random.nextInt(random.nextInt(10) == 0 ? most : 3));
        }
        if (adds && random.nextInt(3) == 0) {
            add(1 + random.nextInt(random.nextInt(10) == 0 ? most : 3));
        }
    }

    private List<Element> answer(String query, boolean heeded, int maximum) {
        requests++;
        Map<String, Integer> asked = Stream.of(query.substring(1).split("&"))
                .map(pair -> pair.split("="))
                .collect(Collectors.toMap(pair -> pair[0], pair -> Integer.valueOf(pair[1])));
        int size = heeded ? Math.min(maximum, asked.getOrDefault("limit_rows", maximum)) : maximum;
        int skip = (asked.getOrDefault("page", 1) - 1) * size + (heeded ? asked.getOrDefault("limit_offset", 0) : 0);
        return list.stream().skip(skip).limit(size).toList();
    }

    @ParameterizedTest
    @CsvSource({"true, 500, 400", "true, 50, 400", "true, 20, 60", "false, 50, 30", "false, 20, 12"})
    void given_changes_while_a_list_is_read_when_read_to_the_end_then_no_element_is_missed(
            boolean heeded, int maximum, int most) {
        for (int round = 0; round < 100; round++) {
            list.clear();
            add(random.nextInt(3000));
            untouched.clear();
            list.forEach(element -> untouched.add(element.id()));
            List<Long> taken = new ArrayList<>();
            ListSections parts = new ListSections();
            requests = 0;
            while (!parts.isEnded()) {
                parts.take(answer(parts.query(), heeded, maximum), element -> taken.add(element.id()));
                // Pages by number cannot tell a delete and an add from neither.
                shift(most, heeded || round % 2 == 0, heeded || round % 2 == 1);
                assertThat(requests).as("round %d ends", round).isLessThan(5000);
            }
            assertThat(taken).doesNotHaveDuplicates();
            untouched.removeAll(Set.copyOf(taken));
            assertThat(untouched).as("passed over in round %d", round).isEmpty();
        }
    }

    /** What comes then for an offset that is not heeded begins with elements read before, like a part that joins. */
    @ParameterizedTest
    @CsvSource({"15, 1", "3000, 5"})
    void given_first_elements_deleted_at_once_when_read_then_the_reading_ends(int size, int deleted) {
        add(size);
        ListSections parts = new ListSections();
        List<Long> taken = new ArrayList<>();
        parts.take(answer(parts.query(), false, 50), element -> taken.add(element.id()));
        list.subList(0, deleted).clear();
        while (!parts.isEnded()) {
            parts.take(answer(parts.query(), false, 50), element -> taken.add(element.id()));
            assertThat(requests).isLessThan(size + 50);
        }
        assertThat(taken).hasSize(size).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({"true, 500, 24", "true, 50, 224", "false, 50, 403", "true, 100, 112"})
    void list_of_ten_thousand_takes_the_expected_requests(boolean heeded, int maximum, int most) {
        add(10_000);
        ListSections parts = new ListSections();
        while (!parts.isEnded()) {
            parts.take(answer(parts.query(), heeded, maximum), element -> {});
        }
        assertThat(requests).isEqualTo(most);
        assertThat(parts.seen()).hasSize(10_000);
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 2", "2, 2", "19, 2", "120, 2", "499, 2", "500, 2"})
    void short_list_takes_the_expected_requests(int size, int most) {
        add(size);
        ListSections parts = new ListSections();
        while (!parts.isEnded()) {
            parts.take(answer(parts.query(), true, 500), element -> {});
        }
        assertThat(requests).isEqualTo(most);
        assertThat(parts.seen()).hasSize(size);
    }
}
