package org.catalogdrop.config;

import java.util.Optional;

/** The program's version, as its jar says. */
public final class Version {

    private Version() {}

    /** Returns the version, or {@code dev} where there is no jar. */
    public static String text() {
        return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("dev");
    }
}
