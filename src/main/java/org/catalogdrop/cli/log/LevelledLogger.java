package org.catalogdrop.cli.log;

import org.slf4j.Logger;
import org.slf4j.helpers.LegacyAbstractLogger;

/** A logger that writes its lines itself, and has the levels of another one. Safe for many threads. */
abstract class LevelledLogger extends LegacyAbstractLogger {

    /** The key of SLF4J's MDC with the name of the account, in a process with many of them. */
    static final String ACCOUNT = "account";

    private static final long serialVersionUID = 1;

    final transient Logger levels;

    /** @param levels decides which events are written */
    LevelledLogger(Logger levels) {
        this.name = levels.getName();
        this.levels = levels;
    }

    @Override
    public boolean isTraceEnabled() {
        return levels.isTraceEnabled();
    }

    @Override
    public boolean isDebugEnabled() {
        return levels.isDebugEnabled();
    }

    @Override
    public boolean isInfoEnabled() {
        return levels.isInfoEnabled();
    }

    @Override
    public boolean isWarnEnabled() {
        return levels.isWarnEnabled();
    }

    @Override
    public boolean isErrorEnabled() {
        return levels.isErrorEnabled();
    }

    @Override
    protected String getFullyQualifiedCallerName() {
        return null;
    }
}
