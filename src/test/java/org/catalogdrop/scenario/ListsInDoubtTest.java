package org.catalogdrop.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.catalogdrop.crash.CrashDrop;
import org.catalogdrop.model.Status;
import org.catalogdrop.model.Summary;
import org.catalogdrop.sandbox.fault.Fault;
import org.catalogdrop.sandbox.store.StoredElement;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows of one request go to several lists, and no answer comes. */
@Timeout(60)
class ListsInDoubtTest extends LivesSandbox {

    private static final long OTHER = 4221;

    /** @param applied how many of the rows were applied */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3})
    void given_rows_of_several_lists_in_doubt_when_looked_up_then_each_has_one_element_in_its_list(int applied)
            throws Exception {
        Path file = laid("name,catalog_id\nPen,4221\nPen,\nInk,\nInk,4221\n");
        sandbox.faults().next(Fault.named("drop_prefix").number(applied));

        Summary end =
                StepLife.load(settings("kommo.chunk-size=4"), file, NOWHERE).orElseThrow();

        assertThat(end.count(Status.CREATED)).isEqualTo(4);
        assertThat(names(CrashDrop.LIST)).containsExactlyInAnyOrder("Pen", "Ink");
        assertThat(names(OTHER)).containsExactlyInAnyOrder("Pen", "Ink");
        List<Long> ids = List.copyOf(Outbox.only(home).mapping().values());
        assertThat(ids)
                .extracting(id -> sandbox.store().byId(id).orElseThrow())
                .extracting(element -> element.name() + " " + element.catalogId())
                .containsExactly("Pen 4221", "Pen 4220", "Ink 4220", "Ink 4221");
    }

    private List<String> names(long list) {
        return sandbox.store().elements(list).stream().map(StoredElement::name).toList();
    }
}
