package org.catalogdrop.config;

import java.util.Locale;
import org.catalogdrop.model.Action;
import org.catalogdrop.model.Operation;

/** What of a load {@code undo.csv} can take back. */
public enum Undo {
    /** Nothing: there is no such file. */
    OFF,
    /** Added elements. Also updates and deletes whose element is read for another reason before they are sent. */
    ADDS,
    /** Updates and deletes too: each element is read before it is changed. */
    FULL;

    /** Returns the word in the settings. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Returns whether an operation can be taken back.
     *
     * @param isRead whether its element is read before it is sent
     */
    public boolean takesBack(Operation operation, boolean isRead) {
        return this == FULL || (this == ADDS && (operation.action() == Action.ADD || isRead));
    }
}
