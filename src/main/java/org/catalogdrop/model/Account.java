package org.catalogdrop.model;

import java.util.List;
import java.util.Map;

/**
 * What an account says of itself: its lists, their fields, the options of those. Texts as people see them.
 *
 * @param id the account, so that what is known of one is not held against another
 * @param zone the time zone in which it reads and shows dates, an id like {@code Europe/Kyiv}; empty if it does not say
 * @param catalogs its lists
 */
public record Account(String id, String zone, List<Catalog> catalogs) {

    /** A list. */
    public record Catalog(long id, String name, List<Field> fields) {}

    /**
     * A custom field of a list.
     *
     * @param code the word that may stand in for the id, empty if none
     * @param type the API's {@code field_type} number, as in {@code docs/mapping.md}
     * @param options of a list: texts by option id, in the account's order
     */
    public record Field(long id, String name, String code, int type, Map<Long, String> options) {}
}
