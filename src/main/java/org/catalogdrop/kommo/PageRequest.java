package org.catalogdrop.kommo;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** One page that is asked for until it is there or asking is of no use. Used by one thread. */
public final class PageRequest {

    private static final Pattern ROWS = Pattern.compile("limit_rows=(\\d+)");
    private static final int FEWEST = 50;

    private String query;
    private int attempts;
    private Optional<PageBody> body = Optional.empty();

    /** @param query the query as it stands in the URL */
    public PageRequest(String query) {
        this.query = query;
    }

    public String query() {
        return query;
    }

    public boolean isUnanswered() {
        return body.isEmpty();
    }

    /** The page. */
    public PageBody body() {
        return body.orElseThrow();
    }

    int attempts() {
        return attempts;
    }

    /** Counts a try and says how long to wait before it: 0, 0.1, 0.4, 1.6, 6.4… seconds. Reading does no harm, so the first is soon. */
    Duration nextTry() {
        attempts++;
        return attempts == 1 ? Duration.ZERO : Duration.ofMillis(100L << (2 * Math.min(attempts - 2, 3)));
    }

    /** The answer was cut off or took too long, maybe for its length: if more than a page was asked for, fewer are from now on. */
    void askForFewer() {
        query = ROWS.matcher(query)
                .replaceFirst(rows -> "limit_rows=" + Math.max(FEWEST, Integer.parseInt(rows.group(1)) / 4));
    }

    void answered(PageBody page) {
        body = Optional.of(page);
    }
}
