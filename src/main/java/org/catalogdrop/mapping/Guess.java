package org.catalogdrop.mapping;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

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

    Guess {
        samples = samples.stream()
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .toList();
    }

    /** The ways to read all of them as numbers, the plainest first; none if they are none. */
    List<NumberText> numbers() {
        return fitting(NUMBERS, number -> text -> number.of(text).isPresent());
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
