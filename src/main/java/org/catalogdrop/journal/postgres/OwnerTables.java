package org.catalogdrop.journal.postgres;

import java.sql.Array;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.catalogdrop.journal.store.JournalOwner;
import org.catalogdrop.journal.store.JournalPlace;
import org.catalogdrop.journal.store.Sql;

/**
 * The tables that all accounts of a database share: who owns the journal of each account, and which processes want journals. Stateless.
 *
 * <p>A transaction of the owner has its line locked {@code for key share}, for which a renewal does not wait. A process that takes the
 * journal over locks the line {@code for update} first, and so waits for the commit.
 */
final class OwnerTables {

    /** The schema of these tables, and the channel on which the processes hear that a journal was taken or is free. */
    static final String SCHEMA = JournalPlace.Postgres.SHARED_SCHEMA;

    private static final String OWNER = SCHEMA + ".owner";

    private static final String MEMBER = SCHEMA + ".member";

    private static final String IN_MILLIS = "clock_timestamp() + %s * interval '1 millisecond'";

    private static final List<String> TABLES = List.of(
            "create table " + OWNER + " (journal text primary key, account text not null, epoch bigint not null,"
                    + " process text not null, node text not null, member text not null, since timestamptz not null,"
                    + " until timestamptz not null)",
            "create table " + MEMBER + " (id text primary key, process text not null, journals text[] not null,"
                    + " until timestamptz not null)");

    private static final String ENTER = "insert into " + OWNER
            + " (journal, account, epoch, process, node, member, since, until)"
            + " values (?, ?, 0, '', '', '', clock_timestamp(), clock_timestamp()) on conflict do nothing";

    /**
     * Looks at the line again when its lock is there: its owner may have renewed the lease meanwhile. The epoch is the time in milliseconds at
     * least, so that a database that was restored from a backup gives none a second time.
     */
    private static final String TAKE = "with free as (select journal, epoch, node, until from " + OWNER
            + " where journal = ? and (until <= clock_timestamp() or node = ?) for update)"
            + " update " + OWNER + " set process = ?, node = ?, member = ?,"
            + " epoch = greatest(owner.epoch + 1, (extract(epoch from clock_timestamp()) * 1000)::bigint),"
            + " since = clock_timestamp(), until = " + IN_MILLIS.formatted("?")
            + " from free where owner.journal = free.journal returning owner.epoch,"
            + " free.epoch > 0 and free.node <> owner.node,"
            + " (extract(epoch from clock_timestamp() - free.until) * 1000)::bigint,"
            + " pg_notify('" + SCHEMA + "', owner.journal)";

    private static final String FENCE =
            "select 1 from " + OWNER + " where journal = ? and epoch = ? and until > clock_timestamp() for key share";

    private static final String LIVE = "select journal, epoch from " + OWNER + " where until > clock_timestamp()";

    /** The same, with the last request of the journal: one question less for each transaction. */
    private static final String FENCE_AND_LAST =
            FENCE.replaceFirst("select 1", "select (select coalesce(max(id), 0) from requests)");

    private static final String RENEW =
            "update " + OWNER + " set until = " + IN_MILLIS.formatted("?") + " where journal = ? and epoch = ?";

    private static final String THESE =
            " unnest(?::text[], ?::bigint[], ?::bigint[]) as these (journal, epoch, millis) ";

    /** A line that somebody has locked is left out, so that it does not hold up the others. */
    private static final String RENEW_ALL = "with these as (select o.journal, these.millis from " + OWNER + " o join"
            + THESE + "on o.journal = these.journal and o.epoch = these.epoch for no key update of o skip locked)"
            + " update " + OWNER + " set until = " + IN_MILLIS.formatted("these.millis")
            + " from these where owner.journal = these.journal returning owner.journal, owner.epoch";

    private static final String RENEW_MEMBER = "insert into " + MEMBER + " (id, process, journals, until)"
            + " values (?, ?, ?, " + IN_MILLIS.formatted("?") + ") on conflict (id) do update"
            + " set journals = excluded.journals, until = excluded.until";

    private static final String RELEASE = "with freed as (update " + OWNER + " set until = clock_timestamp() from"
            + THESE + "where owner.journal = these.journal and owner.epoch = these.epoch returning owner.journal)"
            + " select count(pg_notify('" + SCHEMA + "', journal)) from freed";

    private static final String LEAVE = "with gone as (delete from " + MEMBER + " where id = ? returning id)"
            + " select count(pg_notify('" + SCHEMA + "', '')) from gone";

    private static final String LOOK = "select journal, account, process, node, member, epoch, since,"
            + " (extract(epoch from until - clock_timestamp()) * 1000)::bigint, null::text[] from " + OWNER
            + " union all select null, null, process, null, id, null, null, null, journals from " + MEMBER
            + " where until > clock_timestamp()";

    private OwnerTables() {}

    /**
     * A lease that a process holds.
     *
     * @param journal the schema of the account
     * @param epoch the number of the ownership
     * @param length how long it lasts after a renewal
     */
    record Held(String journal, long epoch, Duration length) {

        Ownership ownership() {
            return new Ownership(journal, epoch);
        }

        /** Returns whether it is the same ownership. */
        boolean is(String otherJournal, long otherEpoch) {
            return ownership().equals(new Ownership(otherJournal, otherEpoch));
        }
    }

    /**
     * The ownership of a journal, from its taking to its loss.
     *
     * @param journal the schema of the account
     * @param epoch its number
     */
    record Ownership(String journal, long epoch) {}

    /**
     * A lease that was taken.
     *
     * @param held the lease
     * @param elsewhere whether the owner before was that of another state folder
     * @param since how long ago the lease of the owner before ended; negative if it had not
     */
    record Taken(Held held, boolean elsewhere, Duration since) {}

    /** Returns whether the tables are there. By a query, since the server remembers that it has not found a name. */
    static boolean exist(Sql sql) throws SQLException {
        return sql.number("select count(*) from pg_tables where schemaname = '" + SCHEMA
                        + "' and tablename in ('owner', 'member')")
                == 2;
    }

    /** Makes the schema and its tables. The caller has seen to it that it is alone. */
    static void make(Sql sql) throws SQLException {
        if (sql.number("select count(*) from pg_namespace where nspname = '" + SCHEMA + "'") == 0) {
            sql.update("create schema " + SCHEMA);
        }
        for (String table : TABLES) {
            sql.update(table);
        }
    }

    /** Enters a journal that nobody owns yet, if it is not known. */
    static void enter(Sql sql, JournalPlace.Postgres place) throws SQLException {
        sql.update(ENTER, place.schema(), place.account());
    }

    /** Returns the account of a journal; empty if the journal is not known. */
    static Optional<String> account(Sql sql, String journal) throws SQLException {
        return sql.one("select account from " + OWNER + " where journal = ?", result -> result.getString(1), journal);
    }

    /** Takes a journal if it is free, or if its owner was of the same state folder. Waits for the last transaction of its owner. */
    static Optional<Taken> take(Sql sql, JournalPlace.Postgres place, String process, String node, String member)
            throws SQLException {
        return sql.one(
                TAKE,
                result -> new Taken(
                        new Held(place.schema(), result.getLong(1), place.lease()),
                        result.getBoolean(2),
                        Duration.ofMillis(result.getLong(3))),
                place.schema(),
                node,
                process,
                node,
                member,
                place.lease().toMillis());
    }

    /** Ends the ownership of a journal, whoever has it. */
    static void revoke(Sql sql, String journal) throws SQLException {
        sql.update("update " + OWNER + " set epoch = epoch + 1, until = clock_timestamp() where journal = ?", journal);
    }

    /** Returns whether a lease has not ended. It cannot be taken over then before the transaction ends. */
    static boolean fence(Sql sql, Held held) throws SQLException {
        return sql.number(FENCE, held.journal(), held.epoch()) == 1;
    }

    /** Returns the leases that have not ended, of all processes. */
    static Set<Ownership> live(Sql sql) throws SQLException {
        return Set.copyOf(sql.list(LIVE, result -> new Ownership(result.getString(1), result.getLong(2))));
    }

    /** Does the same for a connection to the journal, and returns the number of its last request; empty if the lease has ended. */
    static Optional<Long> fenceAndFindLast(Sql sql, Held held) throws SQLException {
        return sql.one(FENCE_AND_LAST, result -> result.getLong(1), held.journal(), held.epoch());
    }

    /** Renews a lease, also after its end. Returns whether nobody took it over. */
    static boolean renew(Sql sql, Held held) throws SQLException {
        return sql.update(RENEW, held.length().toMillis(), held.journal(), held.epoch()) == 1;
    }

    /** Renews leases, and returns those that were renewed. One that another process is taking just now is not. */
    static Set<Held> renew(Sql sql, Collection<Held> all) throws SQLException {
        List<Held> list = List.copyOf(all);
        Set<Held> renewed = new HashSet<>();
        sql.list(RENEW_ALL, result -> new Held(result.getString(1), result.getLong(2), Duration.ZERO), arrays(list))
                .forEach(one -> list.stream()
                        .filter(held -> held.is(one.journal(), one.epoch()))
                        .forEach(renewed::add));
        return renewed;
    }

    /** Ends leases, and lets the other processes know. */
    static void release(Sql sql, Collection<Held> all) throws SQLException {
        sql.number(RELEASE, arrays(List.copyOf(all)));
    }

    private static Object[] arrays(List<Held> list) {
        return new Object[] {
            list.stream().map(Held::journal).toArray(String[]::new),
            list.stream().mapToLong(Held::epoch).toArray(),
            list.stream().mapToLong(held -> held.length().toMillis()).toArray()
        };
    }

    /** Records that a process is there. */
    static void renewMember(Sql sql, JournalMember member, Duration length) throws SQLException {
        sql.update(
                RENEW_MEMBER,
                member.id(),
                member.process(),
                member.journals().toArray(String[]::new),
                length.toMillis());
    }

    /** Records that a process is gone. */
    static void leave(Sql sql, String member) throws SQLException {
        sql.number(LEAVE, member);
    }

    /** Forgets processes that have died. */
    static void forgetMembers(Sql sql) throws SQLException {
        sql.update("delete from " + MEMBER + " where until < clock_timestamp() - interval '1 hour'");
    }

    /** Returns all owners and members. */
    static JournalOwners look(Sql sql) throws SQLException {
        Map<String, JournalOwner> owners = new HashMap<>();
        List<JournalMember> members = new ArrayList<>();
        sql.list(LOOK, result -> {
            String journal = result.getString(1);
            Array journals = result.getArray(9);
            if (journal == null) {
                members.add(new JournalMember(
                        result.getString(5), result.getString(3), Set.copyOf(List.of((String[]) journals.getArray()))));
            } else {
                owners.put(
                        journal,
                        new JournalOwner(
                                result.getString(2),
                                result.getString(3),
                                result.getString(4),
                                result.getString(5),
                                result.getLong(6),
                                result.getObject(7, OffsetDateTime.class).toInstant(),
                                Duration.ofMillis(result.getLong(8))));
            }
            return true;
        });
        return new JournalOwners(owners, members);
    }
}
