package org.catalogdrop.model;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** What the API is asked to do for one row. Immutable. */
public sealed interface Operation extends Verdict permits Operation.Add, Operation.Update, Operation.Delete {

    /** The {@link #requestId} of a row that is not in the drop. */
    int NO_REQUEST_ID = -1;

    /**
     * Returns the number with which the answer to an add is matched.
     *
     * @return 0…2147483647, unique in the drop; or {@link #NO_REQUEST_ID}
     */
    int requestId();

    /**
     * Returns what is to be done.
     *
     * @return the action
     */
    Action action();

    /**
     * Returns the element to change.
     *
     * @return its id; empty for an add, whose element does not exist yet
     */
    OptionalLong element();

    /**
     * Returns the condition under which this may be applied.
     *
     * @return what the element must be like; empty if there is no condition
     */
    default Optional<Precondition> was() {
        return Optional.empty();
    }

    /**
     * Returns the natural key of the row.
     *
     * @return the key; empty if the mapping file has none
     */
    Optional<Key> key();

    /**
     * Makes a new element.
     *
     * @param row the row that asks for it
     * @param requestId 0…2147483647, unique in the drop
     * @param catalogId the id of the list
     * @param name the name of the element
     * @param fields its custom fields
     * @param key the natural key of the row; empty if the mapping file has none
     */
    record Add(Row row, int requestId, long catalogId, String name, List<CustomField> fields, Optional<Key> key)
            implements Operation {

        /**
         * Makes an add without a key.
         *
         * @param row the row that asks for it
         * @param requestId 0…2147483647, unique in the drop
         * @param catalogId the id of the list
         * @param name the name of the element
         * @param fields its custom fields
         */
        public Add(Row row, int requestId, long catalogId, String name, List<CustomField> fields) {
            this(row, requestId, catalogId, name, fields, Optional.empty());
        }

        /**
         * Returns a hash of the content. The journal keeps it to count equal adds in doubt. If another Java computes another hash, rows may
         * stay in doubt that could have been settled; nothing worse happens.
         *
         * @return a number that adds of equal content share, and others rarely
         */
        public int content() {
            String stored = NormalizedName.asStored(name);
            boolean plain = name.strip().equals(stored);
            int values = fields.hashCode();
            return namesake(catalogId, stored) << 16 | folded(plain ? values : 31 * name.hashCode() + values);
        }

        /**
         * Returns a hash of list and name: the upper half of {@link #content}. Names that an API may store as the same one have the same hash.
         *
         * @return 0…65535; adds with the same name to the same list share it
         */
        public int namesake() {
            return namesake(catalogId, NormalizedName.asStored(name));
        }

        /**
         * Returns the hash that all names share of which an API may lose characters, with all that follows them or without it: such a name
         * may be stored as any other.
         *
         * @param catalogId the id of the list
         * @return the {@link #namesake()} of such names in this list
         */
        public static int lossyNamesake(long catalogId) {
            return namesake(catalogId, NormalizedName.LOSSY);
        }

        private static int namesake(long catalogId, String stored) {
            return folded(Long.hashCode(catalogId) * 31 + stored.hashCode());
        }

        /**
         * Returns the hash of list and name from a hash of the content.
         *
         * @param content a value of {@link #content()}
         * @return the {@link #namesake()} of the same add
         */
        public static int namesake(int content) {
            return content >>> 16;
        }

        private static int folded(int hash) {
            return (hash ^ hash >>> 16) & 0xFFFF;
        }

        @Override
        public Action action() {
            return Action.ADD;
        }

        @Override
        public OptionalLong element() {
            return OptionalLong.empty();
        }
    }

    /**
     * Changes an element.
     *
     * @param row the row that asks for it
     * @param requestId 0…2147483647, unique in the drop
     * @param id the element's id
     * @param catalogId the id of the list
     * @param name its new name; empty if it keeps its name, which is then read before the update is sent
     * @param updatedAt when the element was changed, in unix seconds; 0 means the moment of sending
     * @param fields the new values of custom fields
     * @param key the natural key of the row; empty if the mapping file has none
     * @param replaced ids of fields that the row gives completely: values that it does not give are erased
     * @param was what the element must be like; empty if there is no condition
     */
    record Update(
            Row row,
            int requestId,
            long id,
            long catalogId,
            String name,
            long updatedAt,
            List<CustomField> fields,
            Optional<Key> key,
            Set<String> replaced,
            Optional<Precondition> was)
            implements Operation {

        /**
         * Makes an update without a key and a condition. It keeps the parts of fields that it does not give.
         *
         * @param row the row that asks for it
         * @param requestId 0…2147483647, unique in the drop
         * @param id the element's id
         * @param catalogId the id of the list
         * @param name its new name; empty if it keeps its name
         * @param updatedAt when the element was changed, in unix seconds; 0 means the moment of sending
         * @param fields the new values of custom fields
         */
        public Update(
                Row row,
                int requestId,
                long id,
                long catalogId,
                String name,
                long updatedAt,
                List<CustomField> fields) {
            this(row, requestId, id, catalogId, name, updatedAt, fields, Optional.empty(), Set.of(), Optional.empty());
        }

        /**
         * Returns the add with the same values, for an element that does not exist or was deleted.
         *
         * @return an add without the fields and parts that this update would clear
         */
        public Add asAdd() {
            List<CustomField> filled = fields.stream()
                    .map(CustomField::filled)
                    .filter(field -> !field.values().isEmpty())
                    .toList();
            return new Add(row, requestId, catalogId, name, filled, key);
        }

        /**
         * Returns this update for another element.
         *
         * @param other the id of the other element
         * @return a copy
         */
        public Update of(long other) {
            return new Update(row, requestId, other, catalogId, name, updatedAt, fields, key, replaced, was);
        }

        /**
         * Returns this update with another name.
         *
         * @param other the name to set
         * @return a copy
         */
        public Update named(String other) {
            return new Update(row, requestId, id, catalogId, other, updatedAt, fields, key, replaced, was);
        }

        /**
         * Returns whether the element keeps its name.
         *
         * @return true if the row gives no name
         */
        public boolean isNameless() {
            return name.isEmpty();
        }

        /**
         * Returns this update with another time of change.
         *
         * @param seconds unix seconds; 0 means the moment of sending
         * @return a copy
         */
        public Update at(long seconds) {
            return new Update(row, requestId, id, catalogId, name, seconds, fields, key, replaced, was);
        }

        /**
         * Returns this update with other values.
         *
         * @param values the custom fields to set
         * @return a copy
         */
        public Update with(List<CustomField> values) {
            return new Update(row, requestId, id, catalogId, name, updatedAt, values, key, replaced, was);
        }

        @Override
        public Action action() {
            return Action.UPDATE;
        }

        @Override
        public OptionalLong element() {
            return OptionalLong.of(id);
        }
    }

    /**
     * Deletes an element.
     *
     * @param row the row that asks for it
     * @param requestId 0…2147483647, unique in the drop; or {@link #NO_REQUEST_ID}
     * @param id the element's id
     * @param list where the element is looked up; the API needs no list to delete it
     * @param was what the element must be like; empty if there is no condition
     * @param key only for an element that is missing from a complete list: its key. The element is deleted only if it still has this key
     */
    record Delete(Row row, int requestId, long id, TargetList list, Optional<Precondition> was, Optional<Key> key)
            implements Operation {

        /**
         * Makes a delete that the drop asks for.
         *
         * @param row the row that asks for it
         * @param requestId 0…2147483647, unique in the drop
         * @param id the element's id
         * @param list where the element is looked up
         * @param was what the element must be like; empty if there is no condition
         */
        public Delete(Row row, int requestId, long id, TargetList list, Optional<Precondition> was) {
            this(row, requestId, id, list, was, Optional.empty());
        }

        /**
         * Makes a delete without a condition, for an element whose list is not known.
         *
         * @param row the row that asks for it
         * @param requestId 0…2147483647, unique in the drop
         * @param id the element's id
         */
        public Delete(Row row, int requestId, long id) {
            this(row, requestId, id, TargetList.UNKNOWN, Optional.empty());
        }

        /**
         * Returns the delete of an element that is missing from a complete list.
         *
         * @param row the {@linkplain Row#beyond row} after the last one of the drop that represents it
         * @param id the element's id
         * @param catalogId the id of the list
         * @param key the element's key
         * @param was the condition that it still has this key
         * @return the delete
         */
        public static Delete missing(Row row, long id, long catalogId, String key, Precondition was) {
            TargetList list = TargetList.named(catalogId);
            return new Delete(row, NO_REQUEST_ID, id, list, Optional.of(was), Optional.of(new Key(key, 0, 0)));
        }

        /**
         * Returns whether the element is deleted because it is missing from a complete list.
         *
         * @return false if a row of the drop asks for it
         */
        public boolean isMissing() {
            return key.isPresent();
        }

        @Override
        public Action action() {
            return Action.DELETE;
        }

        @Override
        public OptionalLong element() {
            return OptionalLong.of(id);
        }
    }
}
