package org.catalogdrop.input.row;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.catalogdrop.model.NormalizedName;

/** The names of columns: which have a meaning of their own, and which two are the same one. */
public final class ColumnRules {

    public static final String ACTION = "action";
    public static final String ID = "id";

    /** The column under which a row stands that has none. */
    public static final String ROW = "_row";

    /** The column under which a line stands that could not be read as a row. */
    public static final String LINE = "_line";

    /** The columns of rejects in which stands why a row was rejected. */
    public static final String CODE = "_code";

    public static final String COLUMN = "_column";

    public static final String MESSAGE = "_message";

    /** The column of rejects of a workbook in which stands what its cells were. */
    public static final String TYPES = "_types";

    private static final Set<String> FIXED = Set.of(ACTION, ID, "catalog_id", "name", "request_id", "updated_at");
    private static final String FIELD = "cf:";

    private ColumnRules() {}

    /** Returns the same for two names of one column: in plain form, and those with a meaning of their own in any letter case. */
    public static String fold(String name) {
        String plain = NormalizedName.of(name);
        String lower = plain.toLowerCase(Locale.ROOT);
        return FIXED.contains(lower) || lower.startsWith(FIELD) ? lower : plain;
    }

    public static boolean known(String name) {
        String folded = fold(name);
        return FIXED.contains(folded) || folded.startsWith(FIELD);
    }

    /** Returns the name of a column of rejects; these too go in any letter case. */
    public static String ofRejects(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** Returns the first name that stands for a column which is there already; columns without a name do not count. */
    static Optional<String> firstDouble(List<String> names) {
        Set<String> seen = new HashSet<>();
        return names.stream()
                .filter(name -> !name.isEmpty() && !seen.add(fold(name)))
                .findFirst();
    }
}
