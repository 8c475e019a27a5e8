package org.catalogdrop.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.catalogdrop.model.Summary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of a row that is too long only the start is in the rejects; the way to load it all the same is told. */
class LongRowsTest {

    private static final String LONG = "{\"name\":\"" + "x".repeat(3000) + "\"}\n";
    private static final String DROP = "{\"name\":\"a\"}\n\n" + LONG + "{\"name\":\"b\",\"request_id\":2}\n";

    @TempDir
    Path home;

    @Test
    void given_row_too_long_when_loaded_then_its_line_is_reported_and_loads_from_its_own_file() throws Exception {
        try (Loading loading = Loading.start(home, "drop.row-limit=1KiB")) {
            Summary summary = loading.load("d.ndjson", DROP);

            assertThat(summary.exitStatus()).isEqualTo(3);
            assertThat(loading.names()).containsExactly("a", "b");
            Map<String, String> told = loading.outbox(summary).lines().get(1);
            assertThat(told)
                    .containsEntry("row", "2")
                    .containsEntry("line", "3")
                    .containsEntry("outcome", "rejected")
                    .containsEntry("code", "row_too_long");
            assertThat(told.get("message")).contains("1024", "drop.row-limit", "line 3 of the drop", "file of its own");
        }
        String row = Files.readAllLines(home.resolve("given/d.ndjson")).get(2);
        try (Loading loading = Loading.start(home)) {
            assertThat(loading.load("row.ndjson", row).exitStatus()).isZero();
            assertThat(loading.names()).containsExactly("x".repeat(3000));
        }
    }

    @Test
    void given_row_too_long_when_the_rejects_are_dropped_unchanged_then_it_is_rejected_again() throws Exception {
        try (Loading loading = Loading.start(home, "drop.row-limit=1KiB")) {
            Summary summary = loading.load("d.ndjson", DROP);
            String rejects = Files.readString(loading.outbox(summary).rejects("ndjson"));
            Summary again = loading.load("rejects.ndjson", rejects);

            assertThat(loading.outbox(again).codes()).isEqualTo(List.of("row_too_long"));
            assertThat(loading.outbox(again).lines().get(0).get("message")).contains("line 3 of the drop");

            String mended =
                    rejects.replaceAll("\"_line\":\".*?…\"", "\"_line\":\"{\\\\\"name\\\\\":\\\\\"short\\\\\"}\"");
            assertThat(loading.load("rejects.ndjson", mended).exitStatus()).isZero();
            assertThat(loading.names()).containsExactly("a", "b", "short");
        }
    }
}
