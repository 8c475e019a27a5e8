package org.catalogdrop.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.catalogdrop.crash.CrashDrop;
import org.catalogdrop.model.Status;
import org.catalogdrop.model.Summary;
import org.catalogdrop.sandbox.fault.Fault;
import org.catalogdrop.sandbox.fault.Switch.StoredText;
import org.catalogdrop.sandbox.store.StoredElement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The API stores names changed. What it makes of them is learnt from the adds that were answered. */
@Timeout(60)
class StoredNamesTest extends LivesSandbox {

    private static final String PEN = "\uD83D\uDD8A";

    /** What the API does, the name of an add that is answered, and that of one whose answer is lost. */
    static Stream<Arguments> changes() {
        return Stream.of(
                Arguments.of(StoredText.CUT, "Ink ".repeat(80) + ".", "Pen ".repeat(90) + "."),
                Arguments.of(StoredText.COMPOSED, "Fu\u0308ller", "Cafe\u0301"),
                Arguments.of(StoredText.REPLACED, "Ink " + PEN + " blue", "Pen " + PEN),
                Arguments.of(StoredText.ENDED, "Ink " + PEN + " blue", "Pen " + PEN + " of mine"),
                Arguments.of(StoredText.COLLAPSED, "Ink  blue", "Pen   of  mine"),
                Arguments.of(StoredText.STRIPPED, "Ink <i>blue</i>", "<b>Pen</b>"),
                Arguments.of(StoredText.ESCAPED, "Ink 3\" 'y'", "Pen 5\" 'x'"));
    }

    private Path rows(String... names) throws IOException {
        StringBuilder text = new StringBuilder("name\n");
        for (String name : names) {
            text.append('"').append(name.replace("\"", "\"\"")).append("\"\n");
        }
        return laid(text.toString());
    }

    private List<Long> ids() {
        return sandbox.store().elements(CrashDrop.LIST).stream()
                .map(StoredElement::id)
                .toList();
    }

    private void hasItsElements(Summary summary) throws IOException {
        assertThat(new Outbox(home.resolve("outbox").resolve(summary.folder()))
                        .mapping()
                        .values())
                .containsExactlyElementsOf(ids());
    }

    @ParameterizedTest
    @MethodSource("changes")
    void given_answered_add_of_the_same_kind_when_answer_is_lost_then_row_gets_its_element(
            StoredText change, String answered, String lost) throws Exception {
        sandbox.turn(change);
        sandbox.faults().next(Fault.named("drop_after").has(lost.startsWith("<") ? "<b>" : lost.substring(0, 3)));

        Summary summary =
                StepLife.load(settings(), rows(answered, lost), NOWHERE).orElseThrow();

        assertThat(summary.byStatus()).containsEntry(Status.CREATED, 2L);
        assertThat(sandbox.store().created()).isEqualTo(2);
        hasItsElements(summary);
    }

    @ParameterizedTest
    @MethodSource("changes")
    void given_answered_add_of_the_same_kind_when_program_is_killed_before_the_next_answer_then_row_gets_its_element(
            StoredText change, String answered, String lost) throws Exception {
        sandbox.turn(change);
        Path file = rows(answered, lost);
        AtomicInteger heard = new AtomicInteger();
        StepLife.load(
                settings(),
                file,
                (node, after) ->
                        !after && node.contains("catalog-sending method:settleRows") && heard.incrementAndGet() == 2);

        Summary summary = StepLife.load(settings(), file, NOWHERE).orElseThrow();

        assertThat(summary.byStatus()).containsEntry(Status.CREATED, 2L);
        assertThat(sandbox.store().created()).isEqualTo(2);
        hasItsElements(summary);
    }

    /** That blanks go says nothing of tags. */
    @Test
    void given_answered_add_of_another_kind_when_answer_is_lost_then_row_is_in_doubt() throws Exception {
        sandbox.turn(StoredText.STRIPPED);
        sandbox.faults().next(Fault.named("drop_after").has("<b>"));

        Summary summary = StepLife.load(settings(), rows("Ink  blue", "<b>Pen</b>"), NOWHERE)
                .orElseThrow();

        assertThat(summary.byStatus()).containsEntry(Status.IN_DOUBT, 1L).containsEntry(Status.CREATED, 1L);
        assertThat(sandbox.store().created()).isEqualTo(2);
    }

    @Test
    void given_two_elements_that_may_belong_to_the_row_when_an_answer_is_lost_then_it_is_in_doubt() throws Exception {
        sandbox.turn(StoredText.COLLAPSED);
        sandbox.faults().next(Fault.named("drop_after").has("Pen"));

        Summary summary = StepLife.load(settings(), rows("Ink  blue", "Pen  red"), (node, after) -> {
                    if (!after && node.contains("catalog-doubts method:beginLookUp")) {
                        sandbox.store().put(CrashDrop.LIST, "Pen red", List.of());
                    }
                    return false;
                })
                .orElseThrow();

        assertThat(summary.byStatus()).containsEntry(Status.IN_DOUBT, 1L).containsEntry(Status.CREATED, 1L);
        assertThat(Files.readString(
                        home.resolve("outbox").resolve(summary.folder()).resolve("results.csv")))
                .contains(ids().subList(1, 3).toString());
        assertThat(sandbox.store().created()).isEqualTo(3);
    }

    /** Nothing of the request was applied, and nothing like it is there. */
    @Test
    void given_known_changes_of_names_when_a_request_is_lost_then_the_row_is_sent_again() throws Exception {
        sandbox.turn(StoredText.COLLAPSED);
        sandbox.faults().next(Fault.named("drop_before").has("Pen"));

        Summary summary = StepLife.load(settings(), rows("Ink  blue", "Pen  red"), NOWHERE)
                .orElseThrow();

        assertThat(summary.byStatus()).containsEntry(Status.CREATED, 2L);
        assertThat(sandbox.store().created()).isEqualTo(2);
    }
}
