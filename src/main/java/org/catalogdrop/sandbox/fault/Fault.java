package org.catalogdrop.sandbox.fault;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.catalogdrop.sandbox.http.Item;

/**
 * Something going wrong with one request. Two things make it: how much of the request is applied, and what the client gets to see.
 *
 * <p>By name, as {@code POST /sandbox/faults} takes them; NUMBER is {@link #number()}, its default in brackets:
 * <ul>
 * <li>{@code CODE_before}, {@code CODE_after}, {@code CODE_prefix}: that status (200…599), with nothing, all, or the first NUMBER [half]
 *     items applied. {@code CODE} alone is {@code CODE_before}
 * <li>{@code drop_before}, {@code drop_after}, {@code drop_prefix}: the connection is closed without an answer
 * <li>{@code delay}: applied at once, answered after NUMBER [1000] ms
 * <li>{@code delay_apply}: applied and answered after NUMBER [1000] ms, whether or not the client still waits
 * <li>{@code truncated}: all applied; the answer breaks off in the middle
 * <li>{@code html}, {@code empty}: all applied; 200 with a web page, or with nothing
 * <li>{@code trickle}: all applied; the answer comes a byte each NUMBER [100] ms
 * <li>{@code huge}: all applied; the answer begins with NUMBER [64] MB of white space
 * <li>{@code shuffled}: all applied; items in another order
 * <li>{@code missing}: all applied; the last NUMBER [1] items are not told
 * <li>{@code skipped}: the last NUMBER [1] items are neither applied nor told
 * <li>{@code doubled}: all applied; the first NUMBER [1] items are told twice
 * <li>{@code unknown}: all applied; an item is told that was not sent
 * </ul>
 *
 * @param name its name
 * @param number how many, or how long; -1 for the default
 * @param on the requests it may happen to
 * @param atLeast it happens only to requests of that many items or more, as time-outs do
 * @param body the body of a status; empty for the usual one of that status
 * @param has it happens only to requests with an item in whose name this occurs, or whose id it is, as poisoned ones do; empty for all
 * @param say the exact body of a status, or the {@code Location} of a redirect; empty for the usual one
 */
public record Fault(String name, int number, Target on, int atLeast, Optional<Body> body, String has, String say) {
    private static final Pattern STATUS = Pattern.compile("([2345]\\d\\d)(_before|_after|_prefix)?");
    private static final Map<String, Sight> SIGHTS = sights();

    /** The requests that a fault may apply to. */
    public enum Target {
        POST,
        GET,
        /** A request for tokens. */
        TOKEN,
        ANY
    }

    /** The bodies of a status. */
    public enum Body {
        HTML,
        JSON,
        EMPTY
    }

    /** What the client sees. */
    public enum Sight {
        STATUS,
        DROPPED,
        DELAY,
        DELAY_APPLY,
        TRUNCATED,
        HTML,
        EMPTY,
        TRICKLE,
        HUGE,
        SHUFFLED,
        MISSING,
        SKIPPED,
        DOUBLED,
        UNKNOWN;

        /** Returns whether it changes the items that a POST answers. */
        boolean isAboutItems() {
            return compareTo(SHUFFLED) >= 0;
        }
    }

    public Fault {
        if (sight(name).isAboutItems() && (on == Target.GET || on == Target.TOKEN)) {
            throw new IllegalArgumentException(
                    "fault '" + name + "' concerns the items of a POST and cannot happen to a " + on);
        }
    }

    /**
     * Returns the fault of that name, for the next POST.
     *
     * @throws IllegalArgumentException if there is none; the message lists what there is
     */
    public static Fault named(String name) {
        return new Fault(name, -1, Target.POST, 0, Optional.empty(), "", "");
    }

    public Fault number(int value) {
        return new Fault(name, value, on, atLeast, body, has, say);
    }

    public Fault on(Target value) {
        return new Fault(name, number, value, atLeast, body, has, say);
    }

    public Fault atLeast(int items) {
        return new Fault(name, number, on, items, body, has, say);
    }

    public Fault body(Body value) {
        return new Fault(name, number, on, atLeast, Optional.of(value), has, say);
    }

    public Fault has(String value) {
        return new Fault(name, number, on, atLeast, body, value, say);
    }

    public Fault say(String value) {
        return new Fault(name, number, on, atLeast, body, has, value);
    }

    public Sight sight() {
        return sight(name);
    }

    /** Returns the status of a status fault; 0 for others. */
    int status() {
        Matcher status = STATUS.matcher(name);
        return status.matches() ? Integer.parseInt(status.group(1)) : 0;
    }

    /** Returns how many of the given items are applied. */
    public int applied(int items) {
        if (name.endsWith("_before") || (sight() == Sight.STATUS && name.length() == 3)) {
            return 0;
        }
        if (name.endsWith("_prefix")) {
            return Math.min(items, number < 0 ? items / 2 : number);
        }
        return sight() == Sight.SKIPPED ? Math.max(0, items - count()) : items;
    }

    /** Returns the number of items that it changes. */
    public int count() {
        return number < 0 ? 1 : number;
    }

    /** Returns the delay in ms; for a trickle, the pause between two bytes. */
    public int millis() {
        return number >= 0 ? number : sight() == Sight.TRICKLE ? 100 : 1000;
    }

    /** Returns the size of a huge answer. */
    public int megabytes() {
        return number < 0 ? 64 : number;
    }

    boolean mayHappenTo(String method, List<Item> items) {
        return (on == Target.ANY || on.name().equals(method))
                && items.size() >= atLeast
                && (has.isEmpty()
                        || items.stream()
                                .anyMatch(item ->
                                        item.name().contains(has) || item.id().equals(has)))
                && (method.equals("POST") || !sight().isAboutItems());
    }

    private static Sight sight(String name) {
        Sight sight = SIGHTS.get(name);
        if (sight == null && !STATUS.matcher(name).matches()) {
            throw new IllegalArgumentException("unknown fault '" + name
                    + "'; the faults are CODE_before, CODE_after and CODE_prefix (CODE 200 to 599), "
                    + String.join(", ", SIGHTS.keySet()));
        }
        return sight == null ? Sight.STATUS : sight;
    }

    private static Map<String, Sight> sights() {
        Map<String, Sight> byName = new TreeMap<>();
        for (Sight sight : Sight.values()) {
            byName.put(sight.name().toLowerCase(Locale.ROOT), sight);
        }
        byName.remove("status");
        byName.remove("dropped");
        byName.put("drop_before", Sight.DROPPED);
        byName.put("drop_after", Sight.DROPPED);
        byName.put("drop_prefix", Sight.DROPPED);
        return byName;
    }
}
