package org.catalogdrop.input.row;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.catalogdrop.model.NormalizedName;

/** The rules for column names: which have a meaning of their own, and which two are the same. Stateless. */
public final class ColumnRules {

    public static final String ACTION = "action";
    public static final String ID = "id";

    /** The column for a row that is no object. */
    public static final String ROW = "_row";

    /** The column for a line that could not be read as a row. */
    public static final String LINE = "_line";

    /** The column of rejects with the code of the problem. */
    public static final String CODE = "_code";

    public static final String COLUMN = "_column";

    public static final String MESSAGE = "_message";

    /** The column of a workbook's rejects with the types of its cells. */
    public static final String TYPES = "_types";

    private static final Set<String> FIXED = Set.of(ACTION, ID, "catalog_id", "name", "request_id", "updated_at");
    private static final String FIELD = "cf:";

    private ColumnRules() {}

    /** Returns the same text for two names of one column: the normalized form, in lower case if the name has a meaning of its own. */
    public static String fold(String name) {
        String plain = NormalizedName.of(name);
        String lower = plain.toLowerCase(Locale.ROOT);
        return FIXED.contains(lower) || lower.startsWith(FIELD) ? lower : plain;
    }

    public static boolean known(String name) {
        String folded = fold(name);
        return FIXED.contains(folded) || folded.startsWith(FIELD);
    }

    /** Returns the name of a column of rejects, in any letter case. */
    public static String ofRejects(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** Returns the first name of a column that appears twice. Columns without a name do not count. */
    static Optional<String> firstDouble(List<String> names) {
        Set<String> seen = new HashSet<>();
        return names.stream()
                .filter(name -> !name.isEmpty() && !seen.add(fold(name)))
                .findFirst();
    }
}
