package org.catalogdrop.sandbox.http;

import java.util.List;
import java.util.Optional;

/**
 * An entry of {@code add}, {@code update} or {@code delete} as it was sent; missing parts are empty.
 *
 * @param kind its array
 * @param index its index there, from 0
 * @param isObject whether it was an object at all
 * @param requestId a number or a text, as it came
 */
public record Item(
        Kind kind,
        int index,
        boolean isObject,
        String id,
        String catalogId,
        String name,
        String updatedAt,
        Optional<Object> requestId,
        Optional<List<SentField>> fields) {

    public enum Kind {
        ADD,
        UPDATE,
        DELETE
    }

    /** Values as sent: {@code id} or {@code code} of the field, and its values; empty if they are not an array. */
    public record SentField(String id, Optional<List<SentValue>> values) {}

    /** A value; a bare one is in {@code value}. */
    public record SentValue(boolean bare, String value, String enumId, String subtype) {}

    /** Returns the id as a number; -1 if it is none. */
    public long idNumber() {
        return number(id);
    }

    /** Returns the request_id as a number; -1 if it is none or was not sent. */
    public long requestIdNumber() {
        Object sent = requestId.orElse(-1);
        return sent instanceof Number number ? number.longValue() : number(sent.toString());
    }

    public static long number(String digits) {
        if (digits.isEmpty() || digits.length() > 18) {
            return -1;
        }
        long number = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }
}
