package org.catalogdrop.kommo.read;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The request for one page, repeated until it is there or a retry is useless. Used by one thread. */
public final class PageRequest {

    private static final Pattern ROWS = Pattern.compile("limit_rows=(\\d+)");
    private static final Pattern TOP = Pattern.compile("catalog_id=(\\d{1,18})(&limit_rows=\\d+)?(&page=1)?");
    private static final int PAGE = 50;

    /** Sections of a list overlap by one element: with a single one the reading would not advance. */
    private static final int FEWEST = 2;

    private final boolean refusable;
    private String query;
    private final boolean needed;
    private int attempts;
    private Optional<PageBody> body = Optional.empty();

    /** @param query the query as it is in the URL */
    public PageRequest(String query) {
        this(query, false);
    }

    /** @param refusable whether the API may refuse to answer it, which then proves nothing */
    PageRequest(String query, boolean refusable) {
        this(query, refusable, true);
    }

    private PageRequest(String query, boolean refusable, boolean needed) {
        this.query = query;
        this.refusable = refusable;
        this.needed = needed;
    }

    boolean isRefusable() {
        return refusable;
    }

    /**
     * Requests the top of a list, without which the run can continue: if it does not come soon, the page is not {@link PageBody#whole()}.
     */
    public static PageRequest ofTop(long catalogId) {
        return new PageRequest("catalog_id=" + catalogId, false, false);
    }

    /** Returns whether the run cannot continue without the page. */
    boolean isNeeded() {
        return needed;
    }

    /** Returns the list whose first page this is; empty if it is another page, or a search. */
    OptionalLong topOf() {
        Matcher top = TOP.matcher(query);
        return top.matches() ? OptionalLong.of(Long.parseLong(top.group(1))) : OptionalLong.empty();
    }

    public String query() {
        return query;
    }

    public boolean isUnanswered() {
        return body.isEmpty();
    }

    /** Returns the page. */
    public PageBody body() {
        return body.orElseThrow();
    }

    int attempts() {
        return attempts;
    }

    /**
     * Counts a try and returns how long to wait before it: 0, 0.1, 0.4, 1.6, 6.4… seconds. Reading does no harm, so the first retry comes
     * soon.
     */
    Duration nextTry() {
        attempts++;
        return attempts == 1 ? Duration.ZERO : Duration.ofMillis(100L << (2 * Math.min(attempts - 2, 3)));
    }

    /** Requests fewer elements from now on, if more than a page was requested: the answer took too long, maybe because of its length. */
    void askForFewer() {
        askForFewer(PAGE);
    }

    /** Requests fewer elements from now on, even less than a page: the answer was cut off because of its length. */
    void askForLess() {
        askForFewer(FEWEST);
    }

    private void askForFewer(int fewest) {
        query = ROWS.matcher(query).replaceFirst(rows -> {
            int asked = Integer.parseInt(rows.group(1));
            return "limit_rows=" + Math.min(asked, Math.max(fewest, asked / 4));
        });
    }

    void answered(PageBody page) {
        body = Optional.of(page);
    }
}
