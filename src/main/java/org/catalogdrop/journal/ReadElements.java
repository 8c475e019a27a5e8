package org.catalogdrop.journal;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.catalogdrop.journal.store.KeyList;
import org.catalogdrop.journal.store.Sql;
import org.catalogdrop.model.Chunk;
import org.catalogdrop.model.Element;
import org.catalogdrop.model.Operation;
import org.catalogdrop.model.Outcome;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/**
 * Elements that were read with their list, before it was known whether a row would change them. The first row that does takes its element
 * as a before image, which then costs no request. After that the element differs from what was read, and is forgotten. Writes on the
 * writer's thread only.
 */
final class ReadElements {

    /** An element that was read longer ago may have been edited since. */
    static final Duration MOST_AGE = Duration.ofHours(1);

    /** The drop of elements that were read for no drop. */
    static final long NO_DROP = 0;

    private static final String PUT =
            "insert into read_elements (element, list_id, drop_id, read_at, content) values {(?, ?, ?, ?, ?)}"
                    + " on conflict (element, list_id) do update set drop_id = excluded.drop_id,"
                    + " read_at = excluded.read_at, content = excluded.content";

    /** What an unfinished drop has read is not certain for others: a change of it may have been under way. */
    private static final String USABLE = " from read_elements where element = ? and list_id = ? and drop_id in (0, ?)"
            + " and read_at between ? and ?";

    private static final String TAKE = "insert into befores (drop_id, row_number, element) select ?, ?, content"
            + USABLE + " on conflict (drop_id, row_number) do update set element = excluded.element";

    private static final String DELETE = "delete from befores where drop_id = ? and row_number = ?";

    private static final String FORGET = "delete from read_elements where element = ?";

    static final String FORGET_OLD = "delete from read_elements where read_at < ?";

    private final Sql sql;

    /** Whether there are any, so that loads that use none pay nothing. */
    private boolean any;

    /** For drops that an earlier run has begun: the rows whose before images are of this run. Those of earlier runs may be days old. */
    private final Map<Long, Roaring64Bitmap> resumed = new HashMap<>();

    /** Drops of rows without keys, and whether the journal had before images of theirs when this run sent the first row. */
    private final Map<Long, Boolean> plain = new HashMap<>();

    ReadElements(Sql sql) throws SQLException {
        this.sql = sql;
        look();
    }

    /** An element, encoded by the thread that has read it. */
    record Line(long element, byte[] content) {

        static List<Line> of(List<Element> elements) {
            return elements.stream()
                    .map(element -> new Line(element.id(), BeforeImageStore.pack(withoutNames(element))))
                    .toList();
        }

        /** Returns an element without the names of fields, which an undo does not need. */
        private static Element withoutNames(Element element) {
            return new Element(
                    element.id(),
                    element.catalogId(),
                    element.name(),
                    element.createdAt(),
                    element.updatedAt(),
                    element.fields().stream()
                            .map(field -> new Element.Field(field.id(), "", field.values()))
                            .toList(),
                    element.createdBy());
        }
    }

    /** Records that a run of a drop begins. */
    void use(long drop, long now) throws SQLException {
        forgetOld(now);
        if (hasBeforeImages(drop)) {
            resumed.put(drop, new Roaring64Bitmap());
        }
    }

    private boolean hasBeforeImages(long drop) throws SQLException {
        return sql.number("select count(*) from (select 1 from befores where drop_id = ? limit 1) as one", drop) > 0;
    }

    /**
     * Forgets before images of an earlier run, for rows without keys that it sent in vain and that are sent now without a read: their
     * elements may have been edited since.
     */
    private void forgetEarlier(long drop, Chunk chunk, Set<Long> known) throws SQLException {
        Boolean any = plain.get(drop);
        if (any == null) {
            any = hasBeforeImages(drop);
            plain.put(drop, any);
        }
        if (any) {
            List<Object[]> rows = new ArrayList<>();
            for (Operation operation : chunk.operations()) {
                if (operation.element().isPresent()
                        && !known.contains(operation.row().number())) {
                    rows.add(new Object[] {drop, operation.row().number()});
                }
            }
            sql.updateEach(DELETE, rows);
        }
    }

    /** @param drop the drop for whose rows they were read, or {@link #NO_DROP} */
    void keep(KeyList list, long drop, List<Line> lines, long now) throws SQLException {
        // A list whose order changes meanwhile can give an element twice.
        Map<Long, Object[]> values = new LinkedHashMap<>();
        lines.forEach(line ->
                values.put(line.element(), new Object[] {line.element(), list.id(), drop, now, line.content()}));
        sql.insertAll(PUT, List.copyOf(values.values()));
        any |= !lines.isEmpty();
    }

    /**
     * Takes the before images of rows that are about to change their elements.
     *
     * @param list the list of their keys; 0 for rows without keys
     * @param known rows whose before image is known already
     * @param repeated whether they may have been applied before; what was read since may be their own change
     */
    void intended(long drop, long list, Chunk chunk, Set<Long> known, boolean repeated, long now) throws SQLException {
        if (list == 0 && !repeated) {
            forgetEarlier(drop, chunk, known);
        }
        Optional<Roaring64Bitmap> fresh = Optional.ofNullable(resumed.get(drop));
        if (!any && fresh.isEmpty()) {
            return;
        }
        List<Object[]> outdated = new ArrayList<>();
        List<Object[]> taken = new ArrayList<>();
        Set<Long> changed = new LinkedHashSet<>();
        for (Operation operation : chunk.operations()) {
            if (operation.element().isPresent()) {
                long element = operation.element().getAsLong();
                long row = operation.row().number();
                boolean isFirst = changed.add(element);
                if (list != 0 && !repeated && !known.contains(row)) {
                    if (fresh.isPresent() && !fresh.get().contains(row)) {
                        // An earlier run sent the row in vain; its element may have been edited since.
                        outdated.add(new Object[] {drop, row});
                        fresh.get().addLong(row);
                    }
                    if (isFirst) {
                        taken.add(new Object[] {drop, row, element, list, drop, now - MOST_AGE.toMillis(), now});
                    }
                }
            }
        }
        sql.updateEach(DELETE, outdated);
        sql.updateEach(TAKE, taken);
        forget(changed);
    }

    private void forget(Collection<Long> elements) throws SQLException {
        sql.updateEach(
                FORGET, elements.stream().map(element -> new Object[] {element}).toList());
    }

    /** Forgets the elements of rows that were applied, even by an earlier request. */
    void settled(List<Outcome> outcomes) throws SQLException {
        if (!any) {
            return;
        }
        forget(outcomes.stream()
                .filter(outcome -> outcome.status().accepted() && outcome.id() != 0)
                .map(Outcome::id)
                .toList());
    }

    /** Forgets what was read for a drop, which is useless to others, and what is too old. */
    void forget(long drop, long now) throws SQLException {
        resumed.remove(drop);
        plain.remove(drop);
        if (any) {
            sql.update("delete from read_elements where drop_id = ?", drop);
            forgetOld(now);
        }
    }

    void forgetOld(long now) throws SQLException {
        if (any) {
            sql.update(FORGET_OLD, now - MOST_AGE.toMillis());
            look();
        }
    }

    private void look() throws SQLException {
        any = sql.number("select count(*) from (select 1 from read_elements limit 1) as one") > 0;
    }

    static Set<Long> rows(List<BeforeImageStore.Line> lines) {
        return lines.stream().map(BeforeImageStore.Line::row).collect(Collectors.toSet());
    }

    /** Returns whether an element of a list can be used by a drop that begins now. */
    static boolean isUsable(Sql reader, long list, long element, long now) throws SQLException {
        return reader.number("select count(*)" + USABLE, element, list, NO_DROP, now - MOST_AGE.toMillis(), now) > 0;
    }
}
