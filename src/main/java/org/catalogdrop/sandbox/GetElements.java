package org.catalogdrop.sandbox;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.catalogdrop.sandbox.fault.ProblemReplies;
import org.catalogdrop.sandbox.fault.Switch;
import org.catalogdrop.sandbox.http.HttpReply;
import org.catalogdrop.sandbox.http.Item;
import org.catalogdrop.sandbox.http.QueryParameters;
import org.catalogdrop.sandbox.store.Store;
import org.catalogdrop.sandbox.store.StoredElement;

/** Reads elements back: a page of a list, or those of some ids. */
final class GetElements {
    private static final int MOST_ROWS = 500;

    private final SandboxAccount account;

    GetElements(SandboxAccount account) {
        this.account = account;
    }

    HttpReply get(String uri, QueryParameters query) {
        long catalogId = Item.number(query.first("catalog_id"));
        List<String> ids = query.all("id");
        if (catalogId < 0 && (ids.isEmpty() || account.is(Switch.CatalogId.REQUIRED))) {
            return ProblemReplies.legacy("285");
        }
        int pageSize = account.settings().pageSize();
        boolean heeded = account.is(Switch.LimitRows.HEEDED);
        int limit = heeded ? (int) Math.min(MOST_ROWS, query.number("limit_rows", pageSize)) : pageSize;
        long skip = Math.max(0, query.number("page", 1) - 1) * limit + (heeded ? query.number("limit_offset", 0) : 0);
        List<StoredElement> found = ids.isEmpty()
                ? account.store()
                        .page(catalogId, query.first("term").toLowerCase(Locale.ROOT), listedUntil(), skip, limit)
                : byIds(counting(ids), catalogId).stream()
                        .skip(skip)
                        .limit(limit)
                        .toList();
        return found.isEmpty() ? HttpReply.NOTHING : page(uri, found);
    }

    private List<String> counting(List<String> ids) {
        return switch (account.switches().get(Switch.Ids.class)) {
            case ALL -> ids;
            case LAST -> ids.subList(ids.size() - 1, ids.size());
            case NONE -> ids.size() == 1 ? ids : List.of();
        };
    }

    private List<StoredElement> byIds(List<String> ids, long catalogId) {
        Store store = account.store();
        return ids.stream()
                .map(id -> store.byId(Item.number(id)).orElse(null))
                .filter(Objects::nonNull)
                .filter(element -> !element.deleted() && (catalogId < 0 || element.catalogId() == catalogId))
                .filter(element -> store.createdMillis(element.id()) <= listedUntil())
                .distinct()
                .sorted((a, b) -> Long.compare(b.id(), a.id()))
                .toList();
    }

    private long listedUntil() {
        Duration lag = account.settings().readLag();
        return lag.isZero() ? Long.MAX_VALUE : account.millis() - lag.toMillis();
    }

    private HttpReply page(String uri, List<StoredElement> found) {
        return HttpReply.hal(json -> {
            json.writeStartObject();
            Links.write(json, account, uri, "get");
            json.writeObjectFieldStart("_embedded");
            json.writeArrayFieldStart("items");
            for (StoredElement element : found) {
                item(json, element);
            }
            json.writeEndArray();
            json.writeEndObject();
            json.writeEndObject();
        });
    }

    private void item(JsonGenerator json, StoredElement element) throws IOException {
        json.writeStartObject();
        json.writeNumberField("id", element.id());
        json.writeStringField("name", element.name());
        if (account.is(Switch.CreatedBy.TOLD)) {
            json.writeNumberField("created_by", element.createdBy());
        }
        json.writeNumberField("created_at", element.createdAt());
        json.writeNumberField("updated_at", element.updatedAt());
        json.writeNumberField("updated_by", StoredElement.API_USER);
        json.writeBooleanField("is_deleted", element.deleted());
        FieldsAnswer.write(json, account.catalogs().find(element.catalogId()), element.fields());
        json.writeNumberField("catalog_id", element.catalogId());
        String href = "/api/v2/catalog_elements?id=" + element.id() + "&catalog_id=" + element.catalogId();
        Links.write(json, account, href, "get");
        json.writeEndObject();
    }
}
