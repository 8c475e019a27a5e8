package org.catalogdrop.mapping.yaml;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.catalogdrop.mapping.value.Quoted;
import org.catalogdrop.model.Table;
import org.snakeyaml.engine.v2.nodes.Node;

/** Parses where the table is in a drop. Used by one thread. */
final class TableParser {

    private static final int MOST_LINES = 1000;
    private static final List<String> MERGED = List.of("reject", "fill", "empty");
    private static final List<String> CELLS = List.of("reject", "empty");

    private final YamlReader yaml;

    TableParser(YamlReader yaml) {
        this.yaml = yaml;
    }

    /** @param file the keys of the whole file */
    Table table(Map<String, Node> file) {
        Map<String, Node> csv =
                file.containsKey("csv") ? yaml.silently(() -> yaml.object(file.get("csv"), Section.CSV)) : Map.of();
        return Table.PLAIN
                .withHeader(header(file.get("header")))
                .withSheet(yaml.filled(file, "sheet").orElse(""))
                .withRows(yaml.filled(file, "rows").orElse(""))
                .withMerged(merged(file))
                .withEscape(escape(csv))
                .withMissingCells(yaml.word(csv, "missing_cells", CELLS).equals(Optional.of("empty")));
    }

    private int header(Node node) {
        if (node == null) {
            return Table.FIRST;
        }
        String text = yaml.text(node, "header").orElse("").strip();
        if (text.equals("auto")) {
            return Table.SEARCHED;
        }
        int line = text.matches("\\d{1,4}") ? Integer.parseInt(text) : 0;
        if (line < 1 || line > MOST_LINES) {
            yaml.fault(
                    node,
                    "header is the number of the header's line, 1 to " + MOST_LINES
                            + ", or auto for the first line that has all columns of the mapping; found "
                            + Quoted.text(text));
        }
        return line;
    }

    private Table.Merged merged(Map<String, Node> file) {
        return switch (yaml.word(file, "merged_cells", MERGED).orElse("")) {
            case "fill" -> Table.Merged.FILL;
            case "empty" -> Table.Merged.EMPTY;
            default -> Table.Merged.REJECT;
        };
    }

    private Optional<Character> escape(Map<String, Node> csv) {
        Node node = csv.get("escape");
        if (node == null) {
            return Optional.empty();
        }
        String text = yaml.text(node, "escape").orElse("");
        boolean sign = text.length() == 1
                && text.charAt(0) > ' '
                && text.charAt(0) < 127
                && !Character.isLetterOrDigit(text.charAt(0));
        List<String> others = List.of(scalar(csv, "quote", "\""), scalar(csv, "delimiter", ","));
        if (!sign || others.contains(text)) {
            yaml.fault(
                    node,
                    "escape must be one sign, like \"\\\\\" for a backslash, other than quote and delimiter; found "
                            + Quoted.text(text));
            return Optional.empty();
        }
        return Optional.of(text.charAt(0));
    }

    private static String scalar(Map<String, Node> keys, String key, String otherwise) {
        return keys.get(key) instanceof org.snakeyaml.engine.v2.nodes.ScalarNode scalar ? scalar.getValue() : otherwise;
    }
}
