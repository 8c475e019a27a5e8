package org.catalogdrop.sandbox;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.catalogdrop.sandbox.fault.Fault;
import org.catalogdrop.sandbox.http.Item;
import org.catalogdrop.sandbox.http.Item.Kind;

/** The record of a request while it is handled. */
final class Note {
    private static final long[] NONE = new long[0];

    private List<Item> items = List.of();
    private List<ItemOutcome> outcomes = List.of();
    private Optional<Fault> fault = Optional.empty();

    void items(List<Item> sent) {
        items = sent;
    }

    void outcomes(List<ItemOutcome> applied) {
        outcomes = applied;
    }

    void fault(Optional<Fault> happened) {
        fault = happened;
    }

    int count(Kind kind) {
        return (int) outcomes.stream()
                .filter(one -> one.isTaken() && one.item().kind() == kind)
                .count();
    }

    int refused() {
        return (int) outcomes.stream().filter(one -> !one.isTaken()).count();
    }

    LoggedRequest logged(long number, Instant time, HttpRequestLine line, int status) {
        List<ItemOutcome> taken = outcomes.stream().filter(ItemOutcome::isTaken).toList();
        return new LoggedRequest(
                number,
                time,
                line.method(),
                line.uri(),
                status,
                action(),
                fault.map(Fault::name).orElse(""),
                items.size(),
                refused(),
                line.bytes(),
                taken.isEmpty()
                        ? NONE
                        : taken.stream().mapToLong(ItemOutcome::id).toArray(),
                taken.isEmpty()
                        ? NONE
                        : taken.stream()
                                .mapToLong(one -> one.item().requestIdNumber())
                                .toArray());
    }

    private String action() {
        List<Kind> kinds = items.stream().map(Item::kind).distinct().toList();
        return kinds.isEmpty()
                ? ""
                : kinds.size() > 1 ? "mixed" : kinds.get(0).name().toLowerCase(Locale.ROOT);
    }

    /** The first line and the length of a request. */
    record HttpRequestLine(String method, String uri, long bytes) {}
}
