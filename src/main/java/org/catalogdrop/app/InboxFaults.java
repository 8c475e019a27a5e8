package org.catalogdrop.app;

import org.apache.camel.Exchange;
import org.apache.camel.spi.ExceptionHandler;
import org.catalogdrop.model.RunHalted;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What goes wrong with a drop that stays in the inbox: told in one line, and the inbox rests for a while. */
public final class InboxFaults implements ExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(InboxFaults.class);

    private final Runs runs;

    InboxFaults(Runs runs) {
        this.runs = runs;
    }

    /** Tells it and throws it again, so that the file is not moved. */
    public void keep(Exception reason) throws Exception {
        handleException(reason);
        throw reason;
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
            LOG.error("a fault of the program, please report it", exception);
        }
        runs.halted(cause instanceof RuntimeException reason ? reason : new IllegalStateException(cause));
    }

    @Override
    public void handleException(String message, Exchange exchange, Throwable exception) {
        handleException(message, exception);
    }
}
