package org.catalogdrop.config;

import java.util.List;

/** Thrown if settings cannot be used. Its message lists all faults together. */
public final class SettingsFault extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SettingsFault(List<String> faults) {
        super(
                "These settings cannot be used:\n  " + String.join("\n  ", faults)
                        + "\nSet them in application.properties, as environment variables (KOMMO_BASE_URL) or with -D (-Dkommo.base-url=…).");
    }
}
