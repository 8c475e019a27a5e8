package org.catalogdrop.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.catalogdrop.journal.Journal;
import org.catalogdrop.journal.store.Sql;
import org.catalogdrop.journal.store.SqliteDatabase;
import org.catalogdrop.scenario.Loading;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The history with 10 000 drops in the journal. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ManyDropsTest {

    private static final int DROPS = 10_000;
    private static final Pattern LINE = Pattern.compile("<bdi>(shop \\d{5}\\.csv)</bdi>");
    private static final Pattern OLDER = Pattern.compile("href=\"([^\"]+)\" rel=\"next\"");

    private OpenPage page;

    @BeforeAll
    void start(@TempDir Path home) throws Exception {
        Path state = home.resolve("state");
        Journal.open(state).close();
        try (Sql sql = new SqliteDatabase(state).openWriter(0)) {
            sql.transactions();
            for (int i = 0; i < DROPS; i++) {
                sql.update(
                        "insert into drops (digest, name, size, settings, state, folder, row_count, entered_at, finished_at,"
                                + " created, updated, deleted, unchanged, rejected, in_doubt)"
                                + " values (?, ?, 10, 'account=127.0.0.1;catalog-id=4220', 'done', '', 1, ?, ?, ?, 0, 0, 0, 0, ?)",
                        "%064x".formatted(i),
                        "shop %05d.csv".formatted(i),
                        1_700_000_000_000L + i * 1000L,
                        1_700_000_000_500L + i * 1000L,
                        i % 1000 == 0 ? 0L : 1L,
                        i % 1000 == 0 ? 1L : 0L);
            }
            sql.commit();
        }
        page = OpenPage.of(Loading.start(home, "drop.page=true"));
        page.get("/history");
    }

    @AfterAll
    void stop() throws IOException {
        page.close();
    }

    private static Set<String> names(OpenPage.Answer answer) {
        Set<String> names = new HashSet<>();
        LINE.matcher(answer.body()).results().forEach(line -> names.add(line.group(1)));
        return names;
    }

    private Duration time(String path) throws IOException {
        long begun = System.nanoTime();
        for (int i = 0; i < 5; i++) {
            assertThat(page.get(path).status()).isEqualTo(200);
        }
        return Duration.ofNanos((System.nanoTime() - begun) / 5);
    }

    @Test
    void when_one_goes_from_page_to_page_then_each_drop_is_shown_once() throws IOException {
        Set<String> seen = new HashSet<>();
        OpenPage.Answer answer = page.get("/history");
        Matcher older = OLDER.matcher(answer.body());
        int pages = 1;
        seen.addAll(names(answer));
        while (older.find()) {
            answer = page.get(older.group(1).replace("&amp;", "&"));
            assertThat(names(answer)).hasSize(50).doesNotContainAnyElementsOf(seen);
            seen.addAll(names(answer));
            older = OLDER.matcher(answer.body());
            pages++;
        }
        assertThat(seen).hasSize(DROPS);
        assertThat(pages).isEqualTo(DROPS / 50);
    }

    @Test
    void when_the_oldest_page_is_shown_then_it_takes_no_longer_than_the_newest() throws IOException {
        time("/history");

        Duration newest = time("/history");
        Duration oldest = time("/history?before=51");

        assertThat(oldest).isLessThan(newest.multipliedBy(3).plusMillis(50));
    }

    @Test
    void when_one_searches_then_the_server_finds_it_among_all() throws IOException {
        assertThat(names(page.get("/history?words=00007"))).containsExactly("shop 00007.csv");
        assertThat(names(page.get("/history?words=CSV+00042"))).containsExactly("shop 00042.csv");
        assertThat(names(page.get("/history?words=" + "%064x".formatted(4711)))).containsExactly("shop 04711.csv");
        assertThat(names(page.get("/history?kind=in_doubt"))).hasSize(10);
        assertThat(page.get("/history?words=none").body()).contains("No drop was found");
        assertThat(time("/history?words=00007")).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void given_a_hostile_search_when_it_is_sent_then_it_is_text() throws IOException {
        for (String words : new String[] {"%25", "'%3B+drop+table+drops", "_", "%00", "%E2%80%AE", "x".repeat(5000)}) {
            assertThat(page.get("/history?words=" + words).status()).as(words).isEqualTo(200);
        }
        assertThat(page.get("/history?words=%ZZ").status()).isEqualTo(400);
        assertThat(page.get("/history?before=99999999999999999999&kind=x").status())
                .isEqualTo(200);
    }
}
