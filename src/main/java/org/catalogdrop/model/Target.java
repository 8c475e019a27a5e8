package org.catalogdrop.model;

import java.util.OptionalLong;

/**
 * The account and list to which the rows of a drop go.
 *
 * @param account the host of the account; empty if it is not known
 * @param catalog the id of the list for rows that name none, from the mapping file or the setting; empty if there is none
 */
public record Target(String account, OptionalLong catalog) {

    /** The target of a file that is not a drop, or of results from an earlier version. */
    public static final Target UNKNOWN = new Target("", OptionalLong.empty());
}
