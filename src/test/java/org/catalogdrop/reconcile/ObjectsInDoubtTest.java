package org.catalogdrop.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.catalogdrop.reconcile.AddMatcherTest.add;
import static org.catalogdrop.reconcile.AddMatcherTest.element;
import static org.catalogdrop.reconcile.AddMatcherTest.match;
import static org.catalogdrop.reconcile.AddMatcherTest.price;

import java.util.List;
import java.util.Map;
import org.catalogdrop.model.Answer;
import org.catalogdrop.model.CustomField;
import org.catalogdrop.model.Element;
import org.catalogdrop.model.Operation;
import org.catalogdrop.model.Outcome;
import org.catalogdrop.model.Row;
import org.catalogdrop.model.Status;
import org.junit.jupiter.api.Test;

/** What a row says in objects comes back in another form, so that it cannot be compared. */
class ObjectsInDoubtTest {

    @Test
    void rows_that_differ_only_in_an_object_end_in_doubt() {
        List<Operation> adds = List.of(add(1, legal("A")), add(2, legal("B")));

        assertThat(match(adds).untouched()).hasSize(2);
        for (Answer answer : List.of(
                match(adds, element(70, "{\"name\":\"B\"}")),
                match(adds, element(70, "{\"name\":\"B\"}"), element(71, "{\"name\":\"A\"}")))) {
            assertThat(answer.untouched()).isEmpty();
            assertThat(answer.settled()).extracting(Outcome::status).containsExactly(Status.IN_DOUBT, Status.IN_DOUBT);
            assertThat(answer.settled().get(0).problem().orElseThrow().message())
                    .contains("70", "differ only in values that are objects");
        }
    }

    @Test
    void row_of_another_chunk_that_differs_only_in_an_object_may_have_made_the_element() {
        List<Operation> here = List.of(add(1, legal("A")));
        InDoubtAddIndex doubtful = new InDoubtAddIndex(Map.of(), Map.of());
        doubtful.add(here);
        doubtful.add(List.of(add(3, legal("B"))));

        assertThat(match(here, doubtful, element(70, "{\"name\":\"B\"}")).settled())
                .extracting(Outcome::status)
                .containsExactly(Status.IN_DOUBT);
    }

    @Test
    void equal_rows_with_objects_are_counted() {
        List<Operation> here = List.of(add(1, legal("A")), add(2, legal("A")));
        InDoubtAddIndex doubtful = new InDoubtAddIndex(Map.of(), Map.of());
        doubtful.add(here);
        doubtful.add(List.of(add(3, legal("A"))));

        Answer answer = match(here, doubtful, element(70, "{\"name\":\"A\"}"));
        assertThat(answer.settled()).extracting(Outcome::id).containsExactly(70L);
        assertThat(answer.untouched()).hasSize(1);
    }

    /** What tells a row from another besides does so still. */
    @Test
    void rows_with_objects_are_distinguished_by_their_other_fields() {
        CustomField article = new CustomField("6", List.of(new CustomField.Plain("a")));
        List<Operation> adds = List.of(add(1, legal("A"), article), add(2, price("7")), add(3));
        Element.FieldValue value = new Element.FieldValue("a", "", "");
        List<Element.Field> fields =
                List.of(element(0, "{}").fields().get(0), new Element.Field("6", "Article", List.of(value)));

        Answer answer = match(adds, new Element(70, 7, "X", 1, 1, fields, 1), element(71, "7"), element(72));
        assertThat(answer.settled())
                .extracting(o -> o.row().number() + ":" + o.id())
                .containsExactly("1:70", "2:71", "3:72");
    }

    /** However often a name is escaped, an element of it may be of either row. */
    @Test
    void rows_whose_names_differ_only_in_entities_end_in_doubt() {
        List<Operation> adds = List.of(named(1, "X \""), named(2, "X &amp;quot;"));
        Element there = new Element(70, 7, "X \"", 1, 1, List.of(field("")), 1);

        Answer answer = match(adds, there);

        assertThat(answer.settled()).extracting(Outcome::status).containsExactly(Status.IN_DOUBT, Status.IN_DOUBT);
    }

    /** The API is known to make one blank of several, so an element of the shorter name may be of either row. */
    @Test
    void given_rows_whose_names_are_stored_alike_and_differ_in_an_object_when_one_is_there_then_neither_takes_it() {
        List<Operation> adds = List.of(named(1, "X  y"), named(2, "X y"));

        Answer answer = match(adds, doubts(adds), collapsed(), xy());

        assertThat(answer.untouched()).isEmpty();
        assertThat(answer.settled()).extracting(Outcome::status).containsExactly(Status.IN_DOUBT, Status.IN_DOUBT);
    }

    @Test
    void given_a_row_of_another_chunk_whose_name_is_stored_alike_when_one_is_there_then_it_is_not_taken() {
        List<Operation> adds = List.of(named(1, "X  y"));
        InDoubtAddIndex doubtful = doubts(adds);
        doubtful.add(List.of(named(2, "X y")));

        assertThat(match(adds, doubtful, collapsed(), xy()).settled())
                .extracting(Outcome::status)
                .containsExactly(Status.IN_DOUBT);
        assertThat(match(adds, doubts(adds), collapsed(), xy()).settled())
                .as("without the other row")
                .extracting(Outcome::id)
                .containsExactly(70L);
    }

    private static Element xy() {
        return new Element(70, 7, "X y", 1, 1, List.of(field("{}")), 1);
    }

    private static InDoubtAddIndex doubts(List<Operation> adds) {
        InDoubtAddIndex doubtful = new InDoubtAddIndex(Map.of(), Map.of());
        doubtful.add(adds);
        return doubtful;
    }

    /** An add was answered, and its name was stored with one blank for two. */
    private static StoredNameRules collapsed() {
        StoredNameRules names = new StoredNameRules();
        names.settled(Outcome.done(named(9, "a  b"), 60));
        names.read(List.of(new Element(60, 7, "a b", 1, 1, List.of(), 1)));
        return names;
    }

    private static Operation named(int row, String name) {
        return new Operation.Add(
                Row.of(row, row + 1, List.of(), List.of()), row, 7, name, List.of(legal(Integer.toString(row))));
    }

    private static Element.Field field(String value) {
        return new Element.Field("5", "Legal", List.of(new Element.FieldValue(value, "", "")));
    }

    private static CustomField legal(String name) {
        return new CustomField("5", List.of(new CustomField.Raw(Map.of("value", Map.of("name", name)))));
    }
}
