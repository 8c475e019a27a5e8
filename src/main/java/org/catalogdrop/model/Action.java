package org.catalogdrop.model;

import java.util.Locale;
import java.util.Optional;

/** What a row asks for; also the three arrays of a {@code POST /api/v2/catalog_elements} document (the vendor's page). */
public enum Action {
    ADD,
    UPDATE,
    DELETE;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** Returns the word in drops, requests and results: {@code add}, {@code update}, {@code delete}. */
    public String word() {
        return word;
    }

    /** Returns the action of a word, in any letter case. */
    public static Optional<Action> of(String word) {
        for (Action action : values()) {
            if (action.word.equalsIgnoreCase(word)) {
                return Optional.of(action);
            }
        }
        return Optional.empty();
    }
}
