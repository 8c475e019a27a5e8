package org.catalogdrop.mapping.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The source of a value. Immutable. */
public sealed interface CellSource {

    /** A cell, by the drop's name for its column. */
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
     * @param texts the texts before, between and after the columns; one more than the columns
     */
    record Template(List<String> texts, List<String> columns) implements CellSource {}

    /** Returns the columns it reads. */
    List<String> columns();

    /**
     * Parses a template such as {@code {Brand} {Model}}; a literal brace is doubled. Empty if its braces do not pair, or it has no
     * column.
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
