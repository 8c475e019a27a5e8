package org.catalogdrop.inbox;

import java.nio.file.Path;

/** A drop of the inbox on its way through the routes. */
public record InboxFile(Path path) {

    /** Returns the name of the file. */
    public String name() {
        return path.getFileName().toString();
    }
}
