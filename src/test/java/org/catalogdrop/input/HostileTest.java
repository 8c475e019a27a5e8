package org.catalogdrop.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.catalogdrop.input.stream.ReadLimits;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Drop;
import org.catalogdrop.model.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that are broken or made to break us: endless, packed, damaged, changed. */
class HostileTest {

    private static final long LARGE = 100L << 20;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '#',
            value = {
                "a.csv   ! name,id␊a,1␊\"b        ! text,␊  ! row 1, which starts on line 2",
                "a.csv   ! name,id␊a,1␊           ! text,   ! row 1",
                "a.csv   ! name,                  ! text,   ! first row",
                "a.csv   ! \"name,                ! text␊   ! first row",
                "a.json  ! [{\"name\":1},{\"b\":\"  ! text,   ! row 1",
                "a.json  ! [{\"name\":            ! 1234    ! first row",
                "a.json  ! [{\"                   ! text    ! first row",
                "a.json  ! [{\"name\":1},{\"b\":[ ! 1,      ! row 1",
                "a.json  ! {\"add\":[             ! 1234    ! first row",
            })
    void row_without_end_is_given_up(String name, String start, String unit, String told) {
        Dropped dropped = Dropped.repeated(folder, name, Dropped.visible(start), Dropped.visible(unit), LARGE / 20);

        Problem refusal = dropped.refusal();

        assertThat(refusal.code()).isEqualTo(Code.ENDLESS_LINE);
        assertThat(refusal.message()).contains("1048576 bytes", told);
    }

    @Test
    void limit_is_reached_long_before_the_end() throws Exception {
        Dropped dropped = Dropped.repeated(folder, "a.csv", "name,id\na,1\n\"b", "text,\n", LARGE);
        Drop drop = dropped.drop();

        try (DropReader reading = DropReader.open(drop, ReadLimits.DEFAULT)) {
            assertThat(Dropped.refusal(() -> reading.stream().readAllBytes()).code())
                    .isEqualTo(Code.ENDLESS_LINE);
            assertThat(reading.bytesRead()).isLessThan(2L << 20);
        }
    }

    @Test
    void line_without_end_is_skipped() {
        Dropped dropped = Dropped.repeated(folder, "a.ndjson", "{\"name\":1}\n", "{\"name\":", LARGE / 5);

        assertThat(dropped.survey()).isEqualTo(new RowSurvey(2, Dropped.once(Code.ROW_TOO_LONG)));
    }

    @ParameterizedTest
    @CsvSource({"a.csv.gz, name", "a.json.gz, '[1'", "a.ndjson.gz, {}"})
    void file_that_unpacks_without_end_is_refused(String name, String start) throws Exception {
        Dropped bomb = Dropped.repeated(folder, name, start, "\n", 10L << 20).within(new ReadLimits(3 << 20, 5 << 20));

        Problem refusal = bomb.refusal();

        assertThat(Files.size(bomb.file())).isLessThan(100_000);
        assertThat(refusal.code()).isEqualTo(Code.TOO_LARGE);
        assertThat(refusal.message()).contains("3145728", "drop.unpacked-limit");
    }

    private static final byte[] PACKED = Dropped.gzip("name,id\na,1\n".getBytes(StandardCharsets.UTF_8));

    private Dropped packed(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return Dropped.bytes(folder, "a.csv.gz", all.toByteArray());
    }

    @Test
    void several_gzip_members_are_read_as_one() {
        byte[] more = Dropped.gzip("b,2\n".getBytes(StandardCharsets.UTF_8));
        byte[] empty = Dropped.gzip(new byte[0]);

        assertThat(packed(PACKED, more, empty, more, new byte[512]).survey().rows())
                .isEqualTo(3);
        assertThat(packed(PACKED, new byte[3], more).survey().rows()).isEqualTo(2);
    }

    @Test
    void gzip_header_with_a_name_and_more_is_read() {
        byte[] header = {0x1F, (byte) 0x8B, 8, 4 + 8 + 16 + 2, 0, 0, 0, 0, 0, 3, 2, 0, 'x', 'y', 'n', 0, 'c', 0, 1, 2};

        assertThat(packed(header, Arrays.copyOfRange(PACKED, 10, PACKED.length))
                        .survey()
                        .rows())
                .isEqualTo(1);
    }

    @Test
    void packed_file_truncated_anywhere_is_refused() {
        byte[] twice = concat(PACKED, PACKED);
        for (int length = 1; length < twice.length; length++) {
            if (length != PACKED.length) {
                Problem refusal = packed(Arrays.copyOf(twice, length)).refusal();
                assertThat(refusal.code()).isEqualTo(Code.BAD_GZIP);
            }
        }
    }

    private static byte[] concat(byte[] a, byte[] b) {
        byte[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }

    @Test
    void damaged_packed_data_is_refused() {
        byte[] damaged = PACKED.clone();
        damaged[PACKED.length - 8] ^= 1;

        assertThat(packed(damaged).refusal().message()).contains("checksum");
        assertThat(packed("name\n".getBytes(StandardCharsets.UTF_8)).refusal().message())
                .contains("does not start like gzip");
        assertThat(packed(PACKED, new byte[] {'x'}).refusal().message()).contains("follows the first part");
        assertThat(packed(Dropped.gzip(PACKED)).refusal().code()).isEqualTo(Code.BINARY);
        assertThat(packed().refusal().code()).isEqualTo(Code.EMPTY_DROP);
    }

    @ParameterizedTest
    @CsvSource({"a.csv, 'name\na\n', b", "a.json, '[{}]', ' '", "a.jsonl, '{}\n', '{}'"})
    void change_of_the_file_between_passes_is_detected(String name, String text, String more) throws Exception {
        Dropped dropped = Dropped.text(folder, name, text);
        Drop before = dropped.drop();
        Files.writeString(dropped.file(), more, StandardOpenOption.APPEND);

        Problem refusal = Dropped.refusal(() -> dropped.read(before, RowSurvey::of));

        assertThat(refusal.code()).isEqualTo(Code.CHANGED);
        assertThat(refusal.message()).contains("changed while it was being loaded");
    }

    @Test
    void no_file_is_left_open() throws Exception {
        Path handles = Path.of("/proc/self/fd");
        assumeTrue(Files.isDirectory(handles));
        Dropped.text(folder, "a.csv", "name,id␊\"x␊").refusal();
        Dropped.text(folder, "a.json", "{\"add\":[").refusal();
        Dropped.bytes(folder, "b.csv", new byte[] {0x1F, (byte) 0x8B}).refusal();
        packed(PACKED, PACKED).survey();

        try (var open = Files.list(handles)) {
            assertThat(open.filter(Files::isSymbolicLink).map(HostileTest::target))
                    .noneMatch(target -> target.startsWith(folder.toString()));
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException gone) {
            return "";
        }
    }
}
