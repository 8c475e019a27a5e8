package org.catalogdrop.config;

import java.nio.file.Path;
import java.util.List;

/** Thrown if settings cannot be used. Its message lists all faults together. */
public final class SettingsFault extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> faults;

    SettingsFault(List<String> faults) {
        this(
                faults,
                "Set them in application.properties, as environment variables (KOMMO_BASE_URL) or with -D (-Dkommo.base-url=…).");
    }

    private SettingsFault(List<String> faults, String advice) {
        super("These settings cannot be used:\n  " + String.join("\n  ", faults) + "\n" + advice);
        this.faults = List.copyOf(faults);
    }

    /** Returns the faults of the accounts of a host. */
    public static SettingsFault ofHost(List<String> faults) {
        return new SettingsFault(faults, "Set them in the properties of the application.");
    }

    List<String> faults() {
        return faults;
    }

    /** Returns the same for settings of an account. */
    SettingsFault ofAccount(Path file) {
        return ofAccount(file, faults);
    }

    /** Returns the fault of an account whose settings do not fit those of others. */
    public static SettingsFault ofAccount(Path file, List<String> faults) {
        return new SettingsFault(
                faults,
                "Set them in " + file + ". What is the same for all accounts can be in application.properties.");
    }
}
