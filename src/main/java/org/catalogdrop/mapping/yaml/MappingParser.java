package org.catalogdrop.mapping.yaml;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.catalogdrop.mapping.MappingFile;
import org.catalogdrop.mapping.MappingRefused;
import org.catalogdrop.mapping.Suggestions;
import org.catalogdrop.mapping.rule.ActionRule;
import org.catalogdrop.mapping.rule.CellSource;
import org.catalogdrop.mapping.rule.CsvSettings;
import org.catalogdrop.mapping.rule.DropPatterns;
import org.catalogdrop.mapping.rule.Empty;
import org.catalogdrop.mapping.rule.KeyLocation;
import org.catalogdrop.mapping.rule.KeyRule;
import org.catalogdrop.mapping.rule.Rule;
import org.catalogdrop.mapping.rule.SkipRule;
import org.catalogdrop.mapping.value.Quoted;
import org.catalogdrop.mapping.value.ValueFormat;
import org.catalogdrop.model.Action;
import org.catalogdrop.model.NormalizedName;
import org.snakeyaml.engine.v2.nodes.Node;

/** Parses the YAML of a mapping file. All faults go to the reader. Used by one thread. */
public final class MappingParser {

    private static final Set<String> SOURCES = Set.of("column", "constant", "template");
    private static final String UPSERT = "upsert";
    private static final List<String> ACTIONS = List.of("add", "update", "delete", UPSERT);
    private static final List<String> OF_UPSERT = List.of("unknown", "known", "gone", "missing", "missing_at_most");

    private final YamlReader yaml;
    private final String name;
    private final FormatParser formats;
    private final BoundParser bounds;

    MappingParser(YamlReader yaml, String name) {
        this.yaml = yaml;
        this.name = name;
        this.formats = new FormatParser(yaml);
        this.bounds = new BoundParser(yaml);
    }

    /**
     * Parses a mapping file.
     *
     * @param name its file name, for messages
     * @throws MappingRefused with all faults
     */
    public static MappingFile parse(String name, byte[] content) throws MappingRefused {
        YamlReader yaml = new YamlReader(name);
        Optional<MappingFile> file = new MappingParser(yaml, name).read(text(name, content));
        if (!yaml.faults().isEmpty()) {
            throw new MappingRefused(yaml.faults());
        }
        return file.orElseThrow();
    }

    /** Returns the drops that a file is for, even if the rest of it has faults; empty if that is not known. */
    public static Optional<DropPatterns> globs(String name, byte[] content) {
        try {
            return new MappingParser(new YamlReader(name), name).drops(text(name, content));
        } catch (MappingRefused unreadable) {
            return Optional.empty();
        }
    }

    private static String text(String name, byte[] content) throws MappingRefused {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException bad) {
            throw new MappingRefused(List.of(name + ":1: the file is not UTF-8. Save it as UTF-8."));
        }
    }

    /** Returns the drops that it is for; empty if that is not known. */
    Optional<DropPatterns> drops(String text) {
        return yaml.root(text)
                .map(root -> yaml.pairs(root, "the file"))
                .map(keys -> globs(keys, 1))
                .filter(globs -> !globs.patterns().isEmpty());
    }

    Optional<MappingFile> read(String text) {
        Optional<Node> root = yaml.root(text);
        if (root.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Node> keys = yaml.object(root.get(), Section.FILE);
        Node file = root.get();
        FormatParser.Defaults defaults = keys.containsKey("defaults")
                ? formats.defaults(keys.get("defaults"))
                : new FormatParser.Defaults(ValueFormat.PLAIN, Empty.LEAVE);
        ActionRule action = keys.containsKey("action") ? action(keys) : new ActionRule.ByIdAlone();
        MappingFile read = new MappingFile(
                name,
                globs(keys, YamlReader.line(file)),
                yaml.filled(keys, "catalog"),
                action,
                yaml.filled(keys, "key"),
                elements(keys, defaults),
                keys.containsKey("fields") ? fields(keys.get("fields"), defaults) : List.of(),
                keys.containsKey("csv") ? formats.csv(keys.get("csv")) : CsvSettings.NONE,
                new TableParser(yaml).table(keys),
                bounds.onReject(keys),
                keys.containsKey("skip_rows") ? skipRows(keys.get("skip_rows")) : List.of());
        checkNeeds(read, YamlReader.line(file));
        checkKey(read, keys, YamlReader.line(file));
        return Optional.of(read);
    }

    private void checkNeeds(MappingFile read, int line) {
        if (read.elements().name().isEmpty() && mayAdd(read.action())) {
            yaml.fault(
                    line,
                    "'name' is missing; a new element needs one. Name its column, or say that nothing is added:"
                            + " action: update, or unknown: reject or skip beside a key");
        }
        boolean addsOnly = read.action() instanceof ActionRule.Fixed fixed && fixed.action() == Action.ADD;
        if (read.action() instanceof ActionRule.Fixed
                && !addsOnly
                && read.elements().id().isEmpty()) {
            yaml.fault(
                    line,
                    "'id' is missing; updates and deletes need the element's id. Name its column, or for updates the"
                            + " 'key' by which the element is found");
        }
    }

    private static boolean mayAdd(ActionRule action) {
        if (action instanceof ActionRule.ByKey byKey) {
            return byKey.unknown() == KeyLocation.Unknown.ADD;
        }
        return !(action instanceof ActionRule.Fixed fixed) || fixed.action() == Action.ADD;
    }

    private void checkKey(MappingFile read, Map<String, Node> keys, int line) {
        if (!(read.action() instanceof ActionRule.ByKey)) {
            for (String word : OF_UPSERT) {
                if (keys.containsKey(word)) {
                    yaml.fault(
                            keys.get(word),
                            word + " is for action: upsert, or action: update with a key; other actions have no key");
                }
            }
            return;
        }
        if (!keys.containsKey("key")) {
            yaml.fault(line, "'key' is missing; an upsert needs the column that identifies a row");
        } else if (read.key().isPresent() && read.keyRule().isEmpty()) {
            yaml.fault(keys.get("key"), KeyRule.fault(read.key().get(), read.rules()));
        }
        if (read.elements().id().isPresent()) {
            yaml.fault(keys.get("id"), "the element is found by the key; remove 'id', or the upsert");
        }
    }

    private DropPatterns globs(Map<String, Node> keys, int line) {
        if (!keys.containsKey("drops")) {
            yaml.fault(
                    line,
                    "'drops' is missing; it has the names of the drops that the mapping is for, like \"products*.csv\"");
            return new DropPatterns(List.of());
        }
        Node node = keys.get("drops");
        List<String> globs = yaml.texts(node, "drops");
        if (globs.isEmpty() || globs.stream().anyMatch(String::isBlank)) {
            yaml.fault(node, "drops is empty; it needs names of drops, like \"products*.csv\"");
            return new DropPatterns(List.of());
        }
        return new DropPatterns(globs.stream().map(String::strip).toList());
    }

    private ActionRule action(Map<String, Node> file) {
        Node node = file.get("action");
        if (YamlReader.isScalar(node)) {
            String word = yaml.text(node, "an action").orElse("").strip();
            boolean updatesByKey =
                    word.equals(Action.UPDATE.word()) && file.containsKey("key") && !file.containsKey("id");
            if (word.equals(UPSERT) || updatesByKey) {
                return bounds.byKey(file, updatesByKey);
            }
        }
        return action(node);
    }

    private ActionRule action(Node node) {
        if (YamlReader.isScalar(node)) {
            return actionWord(node).<ActionRule>map(ActionRule.Fixed::new).orElse(new ActionRule.ByIdAlone());
        }
        Map<String, Node> keys = yaml.object(node, Section.ACTION);
        Optional<String> column = yaml.filled(keys, "column");
        if (!keys.containsKey("column")) {
            yaml.fault(node, "action needs 'column', or one of add, update, delete instead");
        }
        Map<String, Action> words = new LinkedHashMap<>();
        if (keys.containsKey("words")) {
            yaml.pairs(keys.get("words"), "words").forEach((word, meant) -> {
                Optional<Action> action = actionWord(meant);
                if (action.isPresent() && words.put(NormalizedName.folded(word), action.get()) != null) {
                    yaml.fault(
                            meant,
                            "the word " + Quoted.text(word) + " is here twice; upper and lower case do not matter");
                }
            });
        }
        Optional<Action> otherwise = Optional.ofNullable(keys.get("otherwise")).flatMap(this::actionWord);
        return new ActionRule.ByColumn(column.orElse(""), words, otherwise);
    }

    private Optional<Action> actionWord(Node node) {
        String word = yaml.text(node, "an action").orElse("").strip();
        Optional<Action> action = Action.of(word);
        if (action.isEmpty()) {
            yaml.fault(
                    node,
                    word.equals(UPSERT)
                            ? "upsert is for all rows of a drop: action: upsert; a column may say add, update or delete"
                            : "an action is add, update, delete or upsert; found " + Quoted.text(word)
                                    + Suggestions.hint(word, ACTIONS));
        }
        return action;
    }

    private MappingFile.Elements elements(Map<String, Node> keys, FormatParser.Defaults defaults) {
        ValueFormat moment = ValueFormat.PLAIN;
        Optional<CellSource> updatedAt = Optional.empty();
        Node node = keys.get("updated_at");
        if (node != null && YamlReader.isScalar(node)) {
            updatedAt = shorthand(node, "updated_at");
        } else if (node != null) {
            Map<String, Node> parts = yaml.object(node, Section.MOMENT);
            updatedAt = source(node, parts, "updated_at");
            moment = formats.format(parts, parts.containsKey("pattern") ? defaults.format() : ValueFormat.PLAIN);
            if (parts.containsKey("zone") && moment.pattern().isEmpty()) {
                yaml.fault(parts.get("zone"), "a zone needs a pattern beside it; ISO 8601 without an offset is UTC");
            }
        }
        return new MappingFile.Elements(
                part(keys, "name"), part(keys, "id"), part(keys, "request_id"), updatedAt, moment, defaults.format());
    }

    private Optional<CellSource> part(Map<String, Node> keys, String key) {
        Node node = keys.get(key);
        if (node == null) {
            return Optional.empty();
        }
        return YamlReader.isScalar(node) ? shorthand(node, key) : source(node, yaml.object(node, Section.SOURCE), key);
    }

    /** Parses a text without keys, which names a column. */
    private Optional<CellSource> shorthand(Node node, String what) {
        Optional<String> text = yaml.filled(node, what);
        if (text.isPresent() && CellSource.template(text.get()).isPresent()) {
            yaml.fault(
                    node,
                    what + " is read as a column name here; write a template as {template: \"" + text.get() + "\"}");
        }
        return text.map(String::strip).map(CellSource.Column::new);
    }

    private Optional<CellSource> source(Node at, Map<String, Node> keys, String what) {
        List<String> sources = keys.keySet().stream().filter(SOURCES::contains).toList();
        if (sources.size() != 1) {
            yaml.fault(
                    at,
                    what + " needs one of column, constant, template; found "
                            + (sources.isEmpty() ? "none" : String.join(" and ", sources)));
            return Optional.empty();
        }
        String kind = sources.get(0);
        Node node = keys.get(kind);
        Optional<String> text = yaml.filled(node, kind);
        if (kind.equals("template") && text.isPresent()) {
            Optional<CellSource.Template> template = CellSource.template(text.get());
            if (template.isEmpty()) {
                yaml.fault(
                        node,
                        "a template has columns in braces, like \"{Brand} {Model}\"; write a brace of the text twice; found "
                                + Quoted.text(text.get()));
            }
            return template.map(one -> one);
        }
        return text.map(
                one -> kind.equals("column") ? new CellSource.Column(one.strip()) : new CellSource.Constant(one));
    }

    private List<Rule> fields(Node node, FormatParser.Defaults defaults) {
        if (!YamlReader.isList(node)) {
            yaml.fault(node, "fields must be a list, each entry beginning with '- field:'");
            return List.of();
        }
        List<Rule> rules = new ArrayList<>();
        for (Node entry : yaml.nodes(node)) {
            Map<String, Node> keys = yaml.object(entry, Section.FIELD);
            Optional<CellSource> source = source(entry, keys, "a field");
            Optional<String> field = yaml.filled(keys, "field");
            if (!keys.containsKey("field")) {
                yaml.fault(entry, "'field' is missing; it is the field's id, name or code");
            }
            if (source.isPresent() && field.isPresent()) {
                Rule rule = formats.rule(entry, keys, field.get(), source.get(), defaults);
                refuseSecond(rules, rule, entry);
                rules.add(rule);
            }
        }
        return rules;
    }

    private List<SkipRule> skipRows(Node node) {
        if (!YamlReader.isList(node)) {
            yaml.fault(node, "skip_rows must be a list, each entry beginning with '- column:'");
            return List.of();
        }
        List<SkipRule> rules = new ArrayList<>();
        for (Node entry : yaml.nodes(node)) {
            Map<String, Node> keys = yaml.object(entry, Section.SKIP);
            Optional<String> column = yaml.filled(keys, "column");
            List<String> words = keys.containsKey("words") ? yaml.texts(keys.get("words"), "words") : List.of();
            boolean empty = bounds.isTrue(keys, "empty");
            if (!keys.containsKey("column")) {
                yaml.fault(entry, "'column' is missing; it shows which rows are skipped");
            } else if (words.isEmpty() && !empty) {
                yaml.fault(
                        entry,
                        "an entry of skip_rows needs 'words', the values that a skipped row has in this column, or 'empty: true'");
            } else if (words.stream()
                    .anyMatch(word -> NormalizedName.of(word).replace("*", "").isEmpty())) {
                yaml.fault(
                        keys.get("words"),
                        "words has an empty word or one that fits any text; to skip rows with an empty cell, write 'empty: true'");
            } else {
                column.ifPresent(name -> rules.add(SkipRule.of(name, words, empty)));
            }
        }
        return rules;
    }

    private void refuseSecond(List<Rule> rules, Rule rule, Node entry) {
        for (Rule other : rules) {
            if (Suggestions.plain(other.field()).equals(Suggestions.plain(rule.field()))
                    && (other.subtype().equals(rule.subtype())
                            || other.subtype().isEmpty()
                            || rule.subtype().isEmpty())) {
                yaml.fault(entry, rule.describe() + " has a value already in line " + other.line());
                return;
            }
        }
    }
}
