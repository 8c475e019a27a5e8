package org.catalogdrop.app;

import java.nio.file.Path;
import java.util.Optional;

/** What a look into the inbox has found: a drop on its way through the routes, or nothing. */
public record InboxFile(Optional<Path> found) {

    /** Nothing was found. */
    public boolean isNone() {
        return found.isEmpty();
    }

    /** Where the drop lies. */
    public Path path() {
        return found.orElseThrow();
    }

    /** The name of the file. */
    public String name() {
        return path().getFileName().toString();
    }
}
