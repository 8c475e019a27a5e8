package org.catalogdrop.kommo.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.catalogdrop.model.Action;
import org.catalogdrop.model.Chunk;
import org.catalogdrop.model.Element;
import org.catalogdrop.model.Operation;
import org.catalogdrop.model.Outcome;
import org.catalogdrop.model.Row;
import org.junit.jupiter.api.Test;

class ListWatermarksTest {

    private static final long LIST = 7;

    private final ListWatermarks marks = new ListWatermarks();
    private final Operation.Add add = new Operation.Add(Row.of(1, 2, List.of(), List.of()), 1, LIST, "Pen", List.of());
    private final Chunk chunk = new Chunk(Action.ADD, List.of(add), Optional.empty());

    private static List<Element> elements(long... ids) {
        return LongStream.of(ids)
                .mapToObj(id -> new Element(id, LIST, "x", 0, 0, List.of(), 1))
                .toList();
    }

    @Test
    void given_element_read_amid_a_list_when_asked_for_the_mark_then_there_is_none() {
        marks.read(elements(40));

        assertThat(marks.of(chunk)).isEmpty();
        assertThat(marks.missing(chunk)).containsExactly(LIST);
    }

    @Test
    void given_top_of_a_list_not_newest_first_when_asked_for_the_mark_then_there_is_none() {
        marks.readTop(LIST, elements(1, 2, 3));

        assertThat(marks.of(chunk)).isEmpty();
    }

    @Test
    void given_top_of_a_list_when_asked_for_the_mark_then_it_is_the_highest_id_seen() {
        marks.readTop(LIST, elements(9, 4));
        marks.read(elements(12));

        assertThat(marks.of(chunk)).containsEntry(LIST, 12L);
        assertThat(marks.missing(chunk)).isEmpty();
    }

    @Test
    void given_empty_list_when_asked_for_the_mark_then_it_is_below_all_ids() {
        marks.readTop(LIST, List.of());

        assertThat(marks.of(chunk)).containsEntry(LIST, 0L);
    }

    @Test
    void given_answered_add_when_asked_for_the_mark_then_it_is_its_element() {
        marks.settled(List.of(Outcome.done(add, 30)));

        assertThat(marks.of(chunk)).containsEntry(LIST, 30L);
    }
}
