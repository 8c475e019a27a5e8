package org.catalogdrop.mapping.draft;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.catalogdrop.mapping.rule.DropPatterns;
import org.catalogdrop.model.Row;

/**
 * Rows of a drop that seem not to belong to the list: lines with totals, and remarks below the last row.
 *
 * @param entries how {@code skip_rows} would skip them
 * @param rows the rows
 */
record ForeignRows(List<Entry> entries, Set<Row> rows) {

    /**
     * An entry of {@code skip_rows}.
     *
     * @param words the words in the column; none if it is empty
     * @param first the first row that it skips
     */
    record Entry(String column, List<String> words, Row first) {}

    private static final Set<String> TOTALS = Set.of("""
            sum, total, totals, grand total, subtotal, sub total, summe, gesamt, gesamtsumme, zwischensumme, \
            endsumme, insgesamt, total general, suma, suma total, suma de totales, soma, total geral, \
            totale, somme, razem, итого, итог, всего, общий итог, промежуточный итог, сумма, разом, усього, \
            всього, загалом, підсумок, сума""".split(", ", -1));

    private static final int NARROW = 2;

    /** Finds them. */
    static ForeignRows of(DraftRows draft) {
        List<String> usual = usual(draft);
        Map<String, Map<String, Row>> totals = new LinkedHashMap<>();
        Set<Row> found = new HashSet<>();
        for (Row row : draft.rows()) {
            totalIn(row, draft, usual).ifPresent(column -> {
                found.add(row);
                totals.computeIfAbsent(column, one -> new LinkedHashMap<>())
                        .putIfAbsent(DraftRows.text(row, column), row);
            });
        }
        if (2 * found.size() >= draft.rows().size()) {
            return new ForeignRows(List.of(), Set.of());
        }
        List<Entry> entries = new ArrayList<>();
        totals.forEach((column, words) -> entries.add(new Entry(
                column,
                words.keySet().stream()
                        .map(word -> pattern(word, column, draft, found))
                        .distinct()
                        .toList(),
                words.values().iterator().next())));
        remark(draft, usual, found).ifPresent(entries::add);
        return new ForeignRows(entries, found);
    }

    /** Returns the columns that almost all rows fill. */
    private static List<String> usual(DraftRows draft) {
        int rows = draft.rows().size();
        return draft.columns().stream()
                .filter(column -> draft.rows().stream()
                                .filter(row -> DraftRows.text(row, column).isEmpty())
                                .count()
                        <= Math.max(rows / 10, rows > NARROW ? 2 : 0))
                .toList();
    }

    private static Optional<String> totalIn(Row row, DraftRows draft, List<String> usual) {
        boolean lacksSome = draft.columns().size() <= NARROW
                || usual.stream().anyMatch(column -> DraftRows.text(row, column).isEmpty());
        return lacksSome
                ? draft.columns().stream()
                        .filter(column -> isTotal(
                                DraftRows.text(row, column), draft.columns().size() > NARROW))
                        .findFirst()
                : Optional.empty();
    }

    /** @param more whether other text may follow the word */
    private static boolean isTotal(String text, boolean more) {
        String plain = text.toLowerCase(Locale.ROOT).replaceAll("[-_\u2013\u2014 ]+", " ");
        String word = plain.replaceAll("[ :=.*]+$", "").strip();
        return TOTALS.contains(word)
                || (more
                        && TOTALS.stream()
                                .anyMatch(total -> plain.startsWith(total + " ") || plain.startsWith(total + ":")));
    }

    /**
     * Returns the pattern for a word. Numbers in it become wildcards, because they may differ tomorrow, unless that would skip rows of
     * the list too.
     */
    private static String pattern(String word, String column, DraftRows draft, Set<Row> found) {
        String pattern = word.replaceAll("\\d[\\d.,:/ -]*", "*");
        Pattern glob = DropPatterns.pattern(pattern);
        boolean others = draft.rows().stream()
                .anyMatch(row -> !found.contains(row)
                        && glob.matcher(DraftRows.text(row, column)).matches());
        return others ? word : pattern;
    }

    /** Returns rows at the end with one filled cell, if another column distinguishes them from all other rows. */
    private static Optional<Entry> remark(DraftRows draft, List<String> usual, Set<Row> found) {
        if (usual.size() <= NARROW) {
            return Optional.empty();
        }
        List<Row> remarks = new ArrayList<>();
        for (int i = draft.rows().size() - 1; i >= 0; i--) {
            Row row = draft.rows().get(i);
            if (!found.contains(row)) {
                if (draft.filled(row) != 1) {
                    break;
                }
                remarks.add(0, row);
            }
        }
        Set<Row> foreign = new HashSet<>(remarks);
        Optional<String> column = remarks.isEmpty()
                ? Optional.empty()
                : usual.stream()
                        .filter(one -> draft.rows().stream()
                                .allMatch(row -> found.contains(row)
                                        || foreign.contains(row)
                                                == DraftRows.text(row, one).isEmpty()))
                        .findFirst();
        column.ifPresent(one -> found.addAll(remarks));
        return column.map(one -> new Entry(one, List.of(), remarks.get(0)));
    }
}
