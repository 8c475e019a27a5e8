package org.catalogdrop.config;

import java.util.Optional;

/** The program's version, from its jar. */
public final class Version {

    private Version() {}

    /** Returns the version; {@code dev} without a jar. */
    public static String text() {
        return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("dev");
    }
}
