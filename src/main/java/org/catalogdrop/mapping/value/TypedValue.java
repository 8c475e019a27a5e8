package org.catalogdrop.mapping.value;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.OptionalLong;
import org.catalogdrop.model.Row;

/**
 * Values whose type is known: numbers and booleans of JSON; numbers, dates and booleans of workbooks. They are read by their type,
 * whatever a mapping says of numbers, dates and words in text. Stateless.
 */
public final class TypedValue {

    /** The most digits of a number. No number of a workbook has more, and computing with longer ones takes minutes. */
    private static final int MOST = 400;

    private TypedValue() {}

    /** Returns digits with a point, with all decimals; empty if the cell's type is not a number, or the number is out of all bounds. */
    public static Optional<String> number(Object cell) {
        boolean number = (cell instanceof Row.Typed typed && typed.type() == Row.Type.NUMBER)
                || (cell instanceof Row.Literal literal && isNumber(literal.text()));
        return number ? plain(cell.toString()) : Optional.empty();
    }

    /** Returns a JSON number as spreadsheets write it, {@code 12.5} for {@code 12.50} and without an exponent; any other cell unchanged. */
    public static Object shortest(Object cell) {
        if (!(cell instanceof Row.Literal literal) || !isNumber(literal.text())) {
            return cell;
        }
        return number(cell)
                .map(BigDecimal::new)
                .map(number ->
                        number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString())
                .<Object>map(Row.Literal::new)
                .orElse(cell);
    }

    /** Returns whether a literal of JSON is a number. */
    private static boolean isNumber(String literal) {
        char c = literal.isEmpty() ? ' ' : literal.charAt(0);
        return c == '-' || (c >= '0' && c <= '9');
    }

    private static Optional<String> plain(String text) {
        boolean usual = text.matches("-?(0|[1-9]\\d*)(\\.\\d+)?");
        if (usual) {
            return Optional.of(text);
        }
        if (text.length() > MOST) {
            return Optional.empty();
        }
        try {
            BigDecimal number = new BigDecimal(text);
            return Math.abs((long) number.precision() - number.scale()) > MOST
                    ? Optional.empty()
                    : Optional.of(number.toPlainString());
        } catch (NumberFormatException beyond) {
            return Optional.empty();
        }
    }

    /** Returns {@code 1} or {@code 0}; empty if the cell's type is not boolean. */
    public static Optional<String> bool(Object cell) {
        if (cell instanceof Row.Typed typed && typed.type() == Row.Type.BOOLEAN) {
            return Optional.of(typed.text());
        }
        return cell instanceof Row.Literal literal && !isNumber(literal.text())
                ? Optional.of(literal.text().equals("true") ? "1" : "0")
                : Optional.empty();
    }

    /**
     * Returns the date as it is sent, with its time in the zone of the account if the mapping names another; empty if the cell's type is
     * not a date.
     */
    public static Optional<String> date(Object cell, DateText dates) {
        return moment(cell).flatMap(moment -> hasTime(cell) ? dates.sent(moment) : Optional.of(cell.toString()));
    }

    /** Returns unix seconds; empty if the cell's type is not a date. */
    public static OptionalLong seconds(Object cell, DateText dates) {
        Optional<LocalDateTime> moment = moment(cell);
        return moment.isEmpty() ? OptionalLong.empty() : dates.seconds(moment.get());
    }

    /** Returns a value that equals that of any other cell or word with the same meaning; empty if the cell has no type. */
    static Optional<Object> of(Object cell) {
        if (Row.isNull(cell)) {
            return Optional.empty();
        }
        Optional<Object> number = number(cell).map(TypedValue::value);
        return number.isPresent() ? number : bool(cell).<Object>map("1"::equals).or(() -> moment(cell));
    }

    /** Returns the value of digits with a point, without zeros at their end. */
    static BigDecimal value(String number) {
        return new BigDecimal(number).stripTrailingZeros();
    }

    private static boolean hasTime(Object cell) {
        return cell.toString().indexOf(' ') > 0;
    }

    private static Optional<LocalDateTime> moment(Object cell) {
        if (!(cell instanceof Row.Typed typed) || typed.type() != Row.Type.DATE) {
            return Optional.empty();
        }
        return moment(typed.text());
    }

    /** Returns the local time of a text in ISO 8601, with the time after a blank or a T; the start of the day if it has none. */
    static Optional<LocalDateTime> moment(String text) {
        String iso = text.replace(' ', 'T');
        try {
            return Optional.of(
                    iso.indexOf('T') > 0
                            ? LocalDateTime.parse(iso)
                            : LocalDate.parse(iso).atStartOfDay());
        } catch (DateTimeException none) {
            return Optional.empty();
        }
    }
}
