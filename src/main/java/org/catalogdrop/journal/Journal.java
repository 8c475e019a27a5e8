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
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongPredicate;
import org.catalogdrop.journal.SupersedingRows.LaterRow;
import org.catalogdrop.journal.codec.RowState;
import org.catalogdrop.journal.handover.HandedEnd;
import org.catalogdrop.journal.handover.OwnerBox;
import org.catalogdrop.journal.postgres.Databases;
import org.catalogdrop.journal.store.Database;
import org.catalogdrop.journal.store.JournalPlace;
import org.catalogdrop.journal.store.Sql;
import org.catalogdrop.journal.store.SqliteDatabase;
import org.catalogdrop.journal.text.ResultsMarkStore;
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
 * The write-ahead journal: intents, settlements, and where to resume. It survives a crash. Safe for many threads; writes at the same time
 * share one wait for the disk. What a method wrote is durable when it returns. Every method throws
 * {@link org.catalogdrop.model.RunHalted} with {@link org.catalogdrop.model.Code#JOURNAL} or {@link org.catalogdrop.model.Code#DISK} if
 * it could not be written, and from then on all of them do.
 */
public final class Journal implements AutoCloseable {
    private final Ownership ownership;
    private final InstantSource clock;
    private final JournalStores books;
    private Optional<String> resultsMark = Optional.empty();

    private Journal(Ownership ownership, InstantSource clock, JournalStores books) {
        this.ownership = ownership;
        this.clock = clock;
        this.books = books;
    }

    /** Opens the journal in a state folder; see {@link #open(JournalPlace, InstantSource)}. */
    public static Journal open(Path stateFolder) {
        return open(new JournalPlace.Folder(stateFolder), InstantSource.system());
    }

    /**
     * Takes the state folder for this process and opens the journal. Makes both if they do not exist.
     *
     * @throws org.catalogdrop.model.RunHalted {@link org.catalogdrop.model.Code#OWNED} if another process has it;
     *     {@link org.catalogdrop.model.Code#JOURNAL} or {@link org.catalogdrop.model.Code#DISK} if it cannot be used; the journal is then
     *     left unchanged
     */
    public static Journal open(JournalPlace place, InstantSource clock) {
        if (place instanceof JournalPlace.Postgres) {
            new SqliteDatabase(place.state()).requireNoDrops(place.display());
        }
        return open(place.state(), clock, Databases.of(place));
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

    /** Returns the mark of the unfinished results of this owner. It is in the journal before it is used. */
    public synchronized String resultsMark() {
        if (resultsMark.isEmpty()) {
            String made = "%08x".formatted(ThreadLocalRandom.current().nextInt());
            Instant now = now();
            write(sql -> ResultsMarkStore.add(sql, made, now));
            resultsMark = Optional.of(made);
        }
        return resultsMark.get();
    }

    /** Returns the marks of the unfinished results of all owners so far. */
    public List<String> resultsMarks() {
        return written().read(ResultsMarkStore::all);
    }

    /** Returns the drops of a state folder; see {@link #drops(JournalPlace)}. */
    public static List<DropLine> drops(Path stateFolder) {
        return drops(new JournalPlace.Folder(stateFolder));
    }

    /**
     * Returns the drops of a journal, also while another process loads with it; none if there is no journal.
     *
     * @throws org.catalogdrop.model.RunHalted {@link org.catalogdrop.model.Code#JOURNAL} if there is no journal, or it is damaged or of
     *     another version
     */
    public static List<DropLine> drops(JournalPlace place) {
        return JournalReader.look(place, JournalReader::drops).orElse(List.of());
    }

    /**
     * Searches the drops of a journal by a connection of its own, so that a load does not wait for it. Drops that are not finished have
     * no counts.
     */
    public static List<DropLine> search(JournalPlace place, DropSearch search) {
        return JournalReader.look(place, reading -> reading.search(search)).orElse(List.of());
    }

    /** Returns a drop of a journal, by its number; without counts if it is not finished. */
    public static Optional<DropLine> find(JournalPlace place, long drop) {
        return JournalReader.look(place, reading -> reading.uncounted(drop)).flatMap(line -> line);
    }

    /** Returns whether no later drop of a journal has the same bytes. */
    public static boolean isLatest(JournalPlace place, DropLine drop) {
        return JournalReader.look(place, reading -> reading.isLatest(drop)).orElse(false);
    }

    /** Records why the load of a drop stopped before its end. */
    public void recordHalt(long drop, Problem problem) {
        Instant now = now();
        write(sql -> DropStore.halted(sql, drop, problem, now));
    }

    /** Returns why the loads of unfinished drops of a journal stopped, by their numbers. */
    public static Map<Long, DropHalt> halts(JournalPlace place) {
        return JournalReader.look(place, reading -> reading.read(DropStore::halts))
                .orElse(Map.of());
    }

    /** Returns the latest drop of a journal with these bytes; without counts if it is not finished. */
    public static Optional<DropLine> latest(JournalPlace place, String digest) {
        return JournalReader.look(place, reading -> reading.latest(digest)).flatMap(line -> line);
    }

    /**
     * Returns what was loaded from a rejects file of a state folder, the oldest first.
     *
     * @param folder the name of the results folder
     * @param file the name of the rejects file
     */
    public static List<RejectLoad> rejectLoads(JournalPlace place, String folder, String file) {
        return JournalReader.look(place, reading -> reading.read(sql -> RejectLoadStore.of(sql, folder, file)))
                .orElse(List.of());
    }

    /** Records that rows of a rejects file are loaded, before their drop is put into the inbox. Returns it with its number and time. */
    public RejectLoad recordRejectLoad(RejectLoad load) {
        Instant now = now();
        return books.writer().write(sql -> RejectLoadStore.record(sql, load, now));
    }

    /** Records the name that the drop of a load of rejects got. */
    public void renameRejectLoad(RejectLoad load, String name) {
        write(sql -> RejectLoadStore.rename(sql, load.id(), name));
    }

    /** Forgets a load of rejects whose drop could not be put into the inbox. */
    public void forgetRejectLoad(RejectLoad load) {
        write(sql -> RejectLoadStore.forget(sql, load.id()));
    }

    /**
     * Returns the latest entry of a drop with these bytes, whatever its name; a new one if there is none. An open entry gets the drop's
     * current name, and the settings too as long as nothing was sent; after that it keeps the first settings.
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

    /** Sets the settings of an open drop as long as nothing of it was sent; see {@link #enter}. */
    public DropEntry recordSettings(long drop, String settings) {
        return books.writer().write(sql -> books.drops().recordSettings(drop, settings));
    }

    /** Returns a new entry for the bytes of a drop, whatever entries they have. */
    public DropEntry again(Drop drop, String settings) {
        return books.writer().write(sql -> books.drops().again(drop, settings, now()));
    }

    /**
     * Opens a drop again that was refused, is done, or died before its results were published. What is settled stays settled. Settings:
     * {@link #enter}.
     */
    public DropEntry reopen(long drop, String settings) {
        return books.writer().write(sql -> books.drops().reopen(drop, settings));
    }

    /** Returns the current entry of a drop. */
    public DropEntry entry(long drop) {
        return written().read(sql -> DropStore.entry(sql, drop));
    }

    /** Records that the whole file was checked and is usable. */
    public void recordRowCount(long drop, long rows) {
        write(sql -> books.drops().recordRowCount(drop, rows));
    }

    /** Records an intent without before images. */
    public Intent intend(long drop, Chunk chunk) {
        return intend(drop, chunk, List.of(), false, Map.of());
    }

    /**
     * Records an intent before a request is sent. Until it is settled, its rows are in doubt.
     *
     * @param befores the before images of its rows
     * @param repeated whether the rows may have been applied before, so that known before images stay
     * @param marks for adds, the highest element id seen in each list so far
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
     * Settles a request. Settled rows get their outcome, untouched ones are open again as far as this request is concerned, doubtful ones
     * and those that are not mentioned stay in doubt. It may be called again when more is known. A row that has an outcome keeps it
     * unless it gets another one.
     */
    public void settle(Intent intent, Answer answer) {
        books.writer().write(settlement(intent, answer));
    }

    /**
     * Settles a request like {@link #settle}, without waiting for the disk. It is durable before whatever is written next, and so before
     * the results of its rows can be published. If a crash comes first, its rows are in doubt and looked up.
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
     * Records the result of a look-up without a request of its own: settled rows get their outcome. The others stay in doubt by their
     * earlier requests, including those proven absent, so that they are looked up once more after a crash.
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
     * Returns the marker of a drop's adds. From its first add to its end it stays the same.
     *
     * @param field the field for a drop of which no add was sent; empty for none
     * @param load a random number for such a drop
     */
    public Optional<Marker> marker(long drop, OptionalLong field, String load) {
        return books.writer().write(sql -> books.drops().marker(drop, field, load));
    }

    /** Records how far the clocks are apart while a drop is loaded, if it is more than recorded before. */
    public void clocksApart(long drop, Duration seen) {
        write(sql -> books.drops().clocksApart(drop, seen));
    }

    /** Returns the largest recorded difference of the clocks. */
    public Duration clocksApart(long drop) {
        return written().clocksApart(drop);
    }

    /** Returns the current state of each row of the drop, for one pass over its rows. */
    public DropProgress progress(long drop) {
        return written().progress(drop);
    }

    /**
     * Counts the adds in doubt of a drop, and those of others whose elements could be taken for its own. Rows that ended in doubt are
     * open again after {@link #reopenDoubts}.
     *
     * @param passed rows of the drop up to this one have an outcome
     */
    public InDoubtAddCounts addsInDoubt(long drop, long passed) {
        return written().addsInDoubt(drop, passed);
    }

    /** Returns the before image of a row; empty if it was not kept. */
    public Optional<Element> before(long drop, long row) {
        return books.reading().read(sql -> BeforeImageStore.read(sql, drop, row));
    }

    /** Records the name that the results folder will have, before it is published. */
    public void publishing(long drop, String folder) {
        write(sql -> books.drops().publishing(drop, folder));
    }

    /**
     * Records that the results are in place and no longer need the drop. The drop is no repeat before {@link #finish}.
     *
     * @throws org.catalogdrop.model.RunHalted {@link org.catalogdrop.model.Code#JOURNAL} if the counts differ from those of the journal,
     *     or if a row has no outcome
     */
    public void published(long drop, Summary summary) {
        published(drop, summary, Optional.empty());
    }

    /**
     * Records the same, and with it the end of a file that was handed over: whoever waits for its results finds them, or the drop is open.
     *
     * @param end the end of the file, if it was handed over
     */
    public void published(long drop, Summary summary, Optional<HandedEnd> end) {
        OutcomeLaw.check(summary, entry(drop), RowCounts.of(progress(drop)));
        write(sql -> {
            books.drops().published(drop, summary);
            books.requests().forget(drop);
            books.elements().forget(drop, clock.millis());
            books.keys().forget(drop);
            if (end.isPresent()) {
                OwnerBox.end(sql, end.get());
            }
        });
    }

    /** Returns whether {@link #published} would accept a summary. */
    public boolean isSummaryOf(long drop, Summary summary) {
        return OutcomeLaw.faults(summary, entry(drop), RowCounts.of(progress(drop)))
                .isEmpty();
    }

    /** Records where the file of a drop is when its load has ended. */
    public void locate(long drop, Path file) {
        write(sql -> books.drops().locate(drop, file.toString()));
    }

    /** Returns the marker of a drop's adds, if they have one; also while another process loads with the journal. */
    public static Optional<Marker> marker(JournalPlace place, long drop) {
        return JournalReader.look(place, reading -> reading.marker(drop)).flatMap(marker -> marker);
    }

    /** Finishes a drop that has left the inbox, if it was there. */
    public void finish(long drop) {
        write(sql -> books.drops().finish(drop, now()));
    }

    /** Refuses a drop as a whole. Not called for a finished one: if that is dropped again, only the file is refused. */
    public void refuse(long drop, Problem problem) {
        refuse(drop, problem, Optional.empty());
    }

    /** Refuses a drop as a whole, and ends the file that was handed over with it. */
    public void refuse(long drop, Problem problem, Optional<HandedEnd> end) {
        Instant now = now();
        write(sql -> {
            books.drops().refuse(drop, problem, now);
            books.requests().forget(drop);
            books.elements().forget(drop, now.toEpochMilli());
            books.keys().forget(drop);
            if (end.isPresent()) {
                OwnerBox.end(sql, end.get());
            }
        });
    }

    /**
     * Abandons a drop that is under way. From now on each of its rows has an outcome: settled rows keep theirs, rows that may have been
     * applied are {@link org.catalogdrop.model.Status#IN_DOUBT}, and all others are rejected as
     * {@link org.catalogdrop.model.Code#NOT_SENT}. {@link #reopenDoubts} lets those in doubt be looked up again.
     */
    public void abandon(long drop) {
        write(sql -> books.drops().abandon(drop, now()));
    }

    /** Returns the request_ids with which rows of a drop were sent. */
    public SentRows sentRows(long drop) {
        return new SentRows(written(), drop);
    }

    /**
     * Opens rows again that ended {@link org.catalogdrop.model.Status#IN_DOUBT}: they are in doubt since their first request, and the
     * drop is open.
     */
    public void reopenDoubts(long drop) {
        write(sql -> books.drops().reopenDoubts(drop, books.requests().lastId(), now()));
    }

    /**
     * Returns rows that were applied to elements of a chunk after its own rows, which had ended in doubt and were opened again; the last
     * one for each row of the chunk.
     */
    public Map<Long, LaterRow> laterRows(long drop, Chunk chunk) {
        return written().read(sql -> SupersedingRows.of(sql, drop, chunk));
    }

    /** Returns all drops, in the order in which they were entered. */
    public List<DropLine> drops() {
        return written().drops();
    }

    /** Returns the unfinished drops, in the order in which they were entered. */
    public List<DropLine> underWay() {
        return written().underWay();
    }

    /**
     * Returns the drops of which a request may be under way: unfinished ones, and those that were refused or abandoned within the last
     * day.
     */
    public List<DropLine> notDone() {
        return written().notDone(now().minus(Duration.ofDays(1)));
    }

    /**
     * Returns a predicate for elements that belong to the row of an add of any drop, settled after a request and before this call; maybe
     * also some settled earlier. No look-up may claim such an element.
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

    /** Returns the files of unfinished drops. */
    public KnownFiles files() {
        return new KnownFiles(books.writer(), books.reading());
    }

    /** Returns what tells a journal on PostgreSQL from all others, the current name first; empty for one in a state folder. */
    public List<String> identities() {
        return books.reading().read(books.database()::identities);
    }

    /** Returns the files that other machines have handed over, of a journal on PostgreSQL. */
    public OwnerBox handed() {
        return new OwnerBox(books.writer(), new OwnerBox.Reading() {
            @Override
            public <T> T read(Sql.Work<T> work) {
                return books.reading().read(work);
            }
        });
    }

    /** Returns the keys of rows. */
    public KeyStore keys() {
        return new KeyStore(books.writer(), written(), books.keys(), books.elements(), clock);
    }

    /**
     * Returns if this process is certainly the owner of the journal now. Called before each request leaves.
     *
     * @throws org.catalogdrop.model.RunHalted if it may not be
     */
    public void requireOwner() {
        books.database().requireOwner();
    }

    /**
     * Listens for the end of a journal that another process can own: it was lost, or its database is away. Nothing can be written then, and
     * the journal has to be opened again.
     */
    public void whenLost(Runnable listener) {
        books.database().whenLost(listener);
        books.writer().whenFailed(listener);
    }

    /** Returns which process owns a journal on PostgreSQL; empty if none does. */
    public static Optional<Ownership.Owner> owner(JournalPlace place) {
        return Databases.of(place).findOwner().map(owner -> Ownership.Owner.of(owner.display()));
    }

    /** Returns which process owns a journal on PostgreSQL, unless that is one of the same state folder, whose journal is free. */
    public static Optional<Ownership.Owner> foreignOwner(JournalPlace.Postgres place) {
        return Databases.of(place)
                .findOwner()
                .filter(owner -> !owner.isOf(place.state()))
                .map(owner -> Ownership.Owner.of(owner.display()));
    }

    /** Writes what waits, and releases the folder. */
    @Override
    public void close() {
        books.writer().close();
        books.reading().close();
        books.database().release();
        ownership.close();
    }

    /** Waits until everything that is to be written soon is written, so that a read returns it. */
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
