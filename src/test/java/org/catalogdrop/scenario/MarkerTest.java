package org.catalogdrop.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.catalogdrop.camel.Installation;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.DropRefused;
import org.catalogdrop.model.Marker;
import org.catalogdrop.model.Status;
import org.catalogdrop.model.Summary;
import org.catalogdrop.sandbox.fault.Fault;
import org.catalogdrop.sandbox.fault.Switch;
import org.catalogdrop.sandbox.store.CatalogField;
import org.catalogdrop.sandbox.store.CatalogList;
import org.catalogdrop.sandbox.store.FieldType;
import org.catalogdrop.sandbox.store.StoredElement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With a marker each element says of which row it is. */
@Timeout(60)
class MarkerTest extends LivesSandbox {

    private static final long LIST = 99;
    private static final long FIELD = 990;
    private static final String MARKED = "kommo.marker-field=" + FIELD;
    private static final String IN_LIST = "kommo.catalog-id=" + LIST;

    @BeforeEach
    void makeList() {
        sandbox.put(new CatalogList(LIST, "Marked", List.of(CatalogField.of(FIELD, "Marker", FieldType.TEXT))));
    }

    private Path rows(String... names) throws Exception {
        return laid("action,name\nadd," + String.join("\nadd,", names) + "\n");
    }

    private List<String> markers() {
        return sandbox.store().elements(LIST).stream()
                .flatMap(element -> element.fields().stream())
                .filter(field -> field.id() == FIELD)
                .map(field -> field.values().get(0).text())
                .toList();
    }

    @Test
    void given_marker_field_when_rows_are_loaded_then_each_element_has_its_marker() throws Exception {
        Summary summary = StepLife.load(settings(MARKED, IN_LIST), rows("Pen", "Pen"), NOWHERE)
                .orElseThrow();

        assertThat(summary.count(Status.CREATED)).isEqualTo(2);
        assertThat(markers()).hasSize(2).doesNotHaveDuplicates().allMatch(Marker::isOne);
        assertThat(markers().get(0))
                .startsWith(summary.digest().substring(0, 16) + "/")
                .endsWith("/1");
    }

    /** Our user made both, as when another program has the same token. */
    @Test
    void given_lost_request_when_our_user_adds_the_same_elsewhere_then_row_is_sent_again() throws Exception {
        StepLife.Step step = new Elsewhere();

        Summary summary = StepLife.load(settings(MARKED, IN_LIST), rows("Ink", "Pen"), step)
                .orElseThrow();

        assertThat(summary.exitStatus()).isZero();
        assertThat(sandbox.store().elements(LIST))
                .extracting(StoredElement::name)
                .containsExactly("Ink", "Pen", "Pen");
        long ours = sandbox.store().elements(LIST).get(2).id();
        assertThat(Files.readString(
                        home.resolve("outbox").resolve(summary.folder()).resolve("results.csv")))
                .contains(Long.toString(ours));
    }

    /** After the first row is settled the second is lost, and another client adds its like before it is looked for. */
    private final class Elsewhere implements StepLife.Step {

        private boolean told;

        @Override
        public boolean isHere(String node, boolean after) {
            if (node.contains("catalog-sending method:settleRows") && after && !told) {
                told = true;
                sandbox.faults().next(Fault.named("drop_before"));
            } else if (node.contains("catalog-doubts method:beginLookUp") && after) {
                sandbox.store().put(LIST, "Pen", List.of());
            }
            return false;
        }
    }

    @Test
    void given_name_stored_changed_when_answer_is_lost_then_marker_finds_the_element() throws Exception {
        sandbox.turn(Switch.StoredText.COLLAPSED);
        sandbox.faults().next(Fault.named("drop_after"));

        Summary summary = StepLife.load(settings(MARKED, IN_LIST), rows("Pen   of  mine"), NOWHERE)
                .orElseThrow();

        assertThat(summary.count(Status.CREATED)).isEqualTo(1);
        assertThat(sandbox.store().created()).isEqualTo(1);
    }

    /** Until a marker was seen the API may not keep the field, so an element without one is judged by its age as if there were no markers. */
    @Test
    void given_older_equal_element_without_marker_when_request_was_lost_in_a_kill_then_it_is_not_taken()
            throws Exception {
        sandbox.store().put(LIST, "Pen", List.of());
        Path file = rows("Pen");
        sandbox.faults().next(Fault.named("503_before").on(Fault.Target.GET), 2);
        sandbox.faults().next(Fault.named("drop_before"));
        StepLife.load(
                settings(MARKED, IN_LIST),
                file,
                (node, after) -> !after && node.contains("catalog-sending method:settleRows"));
        JournalTimes.shift(home.resolve("state"), Duration.ofMinutes(30));

        Summary summary =
                StepLife.load(settings(MARKED, IN_LIST), file, NOWHERE).orElseThrow();

        assertThat(summary.byStatus()).containsEntry(Status.IN_DOUBT, 1L);
        assertThat(sandbox.store().elements(LIST)).hasSize(1);
    }

    @Test
    void given_drop_begun_without_markers_when_it_resumes_with_them_then_no_row_is_made_twice() throws Exception {
        Path file = rows("Pen");
        sandbox.faults().next(Fault.named("drop_after"));
        StepLife.load(
                settings(IN_LIST), file, (node, after) -> !after && node.contains("catalog-doubts method:beginLookUp"));

        Summary summary =
                StepLife.load(settings(MARKED, IN_LIST), file, NOWHERE).orElseThrow();

        assertThat(summary.count(Status.CREATED)).isEqualTo(1);
        assertThat(sandbox.store().created()).isEqualTo(1);
    }

    @Test
    void given_row_that_sets_the_field_when_it_is_loaded_then_drop_is_refused() throws Exception {
        Path file = laid("action,name,cf:" + FIELD + "\nadd,Pen,mine\n");

        Summary summary =
                StepLife.load(settings(MARKED, IN_LIST), file, NOWHERE).orElseThrow();

        assertThat(summary.refusal().orElseThrow().code()).isEqualTo(Code.MARKER_TAKEN);
        assertThat(sandbox.store().created()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"action,name,cf:990\nadd,Pen,mine\n", "name,cf:990\nPen,mine\n"})
    void given_row_that_sets_the_field_when_it_is_planned_then_plan_says_so(String rows) throws Exception {
        Path file = laid(rows);
        try (StepLife life =
                new StepLife(settings(MARKED, IN_LIST), new Installation.InboxMode(false, false), NOWHERE)) {
            assertThatThrownBy(() -> life.plan(file))
                    .hasRootCauseInstanceOf(DropRefused.class)
                    .hasStackTraceContaining("row 1 sets field 990");
        }
        assertThat(sandbox.store().created()).isZero();
    }

    /** No clock, no id that was seen before, and another program that adds the same as our user: the marker alone tells. */
    @Test
    void given_markers_and_a_clock_set_across_a_kill_when_list_could_not_be_read_before_then_row_has_its_element()
            throws Exception {
        StepLife.load(settings(MARKED, IN_LIST), laid("first.csv", "name\nInk\n"), NOWHERE);
        Path file = laid("second.csv", "name\nPen\n");
        sandbox.store().put(LIST, "Pen", List.of());
        sandbox.faults().next(Fault.named("503_before").on(Fault.Target.GET), 2);
        StepLife.load(
                settings(MARKED, IN_LIST),
                file,
                (node, after) -> !after && node.contains("catalog-sending method:settleRows"));
        sandbox.store().put(LIST, "Pen", List.of());
        JournalTimes.shift(home.resolve("state"), Duration.ofMinutes(30));

        Summary summary =
                StepLife.load(settings(MARKED, IN_LIST), file, NOWHERE).orElseThrow();

        assertThat(summary.byStatus()).containsEntry(Status.CREATED, 1L);
        assertThat(sandbox.store().created()).isEqualTo(4);
    }

    /** Markers of earlier loads show that the API keeps them, so that the very first add of a load is sent again at once. */
    @Test
    void given_markers_of_an_earlier_load_when_first_request_is_lost_beside_an_equal_element_then_it_is_sent_again()
            throws Exception {
        StepLife.load(settings(MARKED, IN_LIST), laid("first.csv", "name\nInk\n"), NOWHERE);
        Path file = laid("second.csv", "name\nPen\n");
        sandbox.faults().next(Fault.named("drop_before"));

        Summary summary = StepLife.load(settings(MARKED, IN_LIST), file, (node, after) -> {
                    if (!after && node.contains("catalog-doubts method:beginLookUp")) {
                        sandbox.store().put(LIST, "Pen", List.of());
                    }
                    return false;
                })
                .orElseThrow();

        assertThat(summary.byStatus()).containsEntry(Status.CREATED, 1L);
        assertThat(sandbox.store().created()).isEqualTo(3);
    }
}
