package org.catalogdrop.accounts;

import java.util.Optional;

/**
 * How an account of this process is.
 *
 * @param name its name
 * @param phase what it does
 * @param message the same in words; if it does not run, why not and what to do
 * @param loader its loader, if it runs
 */
public record AccountState(String name, Phase phase, String message, Optional<AccountLoader> loader) {

    /** What an account does. */
    public enum Phase {
        /** Its settings are being read, or its routes are being started. */
        STARTING,
        /** It takes drops. */
        RUNNING,
        /** Its settings are wrong. It is started again when its file, or that of another account, is changed. */
        MISCONFIGURED,
        /** It could not be started for now. It is tried again after a growing pause. */
        FAILED,
        /** Its journal is on PostgreSQL, and another process owns it. This one takes it when that one is gone. */
        STANDING_BY,
        /** It ends what is under way. */
        STOPPING,
        /** It has ended. */
        ENDED
    }
}
