package org.catalogdrop.resolve;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a caller asks for one drop, in place of the settings.
 *
 * @param list the list for rows that name none; empty for {@code kommo.catalog-id}
 * @param mapping the name of the mapping file; empty for the one that fits the drop's name
 * @param again whether bytes that were loaded before are loaded again
 */
public record CallOptions(OptionalLong list, Optional<String> mapping, boolean again) {

    /** The settings hold. */
    public static final CallOptions NONE = new CallOptions(OptionalLong.empty(), Optional.empty(), false);
}
