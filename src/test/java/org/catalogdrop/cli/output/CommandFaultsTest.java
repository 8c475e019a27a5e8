package org.catalogdrop.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** How a command ends that fails. */
class CommandFaultsTest {

    @CommandLine.Command(name = "status")
    static final class Unprivileged implements Callable<Integer> {
        @Override
        public Integer call() throws Exception {
            throw new AccessDeniedException("/srv/drops/inbox");
        }
    }

    @Test
    void given_folder_without_rights_when_a_command_reads_it_then_its_name_is_reported_without_a_trace() {
        StringWriter err = new StringWriter();

        int status = new CommandLine(new Unprivileged())
                .setExecutionExceptionHandler(new CommandFaults())
                .setErr(new PrintWriter(err, true))
                .execute();

        assertThat(status).isEqualTo(1);
        assertThat(err.toString())
                .contains("(disk)", "/srv/drops/inbox", "AccessDeniedException", "right to it")
                .doesNotContain("fault of the program", "\tat ");
    }

    @CommandLine.Command(name = "load")
    static final class Nameless implements Callable<Integer> {
        @Override
        public Integer call() throws Exception {
            throw new FileSystemException(null);
        }
    }

    @Test
    void given_disk_fault_without_a_file_name_when_a_command_ends_then_it_is_reported_without_a_trace() {
        StringWriter err = new StringWriter();

        int status = new CommandLine(new Nameless())
                .setExecutionExceptionHandler(new CommandFaults())
                .setErr(new PrintWriter(err, true))
                .execute();

        assertThat(status).isEqualTo(1);
        assertThat(err.toString())
                .contains("(disk): a file cannot be read or written")
                .doesNotContain("\tat ");
    }
}
