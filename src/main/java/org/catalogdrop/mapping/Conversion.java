package org.catalogdrop.mapping;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.catalogdrop.mapping.rule.Rule;
import org.catalogdrop.mapping.value.CellWords;
import org.catalogdrop.mapping.value.DateText;
import org.catalogdrop.mapping.value.NumberText;
import org.catalogdrop.mapping.value.Quoted;
import org.catalogdrop.mapping.value.SpreadsheetText;
import org.catalogdrop.mapping.value.TypedValue;
import org.catalogdrop.mapping.value.UnsignedNumber;
import org.catalogdrop.mapping.value.ValueFormat;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.NormalizedName;

/**
 * Converts one value of a drop into the value that is sent. If it has none, the row is rejected.
 *
 * @param reading returns the value to send; empty if the text has none
 * @param typed returns the value to send for a cell whose type is known; empty if it is to be read as text
 * @param code the code of the reject
 * @param expected what the text should have been, for the reject's message
 * @param remark a remark about the text; empty if there is none
 */
record Conversion(
        Function<String, Optional<String>> reading,
        Function<Object, Optional<String>> typed,
        Code code,
        String expected,
        UnaryOperator<String> remark) {

    private static final int MOST_DATE = 40;
    private static final Pattern TIME_ONLY = Pattern.compile("\\d{1,4}:\\d\\d(:\\d\\d(\\.\\d{1,9})?)?");
    private static final Pattern OFFSET =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d[\\d:.]* ?(Z|[+-]\\d\\d(:?\\d\\d)?)");
    private static final Pattern DASH = Pattern.compile("(?s).*\\d[.,][-\u2212\u2013\u2014]{1,2}\\D{0,9}");

    private Conversion(Function<String, Optional<String>> reading, Code code, String expected) {
        this(reading, cell -> Optional.empty(), code, expected, text -> "");
    }

    static Conversion of(Rule rule, ResolvedNames names, String fieldId) {
        return switch (rule.type()) {
            case TEXT -> new Conversion(Optional::of, Code.BAD_TEXT, "a text");
            case NUMBER -> number(rule.format());
            case DATE -> date(rule, names);
            case BOOLEAN -> words(rule.format());
            case OPTIONS -> options(new Labels(names.options(fieldId), rule.labels(), rule.format()));
            case OPTION_IDS ->
                new Conversion(
                        text -> Optional.of(text).filter(UnsignedNumber::isDigits),
                        Code.BAD_FIELD,
                        "the id of an option, a whole number");
        };
    }

    private static Conversion number(ValueFormat format) {
        String groups = format.thousands().isEmpty()
                ? "no thousands separator"
                : "an optional " + Quoted.text(format.thousands()) + " between thousands";
        NumberText numbers = new NumberText(format.decimal(), format.thousands(), format.signs());
        return new Conversion(
                numbers::of,
                TypedValue::number,
                Code.BAD_NUMBER,
                "a number with " + Quoted.text(format.decimal()) + " before decimals and " + groups,
                text -> numbers.readings(text) + signs(format, text) + lostDigits(text));
    }

    private static String lostDigits(String text) {
        return SpreadsheetText.hasLostDigits(text) || SpreadsheetText.isInExponentForm(text)
                ? ". A spreadsheet shortened it when it saved the file, and its last digits are lost"
                : "";
    }

    private static String signs(ValueFormat format, String text) {
        if (format.signs().isEmpty()
                && text.length() < MOST_DATE
                && DASH.matcher(text).matches()) {
            return ". If prices have a dash in place of decimals, name the sign of their currency in the mapping: signs: [\"CHF\"]";
        }
        boolean signed = text.chars().anyMatch(Character::isDigit)
                && text.codePoints().anyMatch(c -> Character.getType(c) == Character.CURRENCY_SYMBOL);
        return signed && format.signs().isEmpty()
                ? ". If currency signs are expected, name them in the mapping: signs: [\"\u20AC\", \"EUR\"]"
                : "";
    }

    private static Conversion date(Rule rule, ResolvedNames names) {
        // A load that an earlier version began resumes as it began: without the account's zone, if that was not asked
        // for.
        boolean shifts = rule.shiftsTimes() && names.zone().isPresent();
        ZoneId to = shifts ? ZoneId.of(names.zone().get()) : ZoneOffset.UTC;
        ValueFormat format = shifts ? rule.format() : rule.format().withoutZone();
        String pattern = format.pattern();
        String zone = format.zone()
                .map(one -> ", at a time that exists exactly once in " + one)
                .orElse("");
        DateText dates = new DateText(format, to);
        return new Conversion(
                new CachingConversion(dates::of),
                cell -> TypedValue.date(cell, dates),
                Code.BAD_DATE,
                "a date written " + (pattern.isEmpty() ? "yyyy-MM-dd or yyyy-MM-dd HH:mm:ss" : pattern) + zone,
                text -> dateRemark(pattern, text));
    }

    private static String dateRemark(String pattern, String text) {
        if (TIME_ONLY.matcher(text).matches()) {
            return ". It is a time without a day";
        }
        return pattern.isEmpty()
                        && text.length() < MOST_DATE
                        && OFFSET.matcher(text).matches()
                ? ". Its time is that of a zone; for such times, say pattern: \"yyyy-MM-dd'T'HH:mm:ssXXX\" in the mapping, or as they are"
                        + " written. They are then sent in the account's zone"
                : "";
    }

    private static Conversion words(ValueFormat format) {
        Set<String> yes = Set.copyOf(format.trueWords());
        Set<String> no = Set.copyOf(format.falseWords());
        CellWords yesWords = new CellWords(format.trueWords(), List.of(format));
        CellWords noWords = new CellWords(format.falseWords(), List.of(format));
        return new Conversion(
                new CachingConversion(text -> {
                    String word = NormalizedName.folded(text);
                    return yes.contains(word)
                            ? Optional.of("1")
                            : no.contains(word) ? Optional.of("0") : Optional.empty();
                }),
                cell -> TypedValue.bool(cell)
                        .or(() -> yesWords.meaning(cell).map(word -> "1"))
                        .or(() -> noWords.meaning(cell).map(word -> "0")),
                Code.BAD_WORD,
                "one of " + String.join(", ", format.trueWords()) + " for yes or "
                        + String.join(", ", format.falseWords()) + " for no",
                text -> "");
    }

    private static Conversion options(Labels labels) {
        return new Conversion(
                new CachingConversion(labels::of),
                labels::ofTyped,
                Code.UNKNOWN_OPTION,
                "the label of one option: " + labels.shown(),
                text -> "");
    }

    /**
     * A conversion that caches the last texts. Dates, words and options of a drop repeat again and again, and parsing a date costs more
     * than all other work on a row. Used by one thread.
     */
    static final class CachingConversion implements Function<String, Optional<String>> {

        private static final int PLACES = 1 << 10;

        private final Function<String, Optional<String>> conversion;
        private final String[] texts = new String[PLACES];
        private final Optional<String>[] values;

        @SuppressWarnings("unchecked") // an array of a generic type has no other way
        CachingConversion(Function<String, Optional<String>> conversion) {
            this.conversion = conversion;
            this.values = (Optional<String>[]) new Optional<?>[PLACES];
        }

        @Override
        public Optional<String> apply(String text) {
            int hash = text.hashCode();
            int place = (hash ^ hash >>> 10) & (PLACES - 1);
            if (!text.equals(texts[place])) {
                values[place] = conversion.apply(text);
                texts[place] = text;
            }
            return values[place];
        }
    }
}
