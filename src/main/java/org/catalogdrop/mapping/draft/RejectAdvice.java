package org.catalogdrop.mapping.draft;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.catalogdrop.mapping.MappingFile;
import org.catalogdrop.mapping.rule.Rule;
import org.catalogdrop.mapping.value.NumberText;
import org.catalogdrop.mapping.value.Quoted;
import org.catalogdrop.mapping.value.ValueFormat;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.NormalizedName;
import org.catalogdrop.model.Row;

/** Finds what to change in a mapping file so that rows are no longer rejected. Stateless. */
public final class RejectAdvice {

    private static final int SHOWN = 5;

    private RejectAdvice() {}

    /**
     * Returns what to change; empty if the values themselves must be corrected.
     *
     * @param column the column whose values are rejected
     * @param found distinct values that are rejected
     */
    public static Optional<String> of(MappingFile file, Code code, String column, Collection<String> found) {
        List<Rule> rules = file.rules().stream()
                .filter(one -> one.column().filter(name -> same(name, column)).isPresent())
                .toList();
        List<String> filled = found.stream()
                .filter(value -> !file.elements().defaults().emptyWords().contains(value))
                .filter(value -> rules.stream()
                        .noneMatch(rule -> rule.format().emptyWords().contains(value)))
                .toList();
        List<String> nothing =
                filled.stream().filter(ColumnProfile::isEmptyWord).toList();
        List<String> values = filled.stream()
                .filter(value -> !ColumnProfile.isEmptyWord(value))
                .toList();
        List<String> cures = new ArrayList<>();
        if (!nothing.isEmpty()) {
            cures.add("under 'defaults' add 'empty_words: " + list(nothing) + "'");
        }
        if (!values.isEmpty()) {
            rules.stream()
                    .flatMap(one -> ofValues(one, code, parts(one, values)).stream())
                    .findFirst()
                    .or(() -> ofRows(code, column))
                    .ifPresent(cures::add);
        } else if (nothing.isEmpty()) {
            ofRows(code, column).ifPresent(cures::add);
        }
        return cures.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", cures));
    }

    /** Returns the normalized text in a column of a row; empty if there is none. */
    public static Optional<String> text(Row row, String column) {
        String name = row.columns().stream()
                .filter(one -> same(one, column))
                .findFirst()
                .orElse(column);
        return DraftRows.cell(row, name)
                .filter(String.class::isInstance)
                .map(cell -> NormalizedName.of(cell.toString()));
    }

    /** Returns the values of cells that may have several. */
    private static List<String> parts(Rule rule, List<String> cells) {
        return rule.separator().isEmpty()
                ? cells
                : cells.stream()
                        .flatMap(cell -> Stream.of(cell.split(Pattern.quote(rule.separator()))))
                        .toList();
    }

    private static boolean same(String a, String b) {
        return NormalizedName.folded(a).equals(NormalizedName.folded(b));
    }

    private static Optional<String> ofValues(Rule rule, Code code, List<String> values) {
        return switch (code) {
            case BAD_NUMBER -> number(rule.format(), new ColumnProfile(values)).or(() -> words(values));
            case BAD_DATE ->
                new ColumnProfile(values)
                        .patterns().best().stream()
                                .findFirst()
                                .map(pattern -> "write 'pattern: " + quoted(pattern) + "'");
            case BAD_WORD -> Optional.of("add to 'true_words' or 'false_words': " + list(values));
            case UNKNOWN_OPTION -> Optional.of(options(rule, values));
            default -> Optional.empty();
        };
    }

    private static Optional<String> number(ValueFormat format, ColumnProfile guess) {
        List<String> signs = guess.signs();
        List<NumberText> ways = guess.numbers(signs).best();
        Optional<NumberText> way = ways.stream()
                .filter(one -> one.decimal().equals(format.decimal()))
                .findFirst()
                .or(() -> ways.stream().findFirst());
        if (way.isEmpty()) {
            return Optional.empty();
        }
        List<String> keys = new ArrayList<>();
        if (!way.get().decimal().equals(format.decimal())) {
            keys.add("decimal: " + quoted(way.get().decimal()));
        }
        if (!way.get().thousands().isEmpty() && !way.get().thousands().equals(format.thousands())) {
            keys.add("thousands: " + quoted(way.get().thousands()));
        }
        if (!format.signs().containsAll(signs)) {
            keys.add("signs: " + list(signs));
        }
        String sample = guess.samples().stream()
                .filter(one -> way.get().of(NormalizedName.of(one)).isPresent())
                .findFirst()
                .orElseThrow();
        return keys.isEmpty()
                ? Optional.empty()
                : Optional.of("add " + keys.stream().map(key -> "'" + key + "'").collect(Collectors.joining(" and "))
                        + ", if " + Quoted.text(sample) + " is "
                        + way.get().of(NormalizedName.of(sample)).orElseThrow());
    }

    /** Returns what to do with words in a column of numbers; empty if there are none. */
    private static Optional<String> words(List<String> values) {
        List<String> words = values.stream()
                .filter(value -> value.chars().noneMatch(Character::isDigit))
                .toList();
        return words.isEmpty()
                ? Optional.empty()
                : Optional.of("if these words mean that there is no value, add 'empty_words: " + list(words)
                        + "' to the field");
    }

    private static String options(Rule rule, List<String> values) {
        boolean several = rule.separator().isEmpty() && values.stream().anyMatch(value -> value.matches(".*[,;|].*"));
        return (several ? "add 'separator' if a cell has several; " : "")
                + "create the option in the account, or add 'labels' with the option that each word means: {"
                + values.stream().limit(SHOWN).map(word -> quoted(word) + ": …").collect(Collectors.joining(", "))
                + (values.size() > SHOWN ? ", …" : "") + "}";
    }

    private static Optional<String> ofRows(Code code, String column) {
        return switch (code) {
            case KEY_MISSING, NAME_MISSING ->
                Optional.of("if such rows are not to be loaded, add 'skip_rows: [{column: "
                        + quoted(NormalizedName.of(column)) + ", empty: true}]'");
            case EMPTY_CELL -> Optional.of("if it may be empty, write 'empty: leave'");
            default -> Optional.empty();
        };
    }

    private static String list(Collection<String> words) {
        return words.stream().limit(SHOWN).map(RejectAdvice::quoted).collect(Collectors.joining(", ", "[", ""))
                + (words.size() > SHOWN ? ", …]" : "]");
    }

    private static String quoted(String text) {
        return MappingDraft.quoted(text);
    }
}
