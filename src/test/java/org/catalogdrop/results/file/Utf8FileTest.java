package org.catalogdrop.results.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Utf8FileTest {

    private static final int BUFFER = 1 << 16;

    @TempDir
    Path temp;

    private interface Writing {
        void to(Utf8File sink) throws IOException;
    }

    private byte[] written(Writing writing) throws IOException {
        Path file = temp.resolve("file");
        try (Utf8File sink = new Utf8File(file)) {
            writing.to(sink);
            long told = sink.written();
            sink.finish();
            assertThat(told).isEqualTo(Files.size(file));
        }
        return Files.readAllBytes(file);
    }

    @Test
    void every_code_point_is_encoded_as_by_the_jdk() throws IOException {
        StringBuilder all = new StringBuilder();
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            if (!SafeCell.isSurrogate(c)) {
                all.appendCodePoint(c).append('a');
            }
        }

        assertThat(written(sink -> sink.text(all.toString())))
                .isEqualTo(all.toString().getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void lone_surrogates_become_bytes_or_a_question_mark() throws IOException {
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        StringBuilder text = new StringBuilder();
        for (int c = Character.MIN_SURROGATE; c <= Character.MAX_SURROGATE; c++) {
            text.append((char) c).append('é');
            expected.write(c >= 0xDC80 && c <= 0xDCFF ? c - 0xDC00 : '?');
            expected.writeBytes("é".getBytes(StandardCharsets.UTF_8));
        }
        text.append("end\uD83D");
        expected.writeBytes("end?".getBytes(StandardCharsets.UTF_8));

        assertThat(written(sink -> sink.text(text.toString()))).isEqualTo(expected.toByteArray());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 9, 10, 99, 100, 41870, Integer.MAX_VALUE, Long.MAX_VALUE, -1, Long.MIN_VALUE})
    void numbers_are_complete_wherever_the_buffer_ends(long number) throws IOException {
        for (int before = BUFFER - 22; before <= BUFFER; before++) {
            byte[] filling = "x".repeat(before).getBytes(StandardCharsets.US_ASCII);

            assertThat(written(sink -> sink.bytes(filling, 0, filling.length)
                            .number(number)
                            .put(',')))
                    .asString(StandardCharsets.US_ASCII)
                    .isEqualTo("x".repeat(before) + number + ",");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, BUFFER - 1, BUFFER, BUFFER + 1, 3 * BUFFER})
    void bytes_stay_in_order_whatever_their_number(int length) throws IOException {
        byte[] bytes = new byte[length + 2];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 31);
        }

        byte[] twice = written(
                sink -> sink.put('[').bytes(bytes, 1, length + 1).put('|').bytes(bytes, 1, length + 1));

        byte[] part = Arrays.copyOfRange(bytes, 1, length + 1);
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        expected.write('[');
        expected.writeBytes(part);
        expected.write('|');
        expected.writeBytes(part);
        assertThat(twice).isEqualTo(expected.toByteArray());
    }
}
