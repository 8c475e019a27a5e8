package org.catalogdrop.mapping;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.NormalizedName;

/**
 * One value as a drop writes it becomes the value that is sent, or none: then the row is rejected.
 *
 * @param reading the value sent; empty if the text is none
 * @param typed the value sent of a cell whose type the source knows; empty if it is of another type, and to be read as text
 * @param code of the reject
 * @param expected what the text should have been, for the reject's message
 * @param remark what is to be said of the text that was found; empty if nothing
 */
record Conversion(
        Function<String, Optional<String>> reading,
        Function<Object, Optional<String>> typed,
        Code code,
        String expected,
        UnaryOperator<String> remark) {

    private static final UnaryOperator<String> NO_REMARK = text -> "";

    private Conversion(Function<String, Optional<String>> reading, Code code, String expected) {
        this(reading, cell -> Optional.empty(), code, expected, NO_REMARK);
    }

    static Conversion of(Rule rule, ResolvedNames names, String fieldId) {
        return switch (rule.type()) {
            case TEXT -> new Conversion(Optional::of, Code.BAD_TEXT, "a text");
            case NUMBER -> number(rule.format());
            case DATE -> date(rule, names);
            case BOOLEAN -> words(rule.format());
            case OPTIONS -> options(new Labels(names.options(fieldId), rule.labels()));
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
        boolean signed = text.chars().anyMatch(Character::isDigit)
                && text.codePoints().anyMatch(c -> Character.getType(c) == Character.CURRENCY_SYMBOL);
        return signed && format.signs().isEmpty()
                ? ". If currency signs are expected, name them in the mapping: signs: [\"\u20AC\", \"EUR\"]"
                : "";
    }

    private static Conversion date(Rule rule, ResolvedNames names) {
        ZoneId to = rule.shiftsTimes() ? ZoneId.of(names.zone().orElseThrow()) : ZoneOffset.UTC;
        String pattern = rule.format().pattern();
        String zone = rule.format()
                .zone()
                .filter(one -> rule.shiftsTimes())
                .map(one -> ", at a time that exists exactly once in " + one)
                .orElse("");
        DateText dates = new DateText(rule.format(), to);
        return new Conversion(
                new CachingConversion(dates::of),
                cell -> TypedValue.date(cell, dates),
                Code.BAD_DATE,
                "a date written " + (pattern.isEmpty() ? "yyyy-MM-dd" : pattern) + zone,
                NO_REMARK);
    }

    private static Conversion words(ValueFormat format) {
        Set<String> yes = Set.copyOf(format.trueWords());
        Set<String> no = Set.copyOf(format.falseWords());
        return new Conversion(
                new CachingConversion(text -> {
                    String word = NormalizedName.folded(text);
                    return yes.contains(word)
                            ? Optional.of("1")
                            : no.contains(word) ? Optional.of("0") : Optional.empty();
                }),
                TypedValue::bool,
                Code.BAD_WORD,
                "one of " + String.join(", ", format.trueWords()) + " for yes or "
                        + String.join(", ", format.falseWords()) + " for no",
                NO_REMARK);
    }

    private static Conversion options(Labels labels) {
        return new Conversion(
                new CachingConversion(labels::of), Code.UNKNOWN_OPTION, "the label of one option: " + labels.shown());
    }
}
