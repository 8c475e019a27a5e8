package org.catalogdrop.model;

import java.util.Locale;
import java.util.Optional;

/** What a row asks for. The words are also the names of the three arrays in the body of {@code POST /api/v2/catalog_elements}. */
public enum Action {
    /** Make a new element. */
    ADD,
    /** Change an existing element. */
    UPDATE,
    /** Delete an existing element. */
    DELETE;

    private final String word = name().toLowerCase(Locale.ROOT);

    /**
     * Returns the word used in drops, requests and results.
     *
     * @return {@code add}, {@code update} or {@code delete}
     */
    public String word() {
        return word;
    }

    /**
     * Returns the action that a word names.
     *
     * @param word a word, in any letter case
     * @return the action; empty if the word names none
     */
    public static Optional<Action> of(String word) {
        for (Action action : values()) {
            if (action.word.equalsIgnoreCase(word)) {
                return Optional.of(action);
            }
        }
        return Optional.empty();
    }
}
