package org.catalogdrop.sandbox;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.catalogdrop.sandbox.fault.Fault;
import org.catalogdrop.sandbox.fault.Fault.Sight;
import org.catalogdrop.sandbox.fault.Switch;
import org.catalogdrop.sandbox.http.HttpReply;
import org.catalogdrop.sandbox.http.Item;
import org.catalogdrop.sandbox.http.Item.Kind;
import org.catalogdrop.sandbox.http.Json;
import org.catalogdrop.sandbox.store.StoredElement;

/** Writes the answer about the items of a request, in the forms that the switches choose and with the false statements of a fault. */
final class PostAnswer {
    private static final int BYTES_OF_AN_ITEM = 128;
    private static final String PATH = "/api/v2/catalog_elements";

    private final SandboxAccount account;
    /** The same requests in the same order get the same answers. */
    private final Random random = new Random(1);

    PostAnswer(SandboxAccount account) {
        this.account = account;
    }

    HttpReply tell(List<ItemOutcome> outcomes, Optional<Fault> fault) {
        boolean onlyDeletes = !outcomes.isEmpty()
                && outcomes.stream().allMatch(one -> one.item().kind() == Kind.DELETE);
        boolean allTaken = outcomes.stream().allMatch(ItemOutcome::isTaken);
        if (onlyDeletes && allTaken && account.is(Switch.DeleteAnswer.NO_CONTENT)) {
            return HttpReply.NOTHING;
        }
        return HttpReply.hal(256 + BYTES_OF_AN_ITEM * outcomes.size(), json -> {
            json.writeStartObject();
            Links.write(json, account, PATH, "post");
            json.writeObjectFieldStart("_embedded");
            json.writeFieldName("items");
            items(json, reported(outcomes, fault), onlyDeletes);
            if (!allTaken) {
                json.writeFieldName("errors");
                ErrorsAnswer.write(json, outcomes, account.switches().get(Switch.ErrorShape.class));
            }
            json.writeEndObject();
            json.writeEndObject();
        });
    }

    private List<ItemOutcome> reported(List<ItemOutcome> outcomes, Optional<Fault> fault) {
        List<ItemOutcome> answered = new ArrayList<>(outcomes);
        answered.removeIf(one -> !one.isTaken());
        fault.ifPresent(one -> lie(answered, one));
        if (account.is(Switch.ItemOrder.SHUFFLED)) {
            Collections.shuffle(answered, random);
        }
        return answered;
    }

    private void lie(List<ItemOutcome> answered, Fault fault) {
        int count = Math.min(answered.size(), fault.count());
        if (fault.sight() == Sight.SHUFFLED) {
            Collections.shuffle(answered, random);
        } else if (fault.sight() == Sight.MISSING) {
            answered.subList(answered.size() - count, answered.size()).clear();
        } else if (fault.sight() == Sight.DOUBLED) {
            answered.addAll(List.copyOf(answered.subList(0, count)));
        } else if (fault.sight() == Sight.UNKNOWN) {
            answered.add(unknown(
                    answered.isEmpty() ? Kind.ADD : answered.get(0).item().kind()));
        }
    }

    private static ItemOutcome unknown(Kind kind) {
        Optional<Object> requestId = Optional.of(Integer.MAX_VALUE);
        return ItemOutcome.taken(
                new Item(kind, Integer.MAX_VALUE, true, "", "", "", "", requestId, Optional.empty()), 999_999_999_999L);
    }

    private void items(JsonGenerator json, List<ItemOutcome> answered, boolean onlyDeletes) throws IOException {
        Switch.DeleteAnswer deletes = account.switches().get(Switch.DeleteAnswer.class);
        boolean asObject = onlyDeletes && deletes == Switch.DeleteAnswer.DELETED;
        if (asObject) {
            json.writeStartObject();
            json.writeFieldName("deleted");
        }
        json.writeStartArray();
        for (ItemOutcome one : answered) {
            if (one.item().kind() != Kind.DELETE) {
                item(json, one);
            } else if (deletes == Switch.DeleteAnswer.ITEMS || asObject) {
                deleted(json, one, asObject);
            }
        }
        json.writeEndArray();
        if (asObject) {
            json.writeEndObject();
        }
    }

    private void item(JsonGenerator json, ItemOutcome one) throws IOException {
        json.writeStartObject();
        json.writeNumberField("id", one.id());
        Item item = one.item();
        if (item.kind() == Kind.ADD) {
            Json.requestId(json, item.requestId().orElse(item.index()));
        } else {
            switch (account.switches().get(Switch.UpdateEcho.class)) {
                case REQUEST_ID -> Json.requestId(json, item.requestId().orElse(one.id()));
                case ELEMENT_ID -> Json.requestId(json, one.id());
                case ABSENT -> {}
            }
        }
        Links.write(json, account, PATH + "?id=" + one.id(), "get");
        json.writeEndObject();
    }

    private void deleted(JsonGenerator json, ItemOutcome one, boolean withName) throws IOException {
        json.writeStartObject();
        json.writeNumberField("id", one.id());
        if (withName) {
            json.writeStringField(
                    "name",
                    account.store().byId(one.id()).map(StoredElement::name).orElse(""));
        }
        json.writeEndObject();
    }
}
