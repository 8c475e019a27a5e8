package org.catalogdrop.journal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.LongPredicate;
import org.catalogdrop.journal.codec.ContentLine;
import org.catalogdrop.journal.codec.RequestLine;
import org.catalogdrop.journal.codec.RowStateCodec;
import org.catalogdrop.journal.postgres.Databases;
import org.catalogdrop.journal.store.Database;
import org.catalogdrop.journal.store.JournalPlace;
import org.catalogdrop.journal.store.Sql;
import org.catalogdrop.model.Marker;
import org.catalogdrop.model.Problem;
import org.catalogdrop.model.Status;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/** Reads what is committed, while the writer works. Safe for many threads. */
final class JournalReader implements AutoCloseable {
    private static final String LINES =
            "select id, name, digest, state, folder, settings, row_count, entered_at, finished_at,"
                    + " problem_code, problem_column, problem_message, created, updated, deleted, unchanged, rejected, in_doubt, skipped,"
                    + " (select count(*) from abandoned_drops where drop_id = drops.id and reopened = 0) as abandoned,"
                    + " (select path from drop_places where drop_id = drops.id) as place"
                    + " from drops";

    private static final String UNDER_WAY = " where state in ('open', 'publishing', 'published')";

    private static final String IN_ORDER = " order by id";

    static final String LINES_REFUSED = LINES + " where state = 'refused' and finished_at >= ?";
    static final String LINES_ABANDONED = LINES
            + " where state = 'done' and id in (select drop_id from abandoned_drops where reopened = 0 and abandoned_at >= ?)";
    static final String LINES_UNDER_WAY = LINES + UNDER_WAY + IN_ORDER;

    private static final String ADDS_AFTER = "select " + RequestLine.COLUMNS
            + " from requests where action = 'add' and settled_at is not null and id > ? order by id limit 256";

    /**
     * Drops that may have rows in doubt: unfinished ones, and those with adds, or look-ups of adds, after a request. Not a {@code union},
     * because SQLite would then merge sorted lists, and read all drops that ever were for each.
     */
    static final String UNSURE = "select id from drops where id = ?"
            + " union all select id from drops where id <> ? and (in_doubt is null or in_doubt > 0) and finished_at is null"
            + " union all select id from drops where id <> ? and (in_doubt is null or in_doubt > 0) and finished_at is not null"
            + " and exists (select 1 from requests where drop_id = drops.id and action = 'add' and id > ?)";

    private static final String ENDED = "select count(*) from drops where id = ? and finished_at is not null";

    private static final String LOOK_UPS =
            "select count(*) from requests where drop_id = ? and sent = 0 and action = 'add'";

    private static final String FIRST_ADD = "select coalesce((select min(id) from requests where drop_id = ? and"
            + " action = 'add'), (select max(id) from requests), 0)";

    /**
     * This many requests before the first add of a drop count as well. What other drops had finished before is below the watermark of its
     * list. But a list may have none, and then elements of some minutes are compared.
     */
    private static final long EARLIER = 1024;

    /** The states of drops whose results have been compared with the journal. */
    private static final Set<DropEntry.State> COUNTED = EnumSet.of(DropEntry.State.PUBLISHED, DropEntry.State.DONE);

    /** How many drops are read at once when names are searched. */
    private static final int BATCH = 2000;

    private final Sql sql;
    private final Database database;
    private final CreatedElements created = new CreatedElements();

    JournalReader(Database database) {
        this.sql = database.openReader();
        this.database = database;
    }

    /** Opens a journal, also while another process loads with it; empty if there is none. */
    static Optional<JournalReader> open(JournalPlace place) {
        Database database = Databases.of(place);
        return database.exists() ? Optional.of(new JournalReader(database)) : Optional.empty();
    }

    /** Returns what one look into a journal gives; empty if there is none. */
    static <T> Optional<T> look(JournalPlace place, Function<JournalReader, T> work) {
        Optional<JournalReader> opened = open(place);
        if (opened.isEmpty()) {
            return Optional.empty();
        }
        try (JournalReader reading = opened.get()) {
            return Optional.of(work.apply(reading));
        }
    }

    Optional<Marker> marker(long drop) {
        return read(sql -> sql.one(
                "select field, digest, load from drop_markers join drops on drops.id = drop_id where drop_id = ?",
                result -> new Marker(result.getLong(1), result.getString(2), result.getString(3)),
                drop));
    }

    <T> T read(Sql.Work<T> work) {
        try {
            return work.with(sql);
        } catch (SQLException fault) {
            throw database.faultOf(fault);
        }
    }

    DropProgress progress(long drop) {
        return read(reader -> new DropProgress(reader, database, drop));
    }

    Duration clocksApart(long drop) {
        return Duration.ofMillis(
                read(reader -> reader.number("select apart from drop_clocks where drop_id = ?", drop)));
    }

    List<DropLine> drops() {
        return lines(LINES + IN_ORDER);
    }

    List<DropLine> underWay() {
        return lines(LINES_UNDER_WAY);
    }

    /** @param since drops refused or abandoned before this time are left out */
    List<DropLine> notDone(Instant since) {
        List<DropLine> lines = new ArrayList<>(underWay());
        lines.addAll(lines(LINES_REFUSED, since.toEpochMilli()));
        lines.addAll(lines(LINES_ABANDONED, since.toEpochMilli()));
        return List.copyOf(lines);
    }

    /** Returns one page of drops. Those that are not finished have no counts: counting them takes long. */
    List<DropLine> search(DropSearch search) {
        String condition = " where id < ?" + search.kind().condition() + " order by id desc limit ?";
        if (search.isOfAll()) {
            return List.copyOf(read(
                    reader -> reader.list(LINES + condition, JournalReader::line, search.before(), search.most())));
        }
        BiPredicate<String, String> test = search.test();
        List<Long> found = new ArrayList<>();
        long before = search.before();
        boolean more = true;
        while (more && found.size() < search.most()) {
            long from = before;
            // Only what is searched: the lines of thousands of drops take ten times as long.
            List<Named> drops = read(reader -> reader.list(
                    "select id, name, digest from drops" + condition,
                    result -> new Named(result.getLong(1), result.getString(2), result.getString(3)),
                    from,
                    BATCH));
            drops.stream()
                    .filter(drop -> test.test(drop.name(), drop.digest()))
                    .limit(search.most() - found.size())
                    .forEach(drop -> found.add(drop.id()));
            more = drops.size() == BATCH;
            before = drops.isEmpty() ? 0 : drops.get(drops.size() - 1).id();
        }
        return found.stream().flatMap(id -> uncounted(id).stream()).toList();
    }

    private record Named(long id, String name, String digest) {}

    /** Returns what is known of a drop, and of a drop that is not finished no counts. */
    Optional<DropLine> uncounted(long drop) {
        return read(reader -> reader.one(LINES + " where id = ?", JournalReader::line, drop));
    }

    Optional<DropLine> latest(String digest) {
        return read(reader ->
                reader.one(LINES + " where digest = ? order by id desc limit 1", JournalReader::line, digest));
    }

    /** Returns whether a drop is the latest entry of its bytes. */
    boolean isLatest(DropLine drop) {
        return read(reader -> reader.number("select max(id) from drops where digest = ?", drop.digest())) == drop.id();
    }

    DropLine line(long drop) {
        return lines(LINES + " where id = ?", drop).get(0);
    }

    private List<DropLine> lines(String select, Object... values) {
        List<DropLine> lines = new ArrayList<>();
        for (DropLine line : read(reader -> reader.list(select, JournalReader::line, values))) {
            lines.add(COUNTED.contains(line.state()) ? line : counted(line));
        }
        return List.copyOf(lines);
    }

    private DropLine counted(DropLine line) {
        RowCounts tally = RowCounts.of(progress(line.id()));
        return new DropLine(
                line.id(),
                line.name(),
                line.digest(),
                line.state(),
                line.folder(),
                line.settings(),
                line.rows(),
                Collections.unmodifiableMap(tally.counts()),
                tally.inDoubt(),
                line.entered(),
                line.finished(),
                line.problem(),
                line.abandoned(),
                line.place());
    }

    private static DropLine line(ResultSet result) throws SQLException {
        Map<Status, Long> counts = new EnumMap<>(Status.class);
        for (Status status : Status.values()) {
            long count = result.getLong(status.word());
            if (count > 0) {
                counts.put(status, count);
            }
        }
        long finished = result.getLong("finished_at");
        String code = result.getString("problem_code");
        return new DropLine(
                result.getLong("id"),
                result.getString("name"),
                result.getString("digest"),
                DropEntry.State.valueOf(result.getString("state").toUpperCase(Locale.ROOT)),
                result.getString("folder"),
                result.getString("settings"),
                result.getLong("row_count"),
                Collections.unmodifiableMap(counts),
                counts.getOrDefault(Status.IN_DOUBT, 0L),
                Instant.ofEpochMilli(result.getLong("entered_at")),
                finished == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(finished)),
                code == null
                        ? Optional.empty()
                        : Optional.of(new Problem(
                                RowStateCodec.code(code),
                                result.getString("problem_column"),
                                result.getString("problem_message"))),
                result.getLong("abandoned") > 0,
                Optional.ofNullable(result.getString("place")));
    }

    /** Returns a predicate for elements made by adds that were settled after a request, and maybe earlier ones. */
    LongPredicate claimedAfter(long request) {
        return created.after(request);
    }

    /**
     * Counts the adds in doubt of a drop, and of all others that may have made elements since its first add, by the order of the journal:
     * rows of a finished drop that were settled or looked up before have made nothing since.
     */
    InDoubtAddCounts addsInDoubt(long drop, long passed) {
        long since = read(reader -> reader.number(FIRST_ADD, drop)) - EARLIER;
        InDoubtAddCounts counts = new InDoubtAddCounts(new HashMap<>(), new HashMap<>());
        for (long unsure : read(reader -> reader.list(UNSURE, result -> result.getLong(1), drop, drop, drop, since))) {
            // Rows end in doubt only by a look-up.
            boolean passes = unsure == drop && read(reader -> reader.number(LOOK_UPS, drop)) == 0;
            InDoubtRows rows = read(reader -> InDoubtRows.of(reader, database, unsure, passes ? passed : 0));
            boolean whole = unsure == drop || read(reader -> reader.number(ENDED, unsure)) == 0;
            count(unsure, whole ? 0 : since, rows.open(), counts.open());
            count(unsure, unsure == drop ? 0 : since, rows.ended(), counts.ended());
        }
        return counts;
    }

    /** Counts the rows of requests after a given one. */
    private void count(long drop, long since, Roaring64Bitmap rows, Map<Integer, Integer> counts) {
        long last = since;
        boolean more = true;
        while (more && !rows.isEmpty()) {
            long after = last;
            List<ContentLine> page = read(
                    reader -> reader.list(ContentLine.SELECT, ContentLine::of, drop, after, rows.first(), rows.last()));
            page.forEach(request -> request.count(rows, counts));
            more = !page.isEmpty();
            last = more ? page.get(page.size() - 1).id() : last;
        }
    }

    @Override
    public void close() {
        try {
            sql.close();
        } catch (SQLException fault) {
            // Nothing was written here.
        }
    }

    /**
     * The elements that adds of ours have made. What was settled is read once, be it of a million rows; what was still open then is read again.
     * Safe for many threads.
     */
    private final class CreatedElements {

        /** In one statement, so that no request is settled between its parts. */
        private static final String FIRST_OPEN =
                "select coalesce(min(case when settled_at is null and action = 'add' then id end),"
                        + " max(id) + 1) from requests";

        private final Roaring64Bitmap ids = new Roaring64Bitmap();
        private long from = Long.MAX_VALUE;
        private long next;

        /** Returns those settled after a request, and maybe some settled before: they are ours as well. */
        synchronized LongPredicate after(long request) {
            if (request < from) {
                from = request;
                next = request + 1;
            }
            long open = read(sql -> sql.number(FIRST_OPEN));
            addSettledAfter(next - 1);
            next = open;
            Roaring64Bitmap now = new Roaring64Bitmap();
            now.or(ids);
            return now::contains;
        }

        private void addSettledAfter(long request) {
            long last = request;
            List<RequestLine> page;
            do {
                long after = last;
                page = read(reader -> reader.list(ADDS_AFTER, RequestLine::of, after));
                for (RequestLine line : page) {
                    RowStateCodec.addCreated(line.words(), ids);
                    last = line.id();
                }
            } while (!page.isEmpty());
        }
    }
}
