package org.catalogdrop.journal.postgres;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.catalogdrop.journal.store.JournalOwner;

/**
 * Who owned the journals of a PostgreSQL database at one moment, and which processes were there.
 *
 * @param owners the last owner of each journal, by its schema; also after its lease has ended
 * @param members the live processes that want journals
 */
public record JournalOwners(Map<String, JournalOwner> owners, List<JournalMember> members) {

    static final JournalOwners NONE = new JournalOwners(Map.of(), List.of());

    public JournalOwners {
        owners = Map.copyOf(owners);
        members = List.copyOf(members);
    }

    /** Returns the last owner of a journal; empty if nobody ever owned it. */
    public Optional<JournalOwner> last(String journal) {
        return Optional.ofNullable(owners.get(journal)).filter(owner -> owner.epoch() > 0);
    }

    /** Returns the owner of a journal; empty if nobody owns it. */
    public Optional<JournalOwner> owner(String journal) {
        return last(journal).filter(JournalOwner::isLive);
    }

    /** Returns the processes that stand by for a journal, in words. */
    public List<String> standbys(String journal) {
        String owner = owner(journal).map(JournalOwner::member).orElse("");
        return membersFor(journal).stream()
                .filter(member -> !member.id().equals(owner))
                .map(JournalMember::process)
                .sorted()
                .toList();
    }

    /** Returns the processes that stand by for a journal or own it. */
    public List<JournalMember> membersFor(String journal) {
        return members.stream()
                .filter(member -> member.journals().contains(journal))
                .toList();
    }
}
