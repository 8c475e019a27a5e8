package org.catalogdrop.mapping.yaml;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.catalogdrop.mapping.Suggestions;
import org.catalogdrop.mapping.rule.CellSource;
import org.catalogdrop.mapping.rule.CsvSettings;
import org.catalogdrop.mapping.rule.Empty;
import org.catalogdrop.mapping.rule.Rule;
import org.catalogdrop.mapping.value.DateText;
import org.catalogdrop.mapping.value.Quoted;
import org.catalogdrop.mapping.value.ValueFormat;
import org.catalogdrop.mapping.value.ValueType;
import org.catalogdrop.model.NormalizedName;
import org.snakeyaml.engine.v2.nodes.Node;

/** Parses how values are written, and checks it against their type. Used by one thread. */
final class FormatParser {

    private static final Map<String, ValueType> ONLY_FOR = Map.of(
            "decimal", ValueType.NUMBER,
            "thousands", ValueType.NUMBER,
            "signs", ValueType.NUMBER,
            "pattern", ValueType.DATE,
            "zone", ValueType.DATE,
            "locale", ValueType.DATE,
            "true_words", ValueType.BOOLEAN,
            "false_words", ValueType.BOOLEAN,
            "labels", ValueType.OPTIONS);

    private static final List<String> YES_OR_NO = List.of("true", "false");

    private final YamlReader yaml;

    FormatParser(YamlReader yaml) {
        this.yaml = yaml;
    }

    Defaults defaults(Node node) {
        Map<String, Node> keys = yaml.object(node, Section.DEFAULTS);
        return new Defaults(format(keys, ValueFormat.PLAIN), empty(keys, Empty.LEAVE));
    }

    Rule rule(Node at, Map<String, Node> keys, String field, CellSource source, Defaults defaults) {
        ValueType type = yaml.word(keys, "type", ValueType.words())
                .flatMap(ValueType::of)
                .orElse(ValueType.TEXT);
        ONLY_FOR.forEach((key, only) -> {
            if (keys.containsKey(key) && type != only) {
                yaml.fault(
                        keys.get(key),
                        key + " has a meaning only with type: " + only.word() + "; the type here is " + type.word());
            }
        });
        ValueFormat format = format(keys, defaults.format());
        if (keys.containsKey("zone") && type == ValueType.DATE && !DateText.hasTime(format.pattern())) {
            yaml.fault(keys.get("zone"), "a zone has a meaning only for times; the pattern has no hours (HH)");
        }
        String subtype = Optional.ofNullable(keys.get("subtype"))
                .flatMap(node -> yaml.filled(node, "subtype"))
                .orElse("");
        String separator = separator(keys, type, subtype);
        return new Rule(
                YamlReader.line(at),
                field,
                subtype,
                source,
                type,
                format,
                separator,
                empty(keys, defaults.empty()),
                labels(keys),
                yaml.word(keys, "replace", YES_OR_NO).filter("true"::equals).isPresent());
    }

    private String separator(Map<String, Node> keys, ValueType type, String subtype) {
        Node node = keys.get("separator");
        if (node == null) {
            return "";
        }
        String text = yaml.text(node, "separator").orElse("");
        if (text.isEmpty()) {
            yaml.fault(node, "separator is empty; remove the key if a cell has one value");
        } else if (!subtype.isEmpty()) {
            yaml.fault(node, "a part of a field has one value; remove separator");
        } else if (type == ValueType.NUMBER && text.chars().anyMatch(Character::isDigit)) {
            yaml.fault(node, "a digit cannot separate numbers");
        }
        return text;
    }

    private Map<String, String> labels(Map<String, Node> keys) {
        Map<String, String> labels = new LinkedHashMap<>();
        Set<String> known = new HashSet<>();
        if (keys.containsKey("labels")) {
            yaml.pairs(keys.get("labels"), "labels").forEach((word, label) -> {
                Optional<String> text = yaml.filled(label, "a label");
                text.ifPresent(one -> labels.put(word, one));
                if (text.isPresent() && !known.add(Suggestions.plain(word))) {
                    yaml.fault(
                            label,
                            "the word " + Quoted.text(word) + " is here twice; upper and lower case do not matter");
                }
            });
        }
        return labels;
    }

    private Empty empty(Map<String, Node> keys, Empty otherwise) {
        return yaml.word(keys, "empty", Empty.words()).flatMap(Empty::of).orElse(otherwise);
    }

    /** Returns the format of the keys; parts that they leave out are those of the base. */
    ValueFormat format(Map<String, Node> keys, ValueFormat base) {
        String decimal = mark(keys, "decimal", base.decimal());
        String thousands = mark(keys, "thousands", base.thousands());
        if (decimal.equals(thousands)) {
            Node at = keys.containsKey("thousands") ? keys.get("thousands") : keys.get("decimal");
            if (at != null) {
                yaml.fault(
                        at,
                        "decimal and thousands are both " + Quoted.text(decimal)
                                + "; they must differ; without the key, decimal is '.'");
            }
        }
        Locale locale = locale(keys, base.locale());
        return new ValueFormat(
                decimal,
                thousands,
                pattern(keys, base.pattern(), locale),
                zone(keys).or(base::zone),
                locale,
                words(keys, "true_words", base.trueWords(), "false_words", base.falseWords()),
                words(keys, "false_words", base.falseWords(), "true_words", base.trueWords()),
                filledWords(keys, "signs", base.signs()),
                filledWords(keys, "empty_words", base.emptyWords()));
    }

    /** Returns words, longest first, so that a symbol that begins another one does not hide it. */
    private List<String> filledWords(Map<String, Node> keys, String key, List<String> otherwise) {
        Node node = keys.get(key);
        if (node == null) {
            return otherwise;
        }
        List<String> words =
                yaml.texts(node, key).stream().map(NormalizedName::of).toList();
        if (words.stream().anyMatch(String::isEmpty)) {
            yaml.fault(node, key + " has an empty word; an empty cell is always empty");
        }
        if (key.equals("signs") && words.stream().anyMatch(word -> word.matches(".*[\\d()+-].*"))) {
            yaml.fault(node, "signs are of a currency or unit, without digits, brackets, + and -");
        }
        return words.stream()
                .filter(word -> !word.isEmpty())
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    private String mark(Map<String, Node> keys, String key, String otherwise) {
        Node node = keys.get(key);
        if (node == null) {
            return otherwise;
        }
        String text = yaml.text(node, key).orElse("");
        if (text.equals(ValueFormat.UNDECIDED)) {
            yaml.fault(
                    node,
                    key
                            + " is not decided yet: 1.234 may be 1234, or 1 and decimals, and so may 1,234. Write what separates the"
                            + " decimals, as decimal: \",\", and what separates the thousands, as thousands: \".\"");
            return otherwise;
        }
        boolean nothing = text.isEmpty() && key.equals("thousands");
        if (!nothing && (text.length() != 1 || Character.isLetterOrDigit(text.charAt(0)) || "+-".contains(text))) {
            yaml.fault(node, key + " must be one character like , . or '; found " + Quoted.text(text));
            return otherwise;
        }
        return text;
    }

    private Locale locale(Map<String, Node> keys, Locale otherwise) {
        Node node = keys.get("locale");
        String tag = node == null ? "" : yaml.text(node, "locale").orElse("");
        Locale locale = Locale.forLanguageTag(tag);
        if (node != null && !Set.of(Locale.getISOLanguages()).contains(locale.getLanguage())) {
            yaml.fault(node, "locale must be a language like de, uk or pt-BR; found " + Quoted.text(tag));
        }
        return node == null ? otherwise : locale;
    }

    private String pattern(Map<String, Node> keys, String otherwise, Locale locale) {
        Node node = keys.get("pattern");
        if (node == null) {
            return otherwise;
        }
        String pattern = yaml.filled(node, "pattern").orElse("");
        if (pattern.equals(ValueFormat.UNDECIDED)) {
            yaml.fault(
                    node,
                    "pattern is not decided yet: 03/04/2024 may be a day of April or of March. Write dd/MM/yyyy or MM/dd/yyyy");
            return otherwise;
        }
        DateText.fault(pattern, locale).ifPresent(fault -> yaml.fault(node, "pattern " + Quoted.text(pattern) + fault));
        return pattern;
    }

    private Optional<ZoneId> zone(Map<String, Node> keys) {
        Node node = keys.get("zone");
        if (node == null) {
            return Optional.empty();
        }
        String text = yaml.text(node, "zone").orElse("").strip();
        try {
            return Optional.of(ZoneId.of(text));
        } catch (DateTimeException unknown) {
            yaml.fault(
                    node,
                    "zone must be like Europe/Kyiv or +02:00; found " + Quoted.text(text)
                            + Suggestions.hint(text, ZoneId.getAvailableZoneIds()));
            return Optional.empty();
        }
    }

    private List<String> words(
            Map<String, Node> keys, String key, List<String> otherwise, String otherKey, List<String> others) {
        Node node = keys.get(key);
        if (node == null) {
            return otherwise;
        }
        List<String> words =
                yaml.texts(node, key).stream().map(NormalizedName::folded).toList();
        List<String> against = keys.containsKey(otherKey)
                ? yaml.texts(keys.get(otherKey), otherKey).stream()
                        .map(NormalizedName::folded)
                        .toList()
                : others;
        words.stream()
                .filter(against::contains)
                .findFirst()
                .ifPresent(word -> yaml.fault(node, Quoted.text(word) + " is both in true_words and in false_words"));
        if (words.isEmpty()) {
            yaml.fault(node, key + " is empty");
        }
        return words;
    }

    CsvSettings csv(Node node) {
        Map<String, Node> keys = yaml.object(node, Section.CSV);
        String charset = Optional.ofNullable(keys.get("charset"))
                .flatMap(one -> yaml.filled(one, "charset"))
                .orElse("");
        try {
            if (!charset.isEmpty()) {
                Charset.forName(charset);
            }
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            yaml.fault(
                    keys.get("charset"),
                    "charset must be one like UTF-8 or windows-1251; found " + Quoted.text(charset)
                            + Suggestions.hint(
                                    charset, Charset.availableCharsets().keySet()));
        }
        return new CsvSettings(csvMark(keys, "delimiter"), csvMark(keys, "quote"), charset);
    }

    private String csvMark(Map<String, Node> keys, String key) {
        Node node = keys.get(key);
        if (node == null) {
            return "";
        }
        String text = yaml.text(node, key).orElse("");
        String mark = text.equals("tab") ? "\t" : text;
        if (mark.length() != 1) {
            yaml.fault(node, key + " must be one character, or the word tab; found " + Quoted.text(text));
        }
        return mark;
    }

    /** The defaults of a file for all its fields. */
    record Defaults(ValueFormat format, Empty empty) {}
}
