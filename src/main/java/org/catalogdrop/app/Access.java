package org.catalogdrop.app;

import java.nio.file.Path;
import org.catalogdrop.kommo.Integration;
import org.catalogdrop.kommo.Secret;

/** Where the access token comes from. */
sealed interface Access {

    /** A long-lived token, from the settings. */
    record Fixed(Secret token) implements Access {}

    /** A token in a file that somebody else keeps; read anew for each request, so that a new one is taken up while we run. */
    record InFile(Path file) implements Access {}

    /**
     * A pair of tokens that we renew and keep.
     *
     * @param file where the pair is kept, absolute
     * @param integration who asks for it
     */
    record Rotating(Path file, Integration integration) implements Access {}
}
