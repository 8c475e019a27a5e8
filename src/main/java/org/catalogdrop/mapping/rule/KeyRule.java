package org.catalogdrop.mapping.rule;

import java.util.List;
import java.util.Optional;
import org.catalogdrop.mapping.value.Quoted;
import org.catalogdrop.mapping.value.ValueType;
import org.catalogdrop.model.NormalizedName;

/** Where a mapping file sends the key of a row, because there it can be found again in the account. */
public sealed interface KeyRule {

    /** To the element's name. */
    record ToName() implements KeyRule {}

    /** To a field. */
    record ToField(Rule rule) implements KeyRule {}

    /**
     * Returns the place of a key column. A field is preferred to the name, which people edit.
     *
     * @return empty if there is none or it is not certain; see {@link #fault}
     */
    static Optional<KeyRule> of(String key, Optional<CellSource> name, List<Rule> rules) {
        List<Rule> fields = fields(key, rules);
        if (fields.size() == 1 && fault(key, fields.get(0)).isEmpty()) {
            return Optional.of(new ToField(fields.get(0)));
        }
        return fields.isEmpty() && name.filter(source -> isColumn(source, key)).isPresent()
                ? Optional.of(new ToName())
                : Optional.empty();
    }

    /** Returns why there is no place for a key column, for a message. */
    static String fault(String key, List<Rule> rules) {
        List<Rule> fields = fields(key, rules);
        if (fields.size() == 1) {
            return fault(key, fields.get(0)).orElseThrow();
        }
        return fields.isEmpty()
                ? "the key column " + Quoted.text(key)
                        + " is not sent, so its element could not be found in the account later. Map it to 'name' or to one field,"
                        + " with {column: " + key + "}"
                : "the key column " + Quoted.text(key) + " is sent to several fields ("
                        + String.join(", ", fields.stream().map(Rule::describe).toList())
                        + "); send it to one field only, in which it is looked for later";
    }

    private static Optional<String> fault(String key, Rule rule) {
        boolean plain = rule.type() == ValueType.TEXT
                && rule.subtype().isEmpty()
                && rule.separator().isEmpty();
        return plain
                ? Optional.empty()
                : Optional.of(
                        rule.describe() + " has the key column " + Quoted.text(key)
                                + ", so it must be of type text, without subtype and separator: keys are compared letter by letter");
    }

    private static List<Rule> fields(String key, List<Rule> rules) {
        return rules.stream().filter(rule -> isColumn(rule.source(), key)).toList();
    }

    private static boolean isColumn(CellSource source, String key) {
        return source instanceof CellSource.Column column
                && NormalizedName.folded(column.name()).equals(NormalizedName.folded(key));
    }
}
