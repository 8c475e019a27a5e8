package org.catalogdrop.model;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A row with a key: an add if no element has the key, else an update.
 *
 * @param row the row
 * @param requestId 0…2147483647, unique in the drop
 * @param key the key in its {@linkplain Key#compared compared} form; name or fields have it as it is sent
 * @param catalogId the id of the list
 * @param name the name of the element; empty if an update keeps its name
 * @param updatedAt when the element was changed, in unix seconds; 0 means the moment of sending
 * @param fields the custom fields as an update sends them: a field that is to be cleared has no values
 * @param replaced ids of fields that the row gives completely: values that it does not give are erased
 */
public record Upsert(
        Row row,
        int requestId,
        String key,
        long catalogId,
        String name,
        long updatedAt,
        List<CustomField> fields,
        Set<String> replaced)
        implements Verdict {

    /**
     * Returns the key with the fingerprint of the row's content. {@code updatedAt} is not a part of the content.
     *
     * @return the key
     */
    public Key fingerprinted() {
        return Key.of(key, catalogId, name, fields);
    }

    /**
     * Returns the add of a new element. It leaves out the fields and parts that an update would clear.
     *
     * @return the add
     */
    public Operation.Add asAdd() {
        return asUpdate(0).asAdd();
    }

    /**
     * Returns the update of the element with this key.
     *
     * @param id the element's id
     * @return the update
     */
    public Operation.Update asUpdate(long id) {
        return asUpdate(id, fingerprinted());
    }

    /**
     * Returns the update of the element with this key, without computing the fingerprint again.
     *
     * @param id the element's id
     * @param same the value that {@link #fingerprinted()} returned
     * @return the update
     */
    public Operation.Update asUpdate(long id, Key same) {
        return new Operation.Update(
                row, requestId, id, catalogId, name, updatedAt, fields, Optional.of(same), replaced, Optional.empty());
    }
}
