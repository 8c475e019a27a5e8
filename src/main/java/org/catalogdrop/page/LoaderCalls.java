package org.catalogdrop.page;

import java.nio.file.Path;
import java.util.Optional;
import org.catalogdrop.config.Repeat;
import org.catalogdrop.model.Account;
import org.catalogdrop.model.Plan;
import org.catalogdrop.model.Summary;

/**
 * What the page asks of the routes. Each call takes as long as its requests take, which wait for the rate limit like all others. Each throws
 * {@link org.catalogdrop.model.RunHalted} if the API cannot be used now, and for a drop {@link org.catalogdrop.model.DropRefused} or
 * {@link org.catalogdrop.model.DropHeld}. Safe for many threads.
 */
public interface LoaderCalls {

    /** Reads the lists of the account and their fields. */
    Account account();

    /**
     * Makes a dry run. It sends no write.
     *
     * @param name the name of the drop
     * @param sample how many changes and how many rejects the plan has at most
     * @param folder a new folder for all changes and rejects; empty for none
     */
    Plan plan(Path file, String name, int sample, Optional<Path> folder);

    /**
     * Loads a file that is not in the inbox. Waits for the loads that came before.
     *
     * @param name the name of the drop
     * @param repeat what is done with bytes that were loaded before
     */
    Summary load(Path file, String name, Repeat repeat);
}
