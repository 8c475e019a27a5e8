package org.catalogdrop.journal;

import java.sql.SQLException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.catalogdrop.journal.store.JournalPlace;
import org.catalogdrop.journal.store.Sql;
import org.catalogdrop.journal.store.Writer;

/**
 * The mappings that gave rows their meaning, and the last accepted one of each file. A drop that resumes after a crash uses the mapping
 * it began with; a new drop is compared with the last one. Safe for many threads.
 */
public final class MappingHistory {

    private final Writer writer;
    private final JournalReader reading;
    private final InstantSource clock;

    MappingHistory(Writer writer, JournalReader reading, InstantSource clock) {
        this.writer = writer;
        this.reading = reading;
        this.clock = clock;
    }

    /** Keeps a mapping for good, and as the last accepted one of this file and account. */
    public void accept(MappingSnapshot mapping, String account) {
        long now = clock.millis();
        writer.run(sql -> {
            if (find(sql, mapping.digest()).isEmpty()) {
                sql.update(
                        "insert into mappings (digest, name, content, kept_at) values (?, ?, ?, ?)",
                        mapping.digest(),
                        mapping.name(),
                        mapping.content(),
                        now);
                for (Map.Entry<String, String> entry : mapping.names().entrySet()) {
                    sql.update(
                            "insert into mapping_names (digest, name, value) values (?, ?, ?)",
                            mapping.digest(),
                            entry.getKey(),
                            entry.getValue());
                }
            }
            sql.update("delete from mappings_accepted where name = ? and account = ?", mapping.name(), account);
            sql.update(
                    "insert into mappings_accepted (name, account, digest, accepted_at) values (?, ?, ?, ?)",
                    mapping.name(),
                    account,
                    mapping.digest(),
                    now);
        });
    }

    /** Returns the last accepted mapping of a file and an account. */
    public Optional<MappingSnapshot> accepted(String name, String account) {
        return reading.read(sql -> accepted(sql, name, account));
    }

    /** Returns the mapping with this digest. */
    public Optional<MappingSnapshot> of(String digest) {
        return reading.read(sql -> find(sql, digest));
    }

    /**
     * Returns the mapping with this digest in a journal, also while another process loads with it.
     *
     * @throws org.catalogdrop.model.RunHalted if the file there is no journal that can be read
     */
    public static Optional<MappingSnapshot> of(JournalPlace place, String digest) {
        return read(place, sql -> find(sql, digest));
    }

    /** Returns the same as {@link #accepted(String, String)}, also while another process loads with the journal. */
    public static Optional<MappingSnapshot> accepted(JournalPlace place, String name, String account) {
        return read(place, sql -> accepted(sql, name, account));
    }

    private static Optional<MappingSnapshot> read(JournalPlace place, Sql.Work<Optional<MappingSnapshot>> work) {
        return JournalReader.look(place, reading -> reading.read(work)).flatMap(found -> found);
    }

    private static Optional<MappingSnapshot> accepted(Sql sql, String name, String account) throws SQLException {
        Optional<String> digest = sql.one(
                "select digest from mappings_accepted where name = ? and account = ?",
                result -> result.getString(1),
                name,
                account);
        return digest.isEmpty() ? Optional.empty() : find(sql, digest.get());
    }

    private static Optional<MappingSnapshot> find(Sql sql, String digest) throws SQLException {
        Map<String, String> names = new HashMap<>();
        sql.list(
                "select name, value from mapping_names where digest = ?",
                result -> names.put(result.getString(1), result.getString(2)),
                digest);
        return sql.one(
                "select name, content from mappings where digest = ?",
                result -> new MappingSnapshot(digest, result.getString(1), result.getBytes(2), names),
                digest);
    }

    /**
     * A mapping as it was when it gave rows their meaning.
     *
     * @param digest identifies it, also among versions of one file with other names; the caller computes it
     * @param name the file's name
     * @param content the file's bytes
     * @param names the ids of the names in it
     */
    public record MappingSnapshot(String digest, String name, byte[] content, Map<String, String> names) {}
}
