package org.catalogdrop.model;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How many changes of a load {@code undo} can take back.
 *
 * @param setting the value of {@code drop.undo} during the load; empty if it is not known
 * @param possible the number of changes that {@code undo.csv} takes back, by what the load did; actions without changes are left out
 * @param impossible the number of changes that it does not take back; actions without changes are left out
 */
public record UndoCount(String setting, Map<Action, Long> possible, Map<Action, Long> impossible) {

    /** The value for a load that changed nothing. */
    public static final UndoCount NONE = new UndoCount("", Map.of(), Map.of());

    private static final String FULL = "full";

    /** Counts changes one by one. Used by one thread. */
    public static final class Counter {

        private final Map<Action, Long> possible = new EnumMap<>(Action.class);
        private final Map<Action, Long> impossible = new EnumMap<>(Action.class);

        /** Makes a counter at zero. */
        public Counter() {}

        /**
         * Counts the change of one row.
         *
         * @param action what the row did
         * @param isPossible whether it can be taken back
         */
        public void add(Action action, boolean isPossible) {
            (isPossible ? possible : impossible).merge(action, 1L, Long::sum);
        }

        /**
         * Returns the counts so far.
         *
         * @param setting the value of {@code drop.undo}
         * @return a copy that later changes do not alter
         */
        public UndoCount count(String setting) {
            return new UndoCount(setting, Map.copyOf(possible), Map.copyOf(impossible));
        }
    }

    /**
     * Returns whether the load changes nothing.
     *
     * @return true if there is nothing to take back
     */
    public boolean isEmpty() {
        return possible.isEmpty() && impossible.isEmpty();
    }

    /**
     * Returns the counts as a text for people, and the setting that would keep more.
     *
     * @return the text of {@link #amounts()}, followed by advice if {@code drop.undo=full} would help
     */
    public String words() {
        return amounts() + (isFullAdvised() ? "; set drop.undo=full to keep the values before" : "");
    }

    /**
     * Returns the counts as a text for people.
     *
     * @return for example {@code undo: 2 new elements can be deleted again}
     */
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

    /** Returns whether another value of the setting would keep values that are not kept now. */
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
            case ADD -> " can be deleted";
            case UPDATE -> " can be taken back";
            case DELETE -> " can be added again, with another id";
        };
    }
}
