package org.catalogdrop.model;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * Writes and reads the checksums at the end of {@code _message} in a rejects file. When the file is dropped again, they show which cells
 * nobody fixed. A row has them if its code, or the code of one of its damaged cells, {@linkplain Code#staysRejected() stays rejected}. The
 * first checksum is of the cell in {@code _column}, or of all cells if the fault is in no single column. For a row with too few or too many
 * cells it is of those that must change to fix it, after the number of cells before them. Each damaged cell of the row
 * follows with its code and checksum, so that a row with two faults is not loaded when only one of them is fixed. Stateless.
 */
public final class RejectMark {

    private static final String CHECKSUM = "As rejected: ";
    private static final String TAIL = "-";
    private static final String ADVICE = "If the row is right as it is in the rejects file, empty its cell _code.";

    private RejectMark() {}

    /**
     * Returns the message to write into a rejects file. It ends with the checksums if the row or one of its cells stays rejected.
     *
     * @param problem why the row was rejected
     * @param columns the names of its columns
     * @param cells its cells; missing ones count as empty
     * @return the message
     */
    public static String write(Problem problem, List<String> columns, List<?> cells) {
        String message = problem.message();
        List<String> damaged = damaged(columns, cells);
        if ((!problem.code().staysRejected() && damaged.isEmpty()) || message.contains(CHECKSUM)) {
            return message;
        }
        String advice = message.contains(ADVICE) ? "" : (message.endsWith(".") ? " " : ". ") + ADVICE;
        return message + advice + " " + CHECKSUM + toFix(problem, columns, cells)
                + damaged.stream().map(one -> " " + one).reduce("", String::concat);
    }

    private static List<String> damaged(List<String> columns, List<?> cells) {
        List<String> damaged = new ArrayList<>();
        for (int i = 0; i < Math.min(columns.size(), cells.size()); i++) {
            if (cells.get(i) instanceof Row.Damaged cell
                    && cell.problem().code().staysRejected()) {
                damaged.add(cell.problem().code().word() + ":" + checksum(columns.get(i), cell));
            }
        }
        return damaged;
    }

    private static String toFix(Problem problem, List<String> columns, List<?> cells) {
        if (problem.code() == Code.RAGGED_ROW) {
            return tail(cells.size() < columns.size() ? cells.size() : columns.size() - 1, columns, cells);
        }
        List<String> folded = columns.stream().map(NormalizedName::folded).toList();
        String name = NormalizedName.folded(problem.column());
        int at = folded.indexOf(name);
        return name.isEmpty() || at < 0 || at >= cells.size() || at != folded.lastIndexOf(name)
                ? checksum(columns, cells)
                : checksum(columns.get(at), cells.get(at));
    }

    /**
     * Returns the code for which a row of a rejects file stays rejected.
     *
     * @param code the text of the row's cell {@code _code}
     * @param message the text of its cell {@code _message}
     * @param columns the names of its columns
     * @param cells its cells
     * @return the code; empty if the row was fixed, or if {@linkplain #readCells its damaged cells} decide
     */
    public static Optional<Code> read(String code, String message, List<String> columns, List<?> cells) {
        Optional<Code> known = Code.of(code.strip()).filter(Code::staysRejected);
        String[] mark = mark(message);
        boolean ofCells = Arrays.stream(mark).skip(1).anyMatch(one -> one.startsWith(code.strip() + ":"));
        boolean fixed = mark.length > 0 && isChanged(mark[0], columns, cells);
        return ofCells || fixed ? Optional.empty() : known;
    }

    /**
     * Returns the damaged cells of a row of a rejects file that nobody fixed.
     *
     * @param message the text of the row's cell {@code _message}
     * @param columns the names of its columns
     * @param cells its cells
     * @return the code of each such cell by its index
     */
    public static Map<Integer, Code> readCells(String message, List<String> columns, List<?> cells) {
        Map<Integer, Code> damaged = new HashMap<>();
        String[] mark = mark(message);
        if (mark.length > 1) {
            Map<String, Integer> places = checksums(columns, cells);
            for (int i = 1; i < mark.length; i++) {
                int colon = mark[i].indexOf(':');
                Optional<Code> code = Code.of(mark[i].substring(0, Math.max(colon, 0)));
                Integer place = places.get(mark[i].substring(colon + 1));
                if (code.filter(Code::staysRejected).isPresent() && place != null) {
                    damaged.put(place, code.get());
                }
            }
        }
        return damaged;
    }

    /**
     * Returns a message without its checksums, for a problem that is reported again.
     *
     * @param message the text of a cell {@code _message}
     * @return the message alone
     */
    public static String withoutMark(String message) {
        int at = message.lastIndexOf(CHECKSUM);
        return at < 0 ? message : message.substring(0, at).strip();
    }

    /**
     * Returns the message for a damaged cell that nobody fixed.
     *
     * @param column the name of its column
     * @param code the code for which the row was rejected
     * @return the message
     */
    public static String advise(String column, Code code) {
        return "column '" + column + "' has not been changed since the row was rejected for it as " + code.word()
                + ". Correct it. " + ADVICE;
    }

    /** Returns the checksums at the end of a message, the damaged cells' ones as {@code code:checksum}; none if it has no mark. */
    private static String[] mark(String message) {
        int at = message.lastIndexOf(CHECKSUM);
        return at < 0
                ? new String[0]
                : message.substring(at + CHECKSUM.length()).strip().split("\\s+", 0);
    }

    private static Map<String, Integer> checksums(List<String> columns, List<?> cells) {
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            if (!columns.get(i).startsWith("_")) {
                places.put(checksum(columns.get(i), i < cells.size() ? cells.get(i) : ""), i);
            }
        }
        return places;
    }

    /**
     * Returns the checksum of the last cells. Cells that were missing are filled in when the row is fixed. Where a separator was in a cell, all
     * cells behind it move, the last one too.
     */
    private static String tail(int from, List<String> columns, List<?> cells) {
        int start = from;
        while (start > 0 && (start >= columns.size() || columns.get(start).startsWith("_"))) {
            start--;
        }
        List<?> known = cells.subList(Math.min(start, cells.size()), Math.min(cells.size(), columns.size()));
        return start + TAIL + checksum(columns.subList(start, columns.size()), known);
    }

    private static boolean isChanged(String mark, List<String> columns, List<?> cells) {
        int at = mark.indexOf(TAIL);
        if (at > 0 && at < 6 && mark.substring(0, at).chars().allMatch(c -> c >= '0' && c <= '9')) {
            return !mark.equals(tail(Integer.parseInt(mark.substring(0, at)), columns, cells));
        }
        return !mark.equals(checksum(columns, cells))
                && !checksums(columns, cells).containsKey(mark);
    }

    private static String checksum(String column, Object cell) {
        CRC32 sum = new CRC32();
        sum.update(NormalizedName.folded(column).getBytes(StandardCharsets.UTF_8));
        sum.update(0);
        sum.update(cell.toString().getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().toHexDigits((int) sum.getValue());
    }

    /**
     * Returns the checksum of all cells except those in columns that begin with an underscore, which rejects files add.
     *
     * @param columns the names of the columns
     * @param cells the cells; missing ones count as empty
     * @return a CRC-32, 8 hex digits
     */
    public static String checksum(List<String> columns, List<?> cells) {
        CRC32 sum = new CRC32();
        for (int i = 0; i < columns.size(); i++) {
            if (!columns.get(i).startsWith("_")) {
                sum.update((i < cells.size() ? cells.get(i).toString() : "").getBytes(StandardCharsets.UTF_8));
                sum.update(0);
            }
        }
        return HexFormat.of().toHexDigits((int) sum.getValue());
    }
}
