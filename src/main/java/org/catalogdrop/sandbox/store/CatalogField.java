package org.catalogdrop.sandbox.store;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A custom field of a list.
 *
 * @param id its id
 * @param name its name
 * @param type its kind
 * @param code the word that may be used instead of its id; empty if there is none
 * @param system whether the vendor made it
 * @param options the options of a list or radio field: texts by option id; empty for the others
 */
public record CatalogField(
        long id, String name, FieldType type, String code, boolean system, Map<Long, String> options) {

    public CatalogField {
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    }

    /** Returns a field without code and options. */
    public static CatalogField of(long id, String name, FieldType type) {
        return new CatalogField(id, name, type, "", false, Map.of());
    }

    /** This field as one the vendor made. */
    public CatalogField asSystem(String withCode) {
        return new CatalogField(id, name, type, withCode, true, options);
    }

    /** This field with one option more. */
    public CatalogField withOption(long optionId, String text) {
        Map<Long, String> more = new LinkedHashMap<>(options);
        more.put(optionId, text);
        return new CatalogField(id, name, type, code, system, more);
    }
}
