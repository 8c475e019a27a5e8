package org.catalogdrop.sandbox.store;

/** The kinds of additional fields the sandbox knows, with their numbers in the account answer. */
public enum FieldType {
    TEXT(1),
    NUMERIC(2),
    CHECKBOX(3),
    SELECT(4),
    MULTISELECT(5),
    DATE(6),
    URL(7),
    TEXTAREA(9),
    RADIO(10),
    STREET_ADDRESS(11),
    SMART_ADDRESS(13),
    PRICE(20);

    private final int number;

    FieldType(int number) {
        this.number = number;
    }

    /** {@code field_type} of the account answer. */
    public int number() {
        return number;
    }
}
