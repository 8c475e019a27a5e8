package org.catalogdrop.model;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The markers of a load: texts {@code DIGEST/LOAD/ROW} in the field {@code kommo.marker-field} of each added element. They identify the row
 * that made an element.
 *
 * @param field the id of the field
 * @param digest SHA-256 of the drop, 64 hex digits; a marker has the first 16 of them
 * @param load a random number of the journal's entry, 16 hex digits, so that a second load of the same bytes has other markers
 */
public record Marker(long field, String digest, String load) {

    private static final int DIGITS = 16;
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{16}/[0-9a-f]{16}/\\d+");

    /**
     * Returns the marker of a row.
     *
     * @param row a row of the drop
     * @return the text for the marker field
     */
    public String of(Row row) {
        return digest.substring(0, DIGITS) + "/" + load + "/" + row.number();
    }

    /**
     * Returns whether a text has the form of a marker of any drop.
     *
     * @param text the text of a field
     * @return true if it has the form; blanks at its ends do not matter
     */
    public static boolean isOne(String text) {
        return FORM.matcher(text.strip()).matches();
    }

    /**
     * Returns the text that an element has in the marker field.
     *
     * @param element an element of the list
     * @return the first value of the field without blanks at its ends; empty if there is none
     */
    public String in(Element element) {
        return element.fields().stream()
                .filter(one -> one.id().equals(id()))
                .flatMap(one -> one.values().stream())
                .map(value -> value.value().strip())
                .findFirst()
                .orElse("");
    }

    /**
     * Returns whether an element has a marker of this load.
     *
     * @param element an element of the list
     * @return true if a row of this load made it
     */
    public boolean isIn(Element element) {
        String text = in(element);
        return isOne(text) && text.startsWith(digest.substring(0, DIGITS) + "/" + load + "/");
    }

    /**
     * Returns which row made an element.
     *
     * @param element an element that {@linkplain #isIn has a marker of this load}
     * @return the number of the row
     * @throws NumberFormatException if the element has no marker
     */
    public long row(Element element) {
        String text = in(element);
        return Long.parseLong(text.substring(text.lastIndexOf('/') + 1));
    }

    /**
     * Returns the fields of an add with its marker. It replaces the marker of an earlier load, which a file made by {@code list} or
     * {@code undo} has.
     *
     * @param fields the fields of the add
     * @param row its row
     * @return the other fields, then the marker field
     */
    public List<CustomField> with(List<CustomField> fields, Row row) {
        return java.util.stream.Stream.concat(
                        fields.stream().filter(one -> !one.id().equals(id())),
                        java.util.stream.Stream.of(new CustomField(id(), List.of(new CustomField.Plain(of(row))))))
                .toList();
    }

    private String id() {
        return Long.toString(field);
    }
}
