package org.catalogdrop.journal.store;

import java.util.Optional;

/**
 * What is in the place of a journal, beside what this machine has seen there.
 *
 * @param seen how far this machine has seen it; empty if it never has
 * @param found how far it is; empty if there is none
 * @param refusal why no machine uses it; empty if nobody has refused it
 */
public record Restoration(Optional<JournalPosition> seen, Optional<JournalPosition> found, Optional<String> refusal) {}
