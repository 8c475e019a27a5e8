package org.catalogdrop.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.catalogdrop.model.Summary;
import org.catalogdrop.sandbox.LoggedRequest;
import org.catalogdrop.sandbox.fault.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where each request has to wait for its turn, a doubt costs few of them. */
class DoubtAtPaceTest {

    private static final int CHUNK = 30;
    /** The fourth request is lost while three chunks wait for their turn, all that is left: none is made after that, of fewer rows. */
    private static final int CHUNKS = 7;

    @TempDir
    Path home;

    private List<LoggedRequest> load(String fault) throws Exception {
        try (Loading loading = Loading.start(home, "kommo.chunk-size=" + CHUNK, "kommo.requests-per-second=4")) {
            loading.sandbox().faults().next(Fault.named("shuffled"), 3);
            loading.sandbox().faults().next(Fault.named(fault));
            String drop = IntStream.range(0, CHUNK * CHUNKS)
                    .mapToObj(row -> "row " + row)
                    .collect(Collectors.joining("\n", "name\n", "\n"));
            Summary summary = loading.load("drop.csv", drop);

            assertThat(summary.exitStatus()).isZero();
            assertThat(loading.names()).hasSize(CHUNK * CHUNKS).doesNotHaveDuplicates();
            return new ArrayList<>(loading.sandbox().log());
        }
    }

    private static List<LoggedRequest> gets(List<LoggedRequest> log) {
        return log.stream().filter(request -> request.method().equals("GET")).toList();
    }

    @Test
    void adds_waiting_for_their_turn_let_the_look_up_go_first() throws Exception {
        List<LoggedRequest> log = load("504_after");
        int lost = IntStream.range(0, log.size())
                .filter(i -> log.get(i).status() == 504)
                .findFirst()
                .orElseThrow();

        // So the elements looked for are the newest of the list, and the first request shows them.
        assertThat(log.get(lost + 1).method()).isEqualTo("GET");
        assertThat(gets(log.subList(lost, log.size()))).hasSize(1);
    }

    @Test
    void single_time_out_splits_no_other_chunk() throws Exception {
        List<LoggedRequest> log = load("504_before");

        assertThat(log.stream().filter(request -> request.method().equals("POST")))
                .hasSize(CHUNKS + 1)
                .allSatisfy(post -> assertThat(post.items()).isEqualTo(CHUNK));
    }
}
