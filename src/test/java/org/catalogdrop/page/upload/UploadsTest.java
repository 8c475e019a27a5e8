package org.catalogdrop.page.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of browsers: where they are kept, under which names, and how long. */
class UploadsTest {

    @TempDir
    Path inbox;

    private Instant now = Instant.parse("2025-12-01T00:00:00Z");

    private Uploads uploads() {
        return uploads(1 << 20, 0);
    }

    private Uploads uploads(long longest, long free) {
        InstantSource clock = () -> now;
        return new Uploads(inbox, longest, free, clock);
    }

    private static InputStream content(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(inbox)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void given_a_file_when_it_is_released_then_it_appears_whole_and_replaces_nothing() throws Exception {
        Uploads uploads = uploads();
        Files.writeString(inbox.resolve("p.csv"), "mine");

        StoredUpload upload = uploads.receive("p.csv", content("name\nA\n"));

        assertThat(upload.size()).isEqualTo(7);
        assertThat(files()).hasSize(2).allMatch(name -> name.equals("p.csv") || name.startsWith(".upload-"));
        assertThat(uploads.release(upload.id())).contains(inbox.resolve("p-2.csv"));
        assertThat(files()).containsExactly("p-2.csv", "p.csv");
        assertThat(inbox.resolve("p.csv")).hasContent("mine");
        assertThat(uploads.release(upload.id())).isEmpty();
        assertThat(uploads.all()).isEmpty();
    }

    @Test
    void given_a_file_that_is_kept_when_it_is_received_again_then_it_is_kept_once() throws Exception {
        Uploads uploads = uploads();

        StoredUpload first = uploads.receive("p.csv", content("name\nA\n"));
        StoredUpload second = uploads.receive("p.csv", content("name\nA\n"));
        StoredUpload other = uploads.receive("q.csv", content("name\nA\n"));

        assertThat(second).isEqualTo(first);
        assertThat(uploads.all()).containsExactly(first, other);
        assertThat(files()).hasSize(2);
        uploads.release(first.id());
        assertThat(uploads.released(first.id())).contains("p.csv");
    }

    @ParameterizedTest
    @CsvSource({
        "../../etc/passwd.csv, passwd.csv",
        "'C:\\Users\\x\\prices.csv', prices.csv",
        "'..', drop",
        "'', drop",
        ".hidden.csv, hidden.csv",
        "~$open.xlsx, open.xlsx",
        "CON.csv, _CON.csv",
        "a:b*c?.csv, a_b_c_.csv",
        "/inbox/, drop",
    })
    void given_a_name_that_leads_elsewhere_when_kept_then_it_is_a_plain_name(String given, String expected)
            throws Exception {
        assertThat(uploads().receive(given, content("x")).name()).isEqualTo(expected);
    }

    @Test
    void given_a_name_with_signs_that_mislead_when_kept_then_they_are_gone_and_it_is_not_too_long() throws Exception {
        assertThat(uploads().receive("a\u202Evsc.exe\u0000\n.csv", content("x")).name())
                .isEqualTo("a_vsc.exe__.csv");
        String name = uploads().receive("ц".repeat(500) + ".csv", content("x")).name();
        assertThat(name).endsWith(".csv");
        assertThat(name.getBytes(StandardCharsets.UTF_8).length).isBetween(200, 255);
    }

    @Test
    void given_a_file_that_is_too_large_or_breaks_off_when_received_then_nothing_of_it_is_kept() throws Exception {
        assertThatThrownBy(() -> uploads(1 << 10, 0).receive("p.csv", content("x".repeat(1025))))
                .isInstanceOf(UploadRefused.class)
                .hasMessageContaining("drop.page-upload-limit");
        assertThatThrownBy(() -> uploads(1 << 10, Long.MAX_VALUE).receive("p.csv", content("x")))
                .isInstanceOf(UploadRefused.class)
                .hasMessageContaining("disk");
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("gone");
            }

            @Override
            public int read(byte[] bytes, int from, int length) throws IOException {
                return read();
            }
        };
        assertThatThrownBy(() -> uploads().receive("p.csv", broken)).hasMessage("gone");
        assertThat(files()).isEmpty();
    }

    @Test
    void given_files_that_nobody_loads_when_a_day_has_passed_or_the_program_starts_again_then_they_are_deleted()
            throws Exception {
        Uploads uploads = uploads();
        StoredUpload upload = uploads.receive("p.csv", content("x"));
        now = now.plus(Duration.ofHours(25));
        StoredUpload next = uploads.receive("q.csv", content("y"));
        assertThat(uploads.find(upload.id())).isEmpty();
        assertThat(files()).hasSize(1);

        uploads().sweep();

        assertThat(files()).isEmpty();
        assertThat(next.file()).doesNotExist();
    }

    @Test
    void given_what_a_killed_program_left_when_it_begins_then_it_is_deleted_and_nothing_of_others() throws Exception {
        Files.writeString(inbox.resolve(".upload-1.part"), "x");
        Files.writeString(inbox.resolve(".delivery-1.part"), "x");
        Files.writeString(inbox.resolve(".of-another-program.part"), "x");

        uploads().begin();

        assertThat(files()).containsExactly(".of-another-program.part");
    }

    @Test
    void given_a_form_that_announces_too_much_when_asked_for_room_then_it_is_refused_before_it_is_read()
            throws IOException {
        assertThatThrownBy(() -> uploads(1 << 20, 0).requireRoom(2 << 20))
                .isInstanceOf(UploadRefused.class)
                .hasMessageContaining("more than 1 MiB");
        uploads(1 << 20, 0).requireRoom((1 << 20) + 1000);
        uploads(1 << 20, 0).requireRoom(-1);
        Files.createDirectories(inbox);
        assertThatThrownBy(() -> uploads(1 << 20, Long.MAX_VALUE).requireRoom(1000))
                .isInstanceOf(UploadRefused.class)
                .hasMessageContaining("too little space");
    }
}
