package org.catalogdrop.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.catalogdrop.journal.store.JournalPlace;
import org.catalogdrop.journal.store.KeyList;
import org.catalogdrop.model.BeforeImage;
import org.catalogdrop.model.Chunk;
import org.catalogdrop.model.Element;
import org.catalogdrop.model.Key;
import org.catalogdrop.model.Operation;
import org.catalogdrop.model.Outcome;
import org.catalogdrop.model.Row;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An element that was read with its list is a before image for the first row that changes it soon, and for no other. */
class ReadElementsTest {

    @TempDir
    Path state;

    private final AtomicLong clock = new AtomicLong(Duration.ofDays(1).toMillis());
    private Journal journal;
    private KeyStore keys;
    private KeyList list;

    @BeforeEach
    void open() {
        journal = Journal.open(new JournalPlace.Folder(state), () -> Instant.ofEpochMilli(clock.incrementAndGet()));
        keys = journal.keys();
        list = keys.list("acme.kommo.com", 4220, "4400049");
    }

    @AfterEach
    void close() {
        journal.close();
    }

    private long drop(char digit) {
        long drop = journal.enter(Samples.drop("night.csv", digit), "").id();
        keys.use(drop, list);
        return drop;
    }

    private static Element element(long id, String name) {
        return new Element(id, 4220, name, 1, 2, List.of(new Element.Field("7", "", List.of())), 0);
    }

    private static Chunk update(long row, long id) {
        Row cells = Row.of(row, row + 1, List.of("No"), List.of("k"));
        Key key = new Key("k", 1, 2);
        return Samples.chunk(List.of(new Operation.Update(
                cells, (int) row, id, 4220, "Row", 0, List.of(), Optional.of(key), Set.of(), Optional.empty())));
    }

    @Test
    void given_a_read_element_when_a_row_changes_it_then_it_is_the_rows_and_no_later_ones() {
        long drop = drop('a');
        keys.read(list, drop, List.of(element(7, "then")));
        journal.intend(drop, update(1, 7));
        journal.intend(drop, update(2, 7));
        assertThat(journal.before(drop, 1)).contains(element(7, "then"));
        assertThat(journal.before(drop, 2)).isEmpty();
    }

    @Test
    void given_an_element_read_for_one_drop_when_another_changes_it_then_it_is_not_taken() {
        long one = drop('a');
        long other = drop('b');
        keys.read(list, one, List.of(element(7, "one"), element(8, "one")));
        keys.read(list, 0, List.of(element(8, "all")));
        journal.intend(other, update(1, 7));
        journal.intend(other, update(2, 8));
        assertThat(journal.before(other, 1)).isEmpty();
        assertThat(journal.before(other, 2)).contains(element(8, "all"));
    }

    @Test
    void given_a_row_that_may_have_been_applied_when_its_element_was_read_since_then_it_is_not_taken() {
        long drop = drop('a');
        journal.intend(drop, update(1, 7));
        keys.read(list, drop, List.of(element(7, "what the row made of it")));
        journal.intend(drop, update(1, 7), List.of(), true, Map.of());
        assertThat(journal.before(drop, 1)).isEmpty();
    }

    @Test
    void given_a_row_found_applied_when_a_later_row_changes_its_element_then_what_was_read_between_is_not_taken() {
        long drop = drop('a');
        Chunk first = update(1, 7);
        keys.read(list, 0, List.of(element(7, "before the first")));
        journal.lookedUp(
                drop, first, Samples.settled(Outcome.done(first.operations().get(0), 7)));
        journal.intend(drop, update(2, 7));
        assertThat(journal.before(drop, 2)).isEmpty();
    }

    @Test
    void given_a_before_image_of_the_request_itself_then_it_goes_before_what_was_read_with_the_list() {
        long drop = drop('a');
        keys.read(list, drop, List.of(element(7, "older")));
        journal.intend(drop, update(1, 7), List.of(new BeforeImage(1, element(7, "newer"))), false, Map.of());
        assertThat(journal.before(drop, 1)).contains(element(7, "newer"));
    }

    @Test
    void given_an_element_read_an_hour_ago_or_by_a_clock_set_back_since_then_it_is_not_taken() {
        long drop = drop('a');
        keys.read(list, 0, List.of(element(7, "then"), element(8, "then")));
        clock.addAndGet(-Duration.ofMinutes(1).toMillis());
        journal.intend(drop, update(1, 7));
        clock.addAndGet(Duration.ofMinutes(62).toMillis());
        journal.intend(drop, update(2, 8));
        assertThat(journal.before(drop, 1)).isEmpty();
        assertThat(journal.before(drop, 2)).isEmpty();
    }

    @Test
    void given_a_crash_when_the_drop_resumes_then_what_was_read_is_still_there() {
        long drop = drop('a');
        keys.read(list, drop, List.of(element(7, "then")));
        keys.written();
        journal.close();
        open();
        drop('a');
        journal.intend(drop, update(1, 7));
        assertThat(journal.before(drop, 1)).contains(element(7, "then"));
    }
}
