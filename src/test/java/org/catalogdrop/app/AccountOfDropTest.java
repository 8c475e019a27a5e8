package org.catalogdrop.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.camel.util.ObjectHelper;
import org.catalogdrop.journal.DropLine;
import org.catalogdrop.journal.Entry;
import org.catalogdrop.journal.Journal;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.DropHeld;
import org.catalogdrop.model.Problem;
import org.catalogdrop.model.RunHalted;
import org.catalogdrop.model.Status;
import org.catalogdrop.model.Summary;
import org.catalogdrop.sandbox.Fault;
import org.catalogdrop.sandbox.Sandbox;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A drop belongs to the account, and its default list, for which its load began. */
class AccountOfDropTest {

    private static final String ROWS =
            IntStream.range(0, 20).mapToObj(i -> "row " + i + "\n").collect(Collectors.joining("", "name\n", ""));

    @TempDir
    Path home;

    private Sandbox first;
    private Sandbox second;

    @BeforeEach
    void serve() throws Exception {
        first = Sandbox.start(Loading.sandboxSettings());
        second = Sandbox.start(Loading.sandboxSettings());
    }

    /** A load for the first account whose first request is refused for its token. */
    private void stopAtOnce() throws Exception {
        try (Loading loading = Loading.with(home, first)) {
            first.faults().next(Fault.named("401"));
            assertThat(catchThrowable(() -> loading.load("a.csv", ROWS))).isInstanceOf(RunHalted.class);
        }
    }

    @Test
    void partlyAppliedForOneAccount_loadForAnother_isHeldAndNamesBoth() throws Exception {
        try (Loading loading = Loading.with(home, first, "kommo.chunk-size=5", "kommo.in-flight=1")) {
            first.faults().next(Fault.named("shuffled"));
            first.faults().next(Fault.named("401"));
            assertThat(catchThrowable(() -> loading.load("a.csv", ROWS))).isInstanceOf(RunHalted.class);
            assertThat(loading.names()).isNotEmpty();
        }
        try (Loading loading = Loading.with(home, second, "kommo.base-url=http://localhost:" + second.port())) {
            Throwable held = catchThrowable(() -> loading.load("a.csv", ROWS));

            assertThat(ObjectHelper.getException(DropHeld.class, held))
                    .hasMessageContainingAll("127.0.0.1, list", "localhost, list", "kommo.base-url")
                    .extracting(fault -> fault.problem().code())
                    .isEqualTo(Code.NOT_AS_BEGUN);
            assertThat(second.store().created()).isZero();
        }
    }

    @Test
    void nothingAppliedForOneAccount_loadForAnother_beginsAnewThere() throws Exception {
        stopAtOnce();
        try (Loading loading = Loading.with(home, second, "kommo.base-url=http://localhost:" + second.port())) {
            assertThat(loading.load("a.csv", ROWS).count(Status.CREATED)).isEqualTo(20);
            assertThat(loading.names()).hasSize(20);
        }
        assertThat(Journal.drops(home.resolve("state")))
                .extracting(DropLine::state)
                .containsExactly(Entry.State.REFUSED, Entry.State.DONE);
    }

    @Test
    void nothingAppliedInTheWrongList_loadForTheRightOne_goesThere() throws Exception {
        try (Loading loading = Loading.with(home, first, "kommo.catalog-id=999")) {
            first.faults().next(Fault.named("401"));
            assertThat(catchThrowable(() -> loading.load("a.csv", "name\na\n"))).isInstanceOf(RunHalted.class);
        }
        try (Loading loading = Loading.with(home, second, "kommo.base-url=http://localhost:" + second.port())) {
            Summary summary = loading.load("a.csv", "name\na\n");
            assertThat(summary.count(Status.CREATED)).isEqualTo(1);
            assertThat(loading.names()).containsExactly("a");
        }
    }

    @Test
    void loadedForOneAccount_loadForAnother_isNoRepeatButASecondTimeIs() throws Exception {
        int port = first.port();
        try (Loading loading = Loading.with(home, first)) {
            assertThat(loading.load("a.csv", ROWS).count(Status.CREATED)).isEqualTo(20);
        }
        try (Loading loading = Loading.with(home, second, "kommo.base-url=http://localhost:" + second.port())) {
            assertThat(loading.load("a.csv", ROWS).count(Status.CREATED)).isEqualTo(20);
            assertThat(loading.load("b.csv", ROWS).refusal().map(Problem::code)).contains(Code.ALREADY_LOADED);
        }
        // Back in the first account, whose entry is the older one.
        try (Sandbox again = Sandbox.start(Loading.sandboxSettings().withPort(port));
                Loading loading = Loading.with(home, again)) {
            assertThat(loading.load("c.csv", ROWS).refusal().map(Problem::code)).contains(Code.ALREADY_LOADED);
            assertThat(again.store().created()).isZero();
        }
    }
}
