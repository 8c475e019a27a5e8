package org.catalogdrop.mapping.rule;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.catalogdrop.mapping.value.CellWords;
import org.catalogdrop.mapping.value.Quoted;
import org.catalogdrop.mapping.value.ValueFormat;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.NormalizedName;
import org.catalogdrop.model.Problem;
import org.catalogdrop.model.Row;

/**
 * An entry of {@code skip_rows}: rows that are not to be loaded, recognised by a column. Immutable.
 *
 * @param column the column
 * @param words the words in it
 * @param patterns the normalized words in any letter case; {@code *} is any text, {@code ?} one character
 * @param empty whether a row with an empty cell is skipped too
 */
public record SkipRule(String column, List<String> words, List<Pattern> patterns, boolean empty) {

    public static SkipRule of(String column, List<String> words, boolean empty) {
        return new SkipRule(
                column,
                words,
                words.stream()
                        .map(NormalizedName::of)
                        .map(DropPatterns::pattern)
                        .toList(),
                empty);
    }

    /**
     * Returns why a row is skipped; empty if this entry does not apply. A row that could not be read is skipped only for a word in it,
     * never for a cell that may only be missing.
     *
     * @param cell the cell of the column
     * @param format knows the words for empty cells
     * @param meant the words by the values they mean
     * @param nothing the words for empty cells by the values they mean
     */
    public Optional<Problem> problem(Row row, Object cell, ValueFormat format, CellWords meant, CellWords nothing) {
        if (!isReadable(row)) {
            return Optional.empty();
        }
        String text = cell instanceof List<?> || cell instanceof java.util.Map<?, ?>
                ? "[]"
                : NormalizedName.of(cell.toString());
        boolean isEmpty = text.isEmpty()
                || format.isEmptyWord(text)
                || nothing.meaning(cell).isPresent();
        if (isEmpty && empty && !mayBeMissing(row, cell)) {
            return Optional.of(problem("is empty"));
        }
        List<String> texts = CellWords.texts(cell, text);
        boolean isWord = patterns.stream().anyMatch(word -> texts.stream()
                        .anyMatch(one -> word.matcher(one).matches()))
                || meant.meaning(cell).isPresent();
        return !text.isEmpty() && isWord ? Optional.of(problem("is " + Quoted.cell(cell))) : Optional.empty();
    }

    /** Returns whether an empty cell may have a value that the drop does not show. */
    private static boolean mayBeMissing(Row row, Object cell) {
        return cell instanceof Row.Damaged
                || row.problem()
                        .filter(problem -> problem.code() == Code.RAGGED_ROW)
                        .isPresent();
    }

    private static boolean isReadable(Row row) {
        return row.problem()
                .map(problem -> switch (problem.code()) {
                    case RAGGED_ROW, BAD_CELL, BAD_ENCODING, MERGED_CELL -> true;
                    default -> false;
                })
                .orElse(true);
    }

    private Problem problem(String found) {
        return new Problem(
                Code.SKIPPED,
                column,
                "column %s %s, and skip_rows of the mapping skips such rows. Nothing was sent."
                        .formatted(Quoted.text(column), found));
    }
}
