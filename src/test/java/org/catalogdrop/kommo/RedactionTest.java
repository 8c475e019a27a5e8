package org.catalogdrop.kommo;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is left of a server's words once the secrets are out of them. */
class RedactionTest {

    private static final String SECRET = "eyJ0eXAiOiJKV1QifQ.eyJhdWQ/iOiIx+MjM0In0.c2lnbmF0d\"XJlLW9mLXRlc3Q=";

    static Stream<UnaryOperator<String>> forms() {
        return Stream.of(
                secret -> secret,
                secret -> secret.toUpperCase(Locale.ROOT),
                secret -> URLEncoder.encode(secret, StandardCharsets.UTF_8),
                secret -> URLEncoder.encode(secret, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT),
                secret -> secret.replace("/", "\\/").replace("\"", "\\\""),
                secret -> secret.replace("\"", "\\u0022")
                        .replace("/", "\\u002F")
                        .replace("+", "\\u002B")
                        .replace("=", "\\u003D")
                        .replace(".", "\\u002e"),
                secret -> secret.replace("\"", "&quot;"),
                secret -> base64("Bearer " + secret),
                secret -> base64("a:" + secret),
                secret -> base64("user:" + secret + ";"),
                secret -> Base64.getUrlEncoder().encodeToString(("x" + secret).getBytes(StandardCharsets.UTF_8)),
                secret -> HexFormat.of().withUpperCase().formatHex(secret.getBytes(StandardCharsets.UTF_8)),
                secret -> secret.replace(".", "\n "),
                secret -> secret.substring(0, 20),
                secret -> secret.substring(25));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void given_a_secret_in_any_form_when_it_is_redacted_then_less_than_twelve_characters_of_it_are_left(
            UnaryOperator<String> form) {
        SecretRedactor secrets = new SecretRedactor();
        secrets.add(new Secret(SECRET));
        secrets.add(new Secret("another-secret"));
        String sent = form.apply(SECRET);

        String redacted = secrets.redact("before " + sent + " after");

        assertThat(redacted).startsWith("before ").endsWith(" after").contains("(secret)");
        for (int i = 0; i + 12 <= sent.length(); i++) {
            assertThat(redacted).doesNotContain(sent.substring(i, i + 12));
        }
    }

    @Test
    void given_words_without_a_secret_when_they_are_redacted_then_they_are_the_same() {
        SecretRedactor secrets = new SecretRedactor();
        secrets.add(new Secret(SECRET));
        secrets.add(new Secret(""));
        secrets.add(new Secret("abc"));

        assertThat(secrets.redact("eyJ0eXAiOiJ is short, abc too")).isEqualTo("eyJ0eXAiOiJ is short, abc too");
    }

    @Test
    void given_a_short_secret_when_it_is_redacted_then_it_is_found_as_a_whole() {
        SecretRedactor secrets = new SecretRedactor();
        secrets.add(new Secret("hush-9"));

        assertThat(secrets.redact("code=hush-9&x")).isEqualTo("code=(secret)&x");
    }

    @Test
    void given_former_tokens_when_new_ones_come_then_they_are_still_redacted() {
        SecretRedactor secrets = new SecretRedactor();
        for (int i = 0; i < 20; i++) {
            secrets.add(new Secret("token-number-" + i + "-of-many"));
        }
        assertThat(secrets.redact("it was token-number-3-of-many")).isEqualTo("it was (secret)");
    }

    @Test
    void given_elements_of_a_list_when_they_are_read_then_they_are_data_and_only_their_quote_is_redacted() {
        SecretRedactor secrets = new SecretRedactor();
        secrets.add(new Secret(SECRET));
        byte[] content = ("{\"echo\":\"Bearer " + SECRET.replace("\"", "") + "\"}").getBytes(StandardCharsets.UTF_8);

        Reply.Received read = new Reply.Received(200, content, true, "", "/?token=" + SECRET, true, secrets);
        assertThat(read.content()).isEqualTo(content);
        assertThat(read.excerpt()).contains("Bearer (secret)");
        assertThat(read.location()).isEqualTo("/?token=(secret)");
        Reply.Received written = new Reply.Received(200, content, true, "", "", false, secrets);
        assertThat(new String(written.content(), StandardCharsets.UTF_8)).contains("Bearer (secret)");
    }
}
