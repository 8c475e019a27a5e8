package org.catalogdrop.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.apache.camel.Exchange;
import org.catalogdrop.cli.CatalogDropMain;
import org.catalogdrop.scenario.AtOpening;
import org.catalogdrop.scenario.Loading;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file of the inbox that cannot be read stays where it is, and holds no other. */
class UnreadableDropsTest {

    @TempDir
    Path home;

    private Path first;
    private Path second;

    @BeforeEach
    void drops() throws IOException {
        Path inbox = Files.createDirectories(home.resolve("inbox"));
        first = Files.writeString(inbox.resolve("first.csv"), "name\na\n");
        Files.setLastModifiedTime(first, FileTime.fromMillis(0));
        second = Files.writeString(inbox.resolve("second.csv"), "name\nb\n");
    }

    /** Works as any user, for whom files of no right can be read: what is opened in place of the drop is a folder. */
    private void makeUnreadable(Exchange exchange) {
        exchange.getMessage().setBody(home.toFile());
    }

    private static void allow(Path file, String rights) {
        try {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(rights));
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    private Loading once(BiConsumer<String, Exchange> deed, String... more) throws Exception {
        Loading loading = Loading.watch(home, new AtOpening(deed), more);
        loading.drop().runs().awaitIdle();
        return loading;
    }

    @Test
    void it_stays_the_others_load_and_the_run_does_not_end_well() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        try (Loading loading = once((name, exchange) -> {
            if (name.equals("first.csv")) {
                tries.incrementAndGet();
                makeUnreadable(exchange);
            }
        })) {
            assertThat(loading.names()).containsExactly("b");
            assertThat(loading.drop().runs().exitStatus()).isEqualTo(1);
            assertThat(first).hasContent("name\na\n");
            assertThat(second).doesNotExist();
            assertThat(tries).hasValue(1);
            assertThat(home.resolve("refused")).isEmptyDirectory();
        }
    }

    @Test
    void it_is_taken_at_once_when_its_rights_change() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        try (Loading loading = once((name, exchange) -> {
            if (name.equals("second.csv")) {
                allow(first, "rw-------");
            } else if (tries.getAndIncrement() == 0) {
                makeUnreadable(exchange);
            }
        })) {
            assertThat(loading.names()).containsExactly("b", "a");
            assertThat(loading.drop().runs().exitStatus()).isZero();
            assertThat(first).doesNotExist();
        }
    }

    @Test
    void without_the_right_to_read_it() throws Exception {
        allow(first, "---------");
        assumeFalse(Files.isReadable(first), "this user may read everything");
        try (Loading loading = once((name, exchange) -> {})) {
            assertThat(loading.names()).containsExactly("b");
            assertThat(loading.drop().runs().exitStatus()).isEqualTo(1);
            assertThat(first).exists();
        }
    }

    @Test
    void without_the_right_to_read_it_approvals_of_others_count() throws Exception {
        allow(first, "---------");
        assumeFalse(Files.isReadable(first), "this user may read everything");
        try (Loading loading = once((name, exchange) -> {}, "drop.approve=true")) {
            assertThat(loading.drop().runs().exitStatus()).isEqualTo(1);
            assertThat(home.resolve("outbox").toFile().list())
                    .singleElement()
                    .asString()
                    .matches("second.csv-.*\\.plan");
        }
    }

    @Test
    void one_whose_name_is_in_another_encoding_is_no_reason_to_stop() throws Exception {
        Process made = new ProcessBuilder(
                        "sh",
                        "-c",
                        "cp first.csv \"$(printf 'bad\\377.csv')\" && cp first.csv \"$(printf 'bad\\377.txt')\"")
                .directory(home.resolve("inbox").toFile())
                .start();
        assumeTrue(made.waitFor() == 0, "this file system takes no such names");
        try (Loading loading = once((name, exchange) -> {})) {
            assertThat(loading.names()).containsExactly("a", "b");
            assertThat(loading.drop().runs().exitStatus()).isEqualTo(1);
            assertThat(home.resolve("inbox").toFile().list()).contains("bad\uFFFD.csv");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bad\n[main] ERROR forged.csv",
                "bad\u001B[2J.csv",
                "bad\u009B2J.csv",
                "bad\u2028forged.csv",
                "bad\u202Efdp.csv",
            })
    void one_whose_name_has_control_characters_stays_and_is_reported_without_them(String name) throws Exception {
        Files.writeString(home.resolve("inbox").resolve(name), "name\nc\n");
        PrintStream stderr = System.err;
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        try (Loading loading = once((drop, exchange) -> {})) {
            assertThat(loading.names()).containsExactly("a", "b");
            assertThat(loading.drop().runs().exitStatus()).isEqualTo(1);
            assertThat(home.resolve("inbox").resolve(name)).hasContent("name\nc\n");
        } finally {
            System.setErr(stderr);
        }
        StringWriter told = new StringWriter();
        System.setProperty("drop.home", home.toString());
        try {
            CatalogDropMain.commandLine().setOut(new PrintWriter(told)).execute("status");
        } finally {
            System.clearProperty("drop.home");
        }
        String shown = "bad\\u%04X".formatted((int) name.charAt(3));
        assertThat(told.toString()).contains(shown, "control characters").doesNotContain(name);
        assertThat(log.toString(StandardCharsets.UTF_8)).contains(shown).doesNotContain(name);
    }

    @Test
    void one_that_vanishes_before_it_is_opened_is_refused() throws Exception {
        try (Loading loading = once((name, exchange) -> {
            if (name.equals("first.csv")) {
                assertThat(first.toFile().delete()).isTrue();
            }
        })) {
            assertThat(loading.names()).containsExactly("b");
            assertThat(loading.drop().runs().exitStatus()).isEqualTo(4);
            assertThat(home.resolve("refused/first.csv.reason.txt")).content().contains("changed", "not found");
        }
    }
}
