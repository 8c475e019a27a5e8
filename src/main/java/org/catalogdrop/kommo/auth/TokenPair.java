package org.catalogdrop.kommo.auth;

import java.time.Duration;
import java.time.Instant;
import org.catalogdrop.kommo.Secret;

/**
 * An access token and the refresh token that gets the next pair, once.
 *
 * @param access what requests are sent with; the vendor gives it 24 hours
 * @param refresh good for one renewal, within 3 months
 * @param obtained when it was asked for, by our clock
 * @param life how long the access token is good from then on
 */
public record TokenPair(Secret access, Secret refresh, Instant obtained, Duration life) {

    /** Refresh tokens that are not used within this time are no longer taken, says the vendor. */
    private static final Duration REFRESH_LIFE = Duration.ofDays(90);

    private static final Duration MARGIN = Duration.ofMinutes(5);

    /** Nobody knows what is so far away; and no clock shows the time after any life. */
    private static final Duration LONGEST = Duration.ofDays(3650);

    public TokenPair {
        life = life.compareTo(LONGEST) < 0 ? life : LONGEST;
    }

    /** When the access token is no longer good. */
    public Instant expires() {
        return obtained.plus(life);
    }

    /** When the refresh token is no longer good. */
    public Instant refreshExpires() {
        return obtained.plus(REFRESH_LIFE);
    }

    /** Returns whether it is time for the next pair: five minutes before the end, or a tenth of the life if that is less. */
    public boolean isDue(Instant now) {
        Duration tenth = life.dividedBy(10);
        return !now.isBefore(expires().minus(tenth.compareTo(MARGIN) < 0 ? tenth : MARGIN));
    }
}
