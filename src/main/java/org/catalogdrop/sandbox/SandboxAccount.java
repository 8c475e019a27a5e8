package org.catalogdrop.sandbox;

import org.catalogdrop.sandbox.fault.Switch;
import org.catalogdrop.sandbox.fault.Switches;
import org.catalogdrop.sandbox.store.Catalogs;
import org.catalogdrop.sandbox.store.Store;

/** Everything that requests act on. */
record SandboxAccount(SandboxSettings settings, Catalogs catalogs, Store store, Switches switches, Grants grants) {

    SandboxAccount(SandboxSettings settings) {
        this(
                settings,
                new Catalogs(settings.lists()),
                new Store(settings.clock(), settings.keepElements()),
                new Switches(settings.switches()),
                new Grants(settings));
    }

    long millis() {
        return settings.clock().millis();
    }

    boolean is(Switch choice) {
        return switches.is(choice);
    }
}
