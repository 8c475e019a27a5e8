package org.catalogdrop.cli.log;

import org.slf4j.Logger;

/** The SLF4J provider of a process with many accounts: each message begins with the name of its account. */
public final class TextLogProvider extends LogProvider {

    @Override
    Logger wrap(Logger simple) {
        return new AccountLogger(simple);
    }
}
