package org.catalogdrop.results.file;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.catalogdrop.model.Row;

/** Writes JSON as {@link Row} holds it. Jackson's generator refuses lone surrogates, which are bytes to be written back. Stateless. */
public final class JsonText {

    private static final String HEX = "0123456789abcdef";

    private JsonText() {}

    /** Writes a cell, literals digit for digit. */
    public static void value(Utf8File sink, Object cell) throws IOException {
        if (cell instanceof String text) {
            string(sink, text);
        } else if (cell instanceof Row.Literal literal) {
            sink.text(literal.text());
        } else if (cell instanceof Row.Typed typed) {
            string(sink, typed.text());
        } else if (cell instanceof Row.Damaged damaged) {
            value(sink, damaged.cell());
        } else if (cell instanceof Map<?, ?> map) {
            object(sink, map);
        } else if (cell instanceof List<?> list) {
            array(sink, list);
        } else {
            throw new IllegalStateException("a cell is none that Row allows: " + cell);
        }
    }

    public static void key(Utf8File sink, String name) throws IOException {
        string(sink, name);
        sink.put(':');
    }

    public static void string(Utf8File sink, String text) throws IOException {
        sink.put('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                sink.put('\\').put(c);
            } else if (c < ' ') {
                control(sink, c);
            } else if (c < 0x80) {
                sink.put(c);
            } else if (SafeCell.isSurrogate(text.codePointAt(i)) && !SafeCell.isByte(c)) {
                escaped(sink, c);
            } else {
                i += sink.unit(text, i);
            }
        }
        sink.put('"');
    }

    private static void control(Utf8File sink, char c) throws IOException {
        switch (c) {
            case '\n' -> sink.put('\\').put('n');
            case '\r' -> sink.put('\\').put('r');
            case '\t' -> sink.put('\\').put('t');
            default -> escaped(sink, c);
        }
    }

    private static void escaped(Utf8File sink, char c) throws IOException {
        sink.put('\\').put('u');
        for (int shift = 12; shift >= 0; shift -= 4) {
            sink.put(HEX.charAt(c >> shift & 0xF));
        }
    }

    private static void object(Utf8File sink, Map<?, ?> map) throws IOException {
        sink.put('{');
        String comma = "";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            sink.text(comma);
            key(sink, (String) entry.getKey());
            value(sink, entry.getValue());
            comma = ",";
        }
        sink.put('}');
    }

    private static void array(Utf8File sink, List<?> list) throws IOException {
        sink.put('[');
        String comma = "";
        for (Object cell : list) {
            sink.text(comma);
            value(sink, cell);
            comma = ",";
        }
        sink.put(']');
    }
}
