package org.catalogdrop.page;

import java.time.Duration;
import java.util.function.Supplier;
import org.catalogdrop.model.Account;

/** Remembers the lists and fields of the account for a while, so that a form that is being filled in does not ask for them again. Safe for many threads. */
final class KnownAccount implements Supplier<Account> {

    private static final Duration LASTS = Duration.ofMinutes(5);

    private final LoaderCalls calls;
    private Account known;
    private long readNanos;

    KnownAccount(LoaderCalls calls) {
        this.calls = calls;
    }

    @Override
    public synchronized Account get() {
        if (known == null || System.nanoTime() - readNanos > LASTS.toNanos()) {
            known = calls.account();
            readNanos = System.nanoTime();
        }
        return known;
    }

    /** Asks again the next time. */
    synchronized void forget() {
        known = null;
    }
}
