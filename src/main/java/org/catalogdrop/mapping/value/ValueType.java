package org.catalogdrop.mapping.value;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** How a cell is read, and the account's field types that it fits; the values of {@code type} in a mapping file. */
public enum ValueType {
    /** Sent unchanged. */
    TEXT(Set.of(1, 7, 8, 9, 11, 13, 16, 17, 21)),
    NUMBER(Set.of(1, 2, 9, 20, 23)),
    DATE(Set.of(1, 6, 9, 14, 19)),
    BOOLEAN(Set.of(3)),
    /** Labels of a list, radio or multilist field, whose ids are sent. */
    OPTIONS(Set.of(4, 5, 10)),
    /** The ids themselves. */
    OPTION_IDS(Set.of(4, 5, 10));

    /** {@code field_type} of a multilist, which takes bare ids. */
    public static final int MULTILIST = 5;

    private final Set<Integer> fieldTypes;

    ValueType(Set<Integer> fieldTypes) {
        this.fieldTypes = fieldTypes;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static List<String> words() {
        return Arrays.stream(values()).map(ValueType::word).toList();
    }

    public static Optional<ValueType> of(String word) {
        return Arrays.stream(values()).filter(type -> type.word().equals(word)).findFirst();
    }

    /** Returns whether values of this type fit a field of the account's type. Unknown field types fit all. */
    public boolean fits(int fieldType) {
        return fieldTypes.contains(fieldType)
                || Arrays.stream(values()).noneMatch(type -> type.fieldTypes.contains(fieldType));
    }

    /** Returns the usual type for a field of the account. */
    public static ValueType meantFor(int fieldType) {
        return switch (fieldType) {
            case 2, 20, 23 -> NUMBER;
            case 3 -> BOOLEAN;
            case 4, 5, 10 -> OPTIONS;
            case 6, 14, 19 -> DATE;
            default -> TEXT;
        };
    }
}
