package org.catalogdrop.sandbox;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.catalogdrop.sandbox.fault.Switch;
import org.catalogdrop.sandbox.http.Item;
import org.catalogdrop.sandbox.http.Item.Kind;
import org.catalogdrop.sandbox.store.Catalogs;
import org.catalogdrop.sandbox.store.Refused;
import org.catalogdrop.sandbox.store.StoredElement;
import org.catalogdrop.sandbox.store.StoredElement.Field;

/** Applies the items of a request, each on its own: a refused one does not stop the others. */
final class PostElements {
    private final SandboxAccount account;

    PostElements(SandboxAccount account) {
        this.account = account;
    }

    List<ItemOutcome> apply(List<Item> items) {
        List<ItemOutcome> outcomes = new ArrayList<>(items.size());
        for (Item item : items) {
            try {
                outcomes.add(ItemOutcome.taken(item, apply(item)));
            } catch (Refused why) {
                outcomes.add(ItemOutcome.refused(item, why));
            }
        }
        return outcomes;
    }

    private long apply(Item item) throws Refused {
        if (!item.isObject()) {
            throw new Refused(Refused.NOT_AN_OBJECT, item.kind() == Kind.DELETE ? "Not an id" : "Not an object");
        }
        return switch (item.kind()) {
            case ADD -> add(item);
            case UPDATE -> update(item);
            case DELETE -> delete(item);
        };
    }

    private long add(Item item) throws Refused {
        Catalogs.Known list = list(item);
        List<Field> fields = FieldCheck.check(list, item.fields());
        fields.removeIf(field -> field.values().isEmpty());
        return account.store().add(list.list.id(), stored(item.name()), stored(fields));
    }

    private long update(Item item) throws Refused {
        long id = existing(item);
        Catalogs.Known list = list(item);
        long sentTime = time(item);
        List<Field> fields = FieldCheck.check(list, item.fields());
        account.store().change(id, old -> {
            if (old.deleted() || old.catalogId() != list.list.id()) {
                throw Refused.notFound("Element", id);
            }
            if (isOutdated(sentTime, old.updatedAt())) {
                throw new Refused(Refused.OUTDATED, "Last modified date is older than in database");
            }
            long time = sentTime > 0 ? sentTime : account.millis() / 1000;
            return new StoredElement(
                    id,
                    old.catalogId(),
                    stored(item.name()),
                    old.createdAt(),
                    time,
                    false,
                    merged(old.fields(), stored(fields)));
        });
        return id;
    }

    private String stored(String text) {
        return account.switches().get(Switch.StoredText.class).of(text);
    }

    private List<Field> stored(List<Field> fields) {
        if (account.is(Switch.StoredText.AS_SENT)) {
            return fields;
        }
        return fields.stream()
                .map(field -> new Field(
                        field.id(),
                        field.values().stream()
                                .map(value -> new StoredElement.Value(stored(value.text()), value.tag()))
                                .toList()))
                .toList();
    }

    private long delete(Item item) throws Refused {
        long id = existing(item);
        account.store().delete(id);
        return id;
    }

    private Catalogs.Known list(Item item) throws Refused {
        if (item.catalogId().isEmpty()) {
            throw Refused.missing("catalog_id");
        }
        if (item.name().isBlank()) {
            throw Refused.missing("name");
        }
        return account.catalogs()
                .find(Item.number(item.catalogId()))
                .orElseThrow(() -> Refused.notFound("List", item.catalogId()));
    }

    private long existing(Item item) throws Refused {
        if (item.id().isEmpty()) {
            throw Refused.missing("id");
        }
        if (!account.store().isLive(item.idNumber())) {
            throw Refused.notFound("Element", item.id());
        }
        return item.idNumber();
    }

    /** Returns the time that an update sent; 0 if none. */
    private long time(Item item) throws Refused {
        boolean isSent = !item.updatedAt().isEmpty();
        long time = isSent ? Item.number(item.updatedAt()) : 0;
        if (time < 0 || (!isSent && account.is(Switch.UpdatedAt.REQUIRED))) {
            throw Refused.missing("updated_at, in unix seconds");
        }
        return time;
    }

    private boolean isOutdated(long sent, long stored) {
        return sent > 0
                && switch (account.switches().get(Switch.UpdatedAt.class)) {
                    case COMPARED -> sent < stored;
                    case NEWER -> sent <= stored;
                    case REQUIRED, OFF -> false;
                };
    }

    /**
     * Returns the fields of the element after an update: fields that were sent replace the old ones, others stay, those without a value
     * are removed.
     */
    private static List<Field> merged(List<Field> old, List<Field> sent) {
        Map<Long, Field> fields = new LinkedHashMap<>();
        old.forEach(field -> fields.put(field.id(), field));
        sent.forEach(field -> fields.put(field.id(), field));
        fields.values().removeIf(field -> field.values().isEmpty());
        return List.copyOf(fields.values());
    }
}
