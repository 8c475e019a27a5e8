package org.catalogdrop.model;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * The mark at the end of {@code _message} in a rejects file: a checksum of the row's cells. When the file is dropped again, it shows
 * whether somebody fixed the row. Rows with a code that {@linkplain Code#staysRejected() stays rejected} have one.
 */
public final class RejectMark {

    private static final String CHECKSUM = "As rejected: ";
    private static final String ADVICE =
            "If the row is right as it is in the rejects file, empty its cell _code. " + CHECKSUM;

    private RejectMark() {}

    /** Returns the message to write into a rejects file, with the mark if the code of the row asks for one. */
    public static String write(Problem problem, List<String> columns, List<?> cells) {
        String message = problem.message();
        return !problem.code().staysRejected() || message.contains(CHECKSUM)
                ? message
                : message + (message.endsWith(".") ? " " : ". ") + ADVICE + checksum(columns, cells);
    }

    /**
     * Returns the code for which a row of a rejects file stays rejected, if nobody fixed the row.
     *
     * @param code what stands in the row's {@code _code}
     * @param message what stands in its {@code _message}
     */
    public static Optional<Code> read(String code, String message, List<String> columns, List<?> cells) {
        String word = code.strip();
        int mark = message.lastIndexOf(CHECKSUM);
        boolean fixed = mark >= 0
                && !message.substring(mark + CHECKSUM.length()).strip().equals(checksum(columns, cells));
        return word.isEmpty() || fixed
                ? Optional.empty()
                : Arrays.stream(Code.values())
                        .filter(Code::staysRejected)
                        .filter(known -> known.word().equals(word))
                        .findFirst();
    }

    /** Returns the checksum of the cells, without those in the columns that rejects add. */
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
