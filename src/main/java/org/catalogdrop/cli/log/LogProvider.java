package org.catalogdrop.cli.log;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.Logger;
import org.slf4j.helpers.BasicMDCAdapter;
import org.slf4j.simple.SimpleServiceProvider;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * An SLF4J provider whose loggers and levels are those of slf4j-simple, so that its settings stay; only the lines differ. It is named by a
 * system property and never found by itself, so that it does not get into a host.
 */
abstract class LogProvider implements SLF4JServiceProvider {

    private final SLF4JServiceProvider simple = new SimpleServiceProvider();
    /** Threads take over what the thread that starts them has, so all threads of an account have its name. */
    private final MDCAdapter names = new BasicMDCAdapter();

    private final Map<String, Logger> loggers = new ConcurrentHashMap<>();

    /** Returns a logger that writes the lines of this one in another form. */
    abstract Logger wrap(Logger simple);

    @Override
    public void initialize() {
        simple.initialize();
    }

    @Override
    public ILoggerFactory getLoggerFactory() {
        return name -> loggers.computeIfAbsent(
                name, one -> wrap(simple.getLoggerFactory().getLogger(one)));
    }

    @Override
    public IMarkerFactory getMarkerFactory() {
        return simple.getMarkerFactory();
    }

    @Override
    public MDCAdapter getMDCAdapter() {
        return names;
    }

    @Override
    public String getRequestedApiVersion() {
        return simple.getRequestedApiVersion();
    }
}
