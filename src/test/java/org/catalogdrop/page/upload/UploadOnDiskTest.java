package org.catalogdrop.page.upload;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/** After a power cut a file that was brought is in the inbox as a whole or not at all: the order of the system calls. */
@Tag("slow")
@Timeout(120)
class UploadOnDiskTest {

    private static final Path STRACE = Path.of("/usr/bin/strace");

    @TempDir
    Path home;

    @Test
    void given_a_file_that_is_brought_when_it_gets_its_name_then_its_content_is_on_disk_before_and_the_name_after()
            throws Exception {
        if (!Files.isExecutable(STRACE)) {
            System.err.println("SKIPPED: the order of writes to disk was not checked. Install the package strace.");
            throw new TestAbortedException("no strace");
        }
        Path inbox = Files.createDirectories(home.resolve("inbox"));
        Path calls = home.resolve("calls");
        Process child = new ProcessBuilder(
                        STRACE.toString(),
                        "-f",
                        "-y",
                        "-o",
                        calls.toString(),
                        "-e",
                        "trace=fsync,fdatasync,link,linkat,rename,renameat,renameat2",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        UploadChild.class.getName(),
                        inbox.toString())
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("out").toFile())
                .start();

        assertThat(child.waitFor()).as(Files.readString(home.resolve("out"))).isZero();

        List<String> lines = Files.readAllLines(calls);
        int named = last(lines, "link", "p.csv");
        assertThat(named).as(String.join("\n", lines)).isNotNegative();
        assertThat(last(lines.subList(0, named), "sync(", ".part>"))
                .as("content before its name")
                .isNotNegative();
        assertThat(last(lines.subList(named, lines.size()), "sync(", inbox + ">"))
                .as("name after it was given")
                .isNotNegative();
    }

    private static int last(List<String> lines, String call, String what) {
        int found = -1;
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).contains(call) && lines.get(i).contains(what)) {
                found = i;
            }
        }
        return found;
    }
}
