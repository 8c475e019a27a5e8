package org.catalogdrop.cli;

import java.nio.file.Path;
import org.catalogdrop.config.SettingSources;
import org.slf4j.LoggerFactory;

/** Configures the log of the stand-alone process: to stderr, with the time; ours from INFO, that of others from WARN. */
final class Logging {

    private static final String PREFIX = "org.slf4j.simpleLogger.";
    private static final String VERBOSITY = "slf4j.internal.verbosity";

    private Logging() {}

    /** Configures the log. Call it before the first logger is made. Options that the operator set with -D win. */
    static void toStderr() {
        preset("defaultLogLevel", "warn");
        preset("log.org.catalogdrop", "info");
        // The commands report the same.
        preset("log.org.catalogdrop.flow", "error");
        // They log requests completely, including the token. A level for everything is no request for that.
        preset("log.org.apache.hc.client5.http.headers", "info");
        preset("log.org.apache.hc.client5.http.wire", "info");
        // It logs the address of each request, which is a secret in drop.notify.
        preset("log.org.apache.hc.client5.http.impl.classic.MainClientExec", "info");
        preset("log.org.apache.camel.component.bean.MethodInfo", "debug");
        preset("showDateTime", "true");
        preset("dateTimeFormat", "yyyy-MM-dd HH:mm:ss");
        preset("showThreadName", "false");
        preset("showShortLogName", "true");
        // The code that needs the driver reports a failure to load it. A process that ends while it is loading does not
        // need it any more.
        preset("log.org.sqlite", "off");
        if (isJsonWanted()) {
            System.setProperty(LoggerFactory.PROVIDER_PROPERTY_KEY, JsonLogProvider.class.getName());
            // Or SLF4J would report that, and not as JSON.
            if (System.getProperty(VERBOSITY) == null) {
                System.setProperty(VERBOSITY, "WARN");
            }
        }
        // Before a second thread asks for a logger: messages during the set-up by two threads come with a warning.
        LoggerFactory.getILoggerFactory();
    }

    /** Other faults of the settings are reported by the command. */
    private static boolean isJsonWanted() {
        try {
            return SettingSources.ofProcess(Path.of("").toAbsolutePath(), ProgramFolder.find())
                    .apply("drop.log")
                    .map(String::strip)
                    .filter("json"::equals)
                    .isPresent();
        } catch (RuntimeException unreadable) {
            return false;
        }
    }

    private static void preset(String key, String value) {
        if (System.getProperty(PREFIX + key) == null) {
            System.setProperty(PREFIX + key, value);
        }
    }
}
