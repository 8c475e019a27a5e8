package org.catalogdrop.sandbox.fault;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;

/**
 * A point on which what is known of the API is silent or contradicts itself, so that a client has to bear every choice. The first constant
 * of each is the default. On the wire a switch is called as its type in snake case, a choice as its constant in lower case:
 * {@code {"delete_answer": "no_content"}}.
 */
public sealed interface Switch {

    /** The key under which answers carry links. */
    enum Links implements Switch {
        /** {@code _links}, as every live body. */
        LINKS,
        /** {@code _link}, as the vendor's sample. */
        LINK
    }

    /** How {@code _embedded.errors.add|update|delete} tells refused items. */
    enum ErrorShape implements Switch {
        /** A map from the index in {@code add}, or the element id, to {@code {"code","msg","request_id"?}}; an outdated update to its bare text. */
        MAP_INDEX,
        /** As MAP_INDEX, but adds are keyed by their request_id. */
        MAP_REQUEST_ID,
        /** A list of {@code {"code","msg","request_id"|"id"}}. */
        LIST,
        /** As MAP_INDEX, with nothing but a text for each. */
        TEXT
    }

    /** What a request with nothing but deletes is answered. */
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

    /** What is asked of the {@code updated_at} of an update. */
    enum UpdatedAt implements Switch {
        /** May be absent; one older than the stored is refused. */
        COMPARED,
        /** May be absent; must be newer than the stored, as live for leads and contacts. */
        NEWER,
        /** Must be there (285), is not compared. */
        REQUIRED,
        /** Nothing. */
        OFF
    }

    /** The body of a 429. */
    enum TooMany implements Switch {
        /** The page of an nginx. */
        HTML,
        /** The documented problem, with {@code retry_after} in seconds. */
        JSON
    }

    /** Whether {@code limit_rows} and {@code limit_offset} are heeded, which no page of the vendor's names. */
    enum LimitRows implements Switch {
        HEEDED,
        IGNORED
    }

    /** Which of several {@code id[]} of a GET count, which is documented for other lists only. */
    enum Ids implements Switch {
        ALL,
        /** Only the last, as where a parameter may come once. */
        LAST,
        /** None: nothing is found. */
        NONE
    }

    /** Whether elements are read only of a list that is named. */
    enum CatalogId implements Switch {
        /** {@code GET} without {@code catalog_id} is refused: the vendor's page calls it required. */
        REQUIRED,
        /** Elements are found by {@code id} alone, as clients have seen it. */
        OPTIONAL
    }

    /** Whether elements that are read say who made them. */
    enum CreatedBy implements Switch {
        TOLD,
        ABSENT
    }

    /** What becomes of names, and of texts of fields, when they are stored. */
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
        /** White space at the ends goes, each other run of it is one blank. */
        COLLAPSED,
        /** Tags go. */
        STRIPPED,
        /** A backslash stands before each quote. */
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

    /** Returns the name of the switch on the wire. */
    default String key() {
        return key(getClass());
    }

    /** Returns the name of this choice on the wire. */
    default String choice() {
        return toString().toLowerCase(Locale.ROOT);
    }

    /**
     * Returns the choice of these names.
     *
     * @throws IllegalArgumentException if there is none; the message lists what there is
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
