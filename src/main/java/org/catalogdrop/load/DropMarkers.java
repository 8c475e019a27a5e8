package org.catalogdrop.load;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.catalogdrop.journal.Journal;
import org.catalogdrop.model.Marker;

/** The markers of each drop, by {@code kommo.marker-field} and the journal. Safe for many threads. */
public final class DropMarkers {

    private static final int DROPS = 64;
    private static final int BYTES = 8;

    private final Supplier<Journal> journal;
    private final OptionalLong field;
    private final SecureRandom random = new SecureRandom();
    private final Map<Long, Optional<Marker>> known = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Optional<Marker>> eldest) {
            return size() > DROPS;
        }
    };

    public DropMarkers(Supplier<Journal> journal, OptionalLong field) {
        this.journal = journal;
        this.field = field;
    }

    /** Returns the marker of a drop's adds, durable before the first of them; empty if they have none. */
    public synchronized Optional<Marker> of(long drop) {
        return known.computeIfAbsent(drop, one -> journal.get().marker(one, field, load()));
    }

    private String load() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
