package org.catalogdrop.cli.log;

import org.slf4j.Logger;

/** The SLF4J provider for {@code drop.log=json}: the lines are written as JSON. */
public final class JsonLogProvider extends LogProvider {

    @Override
    Logger wrap(Logger simple) {
        return new JsonLogger(simple);
    }
}
