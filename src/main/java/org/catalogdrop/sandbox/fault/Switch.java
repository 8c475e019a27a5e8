package org.catalogdrop.sandbox.fault;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;

/**
 * A switch: a point on which the knowledge of the API is missing or contradictory, so that a client must work with every choice. The
 * first constant of each is the default. Over HTTP the name of a switch is its type in snake case, and that of a choice its constant in
 * lower case: {@code {"delete_answer": "no_content"}}.
 */
public sealed interface Switch {

    /** The key of links in answers. */
    enum Links implements Switch {
        /** {@code _links}, as in every real body. */
        LINKS,
        /** {@code _link}, as in the vendor's sample. */
        LINK
    }

    /** How {@code _embedded.errors.add|update|delete} reports refused items. */
    enum ErrorShape implements Switch {
        /** A map from the index in {@code add}, or the element id, to {@code {"code","msg","request_id"?}}; an outdated update to its bare text. */
        MAP_INDEX,
        /** Like MAP_INDEX, but adds are keyed by their request_id. */
        MAP_REQUEST_ID,
        /** A list of {@code {"code","msg","request_id"|"id"}}. */
        LIST,
        /** Like MAP_INDEX, with only a text for each. */
        TEXT
    }

    /** The answer to a request with deletes only. */
    enum DeleteAnswer implements Switch {
        /** {@code "items":[{"id":1}]}. */
        ITEMS,
        /** {@code "items":{"deleted":[{"id":1,"name":"…"}]}}. */
        DELETED,
        /** {@code "items":[]}. */
        NOTHING,
        /** 204 without a body, unless an item was refused. */
        NO_CONTENT
    }

    /** The request_id of an updated item. */
    enum UpdateEcho implements Switch {
        /** What was sent, or the element id. */
        REQUEST_ID,
        /** The element id, whatever was sent. */
        ELEMENT_ID,
        /** None. */
        ABSENT
    }

    /** The order of the items of an answer. */
    enum ItemOrder implements Switch {
        REQUEST,
        SHUFFLED
    }

    /** The check of an update's {@code updated_at}. */
    enum UpdatedAt implements Switch {
        /** It may be missing; one older than the stored time is refused. */
        COMPARED,
        /** It may be missing; it must be newer than the stored time, as in reality for leads and contacts. */
        NEWER,
        /** It must be there (285) and is not compared. */
        REQUIRED,
        /** There is no check. */
        OFF
    }

    /** The body of a 429. */
    enum TooMany implements Switch {
        /** The page of an nginx server. */
        HTML,
        /** The documented problem, with {@code retry_after} in seconds. */
        JSON
    }

    /** Whether the API takes {@code limit_rows} and {@code limit_offset} into account, which no page of the vendor mentions. */
    enum LimitRows implements Switch {
        HEEDED,
        IGNORED
    }

    /** Which of several {@code id[]} of a GET count; this is documented for other lists only. */
    enum Ids implements Switch {
        ALL,
        /** Only the last one, as where a parameter may appear once. */
        LAST,
        /** None: nothing is found. */
        NONE
    }

    /** Whether elements can be read only from a list that is named. */
    enum CatalogId implements Switch {
        /** A {@code GET} without {@code catalog_id} is refused: the vendor's page calls it required. */
        REQUIRED,
        /** Elements are found by {@code id} alone, as clients have seen it. */
        OPTIONAL
    }

    /** Whether elements have the user who made them. */
    enum CreatedBy implements Switch {
        TOLD,
        ABSENT
    }

    /** How names, and texts of fields, are changed when they are stored. */
    enum StoredText implements Switch {
        AS_SENT,
        /** No more than 255 characters are kept. */
        CUT,
        /** Composed characters (NFC). */
        COMPOSED,
        /** A character of four bytes becomes a question mark. */
        REPLACED,
        /** The text ends before its first character of four bytes. */
        ENDED,
        /** White space at the ends is removed, each other run of it becomes one blank. */
        COLLAPSED,
        /** Tags are removed. */
        STRIPPED,
        /** Each quote gets a backslash before it. */
        ESCAPED;

        public String of(String text) {
            return switch (this) {
                case AS_SENT -> text;
                case CUT -> text.substring(0, Math.min(text.length(), 255));
                case COMPOSED -> Normalizer.normalize(text, Normalizer.Form.NFC);
                case REPLACED -> text.replaceAll("[\\x{10000}-\\x{10FFFF}]", "?");
                case ENDED -> text.replaceAll("(?s)[\\x{10000}-\\x{10FFFF}].*", "");
                case COLLAPSED -> text.strip().replaceAll("[\\s\\p{Z}]+", " ");
                case STRIPPED -> text.replaceAll("<[^>]*>", "");
                case ESCAPED -> text.replaceAll("([\"'])", "\\\\$1");
            };
        }
    }

    /** Returns the name of the switch over HTTP. */
    default String key() {
        return key(getClass());
    }

    /** Returns the name of this choice over HTTP. */
    default String choice() {
        return toString().toLowerCase(Locale.ROOT);
    }

    /**
     * Returns the choice with these names.
     *
     * @throws IllegalArgumentException if there is none; the message lists the valid ones
     */
    static Switch named(String key, String choice) {
        for (Class<?> type : Switch.class.getPermittedSubclasses()) {
            if (key(type).equals(key)) {
                return choiceOf(type, key, choice);
            }
        }
        throw new IllegalArgumentException("unknown switch '" + key + "'; the switches are "
                + Arrays.stream(Switch.class.getPermittedSubclasses())
                        .map(Switch::key)
                        .toList());
    }

    private static Switch choiceOf(Class<?> type, String key, String choice) {
        Switch[] choices = (Switch[]) type.getEnumConstants();
        return Arrays.stream(choices)
                .filter(one -> one.choice().equals(choice))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "switch '" + key + "' has no choice '" + choice + "'; its choices are "
                                + Arrays.stream(choices).map(Switch::choice).toList()));
    }

    private static String key(Class<?> type) {
        return type.getSimpleName().replaceAll("(?<=.)(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }
}
