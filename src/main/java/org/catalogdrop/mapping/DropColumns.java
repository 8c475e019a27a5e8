package org.catalogdrop.mapping;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.catalogdrop.mapping.value.FieldShape;
import org.catalogdrop.mapping.value.SpreadsheetText;
import org.catalogdrop.model.Element;

/**
 * Turns elements that were read back into rows with standard columns, which are a valid drop that updates them. It needs two passes over
 * the same elements: first {@link #see} each, then {@link #cells} of each. Memory grows with the number of fields, not of elements.
 * updated_at is not a column on purpose: a time read back would make the update stale. Used by one thread.
 *
 * <p>Texts that look like those of a spreadsheet are listed in a last column, see {@link VerbatimCells}. The column exists only if it is
 * needed.
 *
 * <p>Fields that cells cannot express (objects such as legal entities and items) are in a column {@code _cf:ID}, which is read-only:
 * {@link StandardMapping} ignores it, so the update does not change them.
 */
public final class DropColumns {

    /** The prefix of read-only columns. */
    public static final String READ_ONLY = "_cf:";

    private static final Comparator<String> BY_NUMBER =
            Comparator.comparing(String::length).thenComparing(Comparator.naturalOrder());

    private final Map<String, FieldShape> shapes = new TreeMap<>(BY_NUMBER);
    private boolean doubtful;

    /** First pass: records the fields of an element and the forms of their values. */
    public void see(Element element) {
        doubtful |= SpreadsheetText.isDoubtful(element.name());
        for (Element.Field field : element.fields()) {
            FieldShape shape = shapes.computeIfAbsent(field.id(), FieldShape::new);
            for (Element.FieldValue value : field.values()) {
                shape.see(value);
                // Several values in one cell may look like that too, depending on how the first begins.
                doubtful |= value.value().startsWith("=\"") || SpreadsheetText.isDoubtful(value.value());
            }
        }
    }

    /**
     * Returns the header: id, catalog_id, name, then the columns of each field seen, by ascending id, then {@code _verbatim} if it is
     * needed.
     */
    public List<String> columns() {
        List<String> columns = new ArrayList<>(List.of("id", "catalog_id", "name"));
        shapes.values().forEach(shape -> columns.addAll(shape.columns()));
        if (doubtful) {
            columns.add(VerbatimCells.COLUMN);
        }
        return columns;
    }

    /**
     * Second pass: returns the cells of an element, one for each of {@link #columns()}. If a field has changed since the first pass so
     * that its columns cannot express it, it is empty, and an update does not change it.
     */
    public List<String> cells(Element element) {
        Map<String, List<Element.FieldValue>> values = new TreeMap<>(BY_NUMBER);
        element.fields().forEach(field -> values.put(field.id(), field.values()));
        List<String> cells = new ArrayList<>();
        cells.add(Long.toString(element.id()));
        cells.add(Long.toString(element.catalogId()));
        cells.add(element.name());
        shapes.forEach((id, shape) -> cells.addAll(shape.cells(values.getOrDefault(id, List.of()))));
        if (doubtful) {
            cells.add(VerbatimCells.named(columns(), cells));
        }
        return cells;
    }
}
