package org.catalogdrop.kommo.read;

import org.catalogdrop.kommo.Reply;
import org.catalogdrop.kommo.ResponseRule;
import org.catalogdrop.kommo.Responsibility;
import org.catalogdrop.kommo.throttle.RateLimiter;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.DropHeld;
import org.catalogdrop.model.Problem;
import org.catalogdrop.model.RunHalted;

/** Requests pages of a list. Reading does no harm, so a lost page is requested again, a few times. Safe for many threads. */
public final class PageReader {

    private static final int TRIES = 5;

    /** The number of tries for a page without which the run can continue. */
    private static final int TRIES_IF_NOT_NEEDED = 2;

    private final RateLimiter pace;
    private final ListWatermarks marks;

    /** @param marks learns from the elements that are read */
    public PageReader(RateLimiter pace, ListWatermarks marks) {
        this.pace = pace;
        this.marks = marks;
    }

    /** Waits before a retry. */
    public void awaitRetry(PageRequest page) throws InterruptedException {
        pace.pause(page.nextTry());
    }

    /** Returns whether a reply is a success whose content may be JSON. */
    public boolean isReadable(Reply reply) {
        return reply.isReadable();
    }

    /** Returns the body of an answer that cannot be read. */
    public PageBody emptyPage() {
        return PageBody.unreadable();
    }

    /**
     * Takes the answer.
     *
     * @throws DropHeld if the API refuses the question: another drop may ask another one
     * @throws RunHalted if the page does not come, or a retry is useless
     */
    public void takeReply(PageRequest page, Reply reply, PageBody body) {
        if (body.whole()) {
            answered(page, body);
            return;
        }
        if (reply instanceof Reply.Barred barred) {
            throw new RunHalted(barred.why());
        }
        if (reply instanceof Reply.Received received) {
            ResponseRule meaning = ResponseRule.of(received);
            if (received.status() == 204) {
                answered(page, PageBody.none());
            } else if (isWorthAnotherTry(meaning.who()) && page.attempts() < tries(page)) {
                if (!received.whole()) {
                    page.askForLess();
                } else if (meaning.who() == Responsibility.LOOK) {
                    page.askForFewer();
                }
                return;
            } else if (!page.isNeeded() && meaning.who() != Responsibility.TOKEN) {
                page.answered(PageBody.unreadable());
            } else if (meaning.isRefusedReading(received)) {
                refused(page, received);
            } else {
                Problem problem = meaning.ofReading(received);
                throw new RunHalted(
                        problem.code(), "the list could not be read (?" + page.query() + "): " + problem.message());
            }
        } else if (!page.isNeeded() && page.attempts() >= TRIES_IF_NOT_NEEDED) {
            page.answered(PageBody.unreadable());
        } else if (page.attempts() >= TRIES) {
            String reason = ((Reply.Lost) reply).reason();
            throw new RunHalted(
                    Code.API_AWAY,
                    "the list could not be read (?" + page.query() + ") in " + TRIES + " tries (" + reason
                            + "). Check kommo.base-url and the network, then run again to resume.");
        } else {
            page.askForFewer();
        }
    }

    private static void refused(PageRequest page, Reply.Received received) {
        if (page.isRefusable()) {
            page.answered(PageBody.unreadable());
            return;
        }
        String advice = page.query().contains("catalog_id=")
                ? "Check that the account has this list (kommo.catalog-id, catalog_id, the mapping file) and that the user of the access"
                        + " token may read it"
                : "Name the list: fill catalog_id in the rows, or set kommo.catalog-id";
        throw new DropHeld(
                Code.READ_REFUSED,
                "the API refused to read the list (GET ?" + page.query() + ", HTTP " + received.status()
                        + "). No row is at fault. " + advice + ", then run again to resume. It said: "
                        + received.excerpt(),
                "");
    }

    private static int tries(PageRequest page) {
        return page.isNeeded() ? TRIES : TRIES_IF_NOT_NEEDED;
    }

    private void answered(PageRequest page, PageBody body) {
        marks.read(body.elements());
        page.topOf().ifPresent(list -> marks.readTop(list, body.elements()));
        page.answered(body);
    }

    static boolean isWorthAnotherTry(Responsibility triage) {
        return switch (triage) {
            case READ, LOOK, WAIT -> true;
            case ROW, CHUNK, TOKEN, ACCOUNT, US -> false;
        };
    }
}
