package org.catalogdrop.mapping;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.catalogdrop.mapping.Column.Kind;
import org.catalogdrop.mapping.value.CellWords;
import org.catalogdrop.mapping.value.DateText;
import org.catalogdrop.mapping.value.Quoted;
import org.catalogdrop.mapping.value.TypedValue;
import org.catalogdrop.mapping.value.ValueFormat;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.NormalizedName;
import org.catalogdrop.model.Row;

/** The cells of a row under its mapping file: each standard column's value comes from where the file says. */
final class MappedRow extends RowCells {

    private static final Layout NO_COLUMNS = Layout.of(List.of(), new ArrayList<>(), ResolvedNames.NONE);

    private final int[] at;
    private final Parts parts;

    /**
     * The parts of an element with fixed names.
     *
     * @param key picks the key, if the rows have one
     * @param dates how {@code updated_at} is written; empty for the standard forms
     * @param defaults its words for empty cells apply to all of them
     * @param nothing these words by the values they mean
     */
    record Parts(
            Map<Kind, ValuePick> picks,
            Optional<ValuePick.KeyCell> key,
            ActionWords action,
            Optional<DateText> dates,
            ValueFormat defaults,
            CellWords nothing) {
        Parts {
            picks = new EnumMap<>(picks);
        }
    }

    MappedRow(Row row, int[] at, Parts parts) {
        super(row, NO_COLUMNS);
        this.at = at;
        this.parts = parts;
    }

    Object cell(ValuePick pick) {
        return pick.cell(row(), at);
    }

    /** Records a fault if a cell of a pick has lost digits, before it is combined with others. */
    void refuseLostDigits(ValuePick pick) {
        if (pick instanceof ValuePick.Composed composed) {
            composed.cells(row(), at).forEach(cell -> refuseCell(pick.column(), cell));
        } else if (pick instanceof ValuePick.Cell) {
            refuseCell(pick.column(), cell(pick));
        } else if (pick instanceof ValuePick.KeyCell key) {
            refuseCell(pick.column(), cell(key.cell()));
        }
    }

    private void refuseCell(String column, Object cell) {
        refuseLostDigits(column, cell);
        refuseShortNumber(column, cell);
    }

    @Override
    void refuseLostDigits(Kind kind) {
        ValuePick pick = parts.picks().get(kind);
        if (pick != null) {
            refuseLostDigits(pick);
        }
    }

    @Override
    String column(Kind kind) {
        ValuePick pick = parts.picks().get(kind);
        return pick == null ? super.column(kind) : pick.column();
    }

    @Override
    boolean reaches(Kind kind) {
        ValuePick pick = parts.picks().get(kind);
        int reach = pick == null ? -1 : pick.reach(at);
        return reach < row().cells().size() && !row().columns().isEmpty();
    }

    @Override
    Object cell(Kind kind) {
        ValuePick pick = parts.picks().get(kind);
        Object cell = pick == null ? "" : pick.cell(row(), at);
        boolean isEmpty = cell instanceof String text
                ? parts.defaults().isEmptyWord(text)
                : parts.nothing().meaning(cell).isPresent();
        if (isEmpty && kind != Kind.ACTION) {
            cell = "";
        }
        if (kind == Kind.ACTION) {
            return parts.action().of(this, cell);
        }
        return kind == Kind.UPDATED_AT && parts.dates().isPresent()
                ? seconds(cell, parts.dates().get())
                : cell;
    }

    private Object seconds(Object cell, DateText dates) {
        boolean text = cell instanceof String && !cell.toString().isBlank();
        if (!text && !isDate(cell)) {
            return cell;
        }
        var seconds = text ? dates.seconds(cell.toString().strip()) : TypedValue.seconds(cell, dates);
        if (seconds.isPresent()) {
            return Long.toString(seconds.getAsLong());
        }
        mustBe(Code.BAD_UPDATED_AT, column(Kind.UPDATED_AT), "a moment as the pattern of the mapping says", cell);
        return cell;
    }

    private static boolean isDate(Object cell) {
        return cell instanceof Row.Typed typed && typed.type() == Row.Type.DATE;
    }

    /**
     * The words of an action column.
     *
     * @param meant the words by the values they mean
     */
    record ActionWords(Map<String, String> words, CellWords meant, Optional<String> otherwise) {

        private Object of(MappedRow reading, Object cell) {
            String word = NormalizedName.folded(cell.toString());
            if (words.isEmpty() && (otherwise.isEmpty() || isAction(word))) {
                return cell;
            }
            Optional<String> action = Optional.ofNullable(words.get(word))
                    .or(() -> meant.meaning(cell).map(words::get))
                    .or(() -> otherwise);
            if (action.isPresent()) {
                return action.get();
            }
            if (word.isEmpty()) {
                return cell;
            }
            String column = reading.column(Kind.ACTION);
            reading.fault(
                    Code.BAD_ACTION,
                    column,
                    "column %s must be one of the words of the mapping, %s; found %s. Correct it.",
                    String.join(", ", words.keySet().stream().map(Quoted::text).toList()),
                    Quoted.cell(cell));
            return cell;
        }

        private static boolean isAction(String word) {
            return Set.of("add", "update", "delete").contains(word);
        }
    }
}
