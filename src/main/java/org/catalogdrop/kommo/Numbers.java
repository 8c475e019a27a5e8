package org.catalogdrop.kommo;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** Parses whole numbers that an API writes as numbers or as strings. Stateless. */
public final class Numbers {

    private Numbers() {}

    /** Returns the whole number at the parser's token, or -1. A nested value is skipped. */
    static long read(JsonParser in) throws IOException {
        JsonToken token = in.currentToken();
        if (token == JsonToken.VALUE_NUMBER_INT && in.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
            return in.getLongValue();
        }
        if (token == JsonToken.VALUE_STRING) {
            return parse(in.getText());
        }
        in.skipChildren();
        return -1;
    }

    /** Returns the whole number that a text is, or -1. */
    public static long parse(String text) {
        if (text.isEmpty() || text.length() > 18) {
            return -1;
        }
        long number = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }
}
