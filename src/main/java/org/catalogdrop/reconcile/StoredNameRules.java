package org.catalogdrop.reconcile;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.catalogdrop.kommo.ValueComparison;
import org.catalogdrop.model.Element;
import org.catalogdrop.model.Operation;
import org.catalogdrop.model.Outcome;
import org.catalogdrop.model.Status;

/**
 * Learns how the API changes names when it stores them, from adds that were answered: their names as sent and as read back. It knows all
 * ways in which an API may change names, and keeps those that agree with every such pair. A name counts as stored as another one only if
 * all remaining ways lead from the one to the other. So nothing is assumed: without an add of the same kind the ways do not agree. Safe
 * for many threads.
 */
public final class StoredNameRules {

    private static final int MOST = 256;

    /** The most pairs that are compared; each is tried with some hundred ways. */
    private static final int MOST_COMPARED = 64;

    /** The most elements that are read back at once. */
    static final int PAGE = 20;

    /** A name of this length or more may be truncated. */
    private static final int LONG = 60;

    private static final Pattern FOUR_BYTES = Pattern.compile("[\\x{10000}-\\x{10FFFF}]");
    private static final Pattern REST_AFTER_FOUR_BYTES = Pattern.compile("(?s)[\\x{10000}-\\x{10FFFF}].*");
    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final Pattern ALL_BLANKS = Pattern.compile("[\\s\\p{Z}]+");
    private static final Pattern TAG = Pattern.compile("<[^>]*>");
    private static final Pattern OPEN_TAG = Pattern.compile("<[^>]*(>|$)");
    private static final Pattern QUOTE = Pattern.compile("([\"'])");
    private static final Pattern QUOTE_OR_BACKSLASH = Pattern.compile("([\"'\\\\])");
    private static final Pattern DOUBLE_QUOTE = Pattern.compile("(\")");
    private static final Pattern SINGLE_QUOTE = Pattern.compile("(')");

    /** The steps of a change, one after the other. Each step has several variants. Truncation comes last, see {@link Way}. */
    private static final List<List<UnaryOperator<String>>> STEPS = List.of(
            List.of(text -> text, text -> TAG.matcher(text).replaceAll(""), text -> OPEN_TAG.matcher(text)
                    .replaceAll("")),
            List.of(
                    text -> text,
                    text -> Normalizer.normalize(text, Normalizer.Form.NFC),
                    text -> Normalizer.normalize(text, Normalizer.Form.NFKC)),
            List.of(
                    text -> text,
                    text -> FOUR_BYTES.matcher(text).replaceAll("?"),
                    text -> FOUR_BYTES.matcher(text).replaceAll("????"),
                    text -> FOUR_BYTES.matcher(text).replaceAll("\uFFFD"),
                    text -> FOUR_BYTES.matcher(text).replaceAll(""),
                    text -> REST_AFTER_FOUR_BYTES.matcher(text).replaceAll("")),
            List.of(text -> text, text -> BLANKS.matcher(text).replaceAll(" "), text -> ALL_BLANKS
                    .matcher(text)
                    .replaceAll(" ")),
            List.of(
                    text -> text,
                    text -> QUOTE.matcher(text).replaceAll("\\\\$1"),
                    text -> QUOTE_OR_BACKSLASH.matcher(text).replaceAll("\\\\$1"),
                    text -> DOUBLE_QUOTE.matcher(text).replaceAll("\\\\$1"),
                    text -> SINGLE_QUOTE.matcher(text).replaceAll("\\\\$1")));

    private static final List<UnaryOperator<String>> STEPWISE = stepwise();

    /**
     * A way in which an API may change names.
     *
     * @param most how much of a name is kept
     * @param characters whether a character of four bytes counts once
     */
    private record Way(UnaryOperator<String> steps, int most, boolean characters) {

        String of(String sent) {
            String text = steps.apply(sent);
            int length = characters ? text.codePointCount(0, text.length()) : text.length();
            return length <= most ? text : text.substring(0, characters ? text.offsetByCodePoints(0, most) : most);
        }
    }

    /** An add that was answered, with its name as it was sent and as it was read back. */
    private static final class Witness {
        private final long list;
        private final String sent;
        private boolean asked;
        private Optional<String> stored = Optional.empty();

        private Witness(long list, String sent) {
            this.list = list;
            this.sent = sent;
        }
    }

    private Optional<List<Way>> agreeing = Optional.empty();

    private final Map<Long, Witness> witnesses = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Witness> eldest) {
            return size() > MOST;
        }
    };

    /** Records an add that was answered, if its name is one that an API may change. */
    public void settled(Outcome outcome) {
        if (outcome.status() == Status.CREATED
                && outcome.asked().orElse(null) instanceof Operation.Add add
                && isChangeable(add.name())) {
            synchronized (this) {
                witnesses.putIfAbsent(outcome.id(), new Witness(add.catalogId(), add.name()));
            }
        }
    }

    /** Returns whether an API may change this name when it stores it. */
    public static boolean isChangeable(String name) {
        if (name.length() > LONG) {
            return true;
        }
        boolean blank = false;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean space = c <= ' ' && Character.isWhitespace(c);
            if (c > 0x7F || (space && (blank || c != ' ')) || c == '<' || c == '"' || c == '\'' || c == '\\') {
                return true;
            }
            blank = space;
        }
        return false;
    }

    /** Learns from elements that were read back. An element that was edited since is ignored. */
    synchronized void read(Collection<Element> elements) {
        for (Element element : elements) {
            Witness witness = witnesses.get(element.id());
            if (witness != null && element.updatedAt() - element.createdAt() <= 1) {
                witness.stored = Optional.of(element.name());
                agreeing = Optional.empty();
            }
        }
    }

    /** Returns elements of a list to read back, because they were sent with names of the same kind. It never returns an element twice. */
    synchronized List<Long> toRead(long list, String name) {
        Set<Integer> kinds = kinds(name);
        return witnesses.entrySet().stream()
                .filter(one -> one.getValue().list == list
                        && !one.getValue().asked
                        && one.getValue().stored.isEmpty())
                .filter(one -> kinds(one.getValue().sent).stream().anyMatch(kinds::contains))
                .sorted(Comparator.comparing((Map.Entry<Long, Witness> one) ->
                                !kinds(one.getValue().sent).containsAll(kinds))
                        .thenComparing(one -> -one.getValue().sent.length()))
                .limit(PAGE)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Records that these elements have been requested, whatever came back. */
    synchronized void asked(Collection<Long> ids) {
        ids.stream().map(witnesses::get).filter(Objects::nonNull).forEach(witness -> witness.asked = true);
    }

    /** Returns the steps that would change a name. */
    private static Set<Integer> kinds(String name) {
        Set<Integer> kinds = new HashSet<>();
        for (int step = 0; step < STEPS.size(); step++) {
            if (STEPS.get(step).stream().anyMatch(way -> !way.apply(name).equals(name))) {
                kinds.add(step);
            }
        }
        if (name.length() > LONG) {
            kinds.add(STEPS.size());
        }
        return kinds;
    }

    /** Returns whether the API is known to store one name as the other. */
    synchronized boolean isStoredAs(String sent, String stored) {
        List<Way> ways = ways();
        return !ways.isEmpty() && ways.stream().allMatch(way -> same(way.of(sent), stored));
    }

    /** Returns the ways that agree with all that was read back; none if nothing was. */
    private List<Way> ways() {
        if (agreeing.isEmpty()) {
            List<Witness> known = witnesses.values().stream()
                    .filter(one -> one.stored.isPresent())
                    .limit(MOST_COMPARED)
                    .toList();
            agreeing = Optional.of(
                    known.isEmpty()
                            ? List.of()
                            : STEPWISE.stream()
                                    .flatMap(steps -> agreeing(steps, known))
                                    .toList());
        }
        return agreeing.get();
    }

    /** Returns ways with these steps and each truncation that agrees with what was read back. */
    private static Stream<Way> agreeing(UnaryOperator<String> steps, List<Witness> known) {
        Optional<Witness> cut = known.stream()
                .filter(one -> !same(steps.apply(one.sent), one.stored.orElseThrow()))
                .findFirst();
        if (cut.isEmpty()) {
            return Stream.of(new Way(steps, Integer.MAX_VALUE, false));
        }
        // A blank at the end may have been removed with the rest.
        String kept = cut.get().stored.orElseThrow();
        return Stream.of(
                        new Way(steps, kept.length(), false),
                        new Way(steps, kept.length() + 1, false),
                        new Way(steps, kept.codePointCount(0, kept.length()), true),
                        new Way(steps, kept.codePointCount(0, kept.length()) + 1, true))
                .filter(way -> known.stream().allMatch(one -> same(way.of(one.sent), one.stored.orElseThrow())));
    }

    private static boolean same(String made, String stored) {
        return ValueComparison.plain(made).equals(ValueComparison.plain(stored));
    }

    /** Returns every combination of one variant for each step. */
    private static List<UnaryOperator<String>> stepwise() {
        List<UnaryOperator<String>> all = List.of(text -> text);
        for (List<UnaryOperator<String>> step : STEPS) {
            List<UnaryOperator<String>> longer = new ArrayList<>();
            for (UnaryOperator<String> before : all) {
                for (UnaryOperator<String> way : step) {
                    longer.add(text -> way.apply(before.apply(text)));
                }
            }
            all = longer;
        }
        return all;
    }
}
