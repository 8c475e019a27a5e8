package org.catalogdrop.camel.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.catalogdrop.model.Summary;
import org.catalogdrop.sandbox.fault.Fault;
import org.catalogdrop.scenario.Loading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Elements so large that as many as a look-up asks for at once are more than is read of an answer. */
class LargeElementsTest {

    private static final int ROWS = 300;

    @TempDir
    Path home;

    @Test
    void add_in_doubt_among_large_elements_is_settled() throws Exception {
        try (Loading loading = Loading.start(home, "kommo.chunk-size=50")) {
            loading.sandbox().faults().next(Fault.named("504_after").has("row 280,"));
            String large = "long text ".repeat(4_000);
            String drop = IntStream.range(0, ROWS)
                    .mapToObj(row -> "\"row " + row + ", of many\"," + large)
                    .collect(Collectors.joining("\n", "name,cf:4400049\n", "\n"));
            assertThat(drop.length()).isGreaterThan(Deadline.LONGEST_ANSWER);

            Summary summary = loading.load("drop.csv", drop);

            assertThat(summary.exitStatus()).isZero();
            assertThat(loading.names()).hasSize(ROWS).doesNotHaveDuplicates();
        }
    }
}
