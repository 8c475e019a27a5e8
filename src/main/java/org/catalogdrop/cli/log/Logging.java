package org.catalogdrop.cli.log;

import java.nio.file.Path;
import java.util.Optional;
import org.catalogdrop.config.AccountFiles;
import org.catalogdrop.config.SettingSources;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.SLF4JServiceProvider;

/** Configures the log of the stand-alone process: to stderr, with the time; ours from INFO, that of others from WARN. */
public final class Logging {

    private static final String PREFIX = "org.slf4j.simpleLogger.";
    private static final String VERBOSITY = "slf4j.internal.verbosity";

    private Logging() {}

    /**
     * Configures the log. Call it before the first logger is made. Options that the operator set with -D win.
     *
     * @param program the folder of the program
     */
    public static void toStderr(Path program) {
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
        Optional<SettingSources> sources = sources(program);
        if (sources.filter(Logging::isJsonWanted).isPresent()) {
            provide(JsonLogProvider.class);
        } else if (sources.filter(Logging::hasAccounts).isPresent()) {
            provide(TextLogProvider.class);
        }
        // Before a second thread asks for a logger: messages during the set-up by two threads come with a warning.
        LoggerFactory.getILoggerFactory();
    }

    private static void provide(Class<? extends SLF4JServiceProvider> provider) {
        System.setProperty(LoggerFactory.PROVIDER_PROPERTY_KEY, provider.getName());
        // Or SLF4J would report that, and not in the form of the other lines.
        if (System.getProperty(VERBOSITY) == null) {
            System.setProperty(VERBOSITY, "WARN");
        }
    }

    /** Returns the settings; empty if they cannot be read, which the command reports. */
    private static Optional<SettingSources> sources(Path program) {
        try {
            return Optional.of(SettingSources.ofProcess(Path.of("").toAbsolutePath(), program));
        } catch (RuntimeException unreadable) {
            return Optional.empty();
        }
    }

    private static boolean isJsonWanted(SettingSources sources) {
        return sources.apply("drop.log")
                .map(String::strip)
                .filter("json"::equals)
                .isPresent();
    }

    private static boolean hasAccounts(SettingSources sources) {
        try {
            return AccountFiles.of(sources).isPresent();
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
