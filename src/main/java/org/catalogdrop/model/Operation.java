package org.catalogdrop.model;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** What we ask of the API for one row. */
public sealed interface Operation extends Verdict permits Operation.Add, Operation.Update, Operation.Delete {

    /** What a row that stands in no drop has for a request_id. */
    int NO_REQUEST_ID = -1;

    /** The number the answer to an add is matched by; whole, 0…2147483647, unique in the drop; or {@link #NO_REQUEST_ID}. */
    int requestId();

    Action action();

    /** The element it is about; empty for an add, whose element is not there yet. */
    OptionalLong element();

    /** Returns what the element must be like for this to be done to it; empty if it may be like anything. */
    default Optional<Precondition> was() {
        return Optional.empty();
    }

    /** By what the row is known again, if its mapping says so. */
    Optional<Key> key();

    /** A new element of a list. */
    record Add(Row row, int requestId, long catalogId, String name, List<CustomField> fields, Optional<Key> key)
            implements Operation {

        public Add(Row row, int requestId, long catalogId, String name, List<CustomField> fields) {
            this(row, requestId, catalogId, name, fields, Optional.empty());
        }

        /**
         * Returns a number that adds of equal content share; different ones seldom do. It is kept in the journal: another Java may count
         * differently, and then a doubt may stay open that could have been settled, no more.
         */
        public int content() {
            return namesake() << 16 | folded(fields.hashCode());
        }

        /** The same for adds of one name to one list; the upper half of {@link #content}. */
        public int namesake() {
            return folded(Long.hashCode(catalogId) * 31 + name.strip().hashCode());
        }

        /** {@link #namesake} of what has this content. */
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
     * New values for an element.
     *
     * @param name its new name; empty if it keeps its own, which is then read before it is sent
     * @param updatedAt unix seconds; 0 means the moment of sending
     * @param replaced ids of fields of which the row gives all that is to stay, so that what it leaves out is erased
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

        /** One without a key and a condition, which erases nothing it does not speak of. */
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

        /** Returns the same for an element that is not there (any more). */
        public Add asAdd() {
            List<CustomField> filled = fields.stream()
                    .map(CustomField::filled)
                    .filter(field -> !field.values().isEmpty())
                    .toList();
            return new Add(row, requestId, catalogId, name, filled, key);
        }

        /** Returns the same for another element. */
        public Update of(long other) {
            return new Update(row, requestId, other, catalogId, name, updatedAt, fields, key, replaced, was);
        }

        /** Returns the same with another name. */
        public Update named(String other) {
            return new Update(row, requestId, id, catalogId, other, updatedAt, fields, key, replaced, was);
        }

        /** Returns whether the element keeps its name. */
        public boolean isNameless() {
            return name.isEmpty();
        }

        /** Returns the same at another time, in unix seconds. */
        public Update at(long seconds) {
            return new Update(row, requestId, id, catalogId, name, seconds, fields, key, replaced, was);
        }

        /** Returns the same with other values. */
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
     * An element taken away.
     *
     * @param list where it is looked for; the API needs no list to delete it
     * @param key of one that is missing from a complete list: it goes only if it still has this key, and if it is gone or has another
     *     all is as it should be
     */
    record Delete(Row row, int requestId, long id, TargetList list, Optional<Precondition> was, Optional<Key> key)
            implements Operation {

        /** One that is named by its id. */
        public Delete(Row row, int requestId, long id, TargetList list, Optional<Precondition> was) {
            this(row, requestId, id, list, was, Optional.empty());
        }

        /** One without a condition, of which no list is known. */
        public Delete(Row row, int requestId, long id) {
            this(row, requestId, id, TargetList.UNKNOWN, Optional.empty());
        }

        /**
         * Returns an element that is missing from a complete list.
         *
         * @param row the {@linkplain Row#beyond row} after the drop's that stands for it
         * @param catalogId the list
         * @param was that it still has its key
         */
        public static Delete missing(Row row, long id, long catalogId, String key, Precondition was) {
            TargetList list = TargetList.named(catalogId);
            return new Delete(row, NO_REQUEST_ID, id, list, Optional.of(was), Optional.of(new Key(key, 0, 0)));
        }

        /** Returns whether it is one of those. */
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
