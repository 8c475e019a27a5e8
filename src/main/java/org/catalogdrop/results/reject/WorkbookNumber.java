package org.catalogdrop.results.reject;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.catalogdrop.model.Row;

/**
 * A number or date in a workbook, for values that are read back character for character. A workbook keeps 15 digits of a number, and has
 * no days before 1900.
 *
 * @param value the number
 * @param style how it is shown, an index of {@link WorkbookStyles}
 */
record WorkbookNumber(String value, int style) {

    private static final int KEPT_DIGITS = 15;
    private static final BigDecimal TOO_LONG = BigDecimal.TEN.pow(KEPT_DIGITS);

    /** Longer numbers are written with an exponent. */
    private static final int SHORT = 20;

    /** More digits are shown as 4E+12. */
    private static final int SHOWN_DIGITS = 11;

    private static final LocalDate FIRST_DAY = LocalDate.of(1900, 1, 1);

    /** From this day on, days are counted as if 1900 were a leap year, as Lotus 1-2-3 did. */
    private static final LocalDate AFTER_NO_DAY = LocalDate.of(1900, 3, 1);

    private static final BigDecimal DAY_MILLIS = BigDecimal.valueOf(86_400_000);
    private static final int DECIMALS = 12;

    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
    private static final DateTimeFormatter MILLIS = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS");

    /** Returns a cell of a workbook; empty if the number would be read back as another text. */
    static Optional<WorkbookNumber> of(Row.Typed cell) {
        return switch (cell.type()) {
            case NUMBER -> number(cell.text());
            case DATE -> moment(cell.text());
            case BOOLEAN -> Optional.empty();
        };
    }

    private static Optional<WorkbookNumber> number(String text) {
        BigDecimal number;
        try {
            number = new BigDecimal(text).stripTrailingZeros();
        } catch (NumberFormatException other) {
            return Optional.empty();
        }
        if (number.precision() > KEPT_DIGITS || number.abs().compareTo(TOO_LONG) >= 0) {
            return Optional.empty();
        }
        String plain = number.toPlainString();
        if (text.equals(plain)) {
            boolean isLong = number.scale() <= 0 && text.length() > SHOWN_DIGITS;
            return Optional.of(new WorkbookNumber(
                    plain.length() > SHORT ? number.toString() : plain,
                    isLong ? WorkbookStyles.digits(1) : WorkbookStyles.GENERAL));
        }
        int zeros = text.length() - plain.length();
        boolean filled = zeros > 0 && text.length() <= WorkbookStyles.MOST_DIGITS;
        return filled && plain.chars().allMatch(Character::isDigit) && text.equals("0".repeat(zeros) + plain)
                ? Optional.of(new WorkbookNumber(plain, WorkbookStyles.digits(text.length())))
                : Optional.empty();
    }

    private static Optional<WorkbookNumber> moment(String text) {
        LocalDateTime moment;
        try {
            moment = LocalDateTime.parse(
                    text.indexOf(' ') < 0 ? text + "T00:00" : text.replace(' ', 'T'),
                    DateTimeFormatter.ISO_LOCAL_DATE_TIME);
        } catch (DateTimeException other) {
            return Optional.empty();
        }
        LocalDate day = moment.toLocalDate();
        LocalTime time = moment.toLocalTime();
        if (!text.equals(text(day, time)) || day.isBefore(FIRST_DAY)) {
            return Optional.empty();
        }
        LocalDate start = LocalDate.of(1899, 12, day.isBefore(AFTER_NO_DAY) ? 31 : 30);
        BigDecimal millis = BigDecimal.valueOf(time.toNanoOfDay() / 1_000_000);
        String serial = BigDecimal.valueOf(ChronoUnit.DAYS.between(start, day))
                .add(millis.divide(DAY_MILLIS, DECIMALS, RoundingMode.HALF_UP))
                .stripTrailingZeros()
                .toPlainString();
        return Optional.of(new WorkbookNumber(serial, style(time)));
    }

    private static String text(LocalDate day, LocalTime time) {
        return switch (style(time)) {
            case WorkbookStyles.DAY -> day.toString();
            case WorkbookStyles.SECOND -> day.atTime(time).format(SECONDS);
            default -> day.atTime(time).format(MILLIS);
        };
    }

    private static int style(LocalTime time) {
        if (time.equals(LocalTime.MIDNIGHT)) {
            return WorkbookStyles.DAY;
        }
        return time.getNano() == 0 ? WorkbookStyles.SECOND : WorkbookStyles.MILLISECOND;
    }
}
