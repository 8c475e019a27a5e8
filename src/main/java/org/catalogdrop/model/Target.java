package org.catalogdrop.model;

import java.util.OptionalLong;

/**
 * Where the rows of a drop go.
 *
 * @param account the host of the account; empty if it is not known
 * @param catalog the list of rows that name none, by the mapping file or the setting; empty if there is none
 */
public record Target(String account, OptionalLong catalog) {

    /** Of what is no drop, or of results of an earlier version. */
    public static final Target UNKNOWN = new Target("", OptionalLong.empty());
}
