package org.catalogdrop.cli.log;

import org.slf4j.Logger;
import org.slf4j.MDC;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.MessageFormatter;

/** Writes each event by another logger, with the name of its account, if it has one, in brackets before the message. Safe for many threads. */
final class AccountLogger extends LevelledLogger {

    private static final long serialVersionUID = 1;

    /** @param lines decides which events are written, and writes them */
    AccountLogger(Logger lines) {
        super(lines);
    }

    @Override
    protected void handleNormalizedLoggingCall(
            Level level, Marker marker, String pattern, Object[] arguments, Throwable fault) {
        String account = MDC.get(ACCOUNT);
        String message = MessageFormatter.basicArrayFormat(pattern, arguments);
        String line = account == null ? message : "[" + account + "] " + message;
        switch (level) {
            case ERROR -> levels.error(line, fault);
            case WARN -> levels.warn(line, fault);
            case INFO -> levels.info(line, fault);
            case DEBUG -> levels.debug(line, fault);
            case TRACE -> levels.trace(line, fault);
        }
    }
}
