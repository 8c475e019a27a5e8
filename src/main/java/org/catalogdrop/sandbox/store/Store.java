package org.catalogdrop.sandbox.store;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongPredicate;
import org.catalogdrop.sandbox.store.StoredElement.Field;

/** The elements of the account. Safe for many threads; it returns copies. */
public final class Store {
    private static final long FIRST_ID = 41_870;

    private final InstantSource clock;
    private final boolean keep;
    private List<Row> rows = new ArrayList<>();
    private Map<Long, Members> members = new HashMap<>();
    private long given;

    public Store(InstantSource clock, boolean keep) {
        this.clock = clock;
        this.keep = keep;
    }

    /** What is kept of an element; its id is its place. */
    private record Row(
            long catalogId,
            String name,
            long createdMillis,
            long updatedAt,
            boolean deleted,
            byte[] fields,
            long createdBy) {

        StoredElement element(long id) {
            return new StoredElement(
                    id,
                    catalogId,
                    name,
                    createdMillis / 1000,
                    updatedAt,
                    deleted,
                    PackedFields.unpack(fields),
                    createdBy);
        }

        Row with(String otherName, long time, boolean isDeleted, byte[] others) {
            return new Row(catalogId, otherName, createdMillis, time, isDeleted, others, createdBy);
        }

        boolean isListed(String term, long before) {
            return !deleted
                    && createdMillis <= before
                    && (term.isEmpty() || name.toLowerCase(Locale.ROOT).contains(term));
        }
    }

    /** Puts an element into a list, past all checks; answers its id. */
    public long put(long catalogId, String name, List<Field> fields) {
        return add(catalogId, name, fields);
    }

    /** Puts an element into a list as another user would; answers its id. */
    public long putBy(long user, long catalogId, String name, List<Field> fields) {
        return addPacked(catalogId, name, keep ? PackedFields.pack(fields) : new byte[0], user);
    }

    /** Puts an element with that last change into a list; answers its id. */
    public synchronized long put(long catalogId, String name, long updatedAt, List<Field> fields) {
        long id = put(catalogId, name, fields);
        if (isKept(id)) {
            rows.set((int) (id - FIRST_ID), row(id).with(name, updatedAt, false, PackedFields.pack(fields)));
        }
        return id;
    }

    /** Returns the elements of a list that are not deleted, oldest first. */
    public List<StoredElement> elements(long catalogId) {
        List<StoredElement> found = new ArrayList<>(page(catalogId, "", Long.MAX_VALUE, 0, Integer.MAX_VALUE));
        Collections.reverse(found);
        return found;
    }

    /** Returns the element of that id, deleted or not. */
    public synchronized Optional<StoredElement> byId(long id) {
        return isKept(id) ? Optional.of(row(id).element(id)) : Optional.empty();
    }

    /** Returns how many elements of a list are not deleted. */
    public synchronized long count(long catalogId) {
        Members list = members.get(catalogId);
        return list == null ? 0 : list.size - list.deleted;
    }

    /** Returns how many elements were ever put in. */
    public synchronized long created() {
        return given;
    }

    public long add(long catalogId, String name, List<Field> fields) {
        // Packed before the lock: it is the costly part.
        return addPacked(catalogId, name, keep ? PackedFields.pack(fields) : new byte[0], StoredElement.API_USER);
    }

    private synchronized long addPacked(long catalogId, String name, byte[] fields, long user) {
        long id = FIRST_ID + given++;
        if (keep) {
            long now = clock.millis();
            rows.add(new Row(catalogId, name, now, now / 1000, false, fields, user));
        }
        members.computeIfAbsent(catalogId, any -> new Members()).add(keep, rows.size() - 1);
        return id;
    }

    /** Returns whether updates and deletes of that id are taken: it is there and not deleted, or elements are not kept and it was given. */
    public synchronized boolean isLive(long id) {
        return keep ? isKept(id) && !row(id).deleted() : id >= FIRST_ID && id < FIRST_ID + given;
    }

    /** What an update makes of an element, or why it does not. */
    public interface Change {
        StoredElement of(StoredElement element) throws Refused;
    }

    /** Replaces an element by what the change makes of it. */
    public synchronized void change(long id, Change change) throws Refused {
        if (!isKept(id)) {
            return;
        }
        Row old = row(id);
        StoredElement now = change.of(old.element(id));
        rows.set((int) (id - FIRST_ID), old.with(now.name(), now.updatedAt(), false, PackedFields.pack(now.fields())));
    }

    public synchronized void delete(long id) {
        if (isKept(id) && !row(id).deleted()) {
            Row old = row(id);
            rows.set((int) (id - FIRST_ID), old.with(old.name(), old.updatedAt(), true, old.fields()));
            members.get(old.catalogId()).deleted++;
        }
    }

    /**
     * Elements of a list, newest first.
     *
     * @param term what their names contain, in lower case; empty takes all
     * @param before the latest time they were made, in ms
     */
    public synchronized List<StoredElement> page(long catalogId, String term, long before, long skip, int limit) {
        List<StoredElement> found = new ArrayList<>();
        Members list = members.getOrDefault(catalogId, new Members());
        // Nothing can be hidden: go straight to the page, or a read of a million elements would take their square.
        boolean straight = term.isEmpty() && before == Long.MAX_VALUE && list.deleted == 0;
        long left = straight ? 0 : skip;
        for (long i = keep ? list.size - 1 - (skip - left) : -1; i >= 0 && found.size() < limit; i--) {
            int place = list.places[(int) i];
            if (rows.get(place).isListed(term, before) && left-- <= 0) {
                found.add(rows.get(place).element(FIRST_ID + place));
            }
        }
        return found;
    }

    /** Returns all elements from that id on, including deleted ones, at most this many. */
    public synchronized List<StoredElement> from(long id, LongPredicate catalog, int limit) {
        List<StoredElement> found = new ArrayList<>();
        for (long at = Math.max(id, FIRST_ID); isKept(at) && found.size() < limit; at++) {
            if (catalog.test(row(at).catalogId())) {
                found.add(row(at).element(at));
            }
        }
        return found;
    }

    /** When that element was made, in ms. */
    public synchronized long createdMillis(long id) {
        return row(id).createdMillis();
    }

    /** Forgets everything; ids start again. */
    public synchronized void clear() {
        rows = new ArrayList<>();
        members = new HashMap<>();
        given = 0;
    }

    private boolean isKept(long id) {
        return id >= FIRST_ID && id - FIRST_ID < rows.size();
    }

    private Row row(long id) {
        return rows.get((int) (id - FIRST_ID));
    }

    /** The places of a list's elements, in the order of their ids. */
    private static final class Members {
        private int[] places = new int[16];
        private int size;
        private int deleted;

        void add(boolean keep, int place) {
            if (keep) {
                if (size == places.length) {
                    places = Arrays.copyOf(places, size * 2);
                }
                places[size] = place;
            }
            size++;
        }
    }
}
