package org.catalogdrop.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.catalogdrop.sandbox.http.Json;
import org.catalogdrop.sandbox.store.CatalogField;
import org.catalogdrop.sandbox.store.CatalogList;
import org.catalogdrop.sandbox.store.FieldType;

/** The document of {@code POST /sandbox/lists}; what is absent is null, as the parser leaves it. */
record ListOrder(long id, String name, List<FieldOrder> fields) {

    record FieldOrder(long id, String name, String type, String code, Map<Long, String> options) {

        CatalogField field() {
            return new CatalogField(
                    id,
                    Json.required(name, "a field has no 'name'"),
                    FieldType.valueOf(Objects.requireNonNullElse(type, "text").toUpperCase(Locale.ROOT)),
                    Objects.requireNonNullElse(code, ""),
                    false,
                    Objects.requireNonNullElse(options, Map.of()));
        }
    }

    static CatalogList read(InputStream body) throws IOException {
        ListOrder order = Json.MAPPER.readValue(body, ListOrder.class);
        return new CatalogList(
                order.id,
                Json.required(order.name, "the list has no 'name'"),
                Objects.requireNonNullElse(order.fields, List.<FieldOrder>of()).stream()
                        .map(FieldOrder::field)
                        .toList());
    }
}
