package org.catalogdrop.model;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What each add of a drop carries in a text field of its list, so that its element can be told from all others: digest, load and row.
 *
 * @param field the field's id
 * @param digest the drop's digest
 * @param load a random number of the journal's entry, so that the same bytes loaded again have other markers
 */
public record Marker(long field, String digest, String load) {

    private static final int DIGITS = 16;
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{16}/[0-9a-f]{16}/\\d+");

    /** Returns the marker of a row. */
    public String of(Row row) {
        return digest.substring(0, DIGITS) + "/" + load + "/" + row.number();
    }

    /** Returns whether a text has the form of a marker, of whatever drop. */
    public static boolean isOne(String text) {
        return FORM.matcher(text.strip()).matches();
    }

    /** Returns the text that an element has in the field; empty if it has none. */
    public String in(Element element) {
        return element.fields().stream()
                .filter(one -> one.id().equals(id()))
                .flatMap(one -> one.values().stream())
                .map(value -> value.value().strip())
                .findFirst()
                .orElse("");
    }

    /** Returns whether an element has a marker of this load. */
    public boolean isIn(Element element) {
        String text = in(element);
        return isOne(text) && text.startsWith(digest.substring(0, DIGITS) + "/" + load + "/");
    }

    /** Returns the row that an element of this load is of. */
    public long row(Element element) {
        String text = in(element);
        return Long.parseLong(text.substring(text.lastIndexOf('/') + 1));
    }

    /** Returns the fields to send with an add: a marker of an earlier load, as a list or an undo file gives it back, gives way. */
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
