package org.catalogdrop.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Path;
import org.catalogdrop.model.RunHalted;
import org.catalogdrop.model.Summary;
import org.catalogdrop.sandbox.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rest of a drop is read as the rows that were sent before. */
class ReadAsTest {

    private static final String ROWS = "name,cf:4400049\n'a',1\n'b',2\n'c',3\n";

    @TempDir
    Path home;

    private void sendOneRow() throws Exception {
        try (Loading loading = Loading.start(home, "kommo.chunk-size=1", "kommo.in-flight=1")) {
            loading.sandbox().faults().next(Fault.named("delay"));
            loading.sandbox().faults().next(Fault.named("401"));
            assertThat(catchThrowable(() -> loading.load("drop.csv", ROWS))).isInstanceOf(RunHalted.class);
            assertThat(loading.names()).containsExactly("'a'");
        }
    }

    @Test
    void anotherQuoteInTheMiddleHaltsAndSaysWhatToSetBack() throws Exception {
        sendOneRow();
        try (Loading loading = Loading.start(home, "drop.quote=single")) {
            Throwable halt = catchThrowable(() -> loading.load("drop.csv", ROWS));
            assertThat(halt).isInstanceOf(RunHalted.class).hasMessageContaining("drop.quote");
            assertThat(loading.posts()).isEmpty();
        }
        try (Loading loading = Loading.start(home)) {
            Summary summary = loading.load("drop.csv", ROWS);
            assertThat(summary.exitStatus()).isZero();
            assertThat(loading.names()).containsExactlyInAnyOrder("'b'", "'c'");
        }
    }
}
