package org.catalogdrop.journal.postgres;

import java.util.Set;

/**
 * A live process that owns journals on PostgreSQL or stands by for them.
 *
 * @param id identifies the process
 * @param process the process and its host, as it is shown to people
 * @param journals the schemas of the journals that it owns or stands by for
 */
public record JournalMember(String id, String process, Set<String> journals) {}
