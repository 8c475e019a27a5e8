package org.catalogdrop.journal.handover;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Problem;

/**
 * A file of an inbox that is in the database.
 *
 * @param id a random name of its own
 * @param inbox identifies the inbox it is from
 * @param place the machine and the folder of that inbox, for people
 * @param name its name there; an inbox has one file of a name
 * @param size its bytes
 * @param digest the SHA-256 of its bytes
 * @param modified the time of its last change, in milliseconds
 * @param handedAt when it was handed over
 * @param state how far it is
 * @param withdrawn whether it has left the inbox before its load had ended
 * @param folder the name of its results; empty if it has none, or if they are in the outbox already
 * @param refusal why it was refused, if it was
 * @param revealed the name that its results get in the outbox of that machine; empty if it is not chosen yet
 * @param moved the place to which the file is moved there; empty if it is not chosen yet
 */
public record HandedFile(
        String id,
        String inbox,
        String place,
        String name,
        long size,
        String digest,
        long modified,
        Instant handedAt,
        State state,
        boolean withdrawn,
        String folder,
        Optional<Problem> refusal,
        String revealed,
        String moved) {

    /** How far a file is. */
    public enum State {
        /** Its bytes are being written; room is reserved for them. */
        COMING,
        /** It waits for the owner. */
        WAITING,
        /** Its load has begun. */
        LOADING,
        /** Its load has ended, and its results wait for the machine it is from. */
        ENDED;

        /** Returns its word in the database and in JSON. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static final String COLUMNS =
            "id, inbox, place, name, size, digest, modified, extract(epoch from handed_at) * 1000, state, withdrawn, folder,"
                    + " code, field, message, revealed, moved";

    /** Returns a file that is to be handed over. */
    public static HandedFile of(
            String id, String inbox, String place, String name, long size, String digest, long modified) {
        return new HandedFile(
                id,
                inbox,
                place,
                name,
                size,
                digest,
                modified,
                Instant.EPOCH,
                State.COMING,
                false,
                "",
                Optional.empty(),
                "",
                "");
    }

    static HandedFile of(ResultSet line) throws SQLException {
        String code = line.getString(12);
        return new HandedFile(
                line.getString(1),
                line.getString(2),
                line.getString(3),
                line.getString(4),
                line.getLong(5),
                line.getString(6),
                line.getLong(7),
                Instant.ofEpochMilli(line.getLong(8)),
                State.valueOf(line.getString(9).toUpperCase(Locale.ROOT)),
                line.getBoolean(10),
                line.getString(11),
                code.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Problem(Code.valueOf(code), line.getString(13), line.getString(14))),
                line.getString(15),
                line.getString(16));
    }
}
