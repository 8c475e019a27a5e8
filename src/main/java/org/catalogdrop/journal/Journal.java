package org.catalogdrop.journal;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongPredicate;
import org.catalogdrop.journal.SupersedingRows.LaterRow;
import org.catalogdrop.journal.codec.RowState;
import org.catalogdrop.journal.store.Database;
import org.catalogdrop.journal.store.Sql;
import org.catalogdrop.model.Answer;
import org.catalogdrop.model.BeforeImage;
import org.catalogdrop.model.Chunk;
import org.catalogdrop.model.Drop;
import org.catalogdrop.model.Element;
import org.catalogdrop.model.Intent;
import org.catalogdrop.model.Marker;
import org.catalogdrop.model.Problem;
import org.catalogdrop.model.Summary;

/**
 * What was intended, what was settled, where to go on: the memory that outlives a crash. Safe for any number of threads; what
 * they write at the same time reaches the disk together. What a verb wrote is durable when it returns; every verb throws
 * {@link org.catalogdrop.model.RunHalted} with {@link org.catalogdrop.model.Code#JOURNAL} or {@link org.catalogdrop.model.Code#DISK} if it could not be, and from then on all do.
 */
public final class Journal implements AutoCloseable {
    private final Ownership ownership;
    private final InstantSource clock;
    private final JournalStores books;

    private Journal(Ownership ownership, InstantSource clock, JournalStores books) {
        this.ownership = ownership;
        this.clock = clock;
        this.books = books;
    }

    /**
     * Takes the state folder for this process and opens the journal in it; makes both if they are not there.
     *
     * @throws org.catalogdrop.model.RunHalted {@link org.catalogdrop.model.Code#OWNED} if another has it; {@link org.catalogdrop.model.Code#JOURNAL} or {@link org.catalogdrop.model.Code#DISK} if it is of no use, and is left as it is
     */
    public static Journal open(Path stateFolder) {
        return open(stateFolder, InstantSource.system());
    }

    /** Returns the same, with a clock of one's own. */
    public static Journal open(Path stateFolder, InstantSource clock) {
        return open(stateFolder, clock, new Database(stateFolder));
    }

    static Journal open(Path stateFolder, InstantSource clock, Database database) {
        Ownership ownership = Ownership.take(Ownership.Kind.STATE, stateFolder, clock.instant());
        try {
            return new Journal(ownership, clock, JournalStores.open(database, clock.millis()));
        } catch (RuntimeException fault) {
            ownership.close();
            throw fault;
        }
    }

    /**
     * Returns the drops of a state folder, also while another process loads from it; none if there is no journal.
     *
     * @throws org.catalogdrop.model.RunHalted {@link org.catalogdrop.model.Code#JOURNAL} if the file is no journal, damaged or of another version
     */
    public static List<DropLine> drops(Path stateFolder) {
        return JournalReader.look(stateFolder, JournalReader::drops).orElse(List.of());
    }

    /**
     * Returns the latest entry of a drop of these bytes, whatever its name; a new one if there is none. An open one takes the drop's
     * present name, and the settings too as long as nothing was sent; otherwise they are those of the first time.
     */
    public DropEntry enter(Drop drop, String settings) {
        return books.writer().write(sql -> books.drops().enter(drop, settings, now()));
    }

    /** Returns the entries of these bytes, the newest first. */
    public List<DropEntry> entries(String digest) {
        return written().read(sql -> DropStore.all(sql, digest));
    }

    /** Returns what is known of a drop, with its rows counted. */
    public DropLine line(long drop) {
        return written().line(drop);
    }

    /** Sets the settings of an open drop as long as nothing was sent of it; see {@link #enter}. */
    public DropEntry recordSettings(long drop, String settings) {
        return books.writer().write(sql -> books.drops().recordSettings(drop, settings));
    }

    /** Returns a new entry for the bytes of a drop, whatever entries they have. */
    public DropEntry again(Drop drop, String settings) {
        return books.writer().write(sql -> books.drops().again(drop, settings, now()));
    }

    /** A drop that was refused, is done, or died before its results were in place is open again; what is settled stays. Settings: {@link #enter}. */
    public DropEntry reopen(long drop, String settings) {
        return books.writer().write(sql -> books.drops().reopen(drop, settings));
    }

    /** Returns what the journal knows of a drop by now. */
    public DropEntry entry(long drop) {
        return written().read(sql -> DropStore.entry(sql, drop));
    }

    /** The whole file was checked and is usable. */
    public void recordRowCount(long drop, long rows) {
        write(sql -> books.drops().recordRowCount(drop, rows));
    }

    /** As the other one, without elements. */
    public Intent intend(long drop, Chunk chunk) {
        return intend(drop, chunk, List.of(), false, Map.of());
    }

    /**
     * Before a request goes out: until it is settled, its rows are in doubt.
     *
     * @param befores elements as they are before its rows change them
     * @param repeated whether the rows may have been applied before, so that what is known of their elements already stays
     * @param marks of adds, the highest element id seen in each list so far
     */
    public Intent intend(long drop, Chunk chunk, List<BeforeImage> befores, boolean repeated, Map<Long, Long> marks) {
        Instant now = now();
        StoredChunk packed = StoredChunk.of(chunk);
        List<BeforeImageStore.Line> lines = BeforeImageStore.Line.of(befores);
        return books.writer().write(sql -> {
            books.drops().require(drop, EnumSet.of(DropEntry.State.OPEN), "sent");
            BeforeImageStore.write(sql, drop, lines, repeated);
            books.elements()
                    .intended(
                            drop,
                            books.keys().listOf(drop),
                            chunk,
                            ReadElements.rows(lines),
                            repeated,
                            now.toEpochMilli());
            books.keys().intended(chunk);
            return books.requests().intend(drop, chunk, packed, marks, now);
        });
    }

    /**
     * What was said of a request: settled rows have their outcome, untouched ones are open again as far as this request is
     * concerned, doubtful ones and those not mentioned stay in doubt. It may be said again when more is known; a row that has
     * its outcome keeps it unless it gets another one.
     */
    public void settle(Intent intent, Answer answer) {
        books.writer().write(settlement(intent, answer));
    }

    /**
     * As {@link #settle}, without waiting for the disk: it is durable before whatever is written next, and so before the results of
     * its rows can be published. If a crash comes first, its rows are in doubt and looked up.
     */
    public void settleSoon(Intent intent, Answer answer) {
        books.writer().writeSoon(settlement(intent, answer));
    }

    private Sql.Work<Boolean> settlement(Intent intent, Answer answer) {
        Instant now = now();
        Map<Long, RowState> said = RequestStore.states(answer, intent.at());
        return sql -> {
            books.requests().settle(intent, said, now);
            books.elements().settled(answer.settled());
            books.keys().settled(intent.drop(), answer.settled());
            return true;
        };
    }

    /**
     * What reading back said of rows in doubt, without a request of its own: settled rows have their outcome. The others stay
     * in doubt by their earlier requests, those proven absent too, so that after a crash they are looked up once more.
     */
    public void lookedUp(long drop, Chunk chunk, Answer answer) {
        Instant now = now();
        Map<Long, RowState> said = RequestStore.states(answer, now);
        write(sql -> {
            books.drops().require(drop, EnumSet.of(DropEntry.State.OPEN), "looked up");
            books.requests().lookedUp(drop, chunk, said, now);
            books.elements().settled(answer.settled());
            books.keys().settled(drop, answer.settled());
        });
    }

    /**
     * Returns what marks the elements that adds of a drop make; it is that of its first add to its end.
     *
     * @param field the field for a drop of which no add was sent; empty for none
     * @param load a random number for such a drop
     */
    public Optional<Marker> marker(long drop, OptionalLong field, String load) {
        return books.writer().write(sql -> books.drops().marker(drop, field, load));
    }

    /** How far clocks are seen to be apart while a drop is loaded; more than was told before. */
    public void clocksApart(long drop, Duration seen) {
        write(sql -> books.drops().clocksApart(drop, seen));
    }

    /** Returns the most that was told of it. */
    public Duration clocksApart(long drop) {
        return written().clocksApart(drop);
    }

    /** Returns where each row of the drop stands now, for one pass over its rows. */
    public DropProgress progress(long drop) {
        return written().progress(drop);
    }

    /**
     * The adds in doubt of a drop, and those of others whose elements could be taken for its own. What ended so is open again after {@link
     * #reopenDoubts}.
     *
     * @param passed rows of the drop up to this one have their outcome
     */
    public InDoubtAddCounts addsInDoubt(long drop, long passed) {
        return written().addsInDoubt(drop, passed);
    }

    /** Returns the element of a row as it was before the row changed it, if it was to be kept. */
    public Optional<Element> before(long drop, long row) {
        return books.reading().read(sql -> BeforeImageStore.read(sql, drop, row));
    }

    /** Before the results get their place: the name they will have there. */
    public void publishing(long drop, String folder) {
        write(sql -> books.drops().publishing(drop, folder));
    }

    /**
     * The results are in place; from here on the drop does not need them. It is no repeat before {@link #finish}.
     *
     * @throws org.catalogdrop.model.RunHalted {@link org.catalogdrop.model.Code#JOURNAL} if the counts are not those of the journal, or not every row has its outcome
     */
    public void published(long drop, Summary summary) {
        OutcomeLaw.check(summary, entry(drop), RowCounts.of(progress(drop)));
        write(sql -> {
            books.drops().published(drop, summary);
            books.requests().forget(drop);
            books.elements().forget(drop, clock.millis());
            books.keys().forget(drop);
        });
    }

    /** Returns whether {@link #published} would take a summary. */
    public boolean isSummaryOf(long drop, Summary summary) {
        return OutcomeLaw.faults(summary, entry(drop), RowCounts.of(progress(drop)))
                .isEmpty();
    }

    /** Remembers where the file of a drop is when its load has ended. */
    public void locate(long drop, Path file) {
        write(sql -> books.drops().locate(drop, file.toString()));
    }

    /** Returns what marks the elements of a drop, if they have markers; also while another process loads from the state folder. */
    public static Optional<Marker> marker(Path stateFolder, long drop) {
        return JournalReader.look(stateFolder, reading -> reading.marker(drop)).flatMap(marker -> marker);
    }

    /** The drop has left the inbox, if it was there. */
    public void finish(long drop) {
        write(sql -> books.drops().finish(drop, now()));
    }

    /** The drop is unusable as a whole. Not for one that is done: dropped again, it is the file that is refused. */
    public void refuse(long drop, Problem problem) {
        Instant now = now();
        write(sql -> {
            books.drops().refuse(drop, problem, now);
            books.requests().forget(drop);
            books.elements().forget(drop, now.toEpochMilli());
            books.keys().forget(drop);
        });
    }

    /**
     * Abandons a drop that is under way. From here on each of its rows has an outcome: what was settled stays, rows that may have been
     * applied are {@link org.catalogdrop.model.Status#IN_DOUBT}, and all others are rejected as {@link org.catalogdrop.model.Code#NOT_SENT}. {@link #reopenDoubts} has those in doubt
     * looked at again.
     */
    public void abandon(long drop) {
        write(sql -> books.drops().abandon(drop, now()));
    }

    /** Returns the request_ids with which rows of a drop were sent. */
    public SentRows sentRows(long drop) {
        return new SentRows(written(), drop);
    }

    /** Rows that ended {@link org.catalogdrop.model.Status#IN_DOUBT} are doubtful again, since their first request, and the drop is open. */
    public void reopenDoubts(long drop) {
        write(sql -> books.drops().reopenDoubts(drop, books.requests().lastId(), now()));
    }

    /** Rows applied to elements of a chunk after its own, which ended in doubt and were opened again; the last, by the row of the chunk. */
    public Map<Long, LaterRow> laterRows(long drop, Chunk chunk) {
        return written().read(sql -> SupersedingRows.of(sql, drop, chunk));
    }

    /** All drops, in the order they were entered. */
    public List<DropLine> drops() {
        return written().drops();
    }

    /** The drops that have not come to their end, in the order they were entered. */
    public List<DropLine> underWay() {
        return written().underWay();
    }

    /** Returns the drops of which a request may be under way: those without an end, and those that were refused or abandoned within the last day. */
    public List<DropLine> notDone() {
        return written().notDone(now().minus(Duration.ofDays(1)));
    }

    /**
     * Returns what tells whether an element belongs to the row of an add of any drop, settled after a request and before this call; maybe of
     * some settled earlier too. No look-up may claim such an element.
     */
    public LongPredicate claimedAfter(long request) {
        return written().claimedAfter(request);
    }

    /** Returns what was known of its lists before the rows of a chunk of adds were sent for the first time. */
    public Watermark watermark(long drop, Chunk chunk) {
        return written().read(sql -> Watermark.of(sql, drop, chunk));
    }

    /** Returns the mappings that gave rows their meaning. */
    public MappingHistory mappings() {
        return new MappingHistory(books.writer(), written(), clock);
    }

    /** Returns the files of drops that are not done. */
    public KnownFiles files() {
        return new KnownFiles(books.writer(), books.reading());
    }

    /** By what rows are known again. */
    public KeyStore keys() {
        return new KeyStore(books.writer(), written(), books.keys(), books.elements(), clock);
    }

    /** Writes what waits, and leaves the folder to others. */
    @Override
    public void close() {
        books.writer().close();
        books.reading().close();
        ownership.close();
    }

    /** What was said to be written soon is written, so that reading shows it. */
    private JournalReader written() {
        write(sql -> {});
        return books.reading();
    }

    private void write(Sql.Step step) {
        books.writer().run(step);
    }

    private Instant now() {
        return Instant.ofEpochMilli(clock.millis());
    }
}
