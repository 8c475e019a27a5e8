package org.catalogdrop.mapping.rule;

import java.util.Map;
import java.util.Optional;
import org.catalogdrop.mapping.value.DateText;
import org.catalogdrop.mapping.value.Quoted;
import org.catalogdrop.mapping.value.UnsignedNumber;
import org.catalogdrop.mapping.value.ValueFormat;
import org.catalogdrop.mapping.value.ValueType;

/**
 * What a mapping file says of one field.
 *
 * @param line where it stands
 * @param field the field's id, name or code
 * @param subtype the part of it, empty for the whole
 * @param source where its value comes from
 * @param type how it is read
 * @param format how it is written in the drop
 * @param separator what separates several values in one cell, empty if there is one
 * @param empty what an empty cell means
 * @param labels the drop's words for labels of the account
 * @param replace whether an update erases what the field has beside what the row gives
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

    /** Returns whether the account has to be asked before it can be used. */
    public boolean needsAccount() {
        return !isById() || type == ValueType.OPTIONS || shiftsTimes();
    }

    /** Returns whether its times are another zone's, so that they must be told in the account's. */
    public boolean shiftsTimes() {
        return type == ValueType.DATE
                && ((format.zone().isPresent() && DateText.mayHaveTime(format.pattern()))
                        || DateText.hasZone(format.pattern()));
    }

    /** Returns what it speaks of, for a message. */
    public String describe() {
        return "field " + Quoted.text(field) + (subtype.isEmpty() ? "" : ", part " + Quoted.text(subtype));
    }

    public Optional<String> column() {
        return source instanceof CellSource.Column column ? Optional.of(column.name()) : Optional.empty();
    }
}
