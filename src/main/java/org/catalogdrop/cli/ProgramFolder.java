package org.catalogdrop.cli;

import java.net.URISyntaxException;
import java.nio.file.Path;

/** Finds the folder of the program. Makes no logger, since the log is set up by what is found there. */
final class ProgramFolder {

    private ProgramFolder() {}

    /** Returns the folder of the launcher or the jar, or the one above the build's {@code target}. */
    static Path find() {
        try {
            Path jar = Path.of(ProgramFolder.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            Path folder = jar.getParent();
            return folder.endsWith("target") ? folder.getParent() : folder;
        } catch (URISyntaxException odd) {
            return Path.of("").toAbsolutePath();
        }
    }
}
