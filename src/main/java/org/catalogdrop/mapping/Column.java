package org.catalogdrop.mapping;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.catalogdrop.mapping.value.OutgoingText;
import org.catalogdrop.mapping.value.UnsignedNumber;
import org.catalogdrop.model.NormalizedName;

/**
 * The meaning of a column's name. Immutable.
 *
 * @param kind its meaning
 * @param fieldId the id of the custom field, digits; empty for other kinds
 * @param subtype the part of the field, in the drop's letter case; empty for other kinds
 */
public record Column(Kind kind, String fieldId, String subtype) {

    enum Kind {
        ACTION,
        ID,
        CATALOG_ID,
        NAME,
        REQUEST_ID,
        UPDATED_AT,
        CUSTOM_FIELDS,
        VALUE,
        ENUM,
        SUBTYPE,
        /** The fields that the row gives completely. */
        REPLACE,
        /** The columns whose cells are exactly what the account had, see {@link VerbatimCells}. */
        VERBATIM,
        /** What the element must be like, see {@link PreconditionColumns}. */
        WAS,
        IGNORED,
        UNKNOWN,
        MALFORMED;

        boolean isOfField() {
            return this == VALUE || this == ENUM || this == SUBTYPE;
        }
    }

    public static final String FIELD = "cf:";
    /** The prefix of columns that are a condition. */
    static final String CONDITION = "_was:";

    private static final Set<String> OF_REJECTS = Set.of("_code", "_column", "_message", "_mapping");

    private static final Map<String, Kind> NAMES = Map.ofEntries(
            Map.entry("action", Kind.ACTION),
            Map.entry("id", Kind.ID),
            Map.entry("catalog_id", Kind.CATALOG_ID),
            Map.entry("name", Kind.NAME),
            Map.entry("request_id", Kind.REQUEST_ID),
            Map.entry("updated_at", Kind.UPDATED_AT),
            Map.entry("custom_fields", Kind.CUSTOM_FIELDS),
            Map.entry(VerbatimCells.COLUMN, Kind.VERBATIM),
            Map.entry("", Kind.IGNORED),
            Map.entry("_code", Kind.IGNORED),
            Map.entry("_column", Kind.IGNORED),
            Map.entry("_message", Kind.IGNORED),
            Map.entry("_types", Kind.IGNORED),
            Map.entry("_mapping", Kind.IGNORED),
            Map.entry("_line", Kind.IGNORED),
            Map.entry("_row", Kind.IGNORED));

    static Column of(String name) {
        String trimmed = NormalizedName.of(name);
        String lower = trimmed.toLowerCase(Locale.ROOT);
        if (lower.startsWith(FIELD)) {
            return ofField(trimmed.substring(FIELD.length()));
        }
        if (lower.startsWith(CONDITION)) {
            return ofCondition(trimmed.substring(CONDITION.length()));
        }
        if (lower.startsWith(DropColumns.READ_ONLY)) {
            return new Column(Kind.IGNORED, "", "");
        }
        return new Column(NAMES.getOrDefault(lower, Kind.UNKNOWN), "", "");
    }

    private static Column ofCondition(String rest) {
        Kind kind = of(rest).kind();
        boolean usable = kind == Kind.NAME || kind == Kind.REPLACE || kind.isOfField();
        return new Column(usable ? Kind.WAS : Kind.MALFORMED, "", "");
    }

    private static Column ofField(String rest) {
        if (rest.strip().equalsIgnoreCase("replace")) {
            return new Column(Kind.REPLACE, "", "");
        }
        int colon = rest.indexOf(':');
        String id = (colon < 0 ? rest : rest.substring(0, colon)).strip();
        if (UnsignedNumber.of(id) <= 0) {
            return new Column(Kind.MALFORMED, "", "");
        }
        if (colon < 0) {
            return new Column(Kind.VALUE, id, "");
        }
        String part = rest.substring(colon + 1).strip();
        if (part.equalsIgnoreCase("enum")) {
            return new Column(Kind.ENUM, id, "");
        }
        boolean usable = !part.isEmpty() && part.indexOf(':') < 0 && OutgoingText.flawAt(part) < 0;
        return usable ? new Column(Kind.SUBTYPE, id, part) : new Column(Kind.MALFORMED, "", "");
    }

    /** Returns whether a column is part of a condition, by its name. */
    static boolean isCondition(String column) {
        return NormalizedName.folded(column).startsWith(CONDITION);
    }

    /** Returns the names of the columns of a condition without {@code _was:}; all others become empty. */
    static List<String> conditions(List<String> names) {
        return names.stream()
                .map(name -> isCondition(name) ? NormalizedName.of(name).substring(CONDITION.length()) : "")
                .toList();
    }

    /** Returns whether columns are those of a rejects file. */
    public static boolean isOfRejects(List<String> columns) {
        return columns.stream().map(name -> name.toLowerCase(Locale.ROOT)).anyMatch(OF_REJECTS::contains);
    }
}
