package org.catalogdrop.preview;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
            "true_words", ValueType.BOOLEAN,
            "false_words", ValueType.BOOLEAN);

    private MappingFormEdit() {}

    /** Returns the name of the form's input for a key of an entry. */
    public static String input(int entry, String key) {
        return "e" + entry + "." + key;
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
        MappingText changed = top(text, form, posted);
        List<Integer> removed = new ArrayList<>();
        for (int i = 0; i < form.entries().size(); i++) {
            MappingForm.Entry entry = form.entries().get(i);
            Optional<String> field =
                    Optional.ofNullable(posted.get(input(i, "field"))).map(String::strip);
            if (field.isEmpty()) {
                continue;
            }
            if (entry.place() < 0) {
                changed = field.get().isEmpty() ? changed : added(changed, entry, i, field.get(), posted, list);
            } else if (field.get().isEmpty()) {
                removed.add(0, entry.place());
            } else {
                changed = edited(changed, entry, i, posted, list);
            }
        }
        for (int place : removed) {
            changed = changed.withoutField(place);
        }
        return changed;
    }

    private static MappingText top(MappingText text, MappingForm form, Map<String, String> posted)
            throws MappingRefused {
        MappingText changed = text;
        for (String key : MappingForm.TOP) {
            changed = set(changed, form.top().get(key), posted.get(key), key);
        }
        String empty = posted.getOrDefault("empty", "");
        if (!empty.isEmpty() && !empty.equals(form.top().get("empty"))) {
            changed = changed.has("defaults")
                    ? changed.with(empty, "defaults", "empty")
                    : MappingText.of(
                            changed.name(),
                            changed.text()
                                    + (changed.text().endsWith("\n") ? "" : "\n")
                                    + "defaults:\n  empty: " + empty + "\n");
        }
        return changed;
    }

    /** Sets a key, if the person changed it. */
    private static MappingText set(MappingText text, String before, String after, String... path)
            throws MappingRefused {
        String was = before == null ? "" : before;
        if (after == null || after.equals(was) || (after.isBlank() && was.isEmpty())) {
            return text;
        }
        return after.isBlank() ? text.without(path) : text.with(after, path);
    }

    private static MappingText added(
            MappingText text,
            MappingForm.Entry entry,
            int input,
            String field,
            Map<String, String> posted,
            Account.Catalog list)
            throws MappingRefused {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("field", field);
        keys.put("column", entry.column());
        ValueType type = type(posted.getOrDefault(input(input, "type"), ""), "", true, field, list);
        if (type != ValueType.TEXT) {
            keys.put("type", type.word());
        }
        for (String key : List.of("subtype", "separator", "empty", "decimal", "thousands", "pattern")) {
            String value = posted.getOrDefault(input(input, key), "");
            if (!value.isBlank() && isFor(key, type)) {
                keys.put(key, value);
            }
        }
        MappingText changed = text.withField(keys);
        return words(changed, changed.fields() - 1, Map.of(), input, type, posted);
    }

    private static MappingText edited(
            MappingText text, MappingForm.Entry entry, int input, Map<String, String> posted, Account.Catalog list)
            throws MappingRefused {
        String at = Integer.toString(entry.place());
        String field = posted.get(input(input, "field")).strip();
        boolean isOther = !field.equals(entry.get("field"));
        ValueType type = type(posted.getOrDefault(input(input, "type"), ""), entry.get("type"), isOther, field, list);
        MappingText changed = text;
        for (String key : MappingForm.KEYS) {
            String before = entry.get(key);
            String after = posted.get(input(input, key));
            if (key.equals("type")) {
                after = type == ValueType.TEXT && before.isEmpty() ? "" : type.word();
            } else if (!isFor(key, type)) {
                after = "";
            }
            changed = set(changed, before, after, FIELDS, at, key);
        }
        changed = words(changed, entry.place(), entry.keys(), input, type, posted);
        if (type != ValueType.OPTIONS) {
            return changed.without(FIELDS, at, "labels");
        }
        int word = 0;
        for (Map.Entry<String, String> label : entry.labels().entrySet()) {
            String meant = posted.getOrDefault(input(input, "label" + word++), "");
            if (!meant.isEmpty() && !meant.equals(label.getValue())) {
                changed = changed.withPair(label.getKey(), meant, FIELDS, at, "labels");
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
            if (!now.equals(was)) {
                List<String> words = Arrays.stream(now.split(Pattern.quote(MappingForm.BETWEEN.strip()), -1))
                        .map(String::strip)
                        .filter(word -> !word.isEmpty())
                        .toList();
                String[] path = {FIELDS, Integer.toString(place), key};
                changed = words.isEmpty() ? changed.without(path) : changed.with(words, path);
            }
        }
        return changed;
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
