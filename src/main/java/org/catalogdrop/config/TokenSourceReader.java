package org.catalogdrop.config;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.catalogdrop.kommo.Secret;
import org.catalogdrop.kommo.auth.Integration;
import org.catalogdrop.kommo.auth.TokenSource;

/** Reads and checks the settings of the access token: a long-lived one, or all that a rotating pair needs, never both. */
final class TokenSourceReader {

    private static final int LONGEST_SECRET = 64 << 10;

    static final List<String> LONG_LIVED = List.of("kommo.access-token", "kommo.access-token-file");
    static final List<String> ROTATING = List.of(
            "kommo.client-id",
            "kommo.client-secret",
            "kommo.client-secret-file",
            "kommo.redirect-uri",
            "kommo.token-file");

    private final Function<String, Optional<String>> text;
    private final List<String> faults;

    /**
     * @param text returns the text of a setting, if it is set and not empty
     * @param faults gets what is wrong
     */
    TokenSourceReader(Function<String, Optional<String>> text, List<String> faults) {
        this.text = text;
        this.faults = faults;
    }

    /** Returns whether a setting says where a token comes from. */
    static boolean isOfTokens(String key) {
        return LONG_LIVED.contains(key) || ROTATING.contains(key);
    }

    /**
     * @param state the folder of a relative {@code kommo.token-file}
     * @param needs what the command needs
     */
    TokenSource read(Path state, Needs needs) {
        List<String> one = LONG_LIVED.stream().filter(this::isSet).toList();
        List<String> other = ROTATING.stream().filter(this::isSet).toList();
        if (!one.isEmpty() && !other.isEmpty()) {
            faults.add(String.join(", ", one) + " and " + String.join(", ", other)
                    + " are both set: expected a long-lived token or a rotating pair, not both");
        }
        return other.isEmpty() && needs != Needs.LOGIN ? longLived(needs) : rotating(state, needs);
    }

    private boolean isSet(String key) {
        return text.apply(key).isPresent();
    }

    private TokenSource longLived(Needs needs) {
        Optional<String> token = text.apply("kommo.access-token");
        Optional<Path> file = path("kommo.access-token-file");
        if (token.isPresent() && file.isPresent()) {
            faults.add("kommo.access-token and kommo.access-token-file are both set: expected only one of them");
        } else if (needs == Needs.API && token.isEmpty() && file.isEmpty()) {
            faults.add(
                    "kommo.access-token is not set. Set a long-lived token, preferably in the environment (KOMMO_ACCESS_TOKEN)"
                            + " or a file (kommo.access-token-file). Or set kommo.client-id, kommo.client-secret and kommo.redirect-uri for a"
                            + " pair of tokens that is renewed automatically");
        }
        if (needs == Needs.API && file.isPresent() && !Files.isReadable(file.get())) {
            faults.add("kommo.access-token-file = '" + file.get() + "': expected a readable file");
        }
        file.filter(one -> needs == Needs.API).ifPresent(one -> unquoted("kommo.access-token-file", one));
        token.ifPresent(value -> printable("kommo.access-token", value));
        return file.<TokenSource>map(TokenSource.InFile::new)
                .orElseGet(() -> new TokenSource.Fixed(new Secret(token.orElse(""))));
    }

    private TokenSource rotating(Path state, Needs needs) {
        Optional<String> id = text.apply("kommo.client-id");
        Optional<String> redirect = text.apply("kommo.redirect-uri");
        Optional<String> secret = text.apply("kommo.client-secret");
        Optional<Path> secretFile = path("kommo.client-secret-file");
        if (secret.isPresent() && secretFile.isPresent()) {
            faults.add("kommo.client-secret and kommo.client-secret-file are both set: expected only one of them");
        }
        Stream.of("kommo.client-id", "kommo.redirect-uri")
                .filter(key -> !isSet(key))
                .forEach(key -> faults.add(key
                        + " is not set: expected that of the integration; a rotating pair of tokens needs kommo.client-id,"
                        + " kommo.client-secret and kommo.redirect-uri"));
        if (secret.isEmpty() && secretFile.isEmpty()) {
            faults.add(
                    "kommo.client-secret is not set. Set the secret key of the integration, preferably in the environment"
                            + " (KOMMO_CLIENT_SECRET) or a file (kommo.client-secret-file)");
        }
        String key = secretFile.map(this::secretIn).or(() -> secret).orElse("");
        printable("kommo.client-secret", key);
        id.ifPresent(value -> printable("kommo.client-id", value));
        redirect.ifPresent(this::address);
        Optional<Path> set = path("kommo.token-file");
        // Several machines share the pair by the database of their journal.
        boolean shared = set.isEmpty() && isSet("drop.journal");
        Optional<Path> file =
                shared ? Optional.empty() : Optional.of(state.resolve(set.orElse(Path.of("tokens.json"))));
        file.filter(one -> needs == Needs.API && !Files.isReadable(one))
                .ifPresent(one -> faults.add(
                        "kommo.token-file = '" + one + "': expected a readable file; there are no tokens yet"));
        return new TokenSource.Rotating(file, new Integration(id.orElse(""), new Secret(key), redirect.orElse("")));
    }

    private String secretIn(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            String text = new String(in.readNBytes(LONGEST_SECRET), StandardCharsets.UTF_8);
            unquoted("kommo.client-secret-file", file);
            return SettingSources.withoutMark(text).strip();
        } catch (IOException unreadable) {
            faults.add("kommo.client-secret-file = '" + file + "': expected a readable file");
            return "";
        }
    }

    /** Checks that the content of a file is not in quotes, because it is sent as it is. */
    private void unquoted(String key, Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            String text = SettingSources.withoutMark(new String(in.readNBytes(LONGEST_SECRET), StandardCharsets.UTF_8))
                    .strip();
            if (!text.isEmpty() && SettingSources.isQuoted(text)) {
                faults.add(key + " = '" + file
                        + "': what is in the file is in quotes, which would be part of it: write it without quotes");
            }
        } catch (IOException unreadable) {
            // The code that reads the file reports it.
        }
    }

    private void printable(String key, String value) {
        if (!Secret.isPrintable(value)) {
            // The value itself is never shown.
            faults.add(
                    key + " has characters that are not allowed: expected printable ASCII characters without spaces");
        }
    }

    private void address(String value) {
        boolean good;
        try {
            URI uri = URI.create(value);
            good = uri.getHost() != null && Stream.of("http", "https").anyMatch(uri.getScheme()::equals);
        } catch (IllegalArgumentException unreadable) {
            good = false;
        }
        if (!good) {
            faults.add("kommo.redirect-uri = '" + value
                    + "': expected an address, https://…, exactly as in the integration's settings");
        }
    }

    private Optional<Path> path(String key) {
        return text.apply(key).flatMap(path -> SettingPath.of(key, path, faults::add));
    }
}
