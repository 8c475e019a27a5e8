package org.catalogdrop.preview;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.catalogdrop.mapping.MappingRefused;
import org.catalogdrop.mapping.edit.MappingText;
import org.catalogdrop.mapping.value.ValueType;
import org.catalogdrop.model.Account;

/** Writes what a person chose in a {@link MappingForm} into the text of a mapping file. Stateless. */
public final class MappingFormEdit {

    private static final String FIELDS = "fields";

    /** The type that each of these keys needs. */
    private static final Map<String, ValueType> ONLY_FOR = Map.of(
            "decimal", ValueType.NUMBER,
            "thousands", ValueType.NUMBER,
            "signs", ValueType.NUMBER,
            "pattern", ValueType.DATE,
            "zone", ValueType.DATE,
            "locale", ValueType.DATE,
            "true_words", ValueType.BOOLEAN,
            "false_words", ValueType.BOOLEAN);

    /** The keys whose value may be a space. */
    private static final Set<String> SIGNS = Set.of("separator", "thousands", "delimiter");

    private static final List<String> SOURCES = List.of("column", "constant", "template");

    private MappingFormEdit() {}

    /** Returns the name of the form's input for a key of an entry. */
    public static String input(int entry, String key) {
        return "e" + entry + "." + key;
    }

    /** Returns the name of the form's input for a key of an entry of the rows to skip. */
    public static String skipInput(int entry, String key) {
        return "s" + entry + "." + key;
    }

    /**
     * Returns the text with all that a person has changed.
     *
     * @param form the form that was filled in
     * @param posted the values of its inputs; an input that is missing changes nothing
     * @throws MappingRefused if a change cannot be made without loss
     */
    public static MappingText apply(
            MappingText text, MappingForm form, Map<String, String> posted, Account.Catalog list)
            throws MappingRefused {
        MappingText changed = skips(top(text, form, posted), form, posted);
        List<Integer> removed = new ArrayList<>();
        for (int i = 0; posted.containsKey(input(i, "field")); i++) {
            String field = posted.get(input(i, "field")).strip();
            if (i >= text.fields()) {
                changed = field.isEmpty() ? changed : added(changed, i, field, posted, list);
            } else if (field.isEmpty()) {
                removed.add(0, i);
            } else {
                changed = edited(changed, form.entries().get(i), i, posted, list);
            }
        }
        for (int place : removed) {
            changed = changed.withoutField(place);
        }
        return changed;
    }

    private static MappingText top(MappingText text, MappingForm form, Map<String, String> posted)
            throws MappingRefused {
        MappingText changed = name(text, form, posted);
        for (String key : MappingForm.TOP) {
            if (form.shows(key) && !key.equals("drops") && !key.startsWith("name")) {
                changed = set(changed, form.top().get(key), posted.get(key), MappingForm.path(key));
            }
        }
        for (String key : MappingForm.TOP_WORDS) {
            changed = words(changed, form.get(key), posted.getOrDefault(key, form.get(key)), MappingForm.path(key));
        }
        String drops = posted.getOrDefault("drops", form.get("drops"));
        if (drops.contains(";") || text.value("drops").isEmpty()) {
            return words(changed, form.get("drops"), drops, "drops");
        }
        return set(changed, form.get("drops"), drops, "drops");
    }

    /** The name has one source: a column, which is its value, or something below it. */
    private static MappingText name(MappingText text, MappingForm form, Map<String, String> posted)
            throws MappingRefused {
        List<String> keys = List.of("name", "name.template", "name.constant");
        List<String> filled = keys.stream()
                .filter(key -> !posted.getOrDefault(key, form.get(key)).isBlank())
                .toList();
        if (filled.size() > 1) {
            throw new MappingRefused(
                    List.of(
                            "The name of the element has several sources. Leave only one of column, template and fixed value."));
        }
        MappingText changed = text;
        for (String key : keys) {
            if (!form.get(key).isEmpty() && !filled.contains(key)) {
                changed = changed.without(MappingForm.path(key));
            }
        }
        return filled.isEmpty()
                ? changed
                : set(
                        changed,
                        form.top().get(filled.get(0)),
                        posted.getOrDefault(filled.get(0), form.get(filled.get(0))),
                        MappingForm.path(filled.get(0)));
    }

    private static MappingText skips(MappingText text, MappingForm form, Map<String, String> posted)
            throws MappingRefused {
        MappingText changed = text;
        List<Integer> removed = new ArrayList<>();
        for (int i = 0; posted.containsKey(skipInput(i, "column")); i++) {
            String column = posted.get(skipInput(i, "column"));
            if (i < form.skips().size()) {
                if (column.isBlank()) {
                    removed.add(0, i);
                    continue;
                }
                changed = set(changed, form.skips().get(i).column(), column, skipPath(i, "column"));
            } else if (column.isBlank()) {
                continue;
            } else {
                changed = changed.withEntry(MappingForm.SKIPS, Map.of("column", column));
            }
            int place = i < form.skips().size() ? i : changed.entries(MappingForm.SKIPS) - 1;
            MappingForm.Skip before =
                    i < form.skips().size() ? form.skips().get(i) : new MappingForm.Skip(place, column, "", "");
            changed = set(
                    changed,
                    before.empty(),
                    posted.getOrDefault(skipInput(i, "empty"), before.empty()),
                    skipPath(place, "empty"));
            changed = words(
                    changed,
                    before.words(),
                    posted.getOrDefault(skipInput(i, "words"), before.words()),
                    skipPath(place, "words"));
        }
        for (int place : removed) {
            changed = changed.withoutEntry(MappingForm.SKIPS, place);
        }
        return changed;
    }

    private static String[] skipPath(int place, String key) {
        return new String[] {MappingForm.SKIPS, Integer.toString(place), key};
    }

    /** Sets a key, if the person changed it. */
    private static MappingText set(MappingText text, String before, String after, String... path)
            throws MappingRefused {
        String was = before == null ? "" : before;
        boolean isNone =
                after == null || after.isEmpty() || (after.isBlank() && !SIGNS.contains(path[path.length - 1]));
        if (after == null || after.equals(was) || (isNone && was.isEmpty())) {
            return text;
        }
        return isNone ? text.without(path) : text.with(after, path);
    }

    private static MappingText added(
            MappingText text, int input, String field, Map<String, String> posted, Account.Catalog list)
            throws MappingRefused {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("field", field);
        String source = source(field, key -> posted.getOrDefault(input(input, key), ""));
        keys.put(source, posted.get(input(input, source)));
        ValueType type = type(posted.getOrDefault(input(input, "type"), ""), "", true, field, list);
        if (type != ValueType.TEXT) {
            keys.put("type", type.word());
        }
        for (String key : MappingForm.KEYS) {
            String value = posted.getOrDefault(input(input, key), "");
            boolean isFilled = SIGNS.contains(key) ? !value.isEmpty() : !value.isBlank();
            if (isFilled && !key.equals("type") && !keys.containsKey(key) && isFor(key, type)) {
                keys.put(key, value);
            }
        }
        MappingText changed = text.withField(keys);
        return words(changed, changed.fields() - 1, Map.of(), input, type, posted);
    }

    /** Returns which of the sources of a field is filled. */
    private static String source(String field, UnaryOperator<String> posted) throws MappingRefused {
        List<String> filled =
                SOURCES.stream().filter(key -> !posted.apply(key).isBlank()).toList();
        if (filled.size() != 1) {
            throw new MappingRefused(
                    List.of("The field " + field + " has " + (filled.isEmpty() ? "no source" : "several sources")
                            + ". Fill in one of column, fixed value and template."));
        }
        return filled.get(0);
    }

    private static MappingText edited(
            MappingText text, MappingForm.Entry entry, int input, Map<String, String> posted, Account.Catalog list)
            throws MappingRefused {
        String at = Integer.toString(entry.place());
        String field = posted.get(input(input, "field")).strip();
        boolean isOther = !field.equals(entry.get("field"));
        ValueType type = type(posted.getOrDefault(input(input, "type"), ""), entry.get("type"), isOther, field, list);
        boolean isSame = SOURCES.stream()
                .allMatch(key -> entry.get(key).equals(posted.getOrDefault(input(input, key), entry.get(key))));
        if (!isSame) {
            source(field, key -> posted.getOrDefault(input(input, key), entry.get(key)));
        }
        boolean isRetyped = type != ValueType.of(entry.get("type")).orElse(ValueType.TEXT);
        MappingText changed = text;
        for (String key : MappingForm.KEYS) {
            String before = entry.get(key);
            String after = posted.get(input(input, key));
            if (key.equals("type")) {
                after = type == ValueType.TEXT && before.isEmpty() ? "" : type.word();
            } else if (!isFor(key, type)) {
                after = isRetyped ? "" : before;
            }
            changed = set(changed, before, after, FIELDS, at, key);
        }
        changed = words(changed, entry.place(), entry.keys(), input, type, posted);
        if (type != ValueType.OPTIONS) {
            return changed.without(FIELDS, at, "labels");
        }
        for (int i = 0; posted.containsKey(input(input, "word" + i)); i++) {
            String word = posted.get(input(input, "word" + i)).strip();
            String meant = posted.getOrDefault(input(input, "label" + i), "");
            if (!word.isEmpty()
                    && !meant.isEmpty()
                    && !meant.equals(entry.labels().get(word))) {
                changed = changed.withPair(word, meant, FIELDS, at, "labels");
            }
        }
        return changed;
    }

    private static MappingText words(
            MappingText text,
            int place,
            Map<String, String> before,
            int input,
            ValueType type,
            Map<String, String> posted)
            throws MappingRefused {
        MappingText changed = text;
        for (String key : MappingForm.WORDS) {
            String was = before.getOrDefault(key, "");
            String now = isFor(key, type) ? posted.getOrDefault(input(input, key), was) : "";
            changed = words(changed, was, now, FIELDS, Integer.toString(place), key);
        }
        return changed;
    }

    /** Sets a list of words, if the person changed it. */
    private static MappingText words(MappingText text, String before, String after, String... path)
            throws MappingRefused {
        if (after.equals(before)) {
            return text;
        }
        List<String> words = Arrays.stream(after.split(Pattern.quote(MappingForm.BETWEEN.strip()), -1))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList();
        return words.isEmpty() ? text.without(path) : text.with(words, path);
    }

    private static boolean isFor(String key, ValueType type) {
        return !ONLY_FOR.containsKey(key) || ONLY_FOR.get(key) == type;
    }

    /** Returns the chosen type. If nobody chose one, a new field gets the type that is usual for it. */
    private static ValueType type(String chosen, String before, boolean isOther, String field, Account.Catalog list) {
        boolean isChosen = !chosen.isEmpty() && !(isOther && chosen.equals(before.isEmpty() ? "text" : before));
        if (isChosen) {
            return ValueType.of(chosen).orElse(ValueType.TEXT);
        }
        if (isOther) {
            Optional<Account.Field> known = MappingForm.find(list, field);
            if (known.isPresent()) {
                return ValueType.meantFor(known.get().type());
            }
        }
        return ValueType.of(before).orElse(ValueType.TEXT);
    }
}
