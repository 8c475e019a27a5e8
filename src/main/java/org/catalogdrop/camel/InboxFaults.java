package org.catalogdrop.camel;

import java.nio.file.Path;
import org.apache.camel.Exchange;
import org.apache.camel.spi.ExceptionHandler;
import org.apache.camel.util.ObjectHelper;
import org.catalogdrop.inbox.DeferredDrops;
import org.catalogdrop.inbox.InboxFile;
import org.catalogdrop.inbox.RunState;
import org.catalogdrop.model.DropHeld;
import org.catalogdrop.model.RunHalted;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Handles the failure of a drop that stays in the inbox: reports it in one line, and defers the drop or pauses the inbox. */
public final class InboxFaults implements ExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(InboxFaults.class);

    private final RunState runs;
    private final DeferredDrops aside;
    private final Path inbox;

    public InboxFaults(RunState runs, DeferredDrops aside, Path inbox) {
        this.runs = runs;
        this.aside = aside;
        this.inbox = inbox;
    }

    /** Reports why a drop stays in the inbox, and defers it or pauses the inbox. */
    public void keepDrop(Exception reason, InboxFile file) {
        Path drop = file.path();
        DropHeld held = ObjectHelper.getException(DropHeld.class, reason);
        if (held == null) {
            handleException(reason);
        } else if (!aside.take(drop, held)) {
            runs.halted(new RunHalted(
                    held.problem().code(),
                    held.getMessage() + " Rows of " + drop.getFileName()
                            + " may have been applied, so the other drops wait for it. If it cannot be resumed, move it"
                            + " out of " + inbox + ", and the others are loaded."));
        }
    }

    @Override
    public void handleException(Throwable exception) {
        handleException("", exception);
    }

    @Override
    public void handleException(String message, Throwable exception) {
        Throwable cause = exception;
        while (!(cause instanceof RunHalted) && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (!(cause instanceof RunHalted)) {
            LOG.error("a bug of this program; please report it", exception);
        }
        runs.halted(cause instanceof RuntimeException reason ? reason : new IllegalStateException(cause));
    }

    @Override
    public void handleException(String message, Exchange exchange, Throwable exception) {
        handleException(message, exception);
    }
}
