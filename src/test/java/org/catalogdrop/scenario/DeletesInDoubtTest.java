package org.catalogdrop.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.catalogdrop.crash.CrashDrop;
import org.catalogdrop.model.Status;
import org.catalogdrop.model.Summary;
import org.catalogdrop.sandbox.fault.Fault;
import org.catalogdrop.sandbox.store.StoredElement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Deletes name no list, and nobody documents that several ids without a list are heeded when elements are read. */
@Timeout(60)
class DeletesInDoubtTest extends LivesSandbox {

    private static final StepLife.Step BEFORE_THE_ANSWER_IS_KEPT =
            (node, after) -> !after && node.contains("catalog-sending method:settleRows");

    private Path deletes(int count) throws Exception {
        StringBuilder rows = new StringBuilder("action,id\n");
        for (int i = 0; i < count; i++) {
            rows.append("delete,")
                    .append(sandbox.store().put(CrashDrop.LIST, "Old " + i, List.of()))
                    .append('\n');
        }
        return laid(rows.toString());
    }

    @Test
    void answer_without_elements_does_not_prove_that_they_are_deleted() throws Exception {
        Path file = deletes(2);
        sandbox.faults().next(Fault.named("drop_before"));
        StepLife.load(settings("kommo.chunk-size=2"), file, BEFORE_THE_ANSWER_IS_KEPT);
        sandbox.faults().next(Fault.named("204").on(Fault.Target.GET));

        Summary summary =
                StepLife.load(settings("kommo.chunk-size=2"), file, NOWHERE).orElseThrow();

        assertThat(summary.count(Status.DELETED)).isEqualTo(2);
        assertThat(sandbox.store().count(CrashDrop.LIST)).isZero();
    }

    /** A delete with a condition, as in {@code undo.csv}, is read before it is sent. */
    @Test
    void answer_without_elements_before_the_delete_is_applied_proves_nothing() throws Exception {
        long first = sandbox.store().put(CrashDrop.LIST, "First", List.of());
        long second = sandbox.store().put(CrashDrop.LIST, "Second", List.of());
        long gone = second + 1;
        Path file = laid("action,id,_was:name\ndelete,%d,First\ndelete,%d,Other\ndelete,%d,Gone\n"
                .formatted(first, second, gone));
        sandbox.faults().next(Fault.named("204").on(Fault.Target.GET));

        Summary summary =
                StepLife.load(settings("kommo.chunk-size=3"), file, NOWHERE).orElseThrow();

        assertThat(Outbox.only(home).outcomes()).containsExactly("deleted", "rejected", "deleted");
        assertThat(Outbox.only(home).codes()).containsExactly("", "edited_since", "");
        assertThat(summary.count(Status.DELETED)).isEqualTo(2);
        assertThat(sandbox.store().elements(CrashDrop.LIST))
                .extracting(StoredElement::id)
                .containsExactly(second);
    }

    @Test
    void applied_deletes_are_sent_once() throws Exception {
        Path file = deletes(2);
        StepLife.load(settings("kommo.chunk-size=2"), file, BEFORE_THE_ANSWER_IS_KEPT);
        assertThat(sandbox.store().count(CrashDrop.LIST)).isZero();

        Summary summary =
                StepLife.load(settings("kommo.chunk-size=2"), file, NOWHERE).orElseThrow();

        assertThat(summary.exitStatus()).isZero();
        assertThat(summary.count(Status.DELETED)).isEqualTo(2);
    }

    @Test
    void load_ends_although_no_delete_is_ever_answered() throws Exception {
        Path file = deletes(4);
        sandbox.faults().always(Fault.named("504_after"));

        Summary summary =
                StepLife.load(settings("kommo.chunk-size=2"), file, NOWHERE).orElseThrow();

        assertThat(summary.count(Status.DELETED)).isEqualTo(4);
    }
}
