package org.catalogdrop.cli.log;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.slf4j.Logger;
import org.slf4j.MDC;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.MessageFormatter;

/**
 * Writes each log event to standard error as one line with one JSON object: {@code time}, {@code level}, {@code logger}, {@code thread},
 * {@code account} in a process with many, {@code message} and, if there is one, {@code exception} with its stack trace. The lines are ASCII, whatever the charset of the machine is.
 * Safe for many threads.
 */
final class JsonLogger extends LevelledLogger {

    private static final long serialVersionUID = 1;

    /** @param levels decides which events are written */
    JsonLogger(Logger levels) {
        super(levels);
    }

    @Override
    protected void handleNormalizedLoggingCall(
            Level level, Marker marker, String pattern, Object[] arguments, Throwable fault) {
        StringBuilder line = new StringBuilder(200).append('{');
        add(line, "time", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
        add(line, "level", level.name());
        add(line, "logger", name);
        add(line, "thread", Thread.currentThread().getName());
        String account = MDC.get(ACCOUNT);
        if (account != null) {
            add(line, ACCOUNT, account);
        }
        add(line, "message", MessageFormatter.basicArrayFormat(pattern, arguments));
        if (fault != null) {
            StringWriter trace = new StringWriter();
            fault.printStackTrace(new PrintWriter(trace));
            add(line, "exception", trace.toString());
        }
        line.setCharAt(line.length() - 1, '}');
        // In one call, so that lines of several threads do not mix.
        System.err.print(line.append('\n'));
        System.err.flush();
    }

    private static void add(StringBuilder line, String key, String value) {
        line.append('"').append(key).append("\":\"");
        String text = String.valueOf(value);
        for (int i = 0; i < text.length(); i++) {
            char one = text.charAt(i);
            if (one == '"' || one == '\\') {
                line.append('\\').append(one);
            } else if (one >= ' ' && one < 0x7f) {
                line.append(one);
            } else {
                line.append(String.format("\\u%04x", (int) one));
            }
        }
        line.append("\",");
    }
}
