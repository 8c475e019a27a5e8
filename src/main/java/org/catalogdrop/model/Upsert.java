package org.catalogdrop.model;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A row that is an add or an update, depending on whether an element with its key is there.
 *
 * @param key as it is compared; in name or fields it is as it is sent
 * @param name as in {@link Operation.Update}
 * @param updatedAt unix seconds; 0 means the moment of sending
 * @param fields as an update sends them: one to be cleared has no values
 * @param replaced ids of fields of which the row gives all that is to stay, as in {@link Operation.Update}
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

    /** Returns the key with the fingerprint of what the row says. When it is said is no part of that. */
    public Key fingerprinted() {
        return Key.of(key, catalogId, name, fields);
    }

    /** As an element that is not there yet; it has nothing to be cleared. */
    public Operation.Add asAdd() {
        return asUpdate(0).asAdd();
    }

    public Operation.Update asUpdate(long id) {
        return asUpdate(id, fingerprinted());
    }

    /** @param same what {@link #fingerprinted()} gave */
    public Operation.Update asUpdate(long id, Key same) {
        return new Operation.Update(
                row, requestId, id, catalogId, name, updatedAt, fields, Optional.of(same), replaced, Optional.empty());
    }
}
