package org.catalogdrop.input.csv;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.catalogdrop.input.text.LookBehindBuffer;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.DropRefused;

/**
 * The context for messages about CSV with wrong quotes.
 *
 * @param quote the quote around cells
 * @param escape the character before a quote inside a cell; empty if there is none
 * @param linesAbove the number of lines of the file that the parser does not get
 * @param recent the text that the parser has read last
 */
record Quoting(Optional<Character> quote, Optional<Character> escape, int linesAbove, LookBehindBuffer recent) {

    private static final Pattern AT_LINE = Pattern.compile("at line: (\\d+)");

    /**
     * Returns the refusal of the drop.
     *
     * @param failure the parser's exception
     * @param line the line on which the row starts
     */
    DropRefused broken(RuntimeException failure, long line) {
        char sign = quote.orElse('"');
        String name = sign == '"' ? "double quote" : sign == '\'' ? "single quote" : "quote " + sign;
        DropRefused refused = new DropRefused(
                Code.QUOTE,
                "The row that starts on line " + line + " cannot be read: " + found(failure, line, name)
                        + ". Expected: a cell in " + name + "s ends at a separator or a line end, and a " + name
                        + " inside it is written twice." + advice(sign) + " Fix the row and drop the file again.");
        refused.initCause(failure);
        return refused;
    }

    private String found(RuntimeException failure, long line, String name) {
        String said = String.valueOf(failure.getMessage());
        if (said.contains("EOF")) {
            return "a " + name + " is opened and not closed before the end of the file";
        }
        Matcher at = AT_LINE.matcher(said);
        long met = at.find() ? Long.parseLong(at.group(1)) + linesAbove : line;
        return met <= line
                ? "text follows a closing " + name + ", or an earlier one is not closed"
                : "on line " + met + " text follows a closing " + name + ", or an earlier one is not closed";
    }

    private String advice(char sign) {
        return escape.isEmpty() && recent.contains('\\', sign)
                ? " The file has \\" + sign
                        + ". If that is a quote inside a cell, write csv: {escape: \"\\\\\"} into the mapping file."
                : "";
    }
}
