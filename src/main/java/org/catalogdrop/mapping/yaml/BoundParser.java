package org.catalogdrop.mapping.yaml;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.catalogdrop.mapping.Suggestions;
import org.catalogdrop.mapping.rule.ActionRule;
import org.catalogdrop.mapping.rule.KeyLocation;
import org.catalogdrop.mapping.rule.RejectBudget;
import org.catalogdrop.mapping.rule.Threshold;
import org.catalogdrop.mapping.value.Quoted;
import org.snakeyaml.engine.v2.nodes.Node;

/** Parses what a mapping file says about deleted and missing elements, and about limits. Used by one thread. */
record BoundParser(YamlReader yaml) {

    private static final List<String> UNKNOWN = List.of("add", "reject", "skip");
    private static final List<String> KNOWN = List.of("update", "skip");
    private static final List<String> GONE = List.of("add", "reject");
    private static final List<String> FALSE_OR_TRUE = List.of("false", "true");
    private static final List<String> MISSING = List.of("keep", "delete");

    /** Enough for a list in normal use. A truncated file lacks more. */
    private static final Threshold MISSING_AT_MOST = new Threshold(10, true);

    /** @param updates whether the file says that all rows are updates, so that nothing is added */
    ActionRule.ByKey byKey(Map<String, Node> file, boolean updates) {
        KeyLocation.Unknown unknown = updates && !file.containsKey("unknown")
                ? KeyLocation.Unknown.REJECT
                : KeyLocation.Unknown.valueOf(word(file, "unknown", UNKNOWN).toUpperCase(Locale.ROOT));
        KeyLocation.Known known =
                KeyLocation.Known.valueOf(word(file, "known", KNOWN).toUpperCase(Locale.ROOT));
        if (updates && unknown == KeyLocation.Unknown.ADD) {
            yaml.fault(file.get("unknown"), "unknown: add needs action: upsert, because action: update adds nothing");
        }
        if (known == KeyLocation.Known.SKIP && unknown != KeyLocation.Unknown.ADD) {
            yaml.fault(
                    file.get("known"), "known: skip needs unknown: add; otherwise nothing would be sent for any row");
        }
        if (unknown != KeyLocation.Unknown.ADD && file.containsKey("gone")) {
            yaml.fault(
                    file.get("gone"),
                    "gone needs unknown: add; otherwise the key of a deleted element counts as unknown");
        }
        return new ActionRule.ByKey(
                unknown,
                known,
                unknown == KeyLocation.Unknown.ADD ? gone(file) : KeyLocation.Gone.REJECT,
                missing(file));
    }

    private KeyLocation.Gone gone(Map<String, Node> file) {
        return word(file, "gone", GONE).equals("reject") ? KeyLocation.Gone.REJECT : KeyLocation.Gone.ADD;
    }

    /** Returns how many elements may be deleted because they are missing from the drop; empty if they are kept. */
    private Optional<Threshold> missing(Map<String, Node> file) {
        boolean deleted = word(file, "missing", MISSING).equals("delete");
        Optional<String> text = yaml.filled(file, "missing_at_most");
        Optional<Threshold> most = text.flatMap(Threshold::of);
        if (text.isPresent() && most.isEmpty()) {
            fault(file, "missing_at_most", Threshold.ALLOWED, text.get(), "");
        }
        if (text.isPresent() && !deleted) {
            yaml.fault(
                    file.get("missing_at_most"),
                    "missing_at_most needs missing: delete; without that nothing is deleted");
        }
        return deleted ? Optional.of(most.orElse(MISSING_AT_MOST)) : Optional.empty();
    }

    Optional<RejectBudget> onReject(Map<String, Node> file) {
        Optional<String> text = yaml.filled(file, "on_reject");
        Optional<RejectBudget> budget = text.flatMap(RejectBudget::of);
        if (text.isPresent() && budget.isEmpty()) {
            fault(file, "on_reject", RejectBudget.ALLOWED, text.get(), "");
        }
        return budget;
    }

    /** Returns whether a key is true; false if it is missing. */
    boolean isTrue(Map<String, Node> keys, String key) {
        return word(keys, key, FALSE_OR_TRUE).equals("true");
    }

    /** Returns one of some words; the first if the key is missing. */
    private String word(Map<String, Node> file, String key, List<String> words) {
        String word = yaml.filled(file, key).orElse(words.get(0));
        if (words.contains(word)) {
            return word;
        }
        fault(file, key, String.join(" or ", words), word, Suggestions.hint(word, words));
        return words.get(0);
    }

    private void fault(Map<String, Node> file, String key, String allowed, String found, String hint) {
        yaml.fault(file.get(key), key + " is " + allowed + "; found " + Quoted.text(found) + hint);
    }
}
