package org.catalogdrop.kommo.read;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.catalogdrop.kommo.ValueComparison;
import org.catalogdrop.model.Account;
import org.catalogdrop.model.Element;

/** The names of an account's fields and the labels of their options, as far as they are known. Immutable. */
public final class FieldNames {

    /** The names of an account that was not asked. */
    public static final FieldNames NONE = new FieldNames(Map.of());

    private final Map<String, Account.Field> fields;

    private FieldNames(Map<String, Account.Field> fields) {
        this.fields = fields;
    }

    /** Returns the names of all fields of all lists. */
    public static FieldNames of(Account account) {
        Map<String, Account.Field> fields = new HashMap<>();
        for (Account.Catalog catalog : account.catalogs()) {
            for (Account.Field field : catalog.fields()) {
                fields.put(Long.toString(field.id()), field);
            }
        }
        return new FieldNames(Map.copyOf(fields));
    }

    /** Returns the name of a field from the account, or else from an element that has it; empty if neither has it. */
    String name(String fieldId, Optional<Element> element) {
        Account.Field field = fields.get(fieldId);
        if (field != null) {
            return field.name();
        }
        return element.flatMap(one -> ValueComparison.field(one, fieldId))
                .map(Element.Field::name)
                .map(ValueComparison::unescaped)
                .orElse("");
    }

    /** Returns the label of an option; empty if the field has no such option, or it is not known. */
    Optional<String> label(String fieldId, String optionId) {
        Account.Field field = fields.get(fieldId);
        return field == null || !ValueComparison.isNumber(optionId) || optionId.length() > 18
                ? Optional.empty()
                : Optional.ofNullable(field.options().get(Long.parseLong(optionId)));
    }
}
