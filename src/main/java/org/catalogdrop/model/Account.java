package org.catalogdrop.model;

import java.util.List;
import java.util.Map;

/**
 * The lists of an account with their fields and options. Read from {@code GET /api/v2/catalogs} and
 * {@code GET /api/v2/account?with=custom_fields}. Texts are as people see them: HTML entities are decoded. Immutable.
 *
 * @param id the account's id, so that names remembered for one account are not compared with another; empty if the API does not give it
 * @param zone the time zone in which the account reads and shows dates, an id such as {@code Europe/Kyiv}; empty if the API does not
 *     give it
 * @param catalogs its lists
 */
public record Account(String id, String zone, List<Catalog> catalogs) {

    /**
     * A list of elements.
     *
     * @param id the list's id
     * @param name the list's name; empty if only its fields are known
     * @param fields its custom fields
     */
    public record Catalog(long id, String name, List<Field> fields) {}

    /**
     * A custom field of a list.
     *
     * @param id the field's id
     * @param name the field's name
     * @param code the word that may be used instead of the id; empty if there is none
     * @param type the API's {@code field_type} number, as in {@code docs/mapping.md}
     * @param options the options of a select field: labels by option id, in the account's order
     */
    public record Field(long id, String name, String code, int type, Map<Long, String> options) {}
}
