package org.catalogdrop.mapping.yaml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.catalogdrop.mapping.Suggestions;
import org.catalogdrop.mapping.rule.LineFaults;
import org.catalogdrop.mapping.value.Quoted;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Reads YAML as nodes with their lines. Nothing is constructed, so tags have no effect, and a scalar is its text: {@code no}, {@code 007}
 * and {@code 1e5} are what they look like. Records all faults. Used by one thread.
 */
final class YamlReader {

    private static final int MOST_CHARACTERS = 1 << 20;
    private static final int MOST_ALIASES = 50;

    private final String file;
    private final LineFaults faults;

    YamlReader(String file) {
        this.file = file;
        this.faults = new LineFaults(file);
    }

    /** Returns the one document of the file; empty, and a fault, if there is none. */
    Optional<Node> root(String yaml) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file)
                .setCodePointLimit(MOST_CHARACTERS)
                .setMaxAliasesForCollections(MOST_ALIASES)
                .build();
        try {
            Optional<Node> root = new Compose(settings).composeString(yaml);
            if (root.isEmpty()) {
                fault(1, "the file is empty; it needs at least 'drops' and 'name'");
            }
            return root;
        } catch (MarkedYamlEngineException bad) {
            int line = bad.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            fault(line, "is not YAML: " + bad.getProblem());
        } catch (YamlEngineException bad) {
            fault(1, "is not YAML: " + bad.getMessage().replaceAll("\\s*\\R\\s*", " "));
        }
        return Optional.empty();
    }

    /** Returns the values of an object by key, without those that the section does not know. */
    Map<String, Node> object(Node node, Section section) {
        Map<String, Node> known = new LinkedHashMap<>();
        pairs(node, section.title()).forEach((key, value) -> {
            if (section.keys().contains(key)) {
                known.put(key, value);
            } else {
                fault(
                        value,
                        "key " + Quoted.text(key) + " is unknown in " + section.title()
                                + Suggestions.hint(key, section.keys()) + "; expected one of: "
                                + String.join(", ", section.keys()));
            }
        });
        return known;
    }

    /** Returns the result of a reading whose faults are reported elsewhere. */
    <T> T silently(Supplier<T> reading) {
        int before = faults.count();
        T read = reading.get();
        faults.keep(before);
        return read;
    }

    /** Returns the values of an object whose keys are the user's. */
    Map<String, Node> pairs(Node node, String what) {
        Map<String, Node> pairs = new LinkedHashMap<>();
        if (!(node instanceof MappingNode mapping)) {
            fault(node, what + " must be 'key: value' lines; found " + kind(node));
            return pairs;
        }
        for (NodeTuple tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                fault(tuple.getKeyNode(), "a key must be a text; found " + kind(tuple.getKeyNode()));
            } else if (pairs.putIfAbsent(key.getValue(), tuple.getValueNode()) != null) {
                fault(key, "key " + Quoted.text(key.getValue()) + " is here a second time");
            }
        }
        return pairs;
    }

    /** Returns a text as it is written; empty, with a fault, if it is something else. */
    Optional<String> text(Node node, String what) {
        if (node instanceof ScalarNode scalar) {
            return Optional.of(scalar.getValue());
        }
        fault(node, what + " must be a text; found " + kind(node));
        return Optional.empty();
    }

    /** Returns a text that is not blank. */
    Optional<String> filled(Node node, String what) {
        Optional<String> text = text(node, what);
        if (text.isPresent() && text.get().isBlank()) {
            fault(node, what + " is empty");
            return Optional.empty();
        }
        return text;
    }

    /** Returns the text of a key, stripped; empty if the key is missing, and, with a fault, if the text is blank. */
    Optional<String> filled(Map<String, Node> keys, String key) {
        return Optional.ofNullable(keys.get(key))
                .flatMap(node -> filled(node, key))
                .map(String::strip);
    }

    /** Returns the word of a key; empty if the key is missing, and, with a fault, if it is none of these. */
    Optional<String> word(Map<String, Node> keys, String key, List<String> words) {
        Optional<String> text = Optional.ofNullable(keys.get(key)).flatMap(node -> text(node, key));
        if (text.isPresent() && !words.contains(text.get())) {
            fault(
                    keys.get(key),
                    key + " is one of " + String.join(", ", words) + "; found " + Quoted.text(text.get())
                            + Suggestions.hint(text.get(), words));
            return Optional.empty();
        }
        return text;
    }

    /** Returns one text or a list of texts. */
    List<String> texts(Node node, String what) {
        List<String> texts = new ArrayList<>();
        for (Node one : nodes(node)) {
            text(one, what).ifPresent(texts::add);
        }
        return texts;
    }

    /** Returns the entries of a list; anything else is a list of one. */
    List<Node> nodes(Node node) {
        return node instanceof SequenceNode list ? list.getValue() : List.of(node);
    }

    static boolean isList(Node node) {
        return node instanceof SequenceNode;
    }

    static boolean isScalar(Node node) {
        return node instanceof ScalarNode;
    }

    void fault(Node at, String message) {
        fault(line(at), message);
    }

    void fault(int line, String message) {
        faults.add(line, message);
    }

    static int line(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    }

    /** Returns all faults, by line. */
    List<String> faults() {
        return faults.texts();
    }

    private static String kind(Node node) {
        return node instanceof ScalarNode scalar
                ? Quoted.text(scalar.getValue())
                : node instanceof SequenceNode ? "a list" : "'key: value' lines";
    }
}
