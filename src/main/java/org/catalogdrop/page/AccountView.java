package org.catalogdrop.page;

import java.util.List;

/**
 * The account, as far as it is known.
 *
 * @param facts the loader's own facts: token, block, clocks, disk
 * @param read when lists and fields were read; empty if they were not
 * @param catalogs the lists
 */
public record AccountView(List<Fact> facts, String read, List<Catalog> catalogs) {

    /**
     * A fact.
     *
     * @param name what it is about
     * @param good whether all is well
     * @param value what it says
     */
    public record Fact(String name, boolean good, String value) {}

    /**
     * A list of the account.
     *
     * @param id its number
     * @param name its name
     * @param usual whether it is that of the setting
     * @param fields its fields
     */
    public record Catalog(long id, String name, boolean usual, List<Field> fields) {}

    /**
     * A field of a list.
     *
     * @param id its number
     * @param name its name
     * @param type its type
     * @param options its options
     */
    public record Field(long id, String name, String type, String options) {}
}
