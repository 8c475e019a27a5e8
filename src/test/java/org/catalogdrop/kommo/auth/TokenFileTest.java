package org.catalogdrop.kommo.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.catalogdrop.kommo.Secret;
import org.catalogdrop.model.RunHalted;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenFileTest {

    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    @TempDir
    Path folder;

    private TokenFile file() {
        return new TokenFile(folder.resolve("tokens.json"), "https://acme.kommo.com", "id");
    }

    private static TokenPair pair(String name, Instant obtained) {
        return new TokenPair(
                new Secret("access-" + name), new Secret("refresh-" + name), obtained, Duration.ofHours(24));
    }

    private static void keep(TokenFile file, TokenPair pair) throws Exception {
        try (TokenLock lock = file.lock(Duration.ofSeconds(5));
                TokenFile.Room room = file.room()) {
            assertThat(lock).isNotNull();
            room.fill(pair);
        }
    }

    @Test
    void stored_pair_is_read_back() throws Exception {
        keep(file(), pair("a", NOW));
        assertThat(file().read()).isEqualTo(pair("a", NOW));
        assertThat(file().read().toString()).doesNotContain("access-a", "refresh-a");
    }

    @Test
    void pair_of_another_account_or_integration_is_refused() throws Exception {
        keep(file(), pair("a", NOW));
        assertThatThrownBy(() -> new TokenFile(file().path(), "https://other.kommo.com", "id").read())
                .isInstanceOf(RunHalted.class)
                .hasMessageContaining("https://acme.kommo.com")
                .hasMessageContaining("https://other.kommo.com");
        assertThatThrownBy(() -> new TokenFile(file().path(), "https://acme.kommo.com", "other").read())
                .hasMessageContaining("client_id");
    }

    @Test
    void unreadable_file_is_reported_without_its_text() throws Exception {
        assertThatThrownBy(() -> file().read())
                .hasMessageContaining("no tokens yet")
                .hasMessageContaining("pair of tokens");
        for (String text :
                new String[] {"", "{", "access-a", "{\"account\":\"https://acme.kommo.com\",\"client_id\":\"id\"}"}) {
            Files.writeString(file().path(), text);
            assertThatThrownBy(() -> file().read())
                    .isInstanceOf(RunHalted.class)
                    .hasMessageContaining("pair of tokens")
                    .hasMessageNotContaining("access-a");
        }
    }

    @Test
    void new_pair_left_by_a_crash_is_found() throws Exception {
        keep(file(), pair("new", NOW.plusSeconds(1)));
        Files.move(file().path(), folder.resolve("tokens.json.part"));
        keep(file(), pair("newest", NOW.plusSeconds(2)));
        assertThat(folder.resolve("tokens.json.part")).doesNotExist();
        assertThat(file().read()).isEqualTo(pair("newest", NOW.plusSeconds(2)));

        Files.move(file().path(), folder.resolve("tokens.json.part"));
        file().lock(Duration.ofSeconds(5)).close();
        assertThat(file().read()).isEqualTo(pair("newest", NOW.plusSeconds(2)));

        Files.write(folder.resolve("tokens.json.part"), new byte[64 << 10]);
        file().lock(Duration.ofSeconds(5)).close();
        assertThat(folder.resolve("tokens.json.part")).doesNotExist();
        assertThat(file().read()).isEqualTo(pair("newest", NOW.plusSeconds(2)));
    }

    @Test
    void new_pair_left_by_a_crash_counts_although_the_clock_was_set_back() throws Exception {
        keep(file(), pair("new", NOW));
        Files.move(file().path(), folder.resolve("left"));
        keep(file(), pair("old", NOW.plusSeconds(3600)));
        Files.move(folder.resolve("left"), folder.resolve("tokens.json.part"));

        file().lock(Duration.ofSeconds(5)).close();

        assertThat(file().read()).isEqualTo(pair("new", NOW));
    }

    @Test
    void link_stays_a_link() throws Exception {
        Path secrets = Files.createDirectory(folder.resolve("secrets"));
        keep(new TokenFile(secrets.resolve("pair"), "https://acme.kommo.com", "id"), pair("a", NOW));
        Files.createSymbolicLink(file().path(), secrets.resolve("pair"));
        keep(file(), pair("b", NOW));
        assertThat(file().path()).isSymbolicLink();
        assertThat(file().read()).isEqualTo(pair("b", NOW));
    }

    @Test
    void waiting_too_long_for_the_lock_is_reported() throws Exception {
        try (TokenLock lock = file().lock(Duration.ofSeconds(5))) {
            assertThat(lock).isNotNull();
            assertThatThrownBy(() -> file().lock(Duration.ofMillis(20)))
                    .isInstanceOf(RunHalted.class)
                    .hasMessageContaining("tokens.json.lock");
        }
        file().lock(Duration.ofSeconds(5)).close();
    }

    @Test
    void pair_with_a_negative_life_has_expired() throws Exception {
        Instant obtained = Instant.parse("2026-01-01T00:00:00Z");
        keep(file(), pair("a", obtained));
        String kept = Files.readString(file().path());
        Files.writeString(file().path(), kept.replace(": 86400", ": -9223372036854775807"));
        assertThat(file().read().isDue(obtained)).isTrue();
    }

    @Test
    void pair_is_due_shortly_before_its_end() {
        TokenPair day = pair("a", NOW);
        assertThat(day.isDue(NOW.plus(Duration.ofHours(23)))).isFalse();
        assertThat(day.isDue(day.expires().minusSeconds(300))).isTrue();
        TokenPair minute = new TokenPair(day.access(), day.refresh(), NOW, Duration.ofMinutes(1));
        assertThat(minute.isDue(NOW.plusSeconds(53))).isFalse();
        assertThat(minute.isDue(NOW.plusSeconds(54))).isTrue();
    }
}
