package org.catalogdrop.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.catalogdrop.model.RunHalted;
import org.catalogdrop.sandbox.fault.Fault;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

/** A load that halts has come to its end when it says so: nothing of it is under way any more. */
class HaltedLoadTest {

    private static final String ROWS =
            IntStream.range(0, 40).mapToObj(i -> "row " + i + "\n").collect(Collectors.joining("", "name\n", ""));

    @TempDir
    Path home;

    @RepeatedTest(10)
    void given_load_halted_by_401_when_resumed_then_nothing_is_looked_up() throws Exception {
        try (Loading loading = Loading.start(home, "kommo.chunk-size=1")) {
            loading.sandbox().faults().next(Fault.named("401"));
            Throwable halt = catchThrowable(() -> loading.load("drop.csv", ROWS));
            assertThat(halt).isInstanceOf(RunHalted.class);
            int requests = loading.sandbox().log().size();

            loading.load("drop.csv", ROWS);

            assertThat(loading.names()).hasSize(40);
            assertThat(loading.reads())
                    .as("look-ups, after %d requests", requests)
                    .isEmpty();
        }
    }
}
