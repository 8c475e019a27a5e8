package org.catalogdrop.preview;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.catalogdrop.mapping.Suggestions;
import org.catalogdrop.mapping.draft.MappingDraft;
import org.catalogdrop.mapping.edit.MappingText;
import org.catalogdrop.mapping.value.ValueType;
import org.catalogdrop.model.Account;
import org.catalogdrop.model.NormalizedName;

/**
 * A mapping file as a form: what it says of each column of a drop, and which columns it does not read. Immutable.
 *
 * @param top the values of the file that are not of a field, by their paths with points; what is missing has none
 * @param columns the columns of the drop
 * @param entries the fields of the file, then the columns that it does not read
 * @param skips the rows that are passed over
 * @param fields the fields of the list
 * @param unshown the keys that the form does not show and leaves as they are, with their lines
 */
public record MappingForm(
        Map<String, String> top,
        List<String> columns,
        List<Entry> entries,
        List<Skip> skips,
        List<FieldChoice> fields,
        List<String> unshown) {

    /** The keys of the file that have one value; those below another key with a point. */
    public static final List<String> TOP = List.of(
            "drops",
            "catalog",
            "action",
            "key",
            "unknown",
            "known",
            "gone",
            "missing",
            "missing_at_most",
            "on_reject",
            "id",
            "name",
            "name.template",
            "name.constant",
            "header",
            "sheet",
            "rows",
            "merged_cells",
            "csv.delimiter",
            "csv.quote",
            "csv.charset",
            "csv.escape",
            "csv.missing_cells",
            "defaults.empty",
            "defaults.decimal",
            "defaults.thousands",
            "defaults.pattern",
            "defaults.zone",
            "defaults.locale");

    /** The keys of the file that have a list of words. */
    public static final List<String> TOP_WORDS =
            List.of("defaults.empty_words", "defaults.signs", "defaults.true_words", "defaults.false_words");

    /** The keys of a field that have one value. */
    public static final List<String> KEYS = List.of(
            "field",
            "subtype",
            "column",
            "constant",
            "template",
            "type",
            "separator",
            "empty",
            "replace",
            "decimal",
            "thousands",
            "pattern",
            "zone",
            "locale");

    /** The keys of a field that have a list of words. */
    public static final List<String> WORDS = List.of("signs", "true_words", "false_words", "empty_words");

    /** The text between two words. */
    public static final String BETWEEN = "; ";

    static final String SKIPS = "skip_rows";
    private static final String LABELS = "labels";
    private static final Set<String> TABLES = Set.of("csv", "defaults");
    private static final int SAMPLES = 3;
    private static final int MOST_WORDS = 50;
    private static final int MOST_OPTIONS = 12;
    private static final String FIELDS = "fields";

    /**
     * A field that can be chosen.
     *
     * @param name what is written into the mapping file: its name, or its id if the name is not the only one
     * @param title its name and type
     */
    public record FieldChoice(String name, String title) {}

    /**
     * A column, and the field that it goes to.
     *
     * @param place the place of the field in the file; -1 if the file does not read the column
     * @param column the column; empty if the field has another source
     * @param source the other source, for a person to read
     * @param samples some values of the column
     * @param keys the texts of its keys
     * @param labels the words of the column and the options that they mean; empty where that is not known
     * @param options the labels of the field's options
     */
    public record Entry(
            int place,
            String column,
            String source,
            List<String> samples,
            Map<String, String> keys,
            Map<String, String> labels,
            List<String> options) {

        /** Returns the text of a key; empty if it is missing. */
        public String get(String key) {
            return keys.getOrDefault(key, "");
        }
    }

    /**
     * Rows that are passed over.
     *
     * @param place its place in the file
     * @param column the column that decides
     * @param words what is in it
     * @param empty {@code true} if rows whose cell is empty are passed over
     */
    public record Skip(int place, String column, String words, String empty) {}

    /** Returns whether the form can change a key: it has one value, or none. */
    public boolean shows(String key) {
        return unshown.stream().noneMatch(one -> one.startsWith(key + " (") || one.startsWith(key + "."));
    }

    /** Returns the text of a key of the file; empty if it is missing. */
    public String get(String key) {
        return top.getOrDefault(key, "");
    }

    /** Returns the form of a mapping file for a drop. */
    public static MappingForm of(MappingText text, MappingDraft draft, Account.Catalog list) {
        Map<String, String> top = new LinkedHashMap<>();
        TOP.forEach(key -> text.value(path(key)).ifPresent(value -> top.put(key, value)));
        TOP_WORDS.forEach(key -> words(text, path(key)).ifPresent(value -> top.put(key, value)));
        if (text.value("drops").isEmpty()) {
            words(text, "drops").ifPresent(value -> top.put("drops", value));
        }
        List<Entry> entries = new ArrayList<>();
        Set<String> read = new LinkedHashSet<>();
        for (int place = 0; place < text.fields(); place++) {
            Entry entry = entry(text, place, draft, list);
            entries.add(entry);
            read.add(NormalizedName.folded(entry.column()));
        }
        for (String key : List.of("name", "id", "request_id", "updated_at")) {
            read.add(NormalizedName.folded(text.value(key).orElse("")));
        }
        for (String column : draft.columns()) {
            if (!read.contains(NormalizedName.folded(column))) {
                entries.add(new Entry(
                        -1, column, "", samples(draft, column), Map.of("column", column), Map.of(), List.of()));
            }
        }
        List<Skip> skips = new ArrayList<>();
        for (int place = 0; place < text.entries(SKIPS); place++) {
            String at = Integer.toString(place);
            skips.add(new Skip(
                    place,
                    text.value(SKIPS, at, "column").orElse(""),
                    words(text, SKIPS, at, "words").orElse(""),
                    text.value(SKIPS, at, "empty").orElse("")));
        }
        return new MappingForm(top, draft.columns(), entries, skips, choices(list), unshown(text));
    }

    static String[] path(String key) {
        return key.split("\\.");
    }

    /** Returns a list of words as one text; empty if there is none, or if it would not be the same list again. */
    private static Optional<String> words(MappingText text, String... path) {
        List<String> words = text.values(path);
        return words.isEmpty() || words.stream().anyMatch(word -> word.contains(";") || word.contains("\n"))
                ? Optional.empty()
                : Optional.of(String.join(BETWEEN, words));
    }

    /** Returns what the form has no place for, such as a column of actions. */
    private static List<String> unshown(MappingText text) {
        List<String> unshown = new ArrayList<>();
        text.keys().forEach((key, line) -> {
            if (key.equals(FIELDS) || key.equals(SKIPS)) {
                for (int place = 0; place < text.entries(key); place++) {
                    unshownOf(text, key, place, unshown);
                }
            } else if (TABLES.contains(key)
                    || (key.equals("name") && !text.keys(key).isEmpty())) {
                text.keys(key).forEach((below, at) -> {
                    if (!isShown(text, key + "." + below)) {
                        unshown.add(key + "." + below + " (line " + at + ")");
                    }
                });
            } else if (!isShown(text, key)) {
                unshown.add(key + " (line " + line + ")");
            }
        });
        return List.copyOf(unshown);
    }

    private static boolean isShown(MappingText text, String key) {
        return (TOP.contains(key) && text.value(path(key)).isPresent())
                || ((TOP_WORDS.contains(key) || key.equals("drops"))
                        && words(text, path(key)).isPresent());
    }

    private static void unshownOf(MappingText text, String list, int place, List<String> unshown) {
        String at = Integer.toString(place);
        text.keys(list, at).forEach((key, line) -> {
            boolean isOne = list.equals(FIELDS) ? KEYS.contains(key) : key.equals("column") || key.equals("empty");
            boolean isList = list.equals(FIELDS) ? WORDS.contains(key) : key.equals("words");
            boolean isShown = (isOne && text.value(list, at, key).isPresent())
                    || (isList && words(text, list, at, key).isPresent())
                    || (list.equals(FIELDS) && key.equals(LABELS));
            if (!isShown) {
                unshown.add(list + " " + (place + 1) + ", " + key + " (line " + line + ")");
            }
        });
    }

    private static Entry entry(MappingText text, int place, MappingDraft draft, Account.Catalog list) {
        String at = Integer.toString(place);
        Map<String, String> keys = new LinkedHashMap<>();
        for (String key : KEYS) {
            text.value(FIELDS, at, key).ifPresent(value -> keys.put(key, value));
        }
        for (String key : WORDS) {
            words(text, FIELDS, at, key).ifPresent(words -> keys.put(key, words));
        }
        String column = text.value(FIELDS, at, "column").orElse("");
        String source = text.value(FIELDS, at, "constant")
                .map(constant -> "always " + constant)
                .or(() -> text.value(FIELDS, at, "template").map(template -> "template " + template))
                .orElse("");
        Optional<Account.Field> field = find(list, keys.getOrDefault("field", ""));
        Map<String, String> labels = new LinkedHashMap<>(text.pairs(FIELDS, at, LABELS));
        if (keys.getOrDefault("type", "").equals(ValueType.OPTIONS.word())) {
            field.ifPresent(one -> unknown(draft, column, keys.getOrDefault("separator", ""), one)
                    .forEach(word -> labels.putIfAbsent(word, "")));
        }
        return new Entry(
                place,
                column,
                source,
                samples(draft, column),
                keys,
                labels,
                field.map(one -> List.copyOf(one.options().values())).orElse(List.of()));
    }

    /** Returns the words in a column that are no options of its field. */
    private static Set<String> unknown(MappingDraft draft, String column, String separator, Account.Field field) {
        Set<String> known = new LinkedHashSet<>();
        field.options().values().forEach(label -> known.add(Suggestions.plain(label)));
        Set<String> words = new LinkedHashSet<>();
        for (String text : draft.texts(column)) {
            for (String word : separator.isEmpty() ? new String[] {text} : text.split(Pattern.quote(separator), -1)) {
                if (!word.isBlank() && words.size() < MOST_WORDS && !known.contains(Suggestions.plain(word))) {
                    words.add(word.strip());
                }
            }
        }
        return words;
    }

    private static List<String> samples(MappingDraft draft, String column) {
        return draft.columns().stream()
                .filter(one -> NormalizedName.folded(one).equals(NormalizedName.folded(column)))
                .findFirst()
                .map(one -> draft.texts(one).stream().distinct().limit(SAMPLES).toList())
                .orElse(List.of());
    }

    /** Returns the field that a mapping file names by its id, name or code, if it is certain which one that is. */
    static Optional<Account.Field> find(Account.Catalog list, String field) {
        List<Account.Field> found = list.fields().stream()
                .filter(one -> Long.toString(one.id()).equals(field.strip()))
                .toList();
        if (found.isEmpty()) {
            String plain = Suggestions.plain(field);
            found = list.fields().stream()
                    .filter(one -> Suggestions.plain(one.name()).equals(plain)
                            || (!one.code().isEmpty()
                                    && Suggestions.plain(one.code()).equals(plain)))
                    .toList();
        }
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }

    private static List<FieldChoice> choices(Account.Catalog list) {
        return list.fields().stream()
                .map(field -> new FieldChoice(
                        find(list, field.name()).isPresent() ? field.name() : Long.toString(field.id()), title(field)))
                .toList();
    }

    private static String title(Account.Field field) {
        String options = field.options().values().stream().limit(MOST_OPTIONS).collect(Collectors.joining(", "));
        return field.name() + ", " + ValueType.meantFor(field.type()).word()
                + (options.isEmpty() ? "" : ": " + options)
                + (field.options().size() > MOST_OPTIONS ? ", …" : "") + ", " + field.id();
    }
}
