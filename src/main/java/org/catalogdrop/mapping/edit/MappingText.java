package org.catalogdrop.mapping.edit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.catalogdrop.mapping.MappingRefused;
import org.catalogdrop.mapping.draft.MappingDraft;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.CollectionNode;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * The text of a mapping file, which changes value by value. Everything else in it stays as it is: comments, order, blank lines. A value
 * that is removed becomes a comment. What cannot be changed so is refused with the reason. Immutable.
 *
 * <p>A value is named by its path: {@code ["fields", "2", "decimal"]} is the key {@code decimal} of the third field.
 */
public final class MappingText {

    private static final String FIELDS = "fields";
    private static final int MOST_CHARACTERS = 1 << 20;
    private static final int MOST_ALIASES = 50;

    private final String name;
    private final String text;
    private final MappingNode root;
    private final Set<Node> shared;

    private MappingText(String name, String text, MappingNode root) {
        this.name = name;
        this.text = text;
        this.root = root;
        this.shared = sharedNodes(root);
    }

    /**
     * Reads a text.
     *
     * @param name the name of the file, for messages
     * @throws MappingRefused if it is not YAML with {@code key: value} lines
     */
    public static MappingText of(String name, String text) throws MappingRefused {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(name)
                .setCodePointLimit(MOST_CHARACTERS)
                .setMaxAliasesForCollections(MOST_ALIASES)
                .build();
        try {
            Optional<Node> root = new Compose(settings).composeString(text);
            if (root.isPresent() && root.get() instanceof MappingNode mapping) {
                return new MappingText(name, text, mapping);
            }
            throw new MappingRefused(List.of(name + ":1: the file has no 'key: value' lines"));
        } catch (MarkedYamlEngineException bad) {
            int line = bad.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            throw new MappingRefused(List.of(name + ":" + line + ": is not YAML: " + bad.getProblem()));
        } catch (YamlEngineException bad) {
            throw new MappingRefused(List.of(name + ":1: is not YAML: " + bad.getMessage()));
        }
    }

    /** Returns the whole text. */
    public String text() {
        return text;
    }

    /** Returns the name of the file. */
    public String name() {
        return name;
    }

    /** Returns the text of a value; empty if there is none, or if it is a list or has keys. */
    public Optional<String> value(String... path) {
        return find(List.of(path)).filter(ScalarNode.class::isInstance).map(node -> ((ScalarNode) node).getValue());
    }

    /** Returns the texts of a list, or of one value; empty if there is none. */
    public List<String> values(String... path) {
        return find(List.of(path))
                .map(node -> node instanceof SequenceNode list
                        ? list.getValue().stream()
                                .filter(ScalarNode.class::isInstance)
                                .map(one -> ((ScalarNode) one).getValue())
                                .toList()
                        : node instanceof ScalarNode scalar ? List.of(scalar.getValue()) : List.<String>of())
                .orElse(List.of());
    }

    /** Returns the texts of the values below a key, by their keys. */
    public Map<String, String> pairs(String... path) {
        Map<String, String> pairs = new LinkedHashMap<>();
        if (find(List.of(path)).orElse(null) instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                if (tuple.getKeyNode() instanceof ScalarNode key && tuple.getValueNode() instanceof ScalarNode value) {
                    pairs.put(key.getValue(), value.getValue());
                }
            }
        }
        return pairs;
    }

    /** Returns whether there is anything at a path. */
    public boolean has(String... path) {
        return find(List.of(path)).isPresent();
    }

    /** Returns how many entries {@code fields} has. */
    public int fields() {
        return entries(FIELDS);
    }

    /** Returns how many entries a list has; 0 if there is none. */
    public int entries(String list) {
        return find(List.of(list)).orElse(null) instanceof SequenceNode entries
                ? entries.getValue().size()
                : 0;
    }

    /** Returns the keys below a path and their lines, in the order of the file; empty if there are no keys. */
    public Map<String, Integer> keys(String... path) {
        Map<String, Integer> keys = new LinkedHashMap<>();
        if (find(List.of(path)).orElse(null) instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                Node key = tuple.getKeyNode();
                keys.put(key instanceof ScalarNode scalar ? scalar.getValue() : "?", line(key));
            }
        }
        return keys;
    }

    /** Returns the text with another value. A value that it has already changes nothing. */
    public MappingText with(String value, String... path) throws MappingRefused {
        List<String> where = List.of(path);
        Optional<Node> now = find(where);
        if (value(path).equals(Optional.of(value))) {
            return this;
        }
        return now.isPresent() ? replaced(now.get(), written(value), where) : added(where, written(value));
    }

    /** Returns the text with another list of words. */
    public MappingText with(List<String> words, String... path) throws MappingRefused {
        List<String> where = List.of(path);
        if (words.equals(values(path))) {
            return this;
        }
        String list = words.stream().map(MappingDraft::quoted).collect(Collectors.joining(", ", "[", "]"));
        Optional<Node> now = find(where);
        return now.isPresent() ? replaced(now.get(), list, where) : added(where, list);
    }

    /** Returns the text with a word of a table, such as {@code labels}, which is made if there is none. */
    public MappingText withPair(String word, String meaning, String... path) throws MappingRefused {
        List<String> where = new ArrayList<>(List.of(path));
        if (find(where).isEmpty()) {
            return added(where, "{" + MappingDraft.quoted(word) + ": " + MappingDraft.quoted(meaning) + "}");
        }
        where.add(word);
        return with(meaning, where.toArray(String[]::new));
    }

    /** Returns the text without a value. Its lines become comments, so that nothing is lost that someone has written. */
    public MappingText without(String... path) throws MappingRefused {
        List<String> where = List.of(path);
        Optional<Node> node = find(where);
        if (node.isEmpty()) {
            return this;
        }
        refuseShared(where);
        MappingNode parent =
                (MappingNode) find(where.subList(0, where.size() - 1)).orElseThrow();
        int at = indexOf(parent, where.get(where.size() - 1));
        List<NodeTuple> tuples = parent.getValue();
        NodeTuple tuple = tuples.get(at);
        if (tuples.size() == 1 && where.size() == 2) {
            // A key without anything below it would be no valid mapping file.
            return without(path[0]);
        }
        if (parent.getFlowStyle() == FlowStyle.FLOW) {
            int from = at > 0 ? end(tuples.get(at - 1).getValueNode()) : start(tuple.getKeyNode());
            int to = at > 0 || tuples.size() == 1
                    ? end(tuple.getValueNode())
                    : start(tuples.get(1).getKeyNode());
            return checked(text.substring(0, from) + text.substring(to), where, Optional.empty());
        }
        if (at == 0 && !isFirstOnLine(start(tuple.getKeyNode()))) {
            throw refused(tuple.getKeyNode(), "an entry begins with it");
        }
        return checked(
                commentedOut(start(tuple.getKeyNode()), contentEnd(tuple.getValueNode())), where, Optional.empty());
    }

    /** Returns the text with one more field at the end of the list. */
    public MappingText withField(Map<String, String> keys) throws MappingRefused {
        return withEntry(FIELDS, keys);
    }

    /** Returns the text with one more entry at the end of a list, which is made if there is none. */
    public MappingText withEntry(String key, Map<String, String> keys) throws MappingRefused {
        Optional<Node> found = find(List.of(key));
        MappingText changed;
        if (found.isEmpty()) {
            changed = of(name, withBlock(key, key + ":\n" + entry("  ", keys) + "\n"));
        } else if (found.get() instanceof SequenceNode list && !list.getValue().isEmpty()) {
            Node last = list.getValue().get(list.getValue().size() - 1);
            if (list.getFlowStyle() == FlowStyle.FLOW) {
                int at = end(last);
                changed = of(name, text.substring(0, at) + ", {" + inline(keys) + "}" + text.substring(at));
            } else {
                String indent = " ".repeat(column(list));
                int at = behindComments(endOfLine(contentEnd(last)), indent.length());
                changed = of(name, text.substring(0, at) + "\n" + entry(indent, keys) + text.substring(at));
            }
        } else {
            throw refused(found.get(), "it is not a list of entries");
        }
        int place = changed.entries(key) - 1;
        boolean isRight = place == entries(key)
                && keys.entrySet().stream().allMatch(one -> changed.value(key, Integer.toString(place), one.getKey())
                        .equals(Optional.of(one.getValue())));
        if (!isRight) {
            throw refused(found.orElse(root), "an entry cannot be added to it");
        }
        return changed;
    }

    /** Returns the text without a field. Its lines become comments. */
    public MappingText withoutField(int place) throws MappingRefused {
        return withoutEntry(FIELDS, place);
    }

    /** Returns the text without an entry of a list. Its lines become comments. */
    public MappingText withoutEntry(String key, int place) throws MappingRefused {
        refuseShared(List.of(key, Integer.toString(place)));
        SequenceNode list = (SequenceNode) find(List.of(key)).orElseThrow();
        List<Node> entries = list.getValue();
        Node entry = entries.get(place);
        if (list.getFlowStyle() == FlowStyle.FLOW) {
            throw refused(entry, "the entries are written as one list in brackets");
        }
        String dashed = commentedOut(start(entry), contentEnd(entry));
        if (entries.size() == 1) {
            int at = start(keyOf(root, key));
            dashed = dashed.substring(0, at) + "#" + dashed.substring(at);
        }
        MappingText changed = of(name, dashed);
        if (changed.entries(key) != entries.size() - 1) {
            throw refused(entry, "it cannot be made a comment");
        }
        return changed;
    }

    /** Returns the whole text with lines of a new key: before the fields and the comments above them, or at the end. */
    private String withBlock(String key, String lines) {
        if (key.equals(FIELDS) || !has(FIELDS)) {
            return text + (text.isEmpty() || text.endsWith("\n") ? "" : "\n") + lines;
        }
        int at = beforeComments(startOfLine(start(keyOf(root, FIELDS))));
        return text.substring(0, at) + lines + text.substring(at);
    }

    private static String entry(String indent, Map<String, String> keys) {
        return keys.entrySet().stream()
                .map(key -> key.getKey() + ": " + written(key.getValue()))
                .collect(Collectors.joining("\n" + indent + "  ", indent + "- ", ""));
    }

    private static String inline(Map<String, String> keys) {
        return keys.entrySet().stream()
                .map(key -> key.getKey() + ": " + written(key.getValue()))
                .collect(Collectors.joining(", "));
    }

    /** Returns a value as it is written: a word or a number as it is, everything else in quotes. */
    private static String written(String value) {
        return value.matches("[a-z][a-z_]*|[1-9][0-9]*") && !value.equals("null") ? value : MappingDraft.quoted(value);
    }

    private MappingText replaced(Node node, String yaml, List<String> path) throws MappingRefused {
        refuseShared(path);
        if (node instanceof ScalarNode scalar
                && scalar.getScalarStyle() != ScalarStyle.LITERAL
                && scalar.getScalarStyle() != ScalarStyle.FOLDED) {
            int from = start(node);
            boolean isEmpty = from == end(node);
            return checked(
                    text.substring(0, from) + (isEmpty ? " " : "") + yaml + text.substring(end(node)),
                    path,
                    Optional.of(yaml));
        }
        if (node instanceof SequenceNode list && list.getFlowStyle() == FlowStyle.FLOW) {
            return checked(text.substring(0, start(node)) + yaml + text.substring(end(node)), path, Optional.of(yaml));
        }
        throw refused(node, "it is written over several lines");
    }

    private MappingText added(List<String> path, String yaml) throws MappingRefused {
        List<String> above = path.subList(0, path.size() - 1);
        String key = path.get(path.size() - 1);
        Optional<Node> found = find(above);
        if (found.isEmpty() && above.size() == 1) {
            String block = above.get(0) + ":\n  " + written(key) + ": " + yaml + "\n";
            return checked(withBlock(above.get(0), block), path, Optional.of(yaml));
        }
        Node parent = found.orElseThrow(() -> new MappingRefused(
                List.of(name + ": has no " + String.join(" ", above) + " to which " + key + " can be added")));
        if (!above.isEmpty()) {
            refuseShared(above);
        }
        if (!(parent instanceof MappingNode mapping) || mapping.getValue().isEmpty()) {
            throw refused(parent, "it has no 'key: value' lines");
        }
        List<NodeTuple> tuples = mapping.getValue();
        Node last = tuples.get(tuples.size() - 1).getValueNode();
        String line = written(key) + ": " + yaml;
        if (mapping.getFlowStyle() == FlowStyle.FLOW) {
            return checked(
                    text.substring(0, end(last)) + ", " + line + text.substring(end(last)), path, Optional.of(yaml));
        }
        // In the file itself before the fields, because a line behind a long list is easily missed.
        if (above.isEmpty() && has(FIELDS)) {
            return checked(withBlock(key, line + "\n"), path, Optional.of(yaml));
        }
        String indent = " ".repeat(column(tuples.get(0).getKeyNode()));
        int at = endOfLine(contentEnd(last));
        return checked(text.substring(0, at) + "\n" + indent + line + text.substring(at), path, Optional.of(yaml));
    }

    /** Returns the changed text, if it differs from this one in the changed value only. */
    private MappingText checked(String changed, List<String> path, Optional<String> yaml) throws MappingRefused {
        Map<List<String>, String> expected = flat();
        expected.keySet()
                .removeIf(one ->
                        one.size() >= path.size() && one.subList(0, path.size()).equals(path));
        MappingText after;
        try {
            after = of(name, changed);
        } catch (MappingRefused broken) {
            throw new MappingRefused(List.of(name + ": " + String.join(" ", path)
                    + " cannot be changed here, because the file would not be valid YAML then. Edit the file."));
        }
        Map<List<String>, String> found = after.flat();
        boolean isThere = found.keySet()
                .removeIf(one ->
                        one.size() >= path.size() && one.subList(0, path.size()).equals(path));
        if (!found.equals(expected) || isThere != yaml.isPresent()) {
            throw new MappingRefused(List.of(name + ": " + String.join(" ", path)
                    + " cannot be changed here without changing something else. Edit the file."));
        }
        return after;
    }

    /** Returns all texts by their paths. */
    private Map<List<String>, String> flat() {
        Map<List<String>, String> flat = new LinkedHashMap<>();
        flatten(root, List.of(), flat);
        return flat;
    }

    private static void flatten(Node node, List<String> path, Map<List<String>, String> flat) {
        if (node instanceof ScalarNode scalar) {
            flat.put(path, scalar.getValue());
        } else if (node instanceof SequenceNode list) {
            for (int i = 0; i < list.getValue().size(); i++) {
                flatten(list.getValue().get(i), below(path, Integer.toString(i)), flat);
            }
        } else if (node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                if (tuple.getKeyNode() instanceof ScalarNode key) {
                    flatten(tuple.getValueNode(), below(path, key.getValue()), flat);
                }
            }
        }
    }

    private static List<String> below(List<String> path, String key) {
        List<String> longer = new ArrayList<>(path);
        longer.add(key);
        return longer;
    }

    private Optional<Node> find(List<String> path) {
        Node node = root;
        for (String key : path) {
            if (node instanceof MappingNode mapping) {
                int at = indexOf(mapping, key);
                if (at < 0) {
                    return Optional.empty();
                }
                node = mapping.getValue().get(at).getValueNode();
            } else if (node instanceof SequenceNode list
                    && key.matches("\\d{1,9}")
                    && Integer.parseInt(key) < list.getValue().size()) {
                node = list.getValue().get(Integer.parseInt(key));
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(node);
    }

    private static int indexOf(MappingNode mapping, String key) {
        List<NodeTuple> tuples = mapping.getValue();
        for (int i = 0; i < tuples.size(); i++) {
            if (tuples.get(i).getKeyNode() instanceof ScalarNode scalar
                    && scalar.getValue().equals(key)) {
                return i;
            }
        }
        return -1;
    }

    private static Node keyOf(MappingNode mapping, String key) {
        return mapping.getValue().get(indexOf(mapping, key)).getKeyNode();
    }

    /** Refuses what is written at one place and counts at several: an anchor with its aliases. */
    private void refuseShared(List<String> path) throws MappingRefused {
        for (int length = 1; length <= path.size(); length++) {
            Optional<Node> node = find(path.subList(0, length));
            if (node.isPresent()
                    && (shared.contains(node.get()) || node.get().getAnchor().isPresent())) {
                throw refused(node.get(), "it is written once for several places (& and *)");
            }
        }
    }

    private static Set<Node> sharedNodes(Node root) {
        Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Set<Node> twice = Collections.newSetFromMap(new IdentityHashMap<>());
        count(root, seen, twice);
        return twice;
    }

    private static void count(Node node, Set<Node> seen, Set<Node> twice) {
        if (!seen.add(node)) {
            twice.add(node);
        } else if (node instanceof SequenceNode list) {
            list.getValue().forEach(one -> count(one, seen, twice));
        } else if (node instanceof MappingNode mapping) {
            mapping.getValue().forEach(tuple -> count(tuple.getValueNode(), seen, twice));
        }
    }

    private MappingRefused refused(Node node, String why) {
        return new MappingRefused(List.of(
                name + ":" + line(node) + ": this cannot be changed here, because " + why + ". Edit the file."));
    }

    private static int line(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    }

    private int start(Node node) {
        return position(node.getStartMark());
    }

    private int end(Node node) {
        return position(node.getEndMark());
    }

    /** Returns the place of a mark in the text. The marks count code points. */
    private int position(Optional<Mark> mark) {
        return text.offsetByCodePoints(0, mark.orElseThrow().getIndex());
    }

    private static int column(Node node) {
        return node.getStartMark().map(Mark::getColumn).orElse(0);
    }

    /** Returns where the last value in a node ends. A node in block style ends only where the next one begins. */
    private int contentEnd(Node node) throws MappingRefused {
        if (node instanceof ScalarNode scalar
                && (scalar.getScalarStyle() == ScalarStyle.LITERAL || scalar.getScalarStyle() == ScalarStyle.FOLDED)) {
            throw refused(node, "a text before it is written over several lines");
        }
        if (node instanceof CollectionNode<?> collection && collection.getFlowStyle() != FlowStyle.FLOW) {
            if (node instanceof SequenceNode list && !list.getValue().isEmpty()) {
                return contentEnd(list.getValue().get(list.getValue().size() - 1));
            }
            if (node instanceof MappingNode mapping && !mapping.getValue().isEmpty()) {
                return contentEnd(
                        mapping.getValue().get(mapping.getValue().size() - 1).getValueNode());
            }
        }
        return end(node);
    }

    private String commentedOut(int from, int to) {
        int first = startOfLine(from);
        int last = endOfLine(to);
        String lines = text.substring(first, last)
                .lines()
                .map(line -> line.isBlank() || line.stripLeading().startsWith("#") ? line : "#" + line)
                .collect(Collectors.joining("\n"));
        return text.substring(0, first) + lines + text.substring(last);
    }

    private boolean isFirstOnLine(int at) {
        return text.substring(startOfLine(at), at).isBlank();
    }

    private int startOfLine(int at) {
        return text.lastIndexOf('\n', at - 1) + 1;
    }

    /** Returns the begin of the comments that stand right above a line. */
    private int beforeComments(int line) {
        int begin = line;
        while (begin > 0) {
            int above = startOfLine(begin - 1);
            if (!text.substring(above, begin).stripLeading().startsWith("#")) {
                return begin;
            }
            begin = above;
        }
        return begin;
    }

    private int endOfLine(int at) {
        int end = text.indexOf('\n', at);
        int line = end < 0 ? text.length() : end;
        return line > at && text.charAt(line - 1) == '\r' ? line - 1 : line;
    }

    /** Returns the end of the comments that follow and are indented like the lines of an entry. */
    private int behindComments(int at, int indent) {
        int end = at;
        while (end < text.length()) {
            int next = text.indexOf('\n', end);
            if (next < 0) {
                return end;
            }
            String line = text.substring(next + 1, endOfLine(next + 1));
            boolean isComment = line.stripLeading().startsWith("#");
            if (!isComment || line.indexOf('#') <= indent) {
                return end;
            }
            end = next + 1 + line.length();
        }
        return end;
    }
}
