package org.catalogdrop.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who has a folder is told by its lock, not by what stands in the file. */
class OwnershipTest {

    @TempDir
    Path folder;

    @Test
    void given_folder_of_another_process_when_asked_for_the_owner_then_it_is_that_process_until_it_is_killed()
            throws Exception {
        Path state = folder.resolve("state");
        Process child = JournalChild.start(state);
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(said.readLine()).startsWith("open");

            Ownership.Owner owner = Ownership.owner(Ownership.Kind.STATE, state).orElseThrow();

            assertThat(owner.process()).hasValue(child.pid());
            assertThat(owner.host()).isNotEmpty();
            assertThat(owner.since()).get().isInstanceOf(Instant.class);
            assertThat(owner.name()).contains("process " + child.pid());
        } finally {
            child.destroyForcibly().waitFor();
        }
        assertThat(Files.readString(state.resolve("catalog-drop.lock"))).contains("process " + child.pid());
        assertThat(Ownership.owner(Ownership.Kind.STATE, state)).isEmpty();
        Journal.open(state).close();
    }

    @Test
    void given_folder_of_this_process_when_asked_for_the_owner_then_it_is_this_process_and_keeps_the_folder() {
        try (Journal journal = Journal.open(folder)) {
            long pid = ProcessHandle.current().pid();

            assertThat(Ownership.owner(Ownership.Kind.STATE, folder))
                    .hasValueSatisfying(owner -> assertThat(owner.process()).hasValue(pid));

            assertThat(journal.drops()).isEmpty();
        }
        assertThat(Ownership.owner(Ownership.Kind.STATE, folder)).isEmpty();
        assertThat(Ownership.owner(Ownership.Kind.STATE, folder.resolve("none")))
                .isEmpty();
    }
}
