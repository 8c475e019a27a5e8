package org.catalogdrop.preview;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.catalogdrop.mapping.Suggestions;
import org.catalogdrop.mapping.draft.MappingDraft;
import org.catalogdrop.mapping.edit.MappingText;
import org.catalogdrop.mapping.value.ValueType;
import org.catalogdrop.model.Account;
import org.catalogdrop.model.NormalizedName;

/**
 * A mapping file as a form: what it says of each column of a drop, and which columns it does not read. Immutable.
 *
 * @param top the values of the file that are not of a field, by key; a key without a value, or with one that is no text, is missing
 * @param columns the columns of the drop
 * @param entries the fields of the file, then the columns that it does not read
 * @param fields the fields of the list
 */
public record MappingForm(
        Map<String, String> top, List<String> columns, List<Entry> entries, List<FieldChoice> fields) {

    /** The keys of the file that the form has. */
    public static final List<String> TOP = List.of("drops", "catalog", "action", "key", "name", "id");

    /** The keys of a field that have one value. */
    public static final List<String> KEYS =
            List.of("field", "subtype", "column", "type", "separator", "empty", "decimal", "thousands", "pattern");

    /** The keys of a field that have a list of words. */
    public static final List<String> WORDS = List.of("signs", "true_words", "false_words", "empty_words");

    /** The text between two words. */
    public static final String BETWEEN = "; ";

    private static final int SAMPLES = 3;
    private static final int MOST_WORDS = 50;
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

    /** Returns the form of a mapping file for a drop. */
    public static MappingForm of(MappingText text, MappingDraft draft, Account.Catalog list) {
        Map<String, String> top = new LinkedHashMap<>();
        TOP.forEach(key -> text.value(key).ifPresent(value -> top.put(key, value)));
        if (text.value("drops").isEmpty() && text.values("drops").size() == 1) {
            top.put("drops", text.values("drops").get(0));
        }
        text.value("defaults", "empty").ifPresent(value -> top.put("empty", value));
        List<Entry> entries = new ArrayList<>();
        Set<String> read = new LinkedHashSet<>();
        for (int place = 0; place < text.fields(); place++) {
            Entry entry = entry(text, place, draft, list);
            entries.add(entry);
            read.add(NormalizedName.folded(entry.column()));
        }
        for (String key : List.of("name", "id")) {
            read.add(NormalizedName.folded(top.getOrDefault(key, "")));
        }
        for (String column : draft.columns()) {
            if (!read.contains(NormalizedName.folded(column))) {
                entries.add(new Entry(-1, column, "", samples(draft, column), Map.of(), Map.of(), List.of()));
            }
        }
        return new MappingForm(top, draft.columns(), entries, choices(list));
    }

    private static Entry entry(MappingText text, int place, MappingDraft draft, Account.Catalog list) {
        String at = Integer.toString(place);
        Map<String, String> keys = new LinkedHashMap<>();
        for (String key : KEYS) {
            text.value(FIELDS, at, key).ifPresent(value -> keys.put(key, value));
        }
        for (String key : WORDS) {
            List<String> words = text.values(FIELDS, at, key);
            if (!words.isEmpty()) {
                keys.put(key, String.join(BETWEEN, words));
            }
        }
        String column = text.value(FIELDS, at, "column").orElse("");
        String source = text.value(FIELDS, at, "constant")
                .map(constant -> "always " + constant)
                .or(() -> text.value(FIELDS, at, "template").map(template -> "template " + template))
                .orElse("");
        Optional<Account.Field> field = find(list, keys.getOrDefault("field", ""));
        Map<String, String> labels = new LinkedHashMap<>(text.pairs(FIELDS, at, "labels"));
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
                        find(list, field.name()).isPresent() ? field.name() : Long.toString(field.id()),
                        field.name() + ", " + ValueType.meantFor(field.type()).word() + ", " + field.id()))
                .toList();
    }
}
