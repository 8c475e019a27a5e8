package org.catalogdrop.inbox;

import java.time.Duration;

/** The pause of an account, an inbox, or a drop in it, before the next try: 5 seconds, doubled each time up to 10 minutes. */
public final class BackOff {

    /** The first pause. */
    public static final Duration FIRST = Duration.ofSeconds(5);

    private static final Duration LONGEST = Duration.ofMinutes(10);

    private BackOff() {}

    /** Returns the pause after this one. */
    public static Duration after(Duration pause) {
        Duration longer = pause.multipliedBy(2);
        return longer.compareTo(LONGEST) > 0 ? LONGEST : longer;
    }
}
