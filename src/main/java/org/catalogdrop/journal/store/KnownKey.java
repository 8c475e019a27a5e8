package org.catalogdrop.journal.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.catalogdrop.model.Key;

/**
 * The element that has a key.
 *
 * @param text the key
 * @param element its id
 * @param other the id of another element of the list with the same key; 0 if there is none
 * @param printed whether it is known what was last sent for it
 * @param high {@link Key#high} of that
 * @param low {@link Key#low} of that
 */
public record KnownKey(String text, long element, long other, boolean printed, long high, long low) {

    public static final String COLUMNS = "key_text, element, other, printed, print_high, print_low";

    public static KnownKey of(ResultSet result) throws SQLException {
        return new KnownKey(
                result.getString(1),
                result.getLong(2),
                result.getLong(3),
                result.getInt(4) == 1,
                result.getLong(5),
                result.getLong(6));
    }

    public boolean isAmbiguous() {
        return other != 0;
    }

    /** Returns whether this is what was last sent. */
    public boolean matches(Key key) {
        return printed && high == key.high() && low == key.low();
    }
}
