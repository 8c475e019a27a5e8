package org.catalogdrop.observability;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class InboxBacklogTest {

    @TempDir
    Path inbox;

    private static InstantSource in(Duration time) {
        return InstantSource.offset(InstantSource.system(), time);
    }

    @Test
    void age_grows_with_the_time_that_the_oldest_drop_waits() throws Exception {
        Files.writeString(inbox.resolve("a.csv"), "name\na\n");
        assertThat(new InboxBacklog(inbox, in(Duration.ofMinutes(90))).oldestSeconds())
                .isBetween(5400.0, 5460.0);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void drop_that_was_written_long_ago_counts_from_when_it_came() throws Exception {
        Path drop = Files.writeString(inbox.resolve("a.csv"), "name\na\n");
        Files.setLastModifiedTime(drop, FileTime.from(Instant.now().minus(Duration.ofDays(400))));
        assertThat(new InboxBacklog(inbox, InstantSource.system()).oldestSeconds())
                .isBetween(0.0, 60.0);
    }

    @Test
    void age_is_0_without_drops_and_if_the_clock_was_set_back() throws Exception {
        assertThat(new InboxBacklog(inbox.resolve("none"), InstantSource.system()).oldestSeconds())
                .isZero();
        Files.writeString(inbox.resolve("a.csv"), "name\na\n");
        InboxBacklog later = new InboxBacklog(inbox, in(Duration.ofHours(-1)));
        assertThat(later.oldestSeconds()).isZero();
        assertThat(later.drops()).isEqualTo(1);
    }

    @Test
    void inbox_that_is_gone_is_reported_until_it_is_back() throws Exception {
        Path folder = Files.createDirectory(inbox.resolve("inbox"));
        InboxBacklog backlog = new InboxBacklog(folder, InstantSource.system(), Duration.ZERO);
        assertThat(backlog.finding().good()).isTrue();

        Files.delete(folder);
        assertThat(backlog.finding().good()).isFalse();
        assertThat(backlog.finding().message()).contains(folder.toString());
        assertThat(backlog.drops()).isEqualTo(-1);

        Files.createDirectory(folder);
        assertThat(backlog.finding().good()).isTrue();
    }
}
