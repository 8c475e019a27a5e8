package org.catalogdrop.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.catalogdrop.crash.CrashDrop;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Status;
import org.catalogdrop.model.Summary;
import org.catalogdrop.sandbox.fault.Fault;
import org.catalogdrop.sandbox.fault.Switch;
import org.catalogdrop.sandbox.store.StoredElement.Field;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An element that equals a row in doubt is the row's only if it is known that our requests made it. */
@Timeout(60)
class AuthorsTest extends LivesSandbox {

    private static final long ANOTHER = 777;

    private Path pen(String name) throws Exception {
        Path file = home.resolve("a.csv");
        new CrashDrop(List.of(new CrashDrop.Line("add", 0, name, 7))).lay(file);
        return file;
    }

    /** The request is lost before the API applies it, and another client adds the same. */
    private StepLife.Step putInstead(long user) {
        return (node, after) -> {
            if (node.contains("catalog-doubts method:beginLookUp") && after) {
                sandbox.store().putBy(user, CrashDrop.LIST, "Pen", List.of(Field.of(CrashDrop.PRICE, "7")));
            }
            return false;
        };
    }

    private String results(Summary summary) throws Exception {
        return Files.readString(home.resolve("outbox").resolve(summary.folder()).resolve("results.csv"));
    }

    @Test
    void given_lost_request_when_another_user_adds_the_same_then_row_is_sent_again() throws Exception {
        sandbox.faults().next(Fault.named("drop_before"));

        Summary summary =
                StepLife.load(settings(), pen("Pen"), putInstead(ANOTHER)).orElseThrow();

        assertThat(summary.exitStatus()).isZero();
        assertThat(sandbox.store().elements(CrashDrop.LIST))
                .extracting(element -> element.createdBy() == ANOTHER)
                .containsExactly(true, false);
        long ours = sandbox.store().elements(CrashDrop.LIST).get(1).id();
        assertThat(results(summary)).contains(Long.toString(ours));
    }

    @Test
    void given_lost_answer_when_another_user_adds_the_same_then_row_has_its_own_element() throws Exception {
        sandbox.faults().next(Fault.named("drop_after"));

        Summary summary =
                StepLife.load(settings(), pen("Pen"), putInstead(ANOTHER)).orElseThrow();

        assertThat(summary.exitStatus()).isZero();
        long ours = sandbox.store().elements(CrashDrop.LIST).get(0).id();
        assertThat(results(summary)).contains(Long.toString(ours));
        assertThat(sandbox.store().created()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"drop_before", "drop_after"})
    void given_no_known_creator_when_an_equal_element_exists_then_the_row_is_in_doubt(String fault) throws Exception {
        sandbox.turn(Switch.CreatedBy.ABSENT);
        sandbox.faults().next(Fault.named(fault));

        Summary summary = StepLife.load(
                        settings(), pen("Pen"), fault.equals("drop_before") ? putInstead(ANOTHER) : NOWHERE)
                .orElseThrow();

        assertThat(summary.byStatus()).containsEntry(Status.IN_DOUBT, 1L);
        assertThat(results(summary)).contains(Code.AMBIGUOUS.word(), "does not say who created it");
        assertThat(sandbox.store().created()).isEqualTo(1);
    }

    /** The run that was killed may have had the token of that other user. */
    @Test
    void given_killed_run_when_another_user_has_made_the_same_then_row_is_in_doubt() throws Exception {
        Path file = pen("Pen");
        sandbox.faults().next(Fault.named("drop_before"));
        StepLife.load(settings(), file, (node, after) -> !after && node.contains("catalog-sending method:settleRows"));
        sandbox.store().putBy(ANOTHER, CrashDrop.LIST, "Pen", List.of(Field.of(CrashDrop.PRICE, "7")));

        Summary summary = StepLife.load(settings(), file, NOWHERE).orElseThrow();

        assertThat(summary.byStatus()).containsEntry(Status.IN_DOUBT, 1L);
        assertThat(results(summary)).contains("User " + ANOTHER);
        assertThat(sandbox.store().created()).isEqualTo(1);
    }

    @Test
    void given_lost_answer_when_nobody_else_adds_the_same_then_our_user_is_asked_for_once() throws Exception {
        Path file = home.resolve("a.csv");
        new CrashDrop(List.of(new CrashDrop.Line("add", 0, "Pen", 7), new CrashDrop.Line("add", 0, "Ink", 7)))
                .lay(file);
        sandbox.faults().next(Fault.named("drop_after"));
        sandbox.faults().next(Fault.named("drop_after"));

        Summary summary = StepLife.load(settings(), file, NOWHERE).orElseThrow();

        assertThat(summary.count(Status.CREATED)).isEqualTo(2);
        assertThat(sandbox.log())
                .filteredOn(request -> request.uri().contains("/api/v2/account"))
                .hasSize(1);
    }

    /** A no-break space and a usual one are no difference between names, so this element is the row's for certain. */
    @Test
    void given_name_with_a_no_break_space_stored_collapsed_when_its_answer_is_lost_then_its_element_is_found()
            throws Exception {
        sandbox.turn(Switch.StoredText.COLLAPSED);
        sandbox.faults().next(Fault.named("drop_after"));

        Summary summary =
                StepLife.load(settings(), pen("Pen\u00a0of mine"), NOWHERE).orElseThrow();

        long made = sandbox.store().elements(CrashDrop.LIST).get(0).id();
        assertThat(sandbox.store().created()).as("elements ever made").isEqualTo(1);
        assertThat(summary.byStatus()).containsEntry(Status.CREATED, 1L);
        assertThat(results(summary)).contains(Long.toString(made));
    }

    /** Each name, and what an API may do to it. */
    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "LONG,CUT",
                "Cafe\u0301,COMPOSED",
                "Pen \uD83D\uDD8A,REPLACED",
                "Pen \uD83D\uDD8A of mine,ENDED",
                "Pen   of  mine,COLLAPSED",
                "<b>Pen</b>,STRIPPED",
                "Pen 5\" 'x',ESCAPED"
            })
    void given_name_that_is_stored_changed_when_its_answer_is_lost_then_it_is_not_made_twice(
            String name, Switch.StoredText change) throws Exception {
        sandbox.turn(change);
        sandbox.faults().next(Fault.named("drop_after"));

        Summary summary = StepLife.load(settings(), pen(name.equals("LONG") ? "Pen ".repeat(80) + "." : name), NOWHERE)
                .orElseThrow();

        long made = sandbox.store().elements(CrashDrop.LIST).get(0).id();
        assertThat(sandbox.store().created()).as("elements ever made").isEqualTo(1);
        assertThat(summary.byStatus()).containsEntry(Status.IN_DOUBT, 1L);
        assertThat(results(summary)).contains(Long.toString(made));
    }

    @Test
    void given_element_of_a_different_name_when_a_request_is_lost_then_the_row_is_sent_again() throws Exception {
        sandbox.faults().next(Fault.named("drop_before"));

        Summary summary =
                StepLife.load(settings(), pen("Pencil"), putInstead(ANOTHER)).orElseThrow();

        assertThat(summary.count(Status.CREATED)).isEqualTo(1);
    }
}
