package org.catalogdrop.mapping;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.catalogdrop.mapping.value.CellWords;
import org.catalogdrop.mapping.value.OutgoingText;
import org.catalogdrop.mapping.value.Quoted;
import org.catalogdrop.mapping.value.UnsignedNumber;
import org.catalogdrop.mapping.value.ValueFormat;

/**
 * Finds option ids by the words of a drop: first the words in the mapping file, then the account's labels, then the labels in any letter
 * case and spacing. Immutable.
 */
final class Labels {

    private static final String AMBIGUOUS = "";

    private final Map<String, String> words = new HashMap<>();
    private final CellWords meant;
    private final Map<String, String> exact;
    private final Map<String, String> plain = new HashMap<>();

    /**
     * @param options ids by label; several, separated by a space, if several options have the label
     * @param labels the drop's words for labels
     * @param format how the drop writes values that are not texts
     */
    Labels(Map<String, String> options, Map<String, String> labels, ValueFormat format) {
        meant = new CellWords(labels.keySet(), List.of(format));
        exact = options;
        options.forEach((label, id) -> plain.merge(Suggestions.plain(label), id, (a, b) -> AMBIGUOUS));
        labels.forEach((word, label) -> words.put(Suggestions.plain(word), ofAccount(label)));
    }

    /** Returns the option's id; empty if no option has the label, or more than one. */
    Optional<String> of(String text) {
        String word = words.getOrDefault(Suggestions.plain(text), AMBIGUOUS);
        String id = word.isEmpty() ? ofAccount(text) : word;
        return UnsignedNumber.isDigits(id) ? Optional.of(id) : Optional.empty();
    }

    /** Returns the option's id for a cell that is not text: by its text, else by the word that means its value; empty if there is none. */
    Optional<String> ofTyped(Object cell) {
        return meant.meaning(cell).flatMap(word -> of(OutgoingText.of(cell)).or(() -> of(word)));
    }

    private String ofAccount(String label) {
        String id = exact.get(label);
        return id == null ? plain.getOrDefault(Suggestions.plain(label), AMBIGUOUS) : id;
    }

    /** Returns the labels, for a message. */
    String shown() {
        return String.join(
                        ", ",
                        exact.keySet().stream()
                                .sorted()
                                .limit(20)
                                .map(Quoted::text)
                                .toList())
                + (exact.size() > 20 ? " …" : "");
    }
}
