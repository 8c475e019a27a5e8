package org.catalogdrop.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.catalogdrop.camel.Installation;
import org.catalogdrop.config.Repeat;
import org.catalogdrop.crash.CrashDrop;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Summary;
import org.catalogdrop.sandbox.fault.Fault;
import org.catalogdrop.sandbox.store.StoredElement;
import org.catalogdrop.scenario.LivesSandbox;
import org.catalogdrop.scenario.Outbox;
import org.catalogdrop.scenario.StepLife;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A row that ended in doubt is looked at again after later rows of its element were applied: it must not undo them. */
@Timeout(60)
class SupersededRowsTest extends LivesSandbox {

    private static final Installation.InboxMode NO_INBOX = new Installation.InboxMode(false, false);
    private long pen;

    @BeforeEach
    void serveAnElement() {
        pen = sandbox.store().put(CrashDrop.LIST, "Pen", List.of());
    }

    /** The first row is not applied, and the list does not say whether it was. */
    private Summary loadedInDoubt(Path file) throws Exception {
        sandbox.faults().next(Fault.named("drop_before"), 2);
        theListCannotBeAsked();
        Summary summary = StepLife.load(settings(), file, NOWHERE).orElseThrow();
        assertThat(lines(summary).get(0)).containsEntry("outcome", "in_doubt");
        return summary;
    }

    private void theListCannotBeAsked() {
        sandbox.faults()
                .next(Fault.named("200")
                        .on(Fault.Target.GET)
                        .say("{\"_embedded\":{\"items\":[{\"id\":1,\"name\":\"Other\",\"catalog_id\":%d}]}}"
                                .formatted(CrashDrop.LIST)));
    }

    private Summary settled(Path file) throws Exception {
        try (StepLife life = new StepLife(settings(), NO_INBOX, NOWHERE)) {
            life.drop().loads().entrance().onRepeat(Repeat.SETTLE);
            return life.load(file).orElseThrow();
        }
    }

    private List<Map<String, String>> lines(Summary summary) throws Exception {
        return new Outbox(home.resolve("outbox").resolve(summary.folder())).lines();
    }

    private List<String> outcomes(Summary summary) throws Exception {
        return new Outbox(home.resolve("outbox").resolve(summary.folder())).outcomes();
    }

    private List<String> names() {
        return sandbox.store().elements(CrashDrop.LIST).stream()
                .map(StoredElement::name)
                .toList();
    }

    private void assertTheFirstRowIsOvertakenByTheSecond(Summary summary) throws Exception {
        Map<String, String> first = lines(summary).get(0);
        assertThat(first).containsEntry("outcome", "in_doubt").containsEntry("code", Code.OVERTAKEN.word());
        assertThat(first.get("message")).contains("Row 2").contains(Long.toString(pen));
    }

    @Test
    void update_does_not_overwrite_a_later_one() throws Exception {
        Path file = laid("id,name\n%d,Older\n%d,Newer\n".formatted(pen, pen));
        assertThat(outcomes(loadedInDoubt(file))).containsExactly("in_doubt", "updated");

        Summary summary = settled(file);

        assertThat(names()).containsExactly("Newer");
        assertTheFirstRowIsOvertakenByTheSecond(summary);
        assertThat(outcomes(summary)).containsExactly("in_doubt", "updated");
        assertThat(summary.exitStatus()).isEqualTo(5);
        assertThat(outcomes(settled(file))).as("looked at once more").containsExactly("in_doubt", "updated");
        assertThat(names()).containsExactly("Newer");
    }

    @Test
    void delete_does_not_remove_what_a_later_row_has_set() throws Exception {
        Path file = laid("action,id,name\ndelete,%d,\nupdate,%d,Newer\n".formatted(pen, pen));
        loadedInDoubt(file);

        Summary summary = settled(file);

        assertThat(names()).containsExactly("Newer");
        assertTheFirstRowIsOvertakenByTheSecond(summary);
    }

    @Test
    void update_whose_element_a_later_row_has_deleted_is_not_rejected() throws Exception {
        Path file = laid("action,id,name\nupdate,%d,Older\ndelete,%d,\n".formatted(pen, pen));
        assertThat(outcomes(loadedInDoubt(file))).containsExactly("in_doubt", "deleted");

        assertTheFirstRowIsOvertakenByTheSecond(settled(file));
    }

    /** The doubts are open again when the process dies: a load that goes on has the same rows before it. */
    @Test
    void update_does_not_overwrite_a_later_one_although_the_settling_dies() throws Exception {
        long ink = sandbox.store().put(CrashDrop.LIST, "Ink", List.of());
        Path file = laid("id,name\n%d,Older\n%d,Newer\n%d,Blue\n".formatted(pen, pen, ink));
        loadedInDoubt(file);
        try (StepLife life = new StepLife(
                settings(),
                NO_INBOX,
                (node, after) -> !after && node.contains("catalog-doubts method:reconcileRows"))) {
            life.drop().loads().entrance().onRepeat(Repeat.SETTLE);
            assertThat(life.load(file)).isEmpty();
        }

        Summary summary = StepLife.load(settings(), file, NOWHERE).orElseThrow();

        assertThat(names()).containsExactlyInAnyOrder("Newer", "Blue");
        assertTheFirstRowIsOvertakenByTheSecond(summary);
    }

    @Test
    void update_is_sent_again_after_earlier_rows_and_rows_of_other_elements() throws Exception {
        long ink = sandbox.store().put(CrashDrop.LIST, "Ink", List.of());
        Path file = laid("id,name\n%d,Older\n%d,Newer\n%d,Blue\n".formatted(pen, pen, ink));
        sandbox.faults().next(Fault.named("drop_before").has("Newer"), 2);
        theListCannotBeAsked();
        Summary first = StepLife.load(settings(), file, NOWHERE).orElseThrow();
        assertThat(outcomes(first)).containsExactly("updated", "in_doubt", "updated");

        Summary summary = settled(file);

        assertThat(outcomes(summary)).containsOnly("updated");
        assertThat(names()).containsExactlyInAnyOrder("Newer", "Blue");
    }

    @Test
    void rows_of_one_element_that_are_all_in_doubt_are_sent_in_order() throws Exception {
        Path file = laid("id,name\n%d,Older\n%d,Newer\n".formatted(pen, pen));
        sandbox.faults().next(Fault.named("drop_before"), 4);
        theListCannotBeAsked();
        theListCannotBeAsked();
        Summary first = StepLife.load(settings(), file, NOWHERE).orElseThrow();
        assertThat(outcomes(first)).containsOnly("in_doubt");

        Summary summary = settled(file);

        assertThat(outcomes(summary)).containsOnly("updated");
        assertThat(names()).containsExactly("Newer");
    }

    @Test
    void applied_row_is_reported_as_applied_although_a_later_one_followed() throws Exception {
        Path file = laid("id,name,cf:4400051\n%d,Pen,\n%d,Pen,7\n".formatted(pen, pen));
        loadedInDoubt(file);

        assertThat(outcomes(settled(file))).containsOnly("updated");
    }

    @Test
    void delete_is_sent_again_although_a_later_row_deletes_the_same_element() throws Exception {
        Path file = laid("action,id\ndelete,%d\ndelete,%d\n".formatted(pen, pen));
        assertThat(outcomes(loadedInDoubt(file))).containsExactly("in_doubt", "deleted");

        assertThat(outcomes(settled(file))).containsOnly("deleted");
    }
}
