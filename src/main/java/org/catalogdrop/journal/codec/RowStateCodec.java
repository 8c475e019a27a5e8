package org.catalogdrop.journal.codec;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.catalogdrop.journal.codec.RowState.Doubtful;
import org.catalogdrop.journal.codec.RowState.Open;
import org.catalogdrop.journal.codec.RowState.Settled;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Problem;
import org.catalogdrop.model.Status;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/**
 * Encodes and decodes the state of each row of a request, in row order. First come the distinct problems (a request refused as a whole
 * has one for all its rows), then a byte for each row, followed by the id as its distance from the id before and the index of the
 * problem, if there are any. Used by one thread.
 */
public final class RowStateCodec {
    private static final int FORM = 1;
    private static final int DOUBTFUL = 0;
    private static final int UNTOUCHED = 1;
    private static final int HAS_ID = 1;
    private static final int HAS_PROBLEM = 2;
    private static final int NO_PROBLEM = -1;

    private static final byte[] NOTHING = pack(List.of());
    private static final Open OPEN = new Open();
    private static final Status[] STATUSES = Status.values();

    private final ByteReader reader;
    private final Doubtful doubtful;
    private final Problem[] problems;
    private long id;
    /** The code of the current row. */
    private int word;

    private long element;
    private int problem;

    /**
     * Iterates over packed states.
     *
     * @param intended the time of the request, since which its rows are in doubt
     */
    public RowStateCodec(byte[] packed, Instant intended) {
        reader = new ByteReader(packed);
        doubtful = new Doubtful(intended);
        if (reader.unsigned() != FORM) {
            throw ByteReader.broken("is of an unknown form");
        }
        long count = reader.unsigned();
        if (count < 0 || count > packed.length) {
            throw ByteReader.broken("has more problems than bytes");
        }
        problems = new Problem[(int) count];
        for (int i = 0; i < problems.length; i++) {
            problems[i] = new Problem(code(reader.text()), reader.text(), reader.text());
        }
    }

    public RowState next() {
        if (!advance()) {
            throw ByteReader.broken("ends early");
        }
        if (word == DOUBTFUL) {
            return doubtful;
        }
        if (word == UNTOUCHED) {
            return OPEN;
        }
        Optional<Problem> found = problem == NO_PROBLEM ? Optional.empty() : Optional.of(problems[problem]);
        return new Settled(status(word), element, found);
    }

    private boolean advance() {
        if (!reader.hasMore()) {
            return false;
        }
        int tag = (int) reader.unsigned();
        word = tag >> 2;
        if ((tag & HAS_ID) != 0) {
            id += reader.signed();
        }
        element = (tag & HAS_ID) == 0 ? 0 : id;
        problem = (tag & HAS_PROBLEM) == 0 ? NO_PROBLEM : place(reader.unsigned());
        return true;
    }

    private int place(long place) {
        if (place < 0 || place >= problems.length) {
            throw ByteReader.broken("names a problem it has not");
        }
        return (int) place;
    }

    /** Returns whether each row is certainly applied or certainly not; false if there are no states. */
    public static boolean areSure(byte[] packed) {
        boolean sure = packed.length > 0;
        for (RowStateCodec words = of(packed); sure && words.advance(); ) {
            sure = words.word != DOUBTFUL && words.word != number(Status.IN_DOUBT);
        }
        return sure;
    }

    /** Adds the elements that were made; none if there are no states. */
    public static void addCreated(byte[] packed, Roaring64Bitmap ids) {
        for (RowStateCodec words = of(packed); words.advance(); ) {
            if (words.word == number(Status.CREATED)) {
                ids.addLong(words.element);
            }
        }
    }

    private static RowStateCodec of(byte[] packed) {
        return new RowStateCodec(packed.length == 0 ? NOTHING : packed, Instant.EPOCH);
    }

    public static byte[] pack(List<RowState> words) {
        Map<Problem, Integer> problems = new LinkedHashMap<>();
        for (RowState word : words) {
            if (word instanceof Settled settled && settled.problem().isPresent()) {
                problems.putIfAbsent(settled.problem().get(), problems.size());
            }
        }
        ByteWriter writer = new ByteWriter();
        writer.unsigned(FORM);
        writer.unsigned(problems.size());
        for (Problem problem : problems.keySet()) {
            writer.text(problem.code().word());
            writer.text(problem.column());
            writer.text(problem.message());
        }
        long id = 0;
        for (RowState word : words) {
            if (word instanceof Settled settled) {
                id = pack(writer, settled, problems, id);
            } else {
                writer.unsigned((word instanceof Open ? UNTOUCHED : DOUBTFUL) << 2);
            }
        }
        return writer.toBytes();
    }

    private static long pack(ByteWriter writer, Settled settled, Map<Problem, Integer> problems, long lastId) {
        boolean hasId = settled.id() != 0;
        writer.unsigned(number(settled.status()) << 2
                | (hasId ? HAS_ID : 0)
                | (settled.problem().isPresent() ? HAS_PROBLEM : 0));
        if (hasId) {
            writer.signed(settled.id() - lastId);
        }
        settled.problem().ifPresent(problem -> writer.unsigned(problems.get(problem)));
        return hasId ? settled.id() : lastId;
    }

    /** Returns the number of a status. It is written out, because stored data must survive a change of the enum's order. */
    private static int number(Status status) {
        return switch (status) {
            case CREATED -> 2;
            case UPDATED -> 3;
            case DELETED -> 4;
            case UNCHANGED -> 5;
            case REJECTED -> 6;
            case IN_DOUBT -> 7;
            case SKIPPED -> 8;
        };
    }

    private static Status status(int number) {
        for (Status status : STATUSES) {
            if (number(status) == number) {
                return status;
            }
        }
        throw ByteReader.broken("has an unknown outcome");
    }

    public static Code code(String word) {
        try {
            return Code.valueOf(word.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            throw ByteReader.broken("has an unknown code '" + word + "'");
        }
    }
}
