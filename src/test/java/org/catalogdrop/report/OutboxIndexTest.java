package org.catalogdrop.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.catalogdrop.model.Missing;
import org.catalogdrop.model.Status;
import org.catalogdrop.model.Summary;
import org.catalogdrop.model.Target;
import org.catalogdrop.model.UndoCount;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboxIndexTest {

    @TempDir
    Path home;

    private Summary publish(String folder) throws IOException {
        Files.createDirectories(home.resolve("outbox").resolve(folder));
        Files.writeString(home.resolve("outbox").resolve(folder).resolve(OutboxIndex.REPORT), "a report");
        return summary(folder);
    }

    private static Summary summary(String folder) {
        Instant time = Instant.parse("2026-11-29T10:00:00Z");
        return new Summary(
                folder + ".csv",
                "",
                "csv",
                Optional.empty(),
                "",
                3,
                Map.of(),
                Map.of(Status.CREATED, 2L, Status.REJECTED, 1L),
                1,
                0,
                time,
                time,
                folder,
                Missing.NONE,
                Optional.empty(),
                UndoCount.NONE,
                Target.UNKNOWN,
                0,
                Map.of(),
                List.of());
    }

    private OutboxIndex index(List<Path> read) {
        return new OutboxIndex(home.resolve("outbox"), folder -> {
            read.add(folder);
            return summary(folder.getFileName().toString());
        });
    }

    private List<String> lines() throws IOException {
        return Files.readAllLines(home.resolve("outbox/index.html")).stream()
                .filter(line -> line.startsWith("<tr class="))
                .toList();
    }

    @Test
    void given_an_outbox_of_before_when_a_drop_ends_then_all_are_listed_and_later_ones_are_appended()
            throws IOException {
        publish("old #1 ä");
        List<Path> read = new ArrayList<>();
        OutboxIndex index = index(read);

        index.add(publish("b"));
        index.add(publish("c"));

        assertThat(lines()).hasSize(3);
        assertThat(lines().get(0)).contains("./old%20%231%20%C3%A4/report.html", "2 created, 1 rejected");
        assertThat(lines().get(2)).contains("href=\"./c/report.html\"").contains("class=\"warning\"");
        assertThat(read).hasSize(1);
    }

    @Test
    void given_a_collected_folder_when_another_process_begins_then_its_line_is_gone_and_others_are_not_read_again()
            throws IOException {
        index(new ArrayList<>()).add(publish("a"));
        index(new ArrayList<>()).add(publish("b"));
        Files.delete(home.resolve("outbox/a/report.html"));
        List<Path> read = new ArrayList<>();

        index(read).add(publish("c"));

        assertThat(lines()).hasSize(2);
        assertThat(lines().get(0)).contains("./b/report.html");
        assertThat(read).isEmpty();
    }

    @Test
    void given_a_refused_drop_when_added_then_its_line_says_why() throws IOException {
        Path report = home.resolve("refused/x.csv.report.html");
        Files.createDirectories(report.getParent());
        Files.createDirectories(home.resolve("outbox"));
        Files.writeString(report, "a report");

        index(new ArrayList<>()).addRefusal("x.csv", "no_header", report);

        assertThat(lines()).singleElement().asString().contains("./../refused/x.csv.report.html", "refused: no_header");
    }

    @Test
    void given_a_page_that_cannot_be_written_when_added_then_nothing_fails() throws IOException {
        Files.createDirectories(home.resolve("outbox/index.html/in the way"));

        index(new ArrayList<>()).add(publish("a"));

        assertThat(home.resolve("outbox/index.html/in the way")).exists();
    }
}
