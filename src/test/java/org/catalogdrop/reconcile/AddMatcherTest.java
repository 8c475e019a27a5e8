package org.catalogdrop.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.catalogdrop.model.Action;
import org.catalogdrop.model.Answer;
import org.catalogdrop.model.Chunk;
import org.catalogdrop.model.CustomField;
import org.catalogdrop.model.Element;
import org.catalogdrop.model.Operation;
import org.catalogdrop.model.Outcome;
import org.catalogdrop.model.Row;
import org.catalogdrop.model.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddMatcherTest {

    static Operation add(int row, CustomField... fields) {
        return add(row, 7, fields);
    }

    static Operation add(int row, long list, CustomField... fields) {
        return new Operation.Add(Row.of(row, row + 1, List.of(), List.of()), row, list, "X", List.of(fields));
    }

    static CustomField price(String... values) {
        return new CustomField(
                "5",
                Stream.of(values).<CustomField.Value>map(CustomField.Plain::new).toList());
    }

    static Element element(long id, String... prices) {
        List<Element.FieldValue> values = Stream.of(prices)
                .map(price -> new Element.FieldValue(price, "", ""))
                .toList();
        return new Element(id, 7, "X", 1, 1, List.of(new Element.Field("5", "Price", values)), 1);
    }

    private static Element elementOf(long list, long id) {
        return new Element(id, list, "X", 1, 1, List.of(), 1);
    }

    /** All elements here are made by user 0 or 1: 1 is ours, of 0 it is not known. */
    static OwnUsers users() {
        OwnUsers users = new OwnUsers();
        users.take(1);
        return users;
    }

    static Answer match(List<Operation> adds, Element... there) {
        InDoubtAddIndex doubtful = new InDoubtAddIndex(Map.of(), Map.of());
        doubtful.add(adds);
        return match(adds, doubtful, there);
    }

    static Answer match(List<Operation> adds, InDoubtAddIndex doubtful, Element... there) {
        return match(adds, doubtful, false, there);
    }

    static Answer match(List<Operation> adds, InDoubtAddIndex doubtful, StoredNameRules names, Element... there) {
        return match(adds, doubtful, false, names, there);
    }

    private static Answer match(List<Operation> adds, InDoubtAddIndex doubtful, boolean keyed, Element... there) {
        return match(adds, doubtful, keyed, new StoredNameRules(), there);
    }

    private static Answer match(
            List<Operation> adds, InDoubtAddIndex doubtful, boolean keyed, StoredNameRules names, Element... there) {
        Chunk chunk = new Chunk(Action.ADD, adds, Optional.of(Instant.EPOCH));
        RecentWrites made = new RecentWrites();
        ReconciliationContext known = new ReconciliationContext(
                () -> new OwnElements(id -> false, Map.of()),
                doubtful,
                made,
                keyed,
                users(),
                false,
                names,
                Optional.empty());
        return new AddMatcher(chunk, List.of(there), known).answer();
    }

    private static Operation.Add named(int row, String name, CustomField... fields) {
        return new Operation.Add(Row.of(row, row + 1, List.of(), List.of()), row, 7, name, List.of(fields));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    ~Bolt  5~                | Bolt 5
                    <b>Bolt</b> 5            | Bolt 5
                    Bolt &amp; Nut           | Bolt & Nut
                    Bolt \uD83D\uDE00 5      | Bolt
                    Bolt \uD83D\uDE00 5      | Bolt ? 5
                    Bolt \uD83D\uDE00 5      | Bolt 5
                    \uD83D\uDE00 Bolt 5      | Bolt 5
                    5" Bolt                  | 5\\" Bolt
                    Cafe\u0301              | Caf\u00e9
                    A name that is longer than sixty characters and is cut at them, or a bit later | A name that is longer than sixty characters and is cut at them
                    """)
    void given_a_row_in_doubt_whose_name_may_be_stored_as_this_ones_then_its_element_is_not_taken(
            String sent, String stored) {
        List<Operation> adds = List.of(named(1, stored));
        InDoubtAddIndex doubtful = new InDoubtAddIndex(Map.of(), Map.of());
        doubtful.add(adds);
        Element element = new Element(
                70,
                7,
                stored,
                1,
                1,
                List.of(new Element.Field("5", "Price", List.of(new Element.FieldValue("9", "", "")))),
                1);
        assertThat(match(adds, doubtful, element).settled())
                .as("alone")
                .extracting(Outcome::id)
                .containsExactly(70L);

        doubtful.add(List.of(named(2, sent, price("9"))));

        assertThat(match(adds, doubtful, element).settled())
                .extracting(Outcome::status)
                .containsExactly(Status.IN_DOUBT);

        Answer together = match(List.of(named(1, stored), named(2, sent, price("9"))), element);

        assertThat(together.settled())
                .as("row 2 is not sent again if both are in one chunk, nor has row 1 its element")
                .filteredOn(outcome -> outcome.row().number() == 2 || outcome.id() > 0)
                .extracting(outcome -> outcome.row().number())
                .containsExactly(2L);
    }

    @Test
    void element_goes_to_the_row_with_the_most_matching_fields() {
        Answer answer = match(List.of(add(1), add(2, price("5"))), element(70, "5"));

        assertThat(answer.settled())
                .extracting(Outcome::id, o -> o.row().number())
                .containsExactly(org.assertj.core.groups.Tuple.tuple(70L, 2L));
        assertThat(answer.untouched()).extracting(o -> o.row().number()).containsExactly(1L);
    }

    @Test
    void row_takes_the_element_with_the_fewest_other_fields() {
        Answer answer = match(List.of(add(1), add(2, price("5.00"))), element(70, "5"), element(71));

        assertThat(answer.settled())
                .extracting(o -> o.row().number() + ":" + o.id())
                .containsExactly("1:71", "2:70");
    }

    @Test
    void equal_rows_need_as_many_elements() {
        Answer answer = match(List.of(add(1), add(2), add(3)), element(70), element(71));

        assertThat(answer.settled()).extracting(Outcome::id).containsExactly(70L, 71L);
        assertThat(answer.untouched()).hasSize(1);
    }

    @Test
    void one_element_too_many_leaves_the_rows_in_doubt() {
        Answer answer = match(List.of(add(1)), element(70), element(71));

        assertThat(answer.settled()).extracting(Outcome::status).containsExactly(Status.IN_DOUBT);
        assertThat(answer.settled().get(0).problem().orElseThrow().message()).contains("70", "71");
    }

    @Test
    void element_with_more_fields_is_left_to_the_fuller_row_of_another_chunk() {
        List<Operation> here = List.of(add(1));
        InDoubtAddIndex doubtful = new InDoubtAddIndex(Map.of(), Map.of());
        doubtful.add(here);
        doubtful.add(List.of(add(3, price("7"))));

        assertThat(match(here, doubtful, element(70, "7")).settled())
                .extracting(Outcome::status)
                .containsExactly(Status.IN_DOUBT);
        assertThat(match(here, doubtful, element(70, "7"), element(71)).settled())
                .extracting(Outcome::id)
                .containsExactly(71L);
    }

    /** A row's values may be some of another's. */
    @Test
    void element_with_more_values_is_left_to_the_row_of_another_chunk_that_has_them() {
        List<Operation> here = List.of(add(1, price("7")));
        InDoubtAddIndex doubtful = new InDoubtAddIndex(Map.of(), Map.of());
        doubtful.add(here);
        doubtful.add(List.of(add(3, price("7", "8"))));

        assertThat(match(here, doubtful, element(70, "7", "8")).settled())
                .extracting(Outcome::status)
                .containsExactly(Status.IN_DOUBT);
        assertThat(match(here, doubtful, element(70, "7", "8"), element(71, "7"))
                        .settled())
                .extracting(Outcome::id)
                .containsExactly(71L);
    }

    /** An object comes back in a form of its own, so that it does not tell which row an element is of. */
    /** All of a kind that is told by a number have that number. */
    @Test
    void text_of_a_value_counts_whatever_its_kind() {
        Operation one = add(1, new CustomField("5", List.of(new CustomField.WithEnum("111", "193200"))));
        Operation other = add(2, new CustomField("5", List.of(new CustomField.WithEnum("222", "193200"))));
        Element.Field told = new Element.Field("5", "Phone", List.of(new Element.FieldValue("222", "193200", "")));

        Answer answer = match(List.of(one, other), new Element(70, 7, "X", 1, 1, List.of(told), 1));
        assertThat(answer.settled()).extracting(o -> o.row().number()).containsExactly(2L);
        assertThat(answer.untouched()).containsExactly(one);
    }

    @Test
    void element_of_the_same_name_without_a_row_leaves_the_row_in_doubt() {
        Answer answer = match(List.of(add(1, price("7"))), element(70, "8"));

        assertThat(answer.settled()).extracting(Outcome::status).containsExactly(Status.IN_DOUBT);
        assertThat(answer.settled().get(0).problem().orElseThrow().message()).contains("[70]", "changed since");
    }

    /** The list is looked at for the key before anything is added: what was changed since is updated. */
    @Test
    void element_of_the_same_name_does_not_matter_if_keys_decide() {
        List<Operation> adds = List.of(add(1, price("7")));
        InDoubtAddIndex doubtful = new InDoubtAddIndex(Map.of(), Map.of());
        doubtful.add(adds);

        Answer answer = match(adds, doubtful, true, element(70, "8"));

        assertThat(answer.untouched()).isEqualTo(adds);
        assertThat(answer.settled()).isEmpty();
    }

    @Test
    void leading_zeros_make_another_article() {
        Answer answer =
                match(List.of(add(1, price("0070")), add(2, price("70"))), element(70, "70"), element(71, "0070"));

        assertThat(answer.settled())
                .extracting(o -> o.row().number() + ":" + o.id())
                .containsExactly("1:71", "2:70");
    }

    @Test
    void element_belongs_to_a_row_of_its_own_list() {
        Answer answer = match(List.of(add(1, 7), add(2, 8)), elementOf(8, 70));

        assertThat(answer.settled())
                .extracting(o -> o.row().number() + ":" + o.id())
                .containsExactly("2:70");
        assertThat(answer.untouched()).extracting(o -> o.row().number()).containsExactly(1L);
    }

    /** It came from the row's list, whose elements alone were asked for. */
    @Test
    void element_without_a_list_still_belongs_to_the_row() {
        assertThat(match(List.of(add(1)), elementOf(-1, 70)).settled())
                .extracting(Outcome::id)
                .containsExactly(70L);
    }

    @Test
    void rows_with_similar_values_take_the_exact_matches() {
        Answer answer = match(List.of(add(1, price("5")), add(2, price("5.0"))), element(70, "5.0"), element(71, "5"));

        assertThat(answer.settled())
                .extracting(o -> o.row().number() + ":" + o.id())
                .containsExactly("1:71", "2:70");
    }

    /** The account fills fields of its own, or someone does. */
    @Test
    void additional_fields_of_an_element_do_not_cause_a_second_add() {
        assertThat(match(List.of(add(1)), element(70, "7")).settled())
                .extracting(Outcome::id)
                .containsExactly(70L);
        assertThat(match(List.of(add(1, price("7"))), element(70, "7", "8")).settled())
                .extracting(Outcome::id)
                .containsExactly(70L);
    }

    @Test
    void element_of_an_equal_row_in_another_chunk_is_not_too_many() {
        List<Operation> here = List.of(add(1));
        List<Operation> there = List.of(add(3));
        InDoubtAddIndex doubtful = new InDoubtAddIndex(Map.of(), Map.of());
        doubtful.add(here);
        doubtful.add(there);

        assertThat(match(here, doubtful, element(70), element(71)).settled())
                .extracting(Outcome::id)
                .containsExactly(70L);

        doubtful.remove(there);
        assertThat(match(here, doubtful, element(70), element(71)).settled())
                .as("once that is looked up")
                .extracting(Outcome::status)
                .containsExactly(Status.IN_DOUBT);
    }

    /** It does not say whether it escapes names; if it does, those that have entities already come back with two. */
    @ParameterizedTest
    @CsvSource({
        "Tom & Jerry, Tom &amp; Jerry",
        "Tom &amp; Jerry, Tom &amp;amp; Jerry",
        "12&quot;, 12&quot;",
        "12&quot;, 12\""
    })
    void name_is_recognised_whether_or_not_the_api_escapes_it(String sent, String read) {
        Operation add = new Operation.Add(Row.of(1, 2, List.of(), List.of()), 1, 7, sent, List.of());

        assertThat(match(List.of(add), new Element(70, 7, read, 1, 1, List.of(), 1))
                        .settled())
                .extracting(Outcome::id)
                .containsExactly(70L);
    }
}
