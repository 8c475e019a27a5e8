package org.catalogdrop.resolve;

import java.util.Optional;
import java.util.OptionalLong;
import org.catalogdrop.config.Repeat;

/**
 * What a caller asks for one drop, in place of the settings.
 *
 * @param list the list for rows that name none; empty for {@code kommo.catalog-id}
 * @param mapping the name of the mapping file; empty for the one that fits the drop's name
 * @param repeat what is done with bytes that were loaded before; empty for {@code drop.repeat}
 */
public record CallOptions(OptionalLong list, Optional<String> mapping, Optional<Repeat> repeat) {

    /** The settings hold. */
    public static final CallOptions NONE = new CallOptions(OptionalLong.empty(), Optional.empty(), Optional.empty());
}
