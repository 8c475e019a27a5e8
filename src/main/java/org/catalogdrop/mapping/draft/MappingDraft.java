package org.catalogdrop.mapping.draft;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.catalogdrop.mapping.StandardMapping;
import org.catalogdrop.mapping.Suggestions;
import org.catalogdrop.mapping.draft.ColumnProfile.Ambiguity;
import org.catalogdrop.mapping.draft.ColumnProfile.Ways;
import org.catalogdrop.mapping.draft.DraftFields.Target;
import org.catalogdrop.mapping.value.NumberText;
import org.catalogdrop.mapping.value.UnsignedNumber;
import org.catalogdrop.mapping.value.ValueFormat;
import org.catalogdrop.mapping.value.ValueType;
import org.catalogdrop.model.Account;
import org.catalogdrop.model.Account.Field;
import org.catalogdrop.model.Action;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.NormalizedName;
import org.catalogdrop.model.Row;
import org.catalogdrop.model.SafeText;
import org.catalogdrop.model.Table;

/**
 * Writes the first draft of a mapping file: guesses from a drop's names and values and the account's fields, with comments for the person
 * who edits it. Used by one thread.
 */
public final class MappingDraft {

    private static final int MOST_SHEETS = 20;

    private static final List<String> ID_COLUMNS = List.of("id", "element id", "kommo id", "amo id");
    private static final List<ProductWords> KEYS =
            List.of(ProductWords.SKU, ProductWords.EXTERNAL_ID, ProductWords.BARCODE);
    private static final String ENUM = "enum";
    private static final String ID = "id";

    /** Columns that show that {@code id} is the id of an element. */
    private static final Set<String> OUR_COLUMNS = Set.of("action", "request_id");

    /** Symbols and codes of the same currencies. */
    private static final Map<String, String> CURRENCIES = Map.of(
            "€", "eur", "euro", "eur", "$", "usd", "£", "gbp", "₴", "uah", "грн", "uah", "₽", "rub", "руб", "rub", "р",
            "rub");

    /** The number of ids of a column that are looked up. */
    private static final int MOST_IDS = 3;

    private static final int MOST_SHOWN = 40;
    private static final int MOST_WORDS = 5;

    private final String drop;
    private final Account.Catalog list;
    private final Table table;
    private final List<String> sheets;
    private final DraftRows all;
    private final ForeignRows foreign;
    private final DraftRows draft;
    private final List<String> columns;
    private final LongPredicate elements;
    private final Set<String> emptyWords;
    private final Map<String, Target> targets;

    private final StringBuilder yaml = new StringBuilder();
    private final Set<String> used = new LinkedHashSet<>();

    /**
     * @param drop the drop's name
     * @param list the list it is for
     * @param rows its first and last rows
     */
    public MappingDraft(String drop, Account.Catalog list, List<Row> rows) {
        this(drop, list, List.of(), rows, Table.PLAIN, List.of(), id -> false);
    }

    /**
     * @param header its columns if it has them in a header
     * @param table where its table was found
     * @param sheets the names of the sheets, if it is a workbook
     * @param elements returns whether the list has an element with this id
     */
    public MappingDraft(
            String drop,
            Account.Catalog list,
            List<String> header,
            List<Row> rows,
            Table table,
            List<String> sheets,
            LongPredicate elements) {
        this.sheets = sheets;
        this.table = table;
        this.elements = elements;
        this.drop = drop;
        this.list = list;
        this.all = DraftRows.of(header, rows);
        this.foreign = ForeignRows.of(all);
        this.draft = all.without(foreign.rows());
        this.columns = draft.columns();
        this.emptyWords = emptyWords();
        this.targets = DraftFields.find(columns, list.fields());
    }

    /** Returns whether the drop has a column that could be read. */
    public boolean hasColumns() {
        return columns.stream().anyMatch(column -> !draft.hasArrays(column));
    }

    /** Returns the columns of the drop that can be read; values inside JSON objects by their paths. */
    public List<String> columns() {
        return columns.stream().filter(column -> !draft.hasArrays(column)).toList();
    }

    /** Returns the texts in a column of the sample, in the order of its rows, without empty cells. */
    public List<String> texts(String column) {
        return samples(column);
    }

    /** Returns the file's text. */
    public String text() {
        line("# yaml-language-server: $schema=mapping.schema.json");
        line("# Guessed from " + SafeText.of(drop) + ". Read and correct it; lines that begin with # are comments.");
        line("# All keys: docs/mapping.md. Then: catalog-drop mapping check FILE");
        if (isStandard()) {
            line("# Its columns are the standard ones, so that the drop can be loaded without a mapping file too.");
        }
        line("");
        line("# The names of the drops; * is any text.");
        line("drops: " + quoted(pattern()));
        line("catalog: " + quoted(list.name().isEmpty() ? Long.toString(list.id()) : list.name()));
        place();
        elements();
        skipRows();
        line("# What an empty cell means: leave, clear or reject.");
        line("defaults:");
        line("  empty: leave");
        if (!emptyWords.isEmpty()) {
            line("  empty_words: " + list(emptyWords) + "   # words of the file that seem to mean nothing");
        }
        line("fields:");
        int before = yaml.length();
        for (String column : columns) {
            if (targets.containsKey(column) && !used.contains(column)) {
                entry(column, targets.get(column));
            }
        }
        if (yaml.length() == before) {
            // An empty list would not let the lines below it begin one.
            yaml.setLength(before - "fields:\n".length());
            line("#fields:");
        }
        leftOver();
        return yaml.toString();
    }

    private boolean isStandard() {
        return !columns.isEmpty()
                && table.equals(Table.PLAIN)
                && foreign.entries().isEmpty()
                && emptyWords.isEmpty()
                && all.rows().stream().allMatch(row -> row.problem().isEmpty())
                && !hasMergedCells()
                && foreignId().isEmpty()
                && StandardMapping.unknown(columns).isEmpty()
                && columns.stream().allMatch(column -> !DraftFields.isStandard(column) || targets.containsKey(column));
    }

    /** Writes what is done with the rows, and the sources of the element's parts that are not fields. */
    private void elements() {
        Optional<String> id = idColumn();
        Optional<String> action = only("action", this::isActions);
        Optional<String> name = columns.stream()
                .filter(one -> !used.contains(one) && !targets.containsKey(one))
                .filter(one -> ProductWords.of(DraftFields.name(one)).equals(Optional.of(ProductWords.NAME)))
                .findFirst();
        Optional<String> key = keyColumn();
        boolean byKey = id.isEmpty() && name.isEmpty() && key.isPresent() && othersAreNoNames(key.get());
        boolean byId = id.isPresent() && name.isEmpty() && action.isEmpty() && isFilled(id.get());
        if (action.isPresent()) {
            line("action: {column: " + column(action.get()) + "}");
        } else if (byKey) {
            line(
                    "# Updates elements that are there, found by the key (docs/keys.md). To add the others: action: upsert, and a name:");
            line("action: update");
            line("key: " + column(key.get()));
        } else if (byId) {
            line("# Updates the elements with these ids, which keep their names.");
            line("action: update");
        } else {
            line(id.isPresent() ? "# Rows with an id are updates, the others are adds." : "action: add");
        }
        if (id.isEmpty() && !byKey) {
            line(
                    "# If the same file comes again and again: action: upsert, and key: with the column that identifies a row"
                            + " (docs/keys.md).");
            key.ifPresent(column -> line("#key: " + column(column)));
        }
        id.ifPresent(column -> line("id: " + column(column)));
        if (id.isEmpty()) {
            foreignId().ifPresent(column -> {
                line("# Ids of another system, it seems. If they are ids of the account's elements, remove the #:");
                line("#id: " + column(column));
            });
        }
        if (!byKey && !byId) {
            name(name);
        }
        only("request_id", one -> true).ifPresent(column -> line("request_id: " + column(column)));
        only("updated_at", one -> true).ifPresent(column -> line("updated_at: " + column(column)));
    }

    /**
     * Returns the column with ids of elements. Shops call their own ids {@code id} too, and rows with those would change unrelated
     * elements.
     */
    private Optional<String> idColumn() {
        Optional<String> found = columns.stream()
                .filter(one -> ID_COLUMNS.contains(Suggestions.plain(one)))
                .filter(one -> !isForeignId(one))
                .findFirst();
        found.ifPresent(used::add);
        return found;
    }

    private Optional<String> foreignId() {
        return columns.stream().filter(this::isForeignId).findFirst();
    }

    private boolean isForeignId(String column) {
        return Suggestions.plain(column).equals(ID)
                && columns.stream().noneMatch(MappingDraft::isOurs)
                && !areElements(column);
    }

    /** Returns whether no other program writes a column with this name. */
    private static boolean isOurs(String column) {
        return DraftFields.isStandard(column) || OUR_COLUMNS.contains(NormalizedName.folded(column));
    }

    private boolean areElements(String column) {
        List<Long> ids = samples(column).stream()
                .distinct()
                .limit(MOST_IDS)
                .map(UnsignedNumber::of)
                .toList();
        return !ids.isEmpty() && ids.stream().allMatch(id -> id > 0 && elements.test(id));
    }

    /** Returns the column with a standard name, if its values fit. */
    private Optional<String> only(String standard, Predicate<String> test) {
        Optional<String> found = columns.stream()
                .filter(one -> !used.contains(one) && NormalizedName.folded(one).equals(standard))
                .filter(one -> !samples(one).isEmpty())
                .filter(test)
                .findFirst();
        found.ifPresent(used::add);
        return found;
    }

    private boolean isActions(String column) {
        return samples(column).stream()
                .allMatch(word -> Action.of(NormalizedName.folded(word)).isPresent());
    }

    /** Returns the column that can be the key: it goes to a text field, and no value appears twice in it. */
    private Optional<String> keyColumn() {
        for (ProductWords concept : KEYS) {
            for (String column : columns) {
                Target target = targets.get(column);
                if (target != null
                        && target.part().isEmpty()
                        && ValueType.meantFor(target.field().type()) == ValueType.TEXT
                        && (ProductWords.of(DraftFields.name(column)).equals(Optional.of(concept))
                                || concept.isField(
                                        target.field().code(), target.field().name()))
                        && isFilled(column)
                        && samples(column).stream().distinct().count()
                                == samples(column).size()) {
                    return Optional.of(column);
                }
            }
        }
        return Optional.empty();
    }

    private boolean isFilled(String column) {
        return !draft.rows().isEmpty()
                && draft.rows().stream()
                        .noneMatch(row -> DraftRows.text(row, column).isEmpty());
    }

    /** Returns whether no other column is left that may have names in it. */
    private boolean othersAreNoNames(String key) {
        return columns.stream()
                .filter(one -> !one.equals(key) && !used.contains(one) && !targets.containsKey(one))
                .noneMatch(one -> seenType(one).equals("text"));
    }

    private void skipRows() {
        if (foreign.entries().isEmpty()) {
            return;
        }
        line("# Rows that are not elements, such as totals and remarks. They are skipped and counted.");
        line("skip_rows:");
        for (ForeignRows.Entry entry : foreign.entries()) {
            String what =
                    entry.words().isEmpty() ? "empty: true" : "words: " + list(new LinkedHashSet<>(entry.words()));
            line("  - {column: " + column(entry.column()) + ", " + what + "}   # such as row "
                    + entry.first().number() + " (line " + entry.first().line() + "): "
                    + SafeText.of(shownRow(entry.first())));
        }
    }

    private String shownRow(Row row) {
        return excerpt(columns.stream()
                .map(column -> DraftRows.text(row, column))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(" | ")));
    }

    /** Writes the place of the table, if it is not the usual one. */
    private void place() {
        if (!table.sheet().isEmpty()) {
            line("# The sheet of the workbook: its name or its number.");
            line("sheet: " + quoted(table.sheet()));
        }
        if (sheets.size() > 1) {
            List<String> others = sheets.stream()
                    .filter(one -> !one.equals(table.sheet().isEmpty() ? sheets.get(0) : table.sheet()))
                    .limit(MOST_SHEETS)
                    .map(MappingDraft::quoted)
                    .toList();
            line("# Its other sheets are not read: " + String.join(", ", others)
                    + (sheets.size() - 1 > MOST_SHEETS ? ", \u2026" : "")
                    + (table.sheet().isEmpty() ? ". To read one of them, write sheet: and its name." : "."));
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
            line("# Merged cells below the first: reject, fill (with its value) or empty.");
            line("merged_cells: fill");
        }
        if (table.escape().isPresent() || hasShortRows()) {
            line("csv:");
            table.escape().ifPresent(sign -> line("  escape: " + quoted(sign.toString())));
            if (hasShortRows()) {
                line(
                        "  # Some rows have fewer cells than the header. empty: missing cells are empty; reject: such rows are rejected.");
                line("  missing_cells: empty");
            }
        }
    }

    private boolean hasMergedCells() {
        return all.rows().stream()
                .flatMap(row -> row.cells().stream())
                .anyMatch(cell ->
                        cell instanceof Row.Damaged damaged && damaged.problem().code() == Code.MERGED_CELL);
    }

    private boolean hasShortRows() {
        return all.rows().stream()
                .anyMatch(row -> row.problem().isPresent()
                        && row.problem().get().code() == Code.RAGGED_ROW
                        && row.cells().size() < row.columns().size());
    }

    /** Returns the words of the file that seem to mean an empty cell. */
    private Set<String> emptyWords() {
        Set<String> words = new LinkedHashSet<>();
        for (String column : columns) {
            Set<String> values = new LinkedHashSet<>();
            draft.rows().forEach(row -> values.add(DraftRows.text(row, column)));
            values.remove("");
            boolean yesAndNo = values.size() == 2
                    && new ColumnProfile(List.copyOf(values))
                            .yesAndNo()
                            .others()
                            .isEmpty();
            values.stream()
                    .filter(word -> !yesAndNo && ColumnProfile.isEmptyWord(word))
                    .forEach(words::add);
        }
        return words;
    }

    private static String list(Set<String> words) {
        return words.stream().map(MappingDraft::quoted).collect(Collectors.joining(", ", "[", "]"));
    }

    /** Returns the pattern for the drop's name. Digits in a name are most often those of a day, and differ tomorrow. */
    private String pattern() {
        String unpacked = drop.replaceFirst("(?i)\\.(gz|zip)$", "");
        int dot = unpacked.lastIndexOf('.');
        String stem = dot < 0 ? unpacked : unpacked.substring(0, dot);
        String glob = stem.replaceAll("\\d[\\d_.-]*", "*");
        return glob + (glob.contains("*") ? "" : "*") + unpacked.substring(stem.length());
    }

    private void name(Optional<String> named) {
        Optional<String> column = named.or(() ->
                        textColumn(one -> !targets.containsKey(one) && !ID_COLUMNS.contains(Suggestions.plain(one))))
                .or(() -> textColumn(one -> true));
        named.ifPresent(used::add);
        column.filter(one -> !targets.containsKey(one)).ifPresent(used::add);
        line("# Or of several columns: {template: \"{Brand} {Model}\"}");
        line("name: "
                + (column.isPresent()
                        ? column(column.get())
                        : quoted(ValueFormat.UNDECIDED)
                                + "   # no column seems to have names: write the one that has"));
    }

    private Optional<String> textColumn(Predicate<String> test) {
        return columns.stream()
                .filter(one -> !used.contains(one) && !draft.hasArrays(one))
                .filter(test)
                .filter(one -> seenType(one).equals("text"))
                .findFirst();
    }

    private void entry(String column, Target target) {
        used.add(column);
        Field field = target.field();
        boolean ids = target.part().equalsIgnoreCase(ENUM);
        ValueType type = ids
                ? ValueType.OPTION_IDS
                : target.part().isEmpty() ? ValueType.meantFor(field.type()) : ValueType.TEXT;
        boolean unique = list.fields().stream()
                        .filter(one -> Suggestions.plain(one.name()).equals(Suggestions.plain(field.name())))
                        .count()
                == 1;
        line("  - field: " + (unique && UnsignedNumber.of(field.name()) < 0 ? quoted(field.name()) : field.id())
                + (target.sure() ? "" : "   # a guess by its name"));
        if (!ids && !target.part().isEmpty()) {
            line("    subtype: " + quoted(target.part()));
        }
        line("    column: " + column(column));
        if (type != ValueType.TEXT) {
            line("    type: " + type.word());
        }
        ColumnProfile guess = new ColumnProfile(samples(column, type != ValueType.OPTIONS));
        boolean typed = guess.samples().isEmpty() && !samples(column).isEmpty();
        if (typed && type != ValueType.OPTIONS) {
            return; // the drop says itself what they are
        }
        boolean bars = DraftFields.isStandard(column)
                && (ids || target.part().isEmpty())
                && guess.samples().stream().anyMatch(text -> text.contains("|"));
        switch (type) {
            case NUMBER -> number(guess);
            case DATE -> date(guess);
            case BOOLEAN -> words(guess);
            case OPTIONS -> options(guess, field);
            case TEXT, OPTION_IDS -> {
                if (bars) {
                    line("    separator: \"|\"");
                }
            }
        }
    }

    private void number(ColumnProfile guess) {
        Set<String> signs = new LinkedHashSet<>(guess.signs());
        Ways<NumberText> ways = guess.numbers(List.copyOf(signs));
        Optional<NumberText> most = ways.ofMost();
        if (most.isEmpty()) {
            line("    # decimal: \",\"   thousands: \".\"   (not all values seem to be numbers)");
            return;
        }
        NumberText way = most.get();
        Optional<Ambiguity<NumberText>> ambiguity = guess.ambiguousNumber(ways);
        if (ambiguity.isPresent()) {
            line("    # " + quoted(excerpt(ambiguity.get().sample())) + " is "
                    + ambiguity.get().read().entrySet().stream()
                            .map(reading -> reading.getValue() + " with " + keys(reading.getKey()))
                            .collect(Collectors.joining(", or "))
                    + ". Write the keys of the right one:");
            line("    decimal: " + quoted(ValueFormat.UNDECIDED));
        } else if (!guess.isWhole(way)) {
            line("    decimal: " + quoted(way.decimal()));
            if (!way.thousands().isEmpty()) {
                line("    thousands: " + quoted(way.thousands()));
            }
        }
        if (!signs.isEmpty()) {
            signs(guess, signs);
        }
        others(ways.others(), "numbers");
    }

    /** Writes symbols of one unit only: 12 kg and 500 g would become 12 and 500. */
    private void signs(ColumnProfile guess, Set<String> signs) {
        String usual = signs.stream()
                .max(Comparator.comparingLong(sign -> guess.samples().stream()
                        .filter(text -> new ColumnProfile(List.of(text)).signs().contains(sign))
                        .count()))
                .orElseThrow();
        Map<Boolean, Set<String>> ofUnit = signs.stream()
                .collect(Collectors.partitioningBy(
                        sign -> unit(sign).equals(unit(usual)), Collectors.toCollection(LinkedHashSet::new)));
        line("    signs: " + list(ofUnit.get(true))
                + (ofUnit.get(false).isEmpty()
                        ? ""
                        : "   # not " + list(ofUnit.get(false))
                                + ", which may be another unit: such rows are rejected"));
    }

    private static String unit(String sign) {
        String plain = sign.toLowerCase(Locale.ROOT).replace(".", "");
        return CURRENCIES.getOrDefault(plain, plain);
    }

    private static String keys(NumberText way) {
        return "decimal: " + quoted(way.decimal())
                + (way.thousands().isEmpty() ? "" : " and thousands: " + quoted(way.thousands()));
    }

    /** Writes the values of a column that differ from most of them. One of them may be a word for an empty cell. */
    private void others(List<String> others, String what) {
        Set<String> words =
                new LinkedHashSet<>(others.stream().map(NormalizedName::of).toList());
        if (words.isEmpty()) {
            return;
        }
        boolean told = words.stream().noneMatch(word -> word.chars().anyMatch(Character::isDigit));
        String shown = words.stream()
                .limit(MOST_WORDS)
                .map(word -> quoted(excerpt(word)))
                .collect(Collectors.joining(", ", "[", words.size() > MOST_WORDS ? ", …]" : "]"));
        line(
                told
                        ? "    # Not all values are " + what
                                + ". If these words mean that there is none, remove the # below; else their rows are rejected."
                        : "    # These values are no " + what + " written so, and their rows are rejected: " + shown);
        if (told) {
            line("    #empty_words: " + list(words));
        }
    }

    private void date(ColumnProfile guess) {
        Ways<String> ways = guess.patterns();
        Optional<String> most = ways.ofMost();
        if (most.isEmpty()) {
            line("    # pattern: dd.MM.yyyy   (how are the dates written?)");
        } else {
            Optional<Ambiguity<String>> ambiguity = guess.ambiguousDate(ways);
            ambiguity.ifPresent(open -> line("    # " + quoted(excerpt(open.sample())) + " is "
                    + open.read().entrySet().stream()
                            .map(reading -> reading.getValue() + " with " + quoted(reading.getKey()))
                            .collect(Collectors.joining(", or "))
                    + ". Write the right pattern:"));
            line("    pattern: " + quoted(ambiguity.isPresent() ? ValueFormat.UNDECIDED : most.get()));
            others(ways.others(), "dates");
        }
    }

    private void words(ColumnProfile guess) {
        Ways<List<String>> ways = guess.yesAndNo();
        ways.ofMost()
                .ifPresentOrElse(
                        pair -> {
                            line("    true_words: [" + quoted(pair.get(0)) + "]");
                            line("    false_words: [" + quoted(pair.get(1)) + "]");
                            others(ways.others(), "words for yes or no");
                        },
                        () -> line("    # true_words: [yes]   false_words: [no]"));
    }

    private void options(ColumnProfile guess, Field field) {
        String separator = field.type() == ValueType.MULTILIST ? guess.separator() : "";
        if (!separator.isEmpty()) {
            line("    separator: " + quoted(separator));
        }
        Set<String> known = new LinkedHashSet<>();
        field.options().values().forEach(label -> known.add(Suggestions.plain(label)));
        Set<String> strange = new LinkedHashSet<>();
        for (String sample : guess.samples()) {
            for (String one : separator.isEmpty()
                    ? List.of(sample)
                    : List.of(sample.split(java.util.regex.Pattern.quote(separator)))) {
                if (!known.contains(Suggestions.plain(one)) && !one.isBlank()) {
                    strange.add(one.strip());
                }
            }
        }
        line("    # the list has: "
                + SafeText.of(String.join(", ", field.options().values())));
        labels(strange, field);
    }

    /** Writes the words of the drop that are no options: similar ones with a guess, the others for the user to fill in. */
    private void labels(Set<String> strange, Field field) {
        Map<String, String> guesses = new LinkedHashMap<>();
        strange.forEach(
                word -> Suggestions.of(word, field.options().values()).ifPresent(near -> guesses.put(word, near)));
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

    private void leftOver() {
        List<String> rest = columns.stream().filter(one -> !used.contains(one)).toList();
        if (!rest.isEmpty()) {
            line("# Columns that are not read. To read one, name its field and remove the #:");
            rest.forEach(one -> {
                line("#  - field: ?");
                line("#    column: " + column(one) + seen(one));
            });
        }
        if (!draft.twice().isEmpty()) {
            line("# Columns that are in the header twice, so that they cannot be read: "
                    + SafeText.of(String.join(", ", draft.twice())));
        }
        List<Field> open = new ArrayList<>(list.fields());
        targets.forEach((column, target) -> {
            if (used.contains(column)) {
                open.remove(target.field());
            }
        });
        if (!open.isEmpty()) {
            line("# Fields of the list that get no value:");
            open.forEach(field -> line("#  " + field.id() + " " + quoted(field.name()) + ", "
                    + ValueType.meantFor(field.type()).word()));
        }
    }

    /** Returns a comment with the type that a column seems to have, and two of its values. */
    private String seen(String column) {
        List<String> samples = samples(column).stream().distinct().toList();
        if (draft.hasArrays(column)) {
            return "   # arrays, which no field takes";
        }
        return samples.isEmpty()
                ? "   # empty in all rows that were read"
                : "   # " + seenType(column) + ", such as "
                        + samples.stream()
                                .limit(2)
                                .map(text -> quoted(excerpt(text)))
                                .collect(Collectors.joining(" and "));
    }

    /** Returns the type that most values of a column seem to have; empty if there is none. */
    private String seenType(String column) {
        ColumnProfile guess = new ColumnProfile(samples(column));
        if (guess.samples().isEmpty()) {
            return "";
        }
        return guess.patterns().ofMost().isPresent()
                ? "date"
                : guess.numbers(guess.signs()).ofMost().isPresent() ? "number" : "text";
    }

    private static String excerpt(String text) {
        return text.codePointCount(0, text.length()) <= MOST_SHOWN
                ? text
                : text.substring(0, text.offsetByCodePoints(0, MOST_SHOWN)) + "…";
    }

    private List<String> samples(String column) {
        return samples(column, false);
    }

    /** @param written whether typed numbers and dates are left out, because they do not show how text is written */
    private List<String> samples(String column, boolean written) {
        List<String> samples = new ArrayList<>();
        for (Row row : draft.rows()) {
            DraftRows.cell(row, column)
                    .filter(cell -> cell instanceof String || !written)
                    .map(Object::toString)
                    .filter(text -> !emptyWords.contains(NormalizedName.of(text)))
                    .ifPresent(samples::add);
        }
        return samples;
    }

    private void line(String text) {
        yaml.append(text).append('\n');
    }

    /** Returns the name of a column as a person would write it. It is found by its normalized name. */
    private static String column(String name) {
        return quoted(NormalizedName.of(name));
    }

    /** Returns a text in double quotes, where YAML has the rules of JSON. */
    public static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                quoted.append('\\').appendCodePoint(c);
            } else if (SafeText.isControl(c) || Character.getType(c) == Character.SURROGATE) {
                quoted.append("\\u%04x".formatted(c));
            } else {
                quoted.appendCodePoint(c);
            }
        });
        return quoted.append('"').toString();
    }
}
