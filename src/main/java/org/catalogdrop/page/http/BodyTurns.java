package org.catalogdrop.page.http;

import java.io.IOException;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Bounds how many bodies of requests are read at once, because a body that comes slowly holds a thread. The bounds together leave threads for pages
 * that are only shown. Safe for many threads.
 */
final class BodyTurns {

    static final int LOGINS = 4;
    /** Everyone can send one, so one client does not get all turns. */
    static final int LOGINS_OF_ADDRESS = 2;

    static final int FORMS = 6;
    static final int UPLOADS = 4;
    /** A request that waits holds a thread too. Only a large form does, and there are few of them at once. */
    private static final long LONGEST_WAIT_MILLIS = 10_000;

    private final Semaphore logins = new Semaphore(LOGINS);
    private final Semaphore forms = new Semaphore(FORMS);
    private final Semaphore uploads = new Semaphore(UPLOADS);
    /** One after the other, so that all together fit into the memory. */
    private final Semaphore largeForms = new Semaphore(1);

    private final Map<String, Integer> loginsByNetwork = new HashMap<>();

    /** A request that had no turn, whose body is not read. */
    static final class Busy extends BadRequest {

        private static final long serialVersionUID = 1;

        private Busy(String reason) {
            super(503, reason);
        }
    }

    /** Reads a body and answers it. */
    @FunctionalInterface
    interface Turn {

        PageResponse answer() throws IOException;
    }

    /** @throws Busy if too many are being read */
    PageResponse login(InetAddress from, Turn turn) throws IOException {
        String network = LoginLimit.network(from);
        if (!enter(network)) {
            throw new Busy("Other logins from your address are being read. Try again in a few seconds.");
        }
        try {
            return within(
                    logins, LONGEST_WAIT_MILLIS, "Other logins are being read. Try again in a few seconds.", turn);
        } finally {
            leave(network);
        }
    }

    private synchronized boolean enter(String network) {
        int now = loginsByNetwork.getOrDefault(network, 0);
        if (now < LOGINS_OF_ADDRESS) {
            loginsByNetwork.put(network, now + 1);
        }
        return now < LOGINS_OF_ADDRESS;
    }

    private synchronized void leave(String network) {
        loginsByNetwork.merge(network, -1, (now, less) -> now + less == 0 ? null : Integer.valueOf(now + less));
    }

    /** @throws Busy if too many are being read */
    PageResponse form(boolean isLarge, Turn turn) throws IOException {
        String busy = "Other forms are being read. Nothing was done; send it again.";
        return within(forms, 0, busy, isLarge ? () -> within(largeForms, LONGEST_WAIT_MILLIS, busy, turn) : turn);
    }

    /** @throws Busy if too many are being received */
    PageResponse upload(Turn turn) throws IOException {
        return within(
                uploads,
                0,
                UPLOADS
                        + " files are being sent to the page already. Nothing was kept; send it again when one has arrived.",
                turn);
    }

    private static PageResponse within(Semaphore most, long millis, String busy, Turn turn) throws IOException {
        boolean isFree = false;
        try {
            isFree = most.tryAcquire(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
        if (!isFree) {
            throw new Busy(busy);
        }
        try {
            return turn.answer();
        } finally {
            most.release();
        }
    }
}
