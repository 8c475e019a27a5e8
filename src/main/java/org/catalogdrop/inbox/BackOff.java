package org.catalogdrop.inbox;

import java.time.Duration;

/** The pause of the inbox, or of a drop in it, before the next try: 5 seconds, doubled each time up to 10 minutes. */
final class BackOff {

    static final Duration FIRST = Duration.ofSeconds(5);

    private static final Duration LONGEST = Duration.ofMinutes(10);

    private BackOff() {}

    static Duration after(Duration pause) {
        Duration longer = pause.multipliedBy(2);
        return longer.compareTo(LONGEST) > 0 ? LONGEST : longer;
    }
}
