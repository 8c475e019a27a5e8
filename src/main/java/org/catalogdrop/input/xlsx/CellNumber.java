package org.catalogdrop.input.xlsx;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import org.catalogdrop.input.stream.ReadFaults;
import org.catalogdrop.input.stream.Utf8;
import org.catalogdrop.model.DropRefused;
import org.catalogdrop.model.Row;

/**
 * Converts a number of a workbook to text: as many digits as a spreadsheet shows, dates and times in ISO 8601. Its {@link CellType}
 * precedes a number or date. Stateless.
 */
final class CellNumber {

    /** Numbers of a workbook are doubles; a spreadsheet keeps and shows 15 digits of them. */
    private static final MathContext SHOWN = new MathContext(15, RoundingMode.HALF_EVEN);

    private static final BigDecimal TOO_LONG = BigDecimal.TEN.pow(15);
    private static final BigDecimal DAY_MILLIS = BigDecimal.valueOf(86_400_000);

    /** 29 February 1900, which Lotus 1-2-3 took for a day; no calendar has it. */
    private static final int NO_DAY = 60;

    /** The day after 31 December 9999, the last day of spreadsheets. */
    private static final int END = 2_958_466;

    /** With days from 1904 the last day is four years later, which has no four digits. */
    private static final int LAST_YEAR = 9999;

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final DateTimeFormatter MILLIS = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");

    /** No double has more digits before or after its point. */
    private static final int MOST = 400;

    private CellNumber() {}

    static String text(String written, NumberFormat format, boolean from1904) {
        // No spreadsheet writes longer ones, and computing with them takes minutes.
        if (written.length() > MOST) {
            throw beyond(written);
        }
        BigDecimal number;
        try {
            number = new BigDecimal(written.strip());
        } catch (NumberFormatException e) {
            throw ReadFaults.badWorkbook("'" + Utf8.excerpt(written, 100) + "' was found where a number was expected");
        }
        if (Math.abs((long) number.precision() - number.scale()) > MOST) {
            throw beyond(written);
        }
        return switch (format.kind()) {
            case NUMBER -> plain(number, format.digits());
            case DATE, TIME, DATE_TIME, DURATION -> moment(number, format.kind(), from1904);
        };
    }

    private static DropRefused beyond(String written) {
        return ReadFaults.badWorkbook("'" + Utf8.excerpt(written, 100) + "' is larger than any number of a workbook");
    }

    private static String plain(BigDecimal number, int digits) {
        if (number.abs().compareTo(TOO_LONG) >= 0) {
            return BadCell.TOO_LONG.with(number.toPlainString());
        }
        if (number.signum() == 0) {
            return typed("0".repeat(digits));
        }
        String text = number.round(SHOWN).stripTrailingZeros().toPlainString();
        boolean padded = digits > text.length() && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return typed(padded ? "0".repeat(digits - text.length()) + text : text);
    }

    private static String moment(BigDecimal number, NumberFormat.Kind kind, boolean from1904) {
        if (number.signum() < 0 || number.compareTo(BigDecimal.valueOf(END)) >= 0) {
            return BadCell.NO_DATE.with(number.toPlainString());
        }
        long millis =
                number.multiply(DAY_MILLIS).setScale(0, RoundingMode.HALF_UP).longValueExact();
        long day = millis / DAY_MILLIS.longValueExact();
        LocalTime time = LocalTime.ofNanoOfDay(millis % DAY_MILLIS.longValueExact() * 1_000_000);
        if (kind == NumberFormat.Kind.TIME) {
            return clock(time);
        }
        if (kind == NumberFormat.Kind.DURATION) {
            return day * 24 + time.getHour() + clock(time).substring(2);
        }
        if (!from1904 && (day == NO_DAY || day == 0)) {
            return BadCell.NO_DATE.with(number.toPlainString());
        }
        LocalDate start = from1904 ? LocalDate.of(1904, 1, 1) : LocalDate.of(1899, 12, day < NO_DAY ? 31 : 30);
        LocalDateTime moment = start.plusDays(day).atTime(time);
        if (moment.getYear() > LAST_YEAR) {
            return BadCell.NO_DATE.with(number.toPlainString());
        }
        return moment(kind == NumberFormat.Kind.DATE ? moment.toLocalDate().atStartOfDay() : moment);
    }

    private static String typed(String number) {
        return CellType.mark(Row.Type.NUMBER, number);
    }

    /**
     * Returns a day, with its time after a blank as the API takes it. Midnight counts as no time, because a spreadsheet has no days
     * without a time.
     */
    private static String moment(LocalDateTime moment) {
        LocalTime time = moment.toLocalTime();
        String day = moment.toLocalDate().toString();
        return CellType.mark(Row.Type.DATE, time.equals(LocalTime.MIDNIGHT) ? day : day + " " + clock(time));
    }

    /** Returns a moment that is written in ISO 8601; any other text as it is. */
    static String iso(String written) {
        try {
            return moment(
                    written.indexOf('T') < 0
                            ? LocalDate.parse(written).atStartOfDay()
                            : LocalDateTime.parse(written).truncatedTo(ChronoUnit.MILLIS));
        } catch (DateTimeException other) {
            return written;
        }
    }

    private static String clock(LocalTime time) {
        return time.format(time.getNano() == 0 ? TIME : MILLIS);
    }
}
