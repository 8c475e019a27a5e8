package org.catalogdrop.mapping.draft;

import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.catalogdrop.mapping.value.DateText;
import org.catalogdrop.mapping.value.NumberText;
import org.catalogdrop.mapping.value.ValueFormat;
import org.catalogdrop.model.NormalizedName;

/** Guesses how the samples of a column are written. Immutable. */
record ColumnProfile(List<String> samples) {

    private static final List<NumberText> NUMBERS = List.of(
            new NumberText(".", ""),
            new NumberText(",", ""),
            new NumberText(",", "."),
            new NumberText(".", ","),
            new NumberText(",", " "),
            new NumberText(".", " "),
            new NumberText(".", "'"),
            new NumberText(",", "'"));

    private static final List<String> DAYS = List.of(
            "yyyy-MM-dd", "dd.MM.yyyy", "d.M.yyyy", "dd/MM/yyyy", "MM/dd/yyyy", "yyyy/MM/dd", "dd-MM-yyyy", "yyyyMMdd");

    private static final List<String> TIMES = List.of("", " HH:mm:ss", " HH:mm", "'T'HH:mm:ss");

    private static final List<List<String>> YES_AND_NO = List.of(
            List.of("1", "0"),
            List.of("true", "false"),
            List.of("yes", "no"),
            List.of("y", "n"),
            List.of("x", "-"),
            List.of("ja", "nein"),
            List.of("j", "n"),
            List.of("да", "нет"),
            List.of("так", "ні"),
            List.of("sim", "não"),
            List.of("sí", "no"));

    private static final int MOST_SIGNS = 5;

    private static final String SIGN = "(?:[\\p{Sc}\\p{L}][\\p{L}\\p{Sc}.]{0,5}|%)";

    private static final Pattern NUMBER_WITH_SIGN = Pattern.compile("[(+\u2212-]?(?<before>" + SIGN
            + ")? ?[(+\u2212-]?[\\d.,][\\d.,'\u2019 ]*?[)\u2212-]? ?(?<behind>" + SIGN + ")?[)\u2212-]?");

    private static final Pattern SEPARATED = Pattern.compile("\\d\\D+\\d|[.,]\\d");

    /** With a blank between two. */
    private static final Set<String> EMPTY_WORDS =
            Set.of("NULL null \\N #N/A N/A n/a NaN None nil (null) (NULL) - -- \u2013 \u2014 #NV #\u041D/\u0414 k.A."
                    .split(" ", -1));

    ColumnProfile {
        samples = samples.stream()
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .toList();
    }

    /** Returns whether a text is a word that exports write for an empty cell. */
    static boolean isEmptyWord(String text) {
        return EMPTY_WORDS.contains(text);
    }

    /**
     * The ways to read samples that can read most of them, the simplest first.
     *
     * @param samples all samples
     * @param best the ways; none if no sample can be read
     * @param others the samples that the first way does not read
     */
    record Ways<T>(List<String> samples, List<T> best, List<String> others) {

        /** Returns the first way, if it reads more than half of the samples. */
        Optional<T> ofMost() {
            return 2 * others.size() < samples.size() ? best.stream().findFirst() : Optional.empty();
        }
    }

    /**
     * A sample that two ways read differently, so the samples do not show which of them is right.
     *
     * @param sample the sample
     * @param read the reading of each way
     */
    record Ambiguity<T>(String sample, Map<T, String> read) {}

    /** Returns the first sample that the best number formats read differently. */
    Optional<Ambiguity<NumberText>> ambiguousNumber(Ways<NumberText> ways) {
        return ambiguity(ways, (way, text) -> way.of(NormalizedName.of(text))
                .map(number -> new BigDecimal(number).stripTrailingZeros().toPlainString()));
    }

    /** Returns the first sample that the best patterns read as different dates. */
    Optional<Ambiguity<String>> ambiguousDate(Ways<String> ways) {
        return ambiguity(ways, (pattern, text) -> new DateText(ofPattern(pattern), ZoneOffset.UTC).of(text));
    }

    private <T> Optional<Ambiguity<T>> ambiguity(Ways<T> ways, BiFunction<T, String, Optional<String>> reading) {
        for (String sample : samples) {
            Map<T, String> read = new LinkedHashMap<>();
            ways.best().forEach(way -> reading.apply(way, sample)
                    .filter(value -> !read.containsValue(value))
                    .ifPresent(value -> read.put(way, value)));
            if (read.size() > 1) {
                return Optional.of(new Ambiguity<>(sample, read));
            }
        }
        return Optional.empty();
    }

    /** Returns the ways to read them as numbers, beside which signs may stand. */
    Ways<NumberText> numbers(List<String> signs) {
        return fitting(
                NUMBERS.stream()
                        .map(way -> new NumberText(way.decimal(), way.thousands(), signs))
                        .toList(),
                number -> text -> number.of(NormalizedName.of(text)).isPresent());
    }

    /** Returns the symbols of currencies and units beside the numbers, longest first; none if there are more than a few. */
    List<String> signs() {
        Set<String> signs = new LinkedHashSet<>();
        for (String sample : samples) {
            var number = NUMBER_WITH_SIGN.matcher(NormalizedName.of(sample));
            if (number.matches()) {
                Stream.of(number.group("before"), number.group("behind"))
                        .filter(Objects::nonNull)
                        .filter(sign -> !isPartOfName(sample, sign))
                        .forEach(signs::add);
            }
        }
        return signs.size() > MOST_SIGNS
                ? List.of()
                : signs.stream()
                        .sorted(Comparator.comparingInt(String::length).reversed())
                        .toList();
    }

    /** Returns whether letters are directly before digits, as in {@code M8}, and are no code of a currency. */
    private static boolean isPartOfName(String sample, String sign) {
        return sign.codePoints().allMatch(Character::isLetter)
                && !sign.matches("[A-Z]{3}")
                && Pattern.compile(Pattern.quote(sign) + "\\d").matcher(sample).find();
    }

    /** Returns whether the numbers among them have no separator among their digits. */
    boolean isWhole(NumberText way) {
        return samples.stream()
                .filter(text -> way.of(NormalizedName.of(text)).isPresent())
                .noneMatch(text -> SEPARATED.matcher(text).find());
    }

    /** Returns the patterns that read them as dates. */
    Ways<String> patterns() {
        List<String> patterns = new ArrayList<>();
        for (String time : TIMES) {
            DAYS.forEach(day -> patterns.add(day + time));
        }
        return fitting(patterns, pattern -> {
            DateText dates = new DateText(ofPattern(pattern), ZoneOffset.UTC);
            return text -> dates.of(text).isPresent();
        });
    }

    private static ValueFormat ofPattern(String pattern) {
        return ValueFormat.PLAIN.withDates(pattern, Optional.empty(), Locale.ROOT);
    }

    /** Returns the pairs of words for yes and no that read them. */
    Ways<List<String>> yesAndNo() {
        return fitting(YES_AND_NO, pair -> text -> pair.contains(text.toLowerCase(Locale.ROOT)));
    }

    /** Returns the separator of several labels in a cell; empty if there seems to be none. */
    String separator() {
        return List.of("|", ";", ",").stream()
                .filter(mark -> samples.stream().anyMatch(text -> text.contains(mark)))
                .findFirst()
                .orElse("");
    }

    private <T> Ways<T> fitting(List<T> ways, Function<T, Predicate<String>> test) {
        List<T> best = new ArrayList<>();
        List<String> others = samples;
        for (T way : ways) {
            List<String> unread =
                    samples.stream().filter(test.apply(way).negate()).toList();
            if (unread.size() < others.size()) {
                best.clear();
                others = unread;
            }
            if (unread.size() == others.size() && others.size() < samples.size()) {
                best.add(way);
            }
        }
        return new Ways<>(samples, List.copyOf(best), others);
    }
}
