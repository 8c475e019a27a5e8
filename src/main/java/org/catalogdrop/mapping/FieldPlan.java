package org.catalogdrop.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.catalogdrop.mapping.rule.Empty;
import org.catalogdrop.mapping.rule.Rule;
import org.catalogdrop.mapping.value.CellWords;
import org.catalogdrop.mapping.value.OutgoingText;
import org.catalogdrop.mapping.value.Quoted;
import org.catalogdrop.mapping.value.ValueType;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.CustomField;
import org.catalogdrop.model.CustomField.Value;
import org.catalogdrop.model.Row;

/** Fills one field, or one part of a field, from a row. */
final class FieldPlan {

    private final Rule rule;
    private final ValuePick pick;
    private final Conversion conversion;
    private final int fieldType;
    private final CellWords emptyWords;

    FieldPlan(Rule rule, ValuePick pick, Conversion conversion, int fieldType) {
        this.rule = rule;
        this.pick = pick;
        this.conversion = conversion;
        this.fieldType = fieldType;
        this.emptyWords = CellWords.ofEmpty(rule.format());
    }

    boolean clears() {
        return rule.empty() == Empty.CLEAR;
    }

    /** Returns a part without a value; none if the field has no parts or an empty cell does not clear it. */
    List<Value> cleared() {
        return clears() && !rule.subtype().isEmpty()
                ? List.of(new CustomField.WithSubtype("", rule.subtype()))
                : List.of();
    }

    /** Returns its values; none for an empty cell, and none, with a fault, if the cell is invalid. */
    List<Value> values(MappedRow reading) {
        Object cell = reading.cell(pick);
        if (cell instanceof List<?> list) {
            return listed(reading, list);
        }
        if (cell instanceof Nested.NoObject) {
            return bad(reading, Code.BAD_FIELD, "in an object, as its path says", cell);
        }
        if (cell instanceof Map<?, ?>) {
            return bad(reading, Code.BAD_FIELD, "a text or a number", cell);
        }
        if (emptyWords.meaning(cell).isPresent()) {
            return nothing(reading);
        }
        Optional<String> typed = conversion.typed().apply(cell);
        if (typed.isPresent()) {
            return List.of(sent(reading, typed.get()));
        }
        if (rule.type() == ValueType.TEXT && !(cell instanceof Row.Literal && isOfNumber())) {
            reading.refuseLostDigits(pick);
        }
        String text = text(cell);
        if (text.isBlank() || rule.format().isEmptyWord(text)) {
            return nothing(reading);
        }
        if (rule.separator().isEmpty() || cell instanceof Row.Typed || cell instanceof Row.Literal) {
            return value(reading, rule.type() == ValueType.TEXT ? text : text.strip())
                    .map(List::of)
                    .orElse(List.of());
        }
        return several(reading, pieces(text));
    }

    private List<Value> nothing(MappedRow reading) {
        if (rule.empty() == Empty.REJECT) {
            reading.fault(
                    Code.EMPTY_CELL, pick.column(), "column %s is empty, and the mapping requires a value. Fill it.");
        }
        return List.of();
    }

    private List<Value> listed(MappedRow reading, List<?> list) {
        List<Object> entries = new ArrayList<>(list.size());
        for (Object entry : list) {
            boolean scalar = !(entry instanceof Map<?, ?> || entry instanceof List<?> || Row.isNull(entry));
            if (!scalar || !rule.subtype().isEmpty()) {
                return bad(reading, Code.BAD_FIELD, "a text, a number or a list of them", list);
            }
            Object one = entry instanceof String text ? text.strip() : entry;
            boolean isEmpty = one instanceof String word
                    ? word.isEmpty() || rule.format().isEmptyWord(word)
                    : emptyWords.meaning(one).isPresent();
            if (!isEmpty) {
                entries.add(one);
            }
        }
        return several(reading, entries);
    }

    private List<Value> several(MappedRow reading, List<?> entries) {
        if (entries.isEmpty()) {
            return nothing(reading);
        }
        boolean takesOne =
                rule.type() == ValueType.BOOLEAN || (isOption() && fieldType != 0 && fieldType != ValueType.MULTILIST);
        if (entries.size() > 1 && takesOne && !isOneOption(entries)) {
            String found = entries.stream().map(this::text).collect(Collectors.joining(", "));
            return bad(reading, Code.BAD_FIELD, "one value, because the field takes only one", found);
        }
        List<Value> values = new ArrayList<>(entries.size());
        for (Object entry : entries) {
            Optional<String> typed = conversion.typed().apply(entry);
            if (typed.isPresent()) {
                values.add(sent(reading, typed.get()));
            } else {
                if (rule.type() == ValueType.TEXT) {
                    reading.refuseLostDigits(pick.column(), entry);
                    if (!isOfNumber()) {
                        reading.refuseShortNumber(pick.column(), entry);
                    }
                }
                value(reading, text(entry)).ifPresent(values::add);
            }
        }
        // An option that is chosen twice is chosen once.
        return isOption() ? values.stream().distinct().toList() : values;
    }

    private boolean isOneOption(List<?> entries) {
        return isOption()
                && entries.stream()
                                .map(entry -> conversion.reading().apply(text(entry)))
                                .distinct()
                                .count()
                        == 1;
    }

    /** Returns whether the account's field has numbers. */
    private boolean isOfNumber() {
        return ValueType.meantFor(fieldType) == ValueType.NUMBER;
    }

    private String text(Object cell) {
        if (rule.type() == ValueType.BOOLEAN) {
            return cell.toString();
        }
        return OutgoingText.of(
                rule.type() == ValueType.TEXT && cell instanceof Row.Literal
                        ? new Row.Literal(OutgoingText.digits(cell))
                        : cell);
    }

    private Optional<Value> value(MappedRow reading, String text) {
        Optional<String> sent = conversion.reading().apply(text);
        if (sent.isEmpty()) {
            bad(
                    reading,
                    conversion.code(),
                    conversion.expected(),
                    text,
                    conversion.remark().apply(text));
            return Optional.empty();
        }
        return Optional.of(sent(reading, sent.get()));
    }

    private Value sent(MappedRow reading, String sent) {
        String value = reading.outgoing(pick.column(), sent);
        if (isOption() && (fieldType == ValueType.MULTILIST || fieldType == 0)) {
            return new CustomField.Option(value);
        }
        return rule.subtype().isEmpty()
                ? new CustomField.Plain(value)
                : new CustomField.WithSubtype(value, rule.subtype());
    }

    private boolean isOption() {
        return rule.type() == ValueType.OPTIONS || rule.type() == ValueType.OPTION_IDS;
    }

    private List<String> pieces(String text) {
        List<String> pieces = new ArrayList<>();
        int from = 0;
        for (int end = text.indexOf(rule.separator()); end >= 0; end = text.indexOf(rule.separator(), from)) {
            add(pieces, text.substring(from, end));
            from = end + rule.separator().length();
        }
        add(pieces, text.substring(from));
        return pieces;
    }

    private void add(List<String> pieces, String piece) {
        if (!piece.isBlank() && !rule.format().isEmptyWord(piece)) {
            pieces.add(piece.strip());
        }
    }

    private List<Value> bad(MappedRow reading, Code code, String expected, Object found) {
        return bad(reading, code, expected, found, "");
    }

    private List<Value> bad(MappedRow reading, Code code, String expected, Object found, String remark) {
        reading.fault(
                code,
                pick.column(),
                "column %s must be %s; found %s%s. Correct it.",
                expected,
                Quoted.cell(found),
                remark);
        return List.of();
    }
}
