package org.catalogdrop.accounts;

import java.io.IOException;

/** Follows the accounts of a process. Called on the thread of the account, with its name in the log. */
public interface AccountListener {

    /**
     * Called when an account has started.
     *
     * @return is run before the account stops
     */
    Runnable onStart(AccountLoader loader);

    /**
     * Called when nothing is left to take, in a run that ends then.
     *
     * @return the exit status of the account
     */
    int onIdle(AccountLoader loader) throws IOException;
}
