package org.catalogdrop.kommo.auth;

import java.time.Duration;
import java.time.Instant;
import org.catalogdrop.kommo.Secret;

/**
 * An access token and the refresh token for the next pair.
 *
 * @param access the token that requests are sent with; the vendor gives it 24 hours
 * @param refresh valid for one renewal, within 3 months
 * @param obtained when it was requested, by our clock
 * @param life how long the access token is valid from then on
 */
public record TokenPair(Secret access, Secret refresh, Instant obtained, Duration life) {

    /** The time after which unused refresh tokens are no longer accepted, according to the vendor. */
    private static final Duration REFRESH_LIFE = Duration.ofDays(90);

    private static final Duration MARGIN = Duration.ofMinutes(5);

    /** The longest life that is believed. It also keeps dates within what clocks can show. */
    private static final Duration LONGEST = Duration.ofDays(3650);

    public TokenPair {
        life = life.compareTo(LONGEST) < 0 ? life : LONGEST;
    }

    /** Returns when the access token expires. */
    public Instant expires() {
        return obtained.plus(life);
    }

    /** Returns when the refresh token expires. */
    public Instant refreshExpires() {
        return obtained.plus(REFRESH_LIFE);
    }

    /** Returns whether the pair should be renewed: five minutes before the end, or a tenth of its life if that is less. */
    public boolean isDue(Instant now) {
        Duration tenth = life.dividedBy(10);
        return !now.isBefore(expires().minus(tenth.compareTo(MARGIN) < 0 ? tenth : MARGIN));
    }
}
