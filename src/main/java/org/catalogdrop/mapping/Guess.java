package org.catalogdrop.mapping;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.catalogdrop.model.PlainName;

/** How the samples of a column seem to be written. */
record Guess(List<String> samples) {

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

    private static final String SIGN = "[\\p{Sc}\\p{L}][\\p{L}\\p{Sc}.]{0,5}";

    private static final Pattern NUMBER_WITH_SIGN = Pattern.compile("[(+\u2212-]?(?<before>" + SIGN
            + ")? ?[(+\u2212-]?[\\d.,][\\d.,'\u2019 ]*?[)\u2212-]? ?(?<behind>" + SIGN + ")?[)\u2212-]?");

    private static final Set<String> EMPTY_WORDS = Set.of(
            "NULL",
            "null",
            "\\N",
            "#N/A",
            "N/A",
            "n/a",
            "NaN",
            "None",
            "nil",
            "(null)",
            "(NULL)",
            "-",
            "--",
            "\u2013",
            "\u2014",
            "#NV",
            "#\u041D/\u0414",
            "k.A.");

    Guess {
        samples = samples.stream()
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .toList();
    }

    /** Whether a text is a word by which exports say that there is no value. */
    static boolean isEmptyWord(String text) {
        return EMPTY_WORDS.contains(text);
    }

    /** The ways to read all of them as numbers, the plainest first; none if they are none. */
    List<NumberText> numbers() {
        return numbers(List.of());
    }

    /** The same for numbers beside which signs may stand. */
    List<NumberText> numbers(List<String> signs) {
        return fitting(
                NUMBERS.stream()
                        .map(way -> new NumberText(way.decimal(), way.thousands(), signs))
                        .toList(),
                number -> text -> number.of(PlainName.of(text)).isPresent());
    }

    /** The signs of currencies and units that stand beside numbers, longest first; none if there are more than a few. */
    List<String> signs() {
        Set<String> signs = new LinkedHashSet<>();
        for (String sample : samples) {
            var number = NUMBER_WITH_SIGN.matcher(PlainName.of(sample));
            if (number.matches()) {
                Stream.of(number.group("before"), number.group("behind"))
                        .filter(Objects::nonNull)
                        .forEach(signs::add);
            }
        }
        return signs.size() > MOST_SIGNS
                ? List.of()
                : signs.stream()
                        .sorted(Comparator.comparingInt(String::length).reversed())
                        .toList();
    }

    /** Whether the digits alone, without a separator, are all there is. */
    boolean isWhole() {
        return samples.stream().allMatch(text -> text.matches("[+-]?\\d+"));
    }

    /** The patterns that read all of them as dates. */
    List<String> patterns() {
        List<String> patterns = new ArrayList<>();
        for (String time : TIMES) {
            DAYS.forEach(day -> patterns.add(day + time));
        }
        return fitting(patterns, pattern -> {
            DateText dates = new DateText(ofPattern(pattern), ZoneOffset.UTC);
            return text -> dates.of(text).isPresent();
        });
    }

    private static Format ofPattern(String pattern) {
        Format plain = Format.PLAIN;
        return new Format(
                plain.decimal(),
                plain.thousands(),
                pattern,
                Optional.empty(),
                Locale.ROOT,
                plain.trueWords(),
                plain.falseWords());
    }

    /** The pair of words for yes and no that they keep to. */
    Optional<List<String>> yesAndNo() {
        return fitting(YES_AND_NO, pair -> text -> pair.contains(text.toLowerCase(Locale.ROOT))).stream()
                .findFirst();
    }

    /** What separates several labels in a cell; empty if nothing seems to. */
    String separator() {
        return List.of("|", ";", ",").stream()
                .filter(mark -> samples.stream().anyMatch(text -> text.contains(mark)))
                .findFirst()
                .orElse("");
    }

    private <T> List<T> fitting(List<T> ways, java.util.function.Function<T, Predicate<String>> test) {
        return samples.isEmpty()
                ? List.of()
                : ways.stream()
                        .filter(way -> samples.stream().allMatch(test.apply(way)))
                        .toList();
    }
}
