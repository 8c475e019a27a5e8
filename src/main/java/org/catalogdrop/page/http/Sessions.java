package org.catalogdrop.page.http;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Knows browsers by a random cookie. A browser's token, which each write must have, is computed from its cookie, so a browser that has not logged in
 * needs no memory. Safe for many threads.
 */
final class Sessions {

    /** How long a login lasts. */
    static final Duration LASTS = Duration.ofHours(12);

    private static final int MOST = 1000;
    private static final int BYTES = 24;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{32}");
    private static final String MAC = "HmacSHA256";

    private final SecureRandom random = new SecureRandom();
    private final InstantSource clock;
    private final SecretKeySpec key;
    private final Map<String, Instant> logins = new Bounded<>();
    private final Map<String, Flash> flashes = new Bounded<>();

    Sessions(InstantSource clock) {
        this.clock = clock;
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        this.key = new SecretKeySpec(bytes, MAC);
    }

    /** Forgets the oldest. */
    private static final class Bounded<V> extends LinkedHashMap<String, V> {

        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
            return size() > MOST;
        }
    }

    static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    String newId() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().encodeToString(bytes);
    }

    /** Returns the token of a browser. */
    String token(String id) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(key);
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(mac.doFinal(id.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException("every Java has " + MAC, absent);
        }
    }

    boolean isToken(String id, String token) {
        return MessageDigest.isEqual(
                token(id).getBytes(StandardCharsets.US_ASCII), token.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns a new id, which is logged in. */
    synchronized String logIn() {
        String id = newId();
        logins.put(id, clock.instant().plus(LASTS));
        return id;
    }

    synchronized boolean isLoggedIn(String id) {
        return Optional.ofNullable(logins.get(id))
                .filter(clock.instant()::isBefore)
                .isPresent();
    }

    synchronized void logOut(String id) {
        logins.remove(id);
    }

    synchronized void flash(String id, Flash flash) {
        flashes.put(id, flash);
    }

    /** Returns the message for the next page, once. */
    synchronized Optional<Flash> takeFlash(String id) {
        return Optional.ofNullable(flashes.remove(id));
    }
}
