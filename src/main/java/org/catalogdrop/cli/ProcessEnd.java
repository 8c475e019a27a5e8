package org.catalogdrop.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The end of this process. A signal ends it with 128 + its number when all shutdown hooks have ended. Between the last hook and that end,
 * Java lets a call of {@link System#exit} with another status overtake it. So a command that a signal stops does not call it. Safe for
 * many threads.
 */
final class ProcessEnd {

    private static final CountDownLatch COMMAND_ENDED = new CountDownLatch(1);

    private ProcessEnd() {}

    /** Ends the process with the status of its command; a signal that came before ends it with its own. */
    static void exit(int status) {
        COMMAND_ENDED.countDown();
        if (!isUnderWay()) {
            System.exit(status);
        }
    }

    /** Waits in a shutdown hook until the command has reported why it ends, or for this long. */
    static void awaitCommand(Duration most) throws InterruptedException {
        COMMAND_ENDED.await(most.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Returns whether the shutdown hooks have begun, which Java shows only to callers that add or remove one. */
    private static boolean isUnderWay() {
        try {
            Runtime.getRuntime().removeShutdownHook(new Thread(() -> {}));
            return false;
        } catch (IllegalStateException signalled) {
            return true;
        }
    }
}
