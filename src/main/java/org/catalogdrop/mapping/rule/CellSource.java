package org.catalogdrop.mapping.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where a value comes from. */
public sealed interface CellSource {

    /** A cell, under the drop's name for its column. */
    record Column(String name) implements CellSource {
        @Override
        public List<String> columns() {
            return List.of(name);
        }
    }

    /** The same text for every row. */
    record Constant(String text) implements CellSource {
        @Override
        public List<String> columns() {
            return List.of();
        }
    }

    /**
     * Texts and columns, in turn.
     *
     * @param texts what stands before, between and after the columns; one more than those
     */
    record Template(List<String> texts, List<String> columns) implements CellSource {}

    /** The columns it reads. */
    List<String> columns();

    /**
     * Returns a template as {@code {Brand} {Model}} writes it; a brace that is meant is doubled. Empty if its braces do not pair, or it has
     * no column.
     */
    static Optional<Template> template(String text) {
        List<String> texts = new ArrayList<>();
        List<String> columns = new ArrayList<>();
        StringBuilder piece = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean twice = i + 1 < text.length() && text.charAt(i + 1) == c;
            if ((c == '{' || c == '}') && twice) {
                piece.append(c);
                i++;
            } else if (c == '{') {
                int end = text.indexOf('}', i);
                String name = end < 0 ? "" : text.substring(i + 1, end).strip();
                if (name.isEmpty() || name.indexOf('{') >= 0) {
                    return Optional.empty();
                }
                texts.add(piece.toString());
                piece.setLength(0);
                columns.add(name);
                i = end;
            } else if (c == '}') {
                return Optional.empty();
            } else {
                piece.append(c);
            }
        }
        texts.add(piece.toString());
        return columns.isEmpty()
                ? Optional.empty()
                : Optional.of(new Template(List.copyOf(texts), List.copyOf(columns)));
    }
}
