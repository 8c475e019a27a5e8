package org.catalogdrop.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.catalogdrop.mapping.value.MultiValueCell;
import org.catalogdrop.mapping.value.UnsignedNumber;
import org.catalogdrop.model.Action;
import org.catalogdrop.model.Cells;
import org.catalogdrop.model.CustomField;
import org.catalogdrop.model.CustomField.Value;

/**
 * Writes a row with standard columns that takes back another row. It is for an element that is still as that row left it. Values that
 * cells cannot express (objects) are left out. Used by one thread.
 */
public final class UndoRow {

    private static final String REPLACE = "replace";
    private static final String WAS_NAME = Column.CONDITION + "name";
    private static final String WAS_REPLACE = Column.CONDITION + Column.FIELD + REPLACE;

    /** The most names that are cached. An account has some hundred fields; a drop may name any number of ids. */
    private static final int MOST_NAMES = 10_000;

    private static final Map<String, Columns> COLUMNS = new ConcurrentHashMap<>();

    private final Cells cells = Cells.empty();

    /**
     * The columns of a field's values.
     *
     * @param are whether there are any; there are none for an id that is no number
     * @param is the column with the value to set
     * @param was the column with the condition
     */
    private record Columns(boolean are, String is, String was) {}

    private UndoRow(Action action) {
        cells.put("action", action.word());
    }

    /** Returns the row that deletes an element that was added, if it still has what was sent and nothing else. */
    public static Cells ofAdded(long id, long catalogId, String name, List<CustomField> sent) {
        UndoRow row = new UndoRow(Action.DELETE);
        row.element(id, catalogId);
        row.cells.put(WAS_NAME, name);
        row.cells.put(
                WAS_REPLACE,
                row.was(sent)
                        ? "*"
                        : ids(sent.stream().filter(UndoRow::isTellable).toList()));
        return row.cells;
    }

    /** Returns the row that adds an element that was deleted; it gets another id. */
    public static Cells ofDeleted(long catalogId, String name, List<CustomField> fields) {
        UndoRow row = new UndoRow(Action.ADD);
        row.cells.put("id", "");
        row.cells.put("catalog_id", Long.toString(catalogId));
        row.cells.put("name", name);
        row.is(fields);
        String named = VerbatimCells.named(row.cells.columns(), row.cells.texts());
        if (!named.isEmpty()) {
            row.cells.put(VerbatimCells.COLUMN, named);
        }
        return row.cells;
    }

    /**
     * A field that was changed.
     *
     * @param before its values before
     * @param after its values after the change
     */
    public record Changed(CustomField before, CustomField after) {}

    /** Returns the row that restores the former name and values of an element, if it still has those it was left with. */
    public static Cells ofUpdated(long id, long catalogId, Names names, List<Changed> changed) {
        UndoRow row = new UndoRow(Action.UPDATE);
        row.element(id, catalogId);
        row.cells.put("name", names.before());
        row.cells.put(WAS_NAME, names.after());
        List<CustomField> expressed = new ArrayList<>();
        for (Changed field : changed) {
            if (isTellable(field.before()) && isTellable(field.after())) {
                row.is(List.of(field.before()));
                row.was(List.of(field.after()));
                expressed.add(field.before());
            }
        }
        row.cells.put(Column.FIELD + REPLACE, ids(expressed));
        row.cells.put(WAS_REPLACE, ids(expressed));
        return row.cells;
    }

    /**
     * The name of an element before and after.
     *
     * @param before the name before
     * @param after the name after the change
     */
    public record Names(String before, String after) {}

    private void element(long id, long catalogId) {
        cells.put("id", Long.toString(id));
        cells.put("catalog_id", catalogId == 0 ? "" : Long.toString(catalogId));
    }

    private static String ids(List<CustomField> fields) {
        return String.join("|", fields.stream().map(CustomField::id).toList());
    }

    /** Returns the columns of a field. Names are cached, because a drop has few fields. */
    private static Columns columns(String fieldId) {
        Columns known = COLUMNS.get(fieldId);
        if (known == null) {
            String is = Column.FIELD + fieldId;
            known = new Columns(UnsignedNumber.of(fieldId) > 0, is, Column.CONDITION + is);
            if (COLUMNS.size() < MOST_NAMES) {
                COLUMNS.put(fieldId, known);
            }
        }
        return known;
    }

    /** Writes the fields that cells can express, as values to set. */
    private void is(List<CustomField> fields) {
        for (CustomField field : fields) {
            Columns columns = columns(field.id());
            if (isTellable(field, columns)) {
                field(columns.is(), field.values());
            }
        }
    }

    /** Writes the fields that cells can express, as a condition; returns whether all can be expressed. */
    private boolean was(List<CustomField> fields) {
        boolean all = true;
        for (CustomField field : fields) {
            Columns columns = columns(field.id());
            boolean expressed = isTellable(field, columns);
            if (expressed) {
                field(columns.was(), field.values());
            }
            all &= expressed;
        }
        return all;
    }

    private void field(String column, List<Value> values) {
        if (values.size() == 1
                && values.get(0) instanceof CustomField.Plain plain
                && plain.value().indexOf('|') < 0) {
            cells.put(column, plain.value()); // by far the most
            return;
        }
        List<String> texts = new ArrayList<>();
        List<String> kinds = new ArrayList<>();
        Map<String, List<String>> parts = new TreeMap<>();
        boolean texted = false;
        boolean kinded = false;
        for (Value value : values) {
            if (value instanceof CustomField.WithSubtype withSubtype) {
                parts.computeIfAbsent(withSubtype.subtype(), part -> new ArrayList<>())
                        .add(withSubtype.value());
            } else if (value instanceof CustomField.Option option) {
                kinds.add(option.enumId());
                kinded = true;
            } else if (value instanceof CustomField.WithEnum withEnum) {
                texts.add(withEnum.value());
                kinds.add(withEnum.enumId());
                texted = true;
                kinded = true;
            } else if (value instanceof CustomField.Plain plain) {
                texts.add(plain.value());
                kinds.add("");
                texted = true;
            }
        }
        if (texted) {
            cells.put(column, MultiValueCell.join(texts));
        }
        if (kinded) {
            cells.put(column + ":enum", MultiValueCell.join(kinds));
        }
        parts.forEach((part, of) -> cells.put(column + ":" + part, MultiValueCell.join(of)));
    }

    /** Returns whether the cells of a field are read back as the same values. */
    private static boolean isTellable(CustomField field) {
        return isTellable(field, columns(field.id()));
    }

    private static boolean isTellable(CustomField field, Columns columns) {
        List<Value> values = field.values();
        int options = 0;
        for (int i = 0; i < values.size(); i++) {
            if (!isTellable(values.get(i))) {
                return false;
            }
            options += values.get(i) instanceof CustomField.Option ? 1 : 0;
        }
        return columns.are() && (options == 0 || options == values.size());
    }

    private static boolean isTellable(Value value) {
        if (value instanceof CustomField.WithSubtype withSubtype) {
            return Column.of(Column.FIELD + "1:" + withSubtype.subtype()).kind() == Column.Kind.SUBTYPE;
        }
        return !(value instanceof CustomField.Raw);
    }
}
