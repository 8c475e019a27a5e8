package org.catalogdrop.mapping.value;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.catalogdrop.mapping.DropColumns;
import org.catalogdrop.model.Element.FieldValue;

/** The forms in which the values of one field have been seen, which decide the columns it needs. Used by one thread. */
public final class FieldShape {

    private static final Pattern SUBTYPE = Pattern.compile("(?!(?i:enum)$)[\\w.-]+");
    private static final int MOST_OPTIONS = 10_000;

    private final String id;
    private final Set<String> subtypes = new TreeSet<>();
    private final Map<String, String> textByOption = new HashMap<>();
    private boolean plain;
    private boolean enums;
    private boolean onlyOptions = true;
    private boolean objects;
    private boolean texts;
    private boolean inexpressible;

    public FieldShape(String id) {
        this.id = id;
        this.inexpressible = UnsignedNumber.of(id) <= 0;
    }

    public void see(FieldValue value) {
        if (isObject(value.value())) {
            objects = true;
        } else if (!value.value().isEmpty()) {
            texts = true;
        }
        if (!value.subtype().isEmpty()) {
            inexpressible |= !value.enumId().isEmpty()
                    || !SUBTYPE.matcher(value.subtype()).matches();
            subtypes.add(value.subtype());
        } else if (value.enumId().isEmpty()) {
            plain = true;
        } else {
            enums = true;
            onlyOptions &= isOption(value);
        }
    }

    public List<String> columns() {
        if (isReadOnly()) {
            return List.of(DropColumns.READ_ONLY + id);
        }
        List<String> columns = new ArrayList<>();
        if (hasTextColumn()) {
            columns.add("cf:" + id);
        }
        if (enums) {
            columns.add("cf:" + id + ":enum");
        }
        subtypes.forEach(subtype -> columns.add("cf:" + id + ":" + subtype));
        return columns;
    }

    public List<String> cells(List<FieldValue> values) {
        if (isReadOnly()) {
            return List.of(
                    MultiValueCell.join(values.stream().map(FieldValue::value).toList()));
        }
        List<FieldValue> whole =
                values.stream().filter(value -> value.subtype().isEmpty()).toList();
        if (!fits(values) || hidesItsEnum(whole)) {
            return Collections.nCopies(columns().size(), "");
        }
        List<String> cells = new ArrayList<>();
        if (hasTextColumn()) {
            cells.add(MultiValueCell.join(whole.stream().map(FieldValue::value).toList()));
        }
        if (enums) {
            boolean any = whole.stream().anyMatch(value -> !value.enumId().isEmpty());
            cells.add(
                    any
                            ? MultiValueCell.join(
                                    whole.stream().map(FieldValue::enumId).toList())
                            : "");
        }
        for (String subtype : subtypes) {
            cells.add(MultiValueCell.join(values.stream()
                    .filter(value -> value.subtype().equals(subtype))
                    .map(FieldValue::value)
                    .toList()));
        }
        return cells;
    }

    private boolean isReadOnly() {
        // A text that sometimes looks like an object is still a text.
        return inexpressible || (objects && !texts);
    }

    /** Returns whether all values are options. Then their ids are complete, and an id is what a person edits. */
    private boolean isOptionsOnly() {
        return enums && onlyOptions && !plain;
    }

    private boolean hasTextColumn() {
        return !isOptionsOnly() && (plain || enums || subtypes.isEmpty());
    }

    /**
     * Returns whether an enum is an option. An option's id determines its text; the id of a kind (of a phone, say) appears with different
     * texts.
     */
    private boolean isOption(FieldValue value) {
        if (!UnsignedNumber.isDigits(value.enumId())) {
            return false;
        }
        String known = textByOption.size() < MOST_OPTIONS
                ? textByOption.putIfAbsent(value.enumId(), value.value())
                : textByOption.get(value.enumId());
        return known == null || known.equals(value.value());
    }

    private boolean fits(List<FieldValue> values) {
        return values.stream().allMatch(value -> {
            if (!value.subtype().isEmpty()) {
                return value.enumId().isEmpty() && subtypes.contains(value.subtype());
            }
            if (value.enumId().isEmpty()) {
                return hasTextColumn();
            }
            return enums && (!isOptionsOnly() || isOption(value));
        });
    }

    /** Returns whether a single empty text leaves its cell empty, so that its enum alone would be read as an option. */
    private boolean hidesItsEnum(List<FieldValue> whole) {
        return hasTextColumn()
                && whole.size() == 1
                && whole.get(0).value().isEmpty()
                && !whole.get(0).enumId().isEmpty();
    }

    private static boolean isObject(String text) {
        return text.startsWith("{\"") || text.startsWith("[{") || text.startsWith("[[");
    }
}
