package org.catalogdrop.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.catalogdrop.model.Summary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages that people open after a load. */
class ReportOfALoadTest {

    @TempDir
    Path home;

    private String page(String folder, String name) throws Exception {
        return Files.readString(home.resolve(folder).resolve(name));
    }

    @Test
    void given_rows_of_all_ends_when_loaded_then_the_report_has_the_sum_the_causes_and_the_changes() throws Exception {
        try (Loading loading = Loading.start(home, "drop.undo=full")) {
            long known = loading.sandbox().store().put(Loading.LIST, "old name", List.of());

            Summary summary = loading.load(
                    "d.csv",
                    "action,id,name,cf:4400049\nadd,,new,A\nupdate," + known
                            + ",new name,B\nfrob,,x,C\nadd,,,D\nadd,,,E\n");

            String page = page("outbox/" + summary.folder(), "report.html");
            assertThat(page)
                    .contains("3 of 5 rows were rejected", "5 rows =", ">1 created<", ">1 updated<", ">3 rejected<")
                    .contains("2 rows rejected: <code>name_missing</code>, column <bdi>name</bdi>")
                    .contains("<bdi>frob</bdi>")
                    .contains("<del><bdi>old name</bdi></del>", "<ins><bdi>new name</bdi></ins>")
                    .contains("href=\"./rejects.csv\"", "href=\"./undo.csv\"");
        }
    }

    @Test
    void given_two_loads_when_done_then_the_index_lists_both() throws Exception {
        try (Loading loading = Loading.start(home)) {
            Summary first = loading.load("a.csv", "name\nA\n");
            Summary second = loading.load("b.csv", "name\nB\n,\n");

            assertThat(page("outbox", "index.html"))
                    .contains("href=\"./" + first.folder() + "/report.html\"")
                    .contains("href=\"./" + second.folder() + "/report.html\"");
        }
    }

    @Test
    void given_reports_turned_off_when_loaded_then_there_is_no_page() throws Exception {
        try (Loading loading = Loading.start(home, "drop.reports=false")) {
            Summary summary = loading.load("a.csv", "name\nA\n");

            assertThat(loading.outbox(summary).folder().resolve("report.html")).doesNotExist();
            assertThat(home.resolve("outbox/index.html")).doesNotExist();
        }
    }
}
