package org.catalogdrop.mapping;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.catalogdrop.model.Account;
import org.catalogdrop.model.Account.Field;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Plain;
import org.catalogdrop.model.PlainName;
import org.catalogdrop.model.Row;
import org.catalogdrop.model.Table;

/** The first draft of a mapping file: guesses from a drop's names and values and the account's fields, with comments for who edits it. */
public final class Sketch {

    private static final List<String> ID_COLUMNS = List.of("id", "element id", "kommo id", "amo id");

    private static final int MOST_SHOWN = 40;

    private final String drop;
    private final Account.Catalog list;
    private final List<Row> rows;
    private final Table table;
    private final List<String> columns;
    private final Set<String> emptyWords;
    /** Names that stand twice in the header, so that no mapping can read them. */
    private final List<String> twice;

    private final StringBuilder yaml = new StringBuilder();
    private final Set<String> used = new LinkedHashSet<>();

    /**
     * @param drop the drop's name
     * @param list the list it is for
     * @param rows its first rows
     */
    public Sketch(String drop, Account.Catalog list, List<Row> rows) {
        this(drop, list, rows, Table.PLAIN);
    }

    /** @param table where in the drop its table was found */
    public Sketch(String drop, Account.Catalog list, List<Row> rows, Table table) {
        this.table = table;
        this.drop = drop;
        this.list = list;
        this.rows = List.copyOf(rows);
        Set<String> names = new LinkedHashSet<>();
        rows.forEach(row -> names.addAll(row.columns()));
        this.twice = rows.stream()
                .limit(1)
                .flatMap(row -> row.columns().stream())
                .filter(one -> !one.isBlank())
                .collect(Collectors.groupingBy(PlainName::of, LinkedHashMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .filter(name -> name.getValue() > 1)
                .map(Map.Entry::getKey)
                .toList();
        names.removeIf(name -> twice.contains(PlainName.of(name)));
        this.columns = List.copyOf(names);
        this.emptyWords = emptyWords();
    }

    /** The file's text. */
    public String text() {
        line("# yaml-language-server: $schema=mapping.schema.json");
        line("# Guessed from " + Plain.of(drop) + ". Look through it; lines that begin with # say nothing.");
        line("# All keys: docs/mapping.md. Then: catalog-drop mapping check FILE");
        line("");
        line("# Which drops, by their names: * is any text.");
        line("drops: " + quoted(pattern()));
        line("catalog: " + quoted(list.name().isEmpty() ? Long.toString(list.id()) : list.name()));
        place();
        Optional<String> id = column(ID_COLUMNS);
        line(id.isPresent() ? "# Rows with an id are updates, the others adds." : "action: add");
        if (id.isEmpty()) {
            line(
                    "# If the same file comes again and again: action: upsert, and key: with the column that identifies a row"
                            + " (docs/keys.md).");
            columns.stream()
                    .filter(one -> ProductWords.of(one).equals(Optional.of(ProductWords.SKU)))
                    .findFirst()
                    .ifPresent(column -> line("#key: " + column(column)));
        }
        id.ifPresent(column -> line("id: " + column(column)));
        name();
        line("# What an empty cell means: leave, clear or reject.");
        line("defaults:");
        line("  empty: leave");
        if (!emptyWords.isEmpty()) {
            line("  empty_words: " + list(emptyWords) + "   # words of the file that seem to mean nothing");
        }
        line("fields:");
        int before = yaml.length();
        List<Field> open = new ArrayList<>(list.fields());
        for (String column : columns) {
            field(column, open).ifPresent(field -> {
                open.remove(field);
                entry(column, field);
            });
        }
        if (yaml.length() == before) {
            // An empty list would not let the lines below it begin one.
            yaml.setLength(before - "fields:\n".length());
            line("#fields:");
        }
        leftOver(open);
        return yaml.toString();
    }

    /** What is not where it is looked for by itself. */
    private void place() {
        if (!table.sheet().isEmpty()) {
            line("# The sheet of the workbook, by its name or its number.");
            line("sheet: " + quoted(table.sheet()));
        }
        if (table.header() != Table.FIRST) {
            line("# Where the header is: the first line that has all columns named below. It was line " + table.header()
                    + ".");
            line("header: auto");
        }
        if (!table.rows().isEmpty()) {
            line("# The path to the rows.");
            line("rows: " + quoted(table.rows()));
        }
        if (hasMergedCells()) {
            line("# What merged cells mean below the first: reject, fill (they have its value) or empty.");
            line("merged_cells: fill");
        }
        if (table.escape().isPresent() || hasShortRows()) {
            line("csv:");
            table.escape().ifPresent(sign -> line("  escape: " + quoted(sign.toString())));
            if (hasShortRows()) {
                line(
                        "  # Some rows have fewer cells than the header. What is missing is empty; to reject such rows: reject.");
                line("  missing_cells: empty");
            }
        }
    }

    private boolean hasMergedCells() {
        return rows.stream()
                .flatMap(row -> row.cells().stream())
                .anyMatch(cell ->
                        cell instanceof Row.Damaged damaged && damaged.problem().code() == Code.MERGED_CELL);
    }

    private boolean hasShortRows() {
        return rows.stream()
                .anyMatch(row -> row.problem().isPresent()
                        && row.problem().get().code() == Code.RAGGED_ROW
                        && row.cells().size() < row.columns().size());
    }

    /** The words of the file that seem to mean that a cell is empty. */
    private Set<String> emptyWords() {
        Set<String> words = new LinkedHashSet<>();
        for (String column : columns) {
            Set<String> values = new LinkedHashSet<>();
            rows.forEach(row -> sample(row, column)
                    .map(cell -> PlainName.of(cell.toString()))
                    .ifPresent(values::add));
            values.remove("");
            boolean yesAndNo = values.size() == 2
                    && new Guess(List.copyOf(values)).yesAndNo().isPresent();
            values.stream().filter(word -> !yesAndNo && Guess.isEmptyWord(word)).forEach(words::add);
        }
        return words;
    }

    private static String list(Set<String> words) {
        return words.stream().map(Sketch::quoted).collect(Collectors.joining(", ", "[", "]"));
    }

    /** Digits in a name are most often those of a day, and others tomorrow. */
    private String pattern() {
        String unpacked = drop.replaceFirst("(?i)\\.(gz|zip)$", "");
        int dot = unpacked.lastIndexOf('.');
        String stem = dot < 0 ? unpacked : unpacked.substring(0, dot);
        String glob = stem.replaceAll("\\d[\\d_.-]*", "*");
        return glob + (glob.contains("*") ? "" : "*") + unpacked.substring(stem.length());
    }

    private void name() {
        Optional<String> column = nameColumn().or(() -> columns.stream()
                .filter(one -> !used.contains(one) && !one.isBlank())
                .filter(one -> new Guess(samples(one)).numbers().isEmpty())
                .findFirst());
        column.ifPresent(used::add);
        line("# Or of several columns: {template: \"{Brand} {Model}\"}");
        line("name: " + column(column.orElse(columns.isEmpty() ? "name" : columns.get(0))));
    }

    private Optional<String> nameColumn() {
        return columns.stream()
                .filter(one -> !used.contains(one))
                .filter(one -> ProductWords.of(one).equals(Optional.of(ProductWords.NAME)))
                .findFirst();
    }

    private Optional<String> column(List<String> names) {
        Optional<String> found = columns.stream()
                .filter(one -> !used.contains(one) && names.contains(Nearest.plain(one)))
                .findFirst();
        found.ifPresent(used::add);
        return found;
    }

    private Optional<Field> field(String column, List<Field> open) {
        if (used.contains(column) || column.isBlank()) {
            return Optional.empty();
        }
        boolean standard = column.regionMatches(true, 0, Column.FIELD, 0, Column.FIELD.length());
        String plain = Nearest.plain(standard ? NamedFields.rest(column) : column);
        Optional<Field> same = open.stream()
                .filter(one -> Nearest.plain(one.name()).equals(plain)
                        || Nearest.plain(one.code()).equals(plain)
                        || standard && Long.toString(one.id()).equals(plain))
                .findFirst();
        return same.or(() -> sameConcept(column, open)).or(() -> Nearest.of(
                        column, open.stream().map(Field::name).toList())
                .flatMap(name ->
                        open.stream().filter(one -> one.name().equals(name)).findFirst()));
    }

    private static Optional<Field> sameConcept(String column, List<Field> open) {
        return ProductWords.of(column).flatMap(concept -> open.stream()
                .filter(one -> concept.isField(one.code(), one.name()))
                .findFirst());
    }

    private void entry(String column, Field field) {
        used.add(column);
        Type type = Type.meantFor(field.type());
        boolean alike = Nearest.plain(field.name()).equals(Nearest.plain(column))
                || Nearest.plain(field.code()).equals(Nearest.plain(column));
        boolean unique = list.fields().stream()
                        .filter(one -> Nearest.plain(one.name()).equals(Nearest.plain(field.name())))
                        .count()
                == 1;
        line("  - field: " + (unique && Whole.of(field.name()) < 0 ? quoted(field.name()) : field.id())
                + (alike ? "" : "   # a guess by its name"));
        line("    column: " + column(column));
        if (type != Type.TEXT) {
            line("    type: " + type.word());
        }
        Guess guess = new Guess(samples(column, type != Type.OPTIONS));
        boolean typed = guess.samples().isEmpty() && !samples(column).isEmpty();
        if (typed && type != Type.OPTIONS) {
            return; // the drop says itself what they are
        }
        switch (type) {
            case NUMBER -> number(guess);
            case DATE -> date(guess);
            case BOOLEAN -> words(guess);
            case OPTIONS -> options(guess, field);
            case TEXT, OPTION_IDS -> {}
        }
    }

    private void number(Guess guess) {
        Set<String> signs = new LinkedHashSet<>(guess.signs());
        List<NumberText> ways = guess.numbers(List.copyOf(signs));
        if (ways.isEmpty()) {
            line("    # decimal: \",\"   thousands: \".\"   (not all values seem to be numbers)");
        } else if (!guess.isWhole()) {
            NumberText way = ways.get(0);
            line("    decimal: " + quoted(way.decimal())
                    + (ways.stream().map(NumberText::decimal).distinct().count() > 1
                            ? "   # check: the values seen could be meant otherwise"
                            : ""));
            if (!way.thousands().isEmpty()) {
                line("    thousands: " + quoted(way.thousands()));
            }
            if (!signs.isEmpty()) {
                line("    signs: " + list(signs));
            }
        }
    }

    private void date(Guess guess) {
        List<String> patterns = guess.patterns();
        if (patterns.isEmpty()) {
            line("    # pattern: dd.MM.yyyy   (how are the dates written?)");
        } else {
            boolean open = patterns.contains("dd/MM/yyyy") && patterns.contains("MM/dd/yyyy");
            line("    pattern: " + quoted(patterns.get(0)) + (open ? "   # check: or MM/dd/yyyy?" : ""));
        }
    }

    private void words(Guess guess) {
        guess.yesAndNo()
                .ifPresentOrElse(
                        pair -> {
                            line("    true_words: [" + quoted(pair.get(0)) + "]");
                            line("    false_words: [" + quoted(pair.get(1)) + "]");
                        },
                        () -> line("    # true_words: [yes]   false_words: [no]"));
    }

    private void options(Guess guess, Field field) {
        String separator = field.type() == Type.MULTILIST ? guess.separator() : "";
        if (!separator.isEmpty()) {
            line("    separator: " + quoted(separator));
        }
        Set<String> known = new LinkedHashSet<>();
        field.options().values().forEach(label -> known.add(Nearest.plain(label)));
        Set<String> strange = new LinkedHashSet<>();
        for (String sample : guess.samples()) {
            for (String one : separator.isEmpty()
                    ? List.of(sample)
                    : List.of(sample.split(java.util.regex.Pattern.quote(separator)))) {
                if (!known.contains(Nearest.plain(one)) && !one.isBlank()) {
                    strange.add(one.strip());
                }
            }
        }
        line("    # the list has: " + Plain.of(String.join(", ", field.options().values())));
        labels(strange, field);
    }

    /** The words of the drop that are no options: those that are like one with a guess, the others for the user to fill in. */
    private void labels(Set<String> strange, Field field) {
        Map<String, String> guesses = new LinkedHashMap<>();
        strange.forEach(word -> Nearest.of(word, field.options().values()).ifPresent(near -> guesses.put(word, near)));
        if (!strange.isEmpty()) {
            line(guesses.isEmpty() ? "    # labels:" : "    labels:   # words of the file and the options they mean");
        }
        for (String word : strange) {
            String guess = guesses.get(word);
            line(
                    guess == null
                            ? "    #   " + quoted(word) + ": ?"
                            : "      " + quoted(word) + ": " + quoted(guess) + "   # a guess by its name");
        }
    }

    private void leftOver(List<Field> open) {
        List<String> rest = columns.stream()
                .filter(one -> !used.contains(one) && !one.isBlank())
                .toList();
        if (!rest.isEmpty()) {
            line("# Columns that are not read; to have one read, name its field and take the # off:");
            rest.forEach(one -> {
                line("#  - field: ?");
                line("#    column: " + column(one) + seen(one));
            });
        }
        if (!twice.isEmpty()) {
            line("# Columns that stand twice in the header, so that they cannot be read: "
                    + Plain.of(String.join(", ", twice)));
        }
        if (!open.isEmpty()) {
            line("# Fields of the list that get no value:");
            open.forEach(field -> line("#  " + field.id() + " " + quoted(field.name()) + ", "
                    + Type.meantFor(field.type()).word()));
        }
    }

    /** A comment with the type a column seems to have, and two of its values. */
    private String seen(String column) {
        List<String> samples = samples(column).stream()
                .filter(text -> !text.isBlank())
                .distinct()
                .toList();
        if (samples.isEmpty()) {
            return "   # empty in all rows seen";
        }
        Guess guess = new Guess(samples);
        String type = !guess.patterns().isEmpty()
                ? "date"
                : !guess.numbers(guess.signs()).isEmpty() ? "number" : "text";
        return "   # " + type + ", such as "
                + samples.stream().limit(2).map(text -> quoted(excerpt(text))).collect(Collectors.joining(" and "));
    }

    private static String excerpt(String text) {
        return text.codePointCount(0, text.length()) <= MOST_SHOWN
                ? text
                : text.substring(0, text.offsetByCodePoints(0, MOST_SHOWN)) + "…";
    }

    private List<String> samples(String column) {
        return samples(column, false);
    }

    private List<String> samples(String column, boolean written) {
        List<String> samples = new ArrayList<>();
        for (Row row : rows) {
            // Numbers and dates that are such in the drop tell nothing of how text is written.
            sample(row, column)
                    .filter(cell -> cell instanceof String || !written)
                    .map(Object::toString)
                    .filter(text -> !emptyWords.contains(PlainName.of(text)))
                    .ifPresent(samples::add);
        }
        return samples;
    }

    private static Optional<Object> sample(Row row, String column) {
        int at = row.columns().indexOf(column);
        return at >= 0 && at < row.cells().size() && !Reading.isNull(row.cells().get(at))
                ? Optional.of(row.cells().get(at)).filter(cell -> !(cell instanceof Row.Damaged))
                : Optional.empty();
    }

    private void line(String text) {
        yaml.append(text).append('\n');
    }

    /** The name of a column as a person would write it; it is found by its plain form. */
    private static String column(String name) {
        return quoted(PlainName.of(name));
    }

    /** A text in double quotes, in which YAML is what JSON is. */
    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                quoted.append('\\').appendCodePoint(c);
            } else if (Plain.isControl(c) || Character.getType(c) == Character.SURROGATE) {
                quoted.append("\\u%04x".formatted(c));
            } else {
                quoted.appendCodePoint(c);
            }
        });
        return quoted.append('"').toString();
    }
}
