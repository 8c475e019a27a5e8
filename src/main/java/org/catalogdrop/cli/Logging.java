package org.catalogdrop.cli;

import org.slf4j.LoggerFactory;

/** Log lines of the stand-alone process: to stderr, with the time; ours from INFO, others' from WARN. */
final class Logging {

    private static final String PREFIX = "org.slf4j.simpleLogger.";

    private Logging() {}

    /** To be called before the first logger is made; what the operator set with -D stays. */
    static void toStderr() {
        preset("defaultLogLevel", "warn");
        preset("log.org.catalogdrop", "info");
        // The commands report the same.
        preset("log.org.catalogdrop.flow", "error");
        // They tell requests to the letter, and with them the token; a level for all is no wish for that.
        preset("log.org.apache.hc.client5.http.headers", "info");
        preset("log.org.apache.hc.client5.http.wire", "info");
        preset("log.org.apache.camel.component.bean.MethodInfo", "debug");
        preset("showDateTime", "true");
        preset("dateTimeFormat", "yyyy-MM-dd HH:mm:ss");
        preset("showThreadName", "false");
        preset("showShortLogName", "true");
        // A driver that cannot be loaded is told by whoever needs it; a process that ends while it is loaded needs it
        // no more.
        preset("log.org.sqlite", "off");
        // Before a second thread asks for a logger: what is logged while two of them set it up is told with a warning.
        LoggerFactory.getILoggerFactory();
    }

    private static void preset(String key, String value) {
        if (System.getProperty(PREFIX + key) == null) {
            System.setProperty(PREFIX + key, value);
        }
    }
}
