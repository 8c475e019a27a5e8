package org.catalogdrop.model;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How much of what a load changes can be taken back.
 *
 * @param setting {@code drop.undo}, as it was then; empty if that is not known
 * @param possible what {@code undo.csv} takes back, by what the load did; without zeros
 * @param impossible what it does not; without zeros
 */
public record UndoCount(String setting, Map<Action, Long> possible, Map<Action, Long> impossible) {

    /** Of a load that changed nothing. */
    public static final UndoCount NONE = new UndoCount("", Map.of(), Map.of());

    private static final String FULL = "full";

    /** Counts one by one. Used by one thread. */
    public static final class Counter {

        private final Map<Action, Long> possible = new EnumMap<>(Action.class);
        private final Map<Action, Long> impossible = new EnumMap<>(Action.class);

        /** Counts one row. */
        public void add(Action action, boolean isPossible) {
            (isPossible ? possible : impossible).merge(action, 1L, Long::sum);
        }

        /** Returns what was counted so far. */
        public UndoCount count(String setting) {
            return new UndoCount(setting, Map.copyOf(possible), Map.copyOf(impossible));
        }
    }

    /** Returns whether the load changes nothing. */
    public boolean isEmpty() {
        return possible.isEmpty() && impossible.isEmpty();
    }

    /** Returns what can be taken back and what cannot, in words, and how more could be. */
    public String words() {
        return amounts() + (isFullAdvised() ? "; set drop.undo=full to keep the values before" : "");
    }

    /** Returns what can be taken back and what cannot, in words. */
    public String amounts() {
        if (isEmpty()) {
            return "undo: nothing to take back";
        }
        List<String> parts = new ArrayList<>();
        for (Action action : Action.values()) {
            if (possible.containsKey(action)) {
                parts.add(amount(action, possible.get(action)) + possible(action));
            }
        }
        for (Action action : Action.values()) {
            if (impossible.containsKey(action)) {
                parts.add(amount(action, impossible.get(action)) + " cannot be taken back");
            }
        }
        return "undo: " + String.join("; ", parts)
                + (impossible.containsKey(Action.ADD) ? " (drop.undo=" + setting + ")" : "");
    }

    /** Returns whether values that are not kept could be. */
    private boolean isFullAdvised() {
        return !setting.equals(FULL)
                && (impossible.containsKey(Action.UPDATE) || impossible.containsKey(Action.DELETE));
    }

    private static String amount(Action action, long count) {
        return switch (action) {
            case ADD -> Plural.of(count, "new element");
            case UPDATE -> Plural.of(count, "update");
            case DELETE -> Plural.of(count, "deleted element");
        };
    }

    private static String possible(Action action) {
        return switch (action) {
            case ADD -> " can be deleted again";
            case UPDATE -> " can be taken back";
            case DELETE -> " can be added again, with another id";
        };
    }
}
