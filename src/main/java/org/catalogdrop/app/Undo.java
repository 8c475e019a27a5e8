package org.catalogdrop.app;

import java.util.Locale;
import java.util.Optional;

/** What of a load {@code undo.csv} can take back. */
enum Undo {
    /** Nothing: there is no such file. */
    OFF,
    /** What was added. */
    ADDS,
    /** Updates and deletes too: each element is read before it is changed. */
    FULL;

    static Optional<Undo> of(String word) {
        for (Undo undo : values()) {
            if (undo.name().toLowerCase(Locale.ROOT).equals(word)) {
                return Optional.of(undo);
            }
        }
        return Optional.empty();
    }
}
