package org.catalogdrop.input.text;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.catalogdrop.input.stream.Magic;
import org.catalogdrop.input.stream.RawBytes;
import org.catalogdrop.input.stream.ReadFaults;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.DetectedBy;
import org.catalogdrop.model.DropRefused;

/**
 * Detects the charset of a text: by its byte order mark, by what is expected, by being valid UTF-8 or UTF-16, or by its letters, in this
 * order. It reads a limited part of the text. Bytes of the rest that do not fit are found when their row is read.
 *
 * @param by how the charset was detected
 */
public record CharsetDetection(Charset charset, DetectedBy by) {

    private static final int BLOCK = 1 << 16;

    /** The number of blocks of ASCII that are searched for other characters. */
    private static final int MOST_BLOCKS = 64;

    /**
     * @throws DropRefused CHARSET if it is not certain, or if the file is certainly not what is expected; the refusals of the packing;
     *     BINARY
     */
    public static CharsetDetection find(DecodingStack layers, Optional<Charset> expected) {
        try (RawBytes raw = DropSource.raw(layers.file(), false);
                InputStream text = layers.unpack(raw)) {
            byte[] head = text.readNBytes(BLOCK);
            Optional<ByteOrderMark> mark = ByteOrderMark.of(head);
            if (mark.isPresent()) {
                return new CharsetDetection(mark.get().charset(), DetectedBy.MARK);
            }
            Magic.refusal(head).ifPresent(refusal -> {
                throw refusal;
            });
            byte[] sample = telling(head, text);
            if (expected.isPresent()) {
                return new CharsetDetection(fitting(expected.get(), sample), DetectedBy.SETTING);
            }
            return of(sample);
        } catch (IOException e) {
            throw ReadFaults.unreadable(e);
        }
    }

    /** Returns the first part with something other than ASCII, and what follows it. */
    private static byte[] telling(byte[] head, InputStream text) throws IOException {
        byte[] block = head;
        for (int i = 0; i < MOST_BLOCKS && isAscii(block); i++) {
            byte[] next = text.readNBytes(BLOCK);
            if (next.length == 0) {
                return block;
            }
            block = next;
        }
        ByteArrayOutputStream sample = new ByteArrayOutputStream(2 * BLOCK);
        sample.write(block);
        sample.write(text.readNBytes(BLOCK));
        return sample.toByteArray();
    }

    private static boolean isAscii(byte[] block) {
        for (byte octet : block) {
            if (octet <= 0) {
                return false;
            }
        }
        return true;
    }

    private static Charset fitting(Charset expected, byte[] sample) {
        Utf8Look look = Utf8Look.at(sample);
        // Two or more letters beyond ASCII are never valid UTF-8 by chance.
        if (!expected.equals(StandardCharsets.UTF_8) && look.letters() > 1 && look.faults() == 0) {
            throw new DropRefused(
                    Code.CHARSET,
                    "The text was expected to be " + expected.name() + ", but it is UTF-8. Set drop.charset=auto,"
                            + " remove the charset from the mapping file if it has one, and drop the file again.");
        }
        return expected;
    }

    private static CharsetDetection of(byte[] sample) {
        Optional<Charset> wide = utf16(sample);
        if (wide.isPresent()) {
            return new CharsetDetection(wide.get(), DetectedBy.CONTENT);
        }
        Utf8Look look = Utf8Look.at(sample);
        // UTF-8 with some damage is still UTF-8, and its damaged rows are rejected one by one. The reader reports a
        // zero byte.
        if (look.faults() == 0 || look.letters() > look.faults() || hasZero(sample)) {
            return new CharsetDetection(StandardCharsets.UTF_8, DetectedBy.CONTENT);
        }
        return new CharsetDetection(CharsetStatistics.charset(sample), DetectedBy.STATISTICS);
    }

    private static boolean hasZero(byte[] sample) {
        for (byte octet : sample) {
            if (octet == 0) {
                return true;
            }
        }
        return false;
    }

    /** Detects UTF-16 without a mark: ASCII characters have a zero byte, always the first or always the second one. */
    private static Optional<Charset> utf16(byte[] sample) {
        int[] zeros = new int[2];
        for (int i = 0; i < sample.length; i++) {
            zeros[i & 1] += sample[i] == 0 ? 1 : 0;
        }
        // A line end, a delimiter or a digit is in every tenth place of a list, whatever its language.
        int most = Math.max(zeros[0], zeros[1]);
        int least = Math.min(zeros[0], zeros[1]);
        if (sample.length == 0 || most * 20 < sample.length || least * 10 > most) {
            return Optional.empty();
        }
        Charset charset = zeros[0] > zeros[1] ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE;
        return Optional.of(charset).filter(found -> isText(found, sample));
    }

    private static boolean isText(Charset charset, byte[] sample) {
        CharBuffer text = CharBuffer.allocate(sample.length);
        CoderResult result = charset.newDecoder().decode(ByteBuffer.wrap(sample), text, false);
        return !result.isError()
                && text.flip().chars().noneMatch(c -> Character.isISOControl(c) && c != '\t' && c != '\n' && c != '\r');
    }

    /** The number of characters beyond ASCII that are valid UTF-8, and of byte sequences that are not. */
    private record Utf8Look(int letters, int faults) {

        static Utf8Look at(byte[] sample) {
            CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
            ByteBuffer in = ByteBuffer.wrap(sample);
            CharBuffer text = CharBuffer.allocate(sample.length);
            int faults = 0;
            // The end may be in the middle of a character.
            CoderResult result = decoder.decode(in, text, false);
            while (result.isError()) {
                faults++;
                in.position(in.position() + result.length());
                result = decoder.decode(in, text, false);
            }
            int letters = (int) text.flip().chars().filter(c -> c >= 0x80).count();
            return new Utf8Look(letters, faults);
        }
    }
}
