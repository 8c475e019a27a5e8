package org.catalogdrop.input.text;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** The byte order marks a text may start with. */
enum ByteOrderMark {
    UTF_8(StandardCharsets.UTF_8, 0xEF, 0xBB, 0xBF),
    UTF_16_BIG(StandardCharsets.UTF_16BE, 0xFE, 0xFF),
    UTF_16_LITTLE(StandardCharsets.UTF_16LE, 0xFF, 0xFE);

    private final Charset charset;
    private final byte[] octets;

    ByteOrderMark(Charset charset, int... octets) {
        this.charset = charset;
        this.octets = new byte[octets.length];
        for (int i = 0; i < octets.length; i++) {
            this.octets[i] = (byte) octets[i];
        }
    }

    static Optional<ByteOrderMark> of(byte[] head) {
        return Arrays.stream(values())
                .filter(mark -> head.length >= mark.length()
                        && Arrays.equals(head, 0, mark.length(), mark.octets, 0, mark.length()))
                .findFirst();
    }

    Charset charset() {
        return charset;
    }

    /** Returns how many bytes it has. */
    int length() {
        return octets.length;
    }
}
