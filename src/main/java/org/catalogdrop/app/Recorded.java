package org.catalogdrop.app;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the journal remembers of the settings that gave the rows of a drop their meaning; a line of text there.
 *
 * @param readAs charset, delimiter and quote, see {@link Written}; empty if an earlier version wrote the line
 * @param catalog {@code kommo.catalog-id}
 * @param mapping the mapping file with its digest; empty for the columns of the contract
 */
record Recorded(Optional<String> readAs, OptionalLong catalog, String mapping) {

    private static final String READ_AS = "read-as=";
    private static final String CATALOG = "catalog-id=";
    private static final String MAPPING = ";mapping=";

    static Recorded of(String line) {
        int mapping = line.indexOf(MAPPING);
        String rest = mapping < 0 ? line : line.substring(0, mapping);
        Optional<String> readAs = Optional.empty();
        if (rest.startsWith(READ_AS)) {
            readAs = Optional.of(rest.substring(READ_AS.length(), rest.indexOf(';')));
            rest = rest.substring(rest.indexOf(';') + 1);
        }
        String catalog = rest.replace(CATALOG, "");
        return new Recorded(
                readAs,
                catalog.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(catalog)),
                mapping < 0 ? "" : line.substring(mapping + MAPPING.length()));
    }

    String line() {
        return readAs.map(one -> READ_AS + one + ";").orElse("")
                + (catalog.isPresent() ? CATALOG + catalog.getAsLong() : "")
                + (mapping.isEmpty() ? "" : MAPPING + mapping);
    }
}
