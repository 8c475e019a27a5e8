package org.catalogdrop.mapping.value;

import java.util.ArrayList;
import java.util.List;

/**
 * Several values in one cell, separated by {@code |}. Each pair of backslashes before a bar is one literal backslash, and an odd one
 * makes the bar literal. A backslash elsewhere is itself. Stateless.
 */
public final class MultiValueCell {

    private MultiValueCell() {}

    /** Returns the values of a cell, at least one. */
    public static List<String> split(String cell) {
        int bar = cell.indexOf('|');
        if (bar < 0) {
            return List.of(cell);
        }
        List<String> values = new ArrayList<>();
        StringBuilder value = new StringBuilder();
        int from = 0;
        for (; bar >= 0; bar = cell.indexOf('|', from)) {
            int slashes = slashesBefore(cell, bar, from);
            value.append(cell, from, bar - slashes).append("\\".repeat(slashes / 2));
            if (slashes % 2 == 1) {
                value.append('|');
            } else {
                values.add(value.toString());
                value.setLength(0);
            }
            from = bar + 1;
        }
        values.add(value.append(cell, from, cell.length()).toString());
        return values;
    }

    /** Returns the cell that {@link #split} splits into these values; empty for none, and also for a single empty one. */
    public static String join(List<String> values) {
        StringBuilder cell = new StringBuilder();
        for (int i = 0; i < values.size(); i++) {
            String value = values.get(i);
            int from = 0;
            for (int bar = value.indexOf('|'); bar >= 0; bar = value.indexOf('|', from)) {
                cell.append(value, from, bar)
                        .append("\\".repeat(slashesBefore(value, bar, from)))
                        .append("\\|");
                from = bar + 1;
            }
            cell.append(value, from, value.length());
            if (i < values.size() - 1) {
                cell.append("\\".repeat(slashesBefore(value, value.length(), from)))
                        .append('|');
            }
        }
        return cell.toString();
    }

    private static int slashesBefore(String text, int index, int from) {
        int start = index;
        while (start > from && text.charAt(start - 1) == '\\') {
            start--;
        }
        return index - start;
    }
}
