package org.catalogdrop.mapping.value;

import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.catalogdrop.model.NormalizedName;

/**
 * Words of a mapping file by the values they mean. A cell whose type is known matches the word that means its value, however the word is
 * written: {@code TRUE} or {@code 1} for a boolean, a date in the pattern or in ISO 8601, a number with the same value. How a text
 * matches a word is up to each list of words. Immutable.
 */
public final class CellWords {

    /** Words by a {@link BigDecimal} without zeros at its end, a {@link java.time.LocalDateTime} or a {@link Boolean}. */
    private final Map<Object, String> byValue = new HashMap<>();

    /**
     * @param words the words; if two mean the same value, the first counts
     * @param formats how values may be written in them
     */
    public CellWords(Collection<String> words, List<ValueFormat> formats) {
        for (String given : words) {
            String word = NormalizedName.of(given);
            if (!word.isEmpty()) {
                readNumber(given, word, formats);
                readDate(given, word, formats);
                readBoolean(given, word, List.of("true", "1"), List.of("false", "0"));
            }
        }
        for (String given : words) {
            for (ValueFormat format : formats) {
                readBoolean(given, NormalizedName.of(given), format.trueWords(), format.falseWords());
            }
        }
    }

    /** Returns the texts by which a pattern may name a cell: true of a workbook is sent as 1, and shown as TRUE. */
    public static List<String> texts(Object cell, String text) {
        return TypedValue.of(cell)
                .filter(Boolean.class::isInstance)
                .map(value -> List.of(text, value.toString()))
                .orElse(List.of(text));
    }

    /** Returns the words of a format for empty cells. */
    public static CellWords ofEmpty(ValueFormat format) {
        return new CellWords(format.emptyWords(), List.of(format));
    }

    /** Returns the word that means the value of a cell; empty if none does, or if the cell is a text. */
    public Optional<String> meaning(Object cell) {
        return byValue.isEmpty() || cell instanceof String
                ? Optional.empty()
                : TypedValue.of(cell).map(byValue::get);
    }

    private void readNumber(String given, String word, List<ValueFormat> formats) {
        boolean any = false;
        for (ValueFormat format : formats) {
            Optional<String> number = new NumberText(format.decimal(), format.thousands(), format.signs()).of(word);
            number.ifPresent(text -> byValue.putIfAbsent(TypedValue.value(text), given));
            any |= number.isPresent();
        }
        if (!any) {
            new NumberText(".", "").of(word).ifPresent(text -> byValue.putIfAbsent(TypedValue.value(text), given));
        }
    }

    private void readDate(String given, String word, List<ValueFormat> formats) {
        TypedValue.moment(word).ifPresent(moment -> byValue.putIfAbsent(moment, given));
        for (ValueFormat format : formats) {
            new DateText(format.withoutZone(), ZoneOffset.UTC)
                    .of(word)
                    .flatMap(TypedValue::moment)
                    .ifPresent(moment -> byValue.putIfAbsent(moment, given));
        }
    }

    private void readBoolean(String given, String word, List<String> yes, List<String> no) {
        String folded = NormalizedName.folded(word);
        if (yes.contains(folded)) {
            byValue.putIfAbsent(true, given);
        } else if (no.contains(folded)) {
            byValue.putIfAbsent(false, given);
        }
    }
}
