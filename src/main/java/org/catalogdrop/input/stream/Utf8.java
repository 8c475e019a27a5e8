package org.catalogdrop.input.stream;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;

/** Decodes UTF-8. Invalid bytes become lone surrogates U+DC80…U+DCFF, as {@link org.catalogdrop.model.Row} says. Stateless. */
public final class Utf8 {

    private Utf8() {}

    /** Returns the text of bytes that were read as ISO 8859-1, one character for each byte; the same object if they are all ASCII. */
    public static String decode(String latin1) {
        for (int i = 0; i < latin1.length(); i++) {
            if (latin1.charAt(i) >= 0x80) {
                byte[] bytes = latin1.getBytes(StandardCharsets.ISO_8859_1);
                return decode(bytes, 0, bytes.length);
            }
        }
        return latin1;
    }

    public static String decode(byte[] bytes, int offset, int length) {
        String text = new String(bytes, offset, length, StandardCharsets.UTF_8);
        // The replacement character shows malformed bytes, unless the file itself has it.
        return text.indexOf('\uFFFD') < 0 ? text : decodeDamaged(ByteBuffer.wrap(bytes, offset, length));
    }

    private static String decodeDamaged(ByteBuffer bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        CharBuffer text = CharBuffer.allocate(bytes.remaining());
        CoderResult result = decoder.decode(bytes, text, true);
        while (result.isError()) {
            for (int i = 0; i < result.length(); i++) {
                text.put((char) (0xDC00 + (bytes.get() & 0xFF)));
            }
            result = decoder.decode(bytes, text, true);
        }
        return text.flip().toString();
    }

    /** Returns the first byte of a decoded text that was not valid UTF-8. */
    public static OptionalInt firstBadByte(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c)) {
                i++;
            } else if (c >= 0xDC80 && c <= 0xDCFF) {
                return OptionalInt.of(c - 0xDC00);
            }
        }
        return OptionalInt.empty();
    }

    /** Returns at most this many characters of a text, for a message. */
    public static String excerpt(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
        return text.substring(0, end) + "…";
    }
}
