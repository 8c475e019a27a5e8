package org.catalogdrop.mapping.rule;

import java.util.Map;
import java.util.Optional;
import org.catalogdrop.mapping.value.DateText;
import org.catalogdrop.mapping.value.Quoted;
import org.catalogdrop.mapping.value.UnsignedNumber;
import org.catalogdrop.mapping.value.ValueFormat;
import org.catalogdrop.mapping.value.ValueType;

/**
 * The rule of a mapping file for one field. Immutable.
 *
 * @param line its line in the file
 * @param field the field's id, name or code
 * @param subtype the part of the field; empty for the whole
 * @param source the source of its value
 * @param type how the value is read
 * @param format how the value is written in the drop
 * @param separator the separator of several values in one cell; empty if there is one value
 * @param empty what an empty cell means
 * @param labels the drop's words for labels of the account
 * @param replace whether an update erases the field's other values
 */
public record Rule(
        int line,
        String field,
        String subtype,
        CellSource source,
        ValueType type,
        ValueFormat format,
        String separator,
        Empty empty,
        Map<String, String> labels,
        boolean replace) {

    public boolean isById() {
        return UnsignedNumber.of(field) > 0;
    }

    /** Returns whether the account must be asked before it can be used. */
    public boolean needsAccount() {
        return !isById() || type == ValueType.OPTIONS || shiftsTimes();
    }

    /** Returns whether its times are in another zone and must be converted to the account's. */
    public boolean shiftsTimes() {
        return type == ValueType.DATE
                && ((format.zone().isPresent() && DateText.mayHaveTime(format.pattern()))
                        || DateText.hasZone(format.pattern()));
    }

    /** Returns its subject, for a message. */
    public String describe() {
        return "field " + Quoted.text(field) + (subtype.isEmpty() ? "" : ", part " + Quoted.text(subtype));
    }

    public Optional<String> column() {
        return source instanceof CellSource.Column column ? Optional.of(column.name()) : Optional.empty();
    }
}
