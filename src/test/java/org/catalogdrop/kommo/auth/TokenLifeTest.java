package org.catalogdrop.kommo.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.catalogdrop.kommo.Reply;
import org.catalogdrop.kommo.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lives that no token has: a pair that was granted is kept all the same, since its refresh token is spent otherwise. */
class TokenLifeTest {

    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");

    @TempDir
    Path folder;

    private static Reply.Received granted(String life) {
        String body = "{\"access_token\":\"a\",\"refresh_token\":\"b\",\"expires_in\":" + life + "}";
        return new Reply.Received(200, body.getBytes(StandardCharsets.UTF_8), true, "", "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"9223372036854775807", "31556889864403199", "1e30", "1000000000000000000000000000000"})
    void life_beyond_all_clocks_is_limited(String life) throws Exception {
        TokenAnswer answer = TokenAnswer.of(
                granted(life),
                new TokenGrant.Refresh(new Secret("r")),
                new Integration("id", new Secret("s"), "https://example.com"),
                NOW);

        assertThat(answer).isInstanceOf(TokenAnswer.Granted.class);
        TokenPair pair = ((TokenAnswer.Granted) answer).pair();
        TokenFile file = new TokenFile(folder.resolve("tokens.json"), "https://acme.kommo.com", "id");
        try (TokenLock lock = file.lock(Duration.ofSeconds(5));
                TokenFile.Room room = file.room()) {
            assertThat(lock).isNotNull();
            room.fill(pair);
        }
        assertThat(file.read()).isEqualTo(pair);
        assertThat(pair.isDue(NOW.plus(Duration.ofDays(30)))).isFalse();
        assertThat(pair.expires()).isAfter(NOW.plus(Duration.ofDays(30)));
    }

    @Test
    void token_with_an_impossible_expiry_has_none() {
        String claims = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("{\"exp\":9223372036854775807}".getBytes(StandardCharsets.UTF_8));
        assertThat(Jwt.expires(new Secret("h." + claims + ".s"))).isEmpty();
    }
}
