package org.catalogdrop.page;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.catalogdrop.model.Account;
import org.catalogdrop.page.http.BadRequest;

/**
 * Remembers the lists and fields of the account for a while, so that a form that is being filled in does not ask for them again. One thread reads
 * them; others do not wait for it, because a slow API would hold all threads of the page. Safe for many threads.
 */
final class KnownAccount implements Supplier<Account> {

    private static final Duration LASTS = Duration.ofMinutes(5);

    private final LoaderCalls calls;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile Read last;

    private record Read(Account account, long nanos) {

        private boolean isOld() {
            return System.nanoTime() - nanos > LASTS.toNanos();
        }
    }

    KnownAccount(LoaderCalls calls) {
        this.calls = calls;
    }

    /**
     * Returns what is known of the account; reads it if that is too long ago.
     *
     * @throws BadRequest if it is not known and another thread reads it
     */
    @Override
    public Account get() {
        Read known = last;
        if (known != null && (!known.isOld() || reading.isLocked())) {
            return known.account();
        }
        return read();
    }

    /**
     * Reads the account, whatever is known of it.
     *
     * @throws BadRequest if another thread reads it
     */
    Account read() {
        if (!reading.tryLock()) {
            throw new BadRequest(503, "The account is being read. Try again in a moment.");
        }
        try {
            Account account = calls.account();
            last = new Read(account, System.nanoTime());
            return account;
        } finally {
            reading.unlock();
        }
    }
}
