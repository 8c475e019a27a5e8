package org.catalogdrop.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.RunHalted;
import org.catalogdrop.model.Status;
import org.catalogdrop.model.Summary;
import org.catalogdrop.sandbox.fault.Fault;
import org.catalogdrop.sandbox.fault.Switch;
import org.catalogdrop.sandbox.store.StoredElement;
import org.catalogdrop.scenario.Loading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Elements are read of a list that is named; an API that refuses to read holds only the drop that needs it, and rejects no row. */
class RefusedReadsTest {

    private static final long OTHER_LIST = 4221;

    @TempDir
    Path home;

    private List<Integer> readStatuses(Loading loading) {
        return loading.sandbox().log().stream()
                .filter(request -> request.method().equals("GET"))
                .map(request -> request.status())
                .toList();
    }

    @Test
    void given_deletes_that_name_no_list_when_they_are_read_first_then_the_list_of_the_setting_is_named()
            throws Exception {
        try (Loading loading = Loading.start(home, "drop.undo=full")) {
            Summary adds = loading.load("a.csv", "name\nCable\nPlug\n");
            List<Long> ids = List.copyOf(loading.outbox(adds).mapping().values());

            Summary deletes =
                    loading.load("b.csv", "action,id\ndelete," + ids.get(0) + "\ndelete," + ids.get(1) + "\n");
            loading.load(loading.outbox(deletes).folder().resolve("undo.csv"));

            assertThat(deletes.count(Status.DELETED)).isEqualTo(2);
            assertThat(loading.names()).containsExactlyInAnyOrder("Cable", "Plug");
            assertThat(readStatuses(loading)).isNotEmpty().doesNotContain(400);
        }
    }

    @Test
    void given_an_api_that_needs_no_list_when_an_element_is_in_another_one_then_it_is_found() throws Exception {
        try (Loading loading = Loading.start(home, "drop.undo=full")) {
            loading.sandbox().turn(Switch.CatalogId.OPTIONAL);
            long id = loading.sandbox().store().put(OTHER_LIST, "Elsewhere", List.of());

            Summary deletes = loading.load("b.csv", "action,id\ndelete," + id + "\n");
            loading.load(loading.outbox(deletes).folder().resolve("undo.csv"));

            assertThat(deletes.count(Status.DELETED)).isEqualTo(1);
            assertThat(loading.sandbox().store().elements(OTHER_LIST))
                    .extracting(StoredElement::name)
                    .containsExactly("Elsewhere");
        }
    }

    @Test
    void given_a_read_that_is_refused_when_another_drop_waits_then_that_one_loads() throws Exception {
        Path inbox = Files.createDirectories(home.resolve("inbox"));
        Path first = Files.writeString(inbox.resolve("first.csv"), "action,id,_was:name\ndelete,7,Seven\n");
        Files.setLastModifiedTime(first, FileTime.fromMillis(0));
        Path second = Files.writeString(inbox.resolve("second.csv"), "name,catalog_id\nCable,4220\n");

        // No list is known for the first one, and the API answers 400.
        try (Loading loading = Loading.watch(home, "kommo.catalog-id=")) {
            loading.drop().runs().awaitIdle();

            assertThat(loading.names()).containsExactly("Cable");
            assertThat(first).exists();
            assertThat(second).doesNotExist();
            assertThat(loading.drop().runs().exitStatus()).isEqualTo(1);
        }
    }

    @Test
    void given_a_read_that_is_refused_when_the_load_halts_then_no_row_is_blamed() throws Exception {
        try (Loading loading = Loading.start(home)) {
            long id = loading.sandbox().store().put(Loading.LIST, "Cable", List.of());
            loading.sandbox()
                    .faults()
                    .always(Fault.named("400").on(Fault.Target.GET).say("{\"response\":{\"error_code\":\"285\"}}"));

            Throwable halt =
                    catchThrowable(() -> loading.load("b.csv", "action,id,_was:name\ndelete," + id + ",Cable\n"));

            assertThat(halt).isInstanceOf(RunHalted.class);
            assertThat(((RunHalted) halt).problem().code()).isEqualTo(Code.READ_REFUSED);
            assertThat(halt)
                    .hasMessageContainingAll("catalog_id=4220&id=" + id, "HTTP 400", "No row is at fault", "285");

            loading.sandbox().faults().clear();
            Summary summary = loading.load("b.csv", "action,id,_was:name\ndelete," + id + ",Cable\n");
            assertThat(summary.count(Status.DELETED)).isEqualTo(1);
        }
    }
}
