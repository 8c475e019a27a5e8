package org.catalogdrop.verify;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.catalogdrop.input.DropReader;
import org.catalogdrop.input.stream.ReadLimits;
import org.catalogdrop.mapping.Mapping;
import org.catalogdrop.model.Drop;
import org.catalogdrop.model.Element;
import org.catalogdrop.model.Marker;
import org.catalogdrop.model.Operation;
import org.catalogdrop.model.Plural;
import org.catalogdrop.model.Reject;
import org.catalogdrop.model.Row;
import org.catalogdrop.model.Skip;
import org.catalogdrop.model.Status;
import org.catalogdrop.model.Summary;
import org.catalogdrop.model.Upsert;
import org.catalogdrop.model.Verdict;
import org.catalogdrop.reconcile.ValueDifferences;
import org.catalogdrop.resolve.ResolvedMapping;
import org.catalogdrop.results.ResultsReader;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/** Compares a results folder with its drop, line by line, and collects what the account must have. Used by one thread. */
public final class Verification {

    private static final int MOST_FAULTS = 20;
    private static final String ID = "[1-9]\\d{0,17}";

    private final Summary summary;
    private final ResolvedMapping meaning;
    private final List<String> faults = new ArrayList<>();
    private final Map<Status, Long> counted = new EnumMap<>(Status.class);
    private final Roaring64Bitmap there = new Roaring64Bitmap();
    private final Roaring64Bitmap gone = new Roaring64Bitmap();
    private final Set<Long> catalogs = new TreeSet<>();
    private final Optional<Marker> marker;

    /** The values that the rows sent, if they are to be compared with the account. */
    private final Optional<SentValues> sent;

    private final Roaring64Bitmap compared = new Roaring64Bitmap();
    private long differing;

    /** By row, the element that it made; 0 if it made none. Empty without a marker. */
    private long[] created = {};

    private long proven;

    /**
     * @param meaning the mapping that gave the rows their meaning
     * @param marker the marker of the load; empty if it has none
     * @param sent takes the values that the rows sent, if they are to be compared with the account
     */
    public Verification(Summary summary, ResolvedMapping meaning, Optional<Marker> marker, Optional<SentValues> sent) {
        this.sent = sent;
        this.marker = marker;
        this.summary = summary;
        this.meaning = meaning;
    }

    /** Returns the first faults; empty if there are none. */
    public List<String> faults() {
        return faults;
    }

    /** Returns the lists to which rows of the drop go. */
    Set<Long> catalogs() {
        return catalogs;
    }

    /** Compares results and drop line by line. */
    public void compare(Path folder, Drop drop, ReadLimits limits) throws IOException {
        if (!drop.digest().equals(summary.digest())) {
            fault(drop.path() + " is not the file of this drop: its SHA-256 is " + drop.digest()
                    + ", the results are of " + summary.digest());
            return;
        }
        Mapping mapping = meaning.mapping();
        try (ResultsReader results = ResultsReader.open(folder);
                DropReader reading = DropReader.open(drop, limits)) {
            Iterator<Row> rows = reading.rows();
            long count = 0;
            while (rows.hasNext() && results.hasNext()) {
                count++;
                line(mapping.verdict(rows.next()), results.next(), results);
            }
            long inDrop = count;
            while (!rows.hasNext()
                    && results.hasNext()
                    && count < inDrop + summary.missing().elements()) {
                count++;
                missing(count, results.next());
            }
            if (rows.hasNext() || results.hasNext()) {
                fault("after row " + count + " the "
                        + (rows.hasNext()
                                ? "the results end, but the drop has more rows"
                                : "the drop ends, but the results have more rows"));
            }
            String pair = results.nextPair();
            if (!pair.isEmpty()) {
                fault("mapping.json has more pairs after the last row, the first: " + pair);
            }
            counts(count);
        }
    }

    private void line(Verdict verdict, ResultsReader.Line line, ResultsReader results) throws IOException {
        Row row = verdict.row();
        String requestId = requestId(verdict);
        String found = line.row() + "/" + line.line() + "/" + line.requestId();
        String expected = row.number() + "/" + row.line() + "/" + requestId;
        if (!found.equals(expected)) {
            fault("row/line/request_id: expected " + expected + ", found " + found);
        }
        Optional<Status> status = status(line.outcome());
        if (status.isEmpty()) {
            fault("row " + row.number() + ": there is no outcome '" + line.outcome() + "'");
            return;
        }
        counted.merge(status.get(), 1L, Long::sum);
        if (verdict instanceof Skip && status.get() != Status.SKIPPED) {
            fault("row " + row.number() + " is " + line.outcome() + ", but its mapping skips it");
        }
        if (status.get().accepted()) {
            accepted(verdict, status.get(), line, results.nextPair());
            send(verdict, status.get(), line.id());
        }
        if (verdict instanceof Operation.Add add) {
            catalogs.add(add.catalogId());
        } else if (verdict instanceof Operation.Update update) {
            catalogs.add(update.catalogId());
        } else if (verdict instanceof Upsert upsert) {
            catalogs.add(upsert.catalogId());
        }
    }

    /** Checks the line of an element that was missing from the drop. */
    private void missing(long row, ResultsReader.Line line) {
        String found = line.row() + "/" + line.line() + "/" + line.requestId();
        String expected = row + "/0/";
        if (!found.equals(expected)) {
            fault("row/line/request_id of an element missing from the drop: expected " + expected + ", found " + found);
        }
        Optional<Status> status = status(line.outcome());
        if (status.isEmpty()
                || status.get() == Status.CREATED
                || status.get() == Status.UPDATED
                || status.get() == Status.SKIPPED) {
            fault("row " + row
                    + " is the deletion of an element that is missing from the drop; it cannot have the outcome '"
                    + line.outcome() + "'");
            return;
        }
        counted.merge(status.get(), 1L, Long::sum);
        if (status.get() == Status.DELETED && line.id().matches(ID)) {
            there.removeLong(Long.parseLong(line.id()));
            gone.addLong(Long.parseLong(line.id()));
        }
    }

    private static String requestId(Verdict verdict) {
        if (verdict instanceof Operation operation) {
            return Integer.toString(operation.requestId());
        }
        if (verdict instanceof Upsert upsert) {
            return Integer.toString(upsert.requestId());
        }
        return verdict instanceof Skip skip ? skip.requestId() : ((Reject) verdict).requestId();
    }

    private void accepted(Verdict verdict, Status status, ResultsReader.Line line, String pair) {
        if (verdict instanceof Reject || verdict instanceof Skip) {
            fault("row " + line.row() + " is " + line.outcome() + ", but it cannot have been sent");
        }
        if (!pair.equals(line.requestId() + ":" + line.id())) {
            fault("row " + line.row() + ": results.csv has " + line.requestId() + ":" + line.id()
                    + ", mapping.json has " + (pair.isEmpty() ? "nothing more" : pair));
        }
        if (!line.id().matches(ID)) {
            fault("row " + line.row() + " is " + line.outcome() + " but has no id");
            return;
        }
        long id = Long.parseLong(line.id());
        if (status == Status.CREATED && there.contains(id)) {
            fault("row " + line.row() + ": element " + id + " is also the id of an earlier row");
        }
        if (status == Status.CREATED && marker.isPresent()) {
            created(verdict.row().number(), id);
        }
        if (status == Status.DELETED) {
            there.removeLong(id);
            gone.addLong(id);
        } else {
            there.addLong(id);
        }
    }

    /** Keeps the values that a row sent, to compare them with its element. */
    private void send(Verdict verdict, Status status, String id) throws IOException {
        if (sent.isEmpty() || !id.matches(ID) || (status != Status.CREATED && status != Status.UPDATED)) {
            return;
        }
        long row = verdict.row().number();
        Operation operation = operation(verdict, status);
        if (operation instanceof Operation.Add add) {
            sent.get().add(Long.parseLong(id), new SentValues.Sent(row, add.name(), add.fields()));
        } else if (operation instanceof Operation.Update update) {
            sent.get().add(Long.parseLong(id), new SentValues.Sent(row, update.name(), update.fields()));
        }
    }

    private static Operation operation(Verdict verdict, Status status) {
        if (verdict instanceof Upsert upsert) {
            return status == Status.CREATED ? upsert.asAdd() : upsert.asUpdate(0);
        }
        if (verdict instanceof Operation.Update update && status == Status.CREATED) {
            return update.asAdd();
        }
        return verdict instanceof Operation operation ? operation : new Operation.Delete(verdict.row(), 0, 0);
    }

    private static Optional<Status> status(String word) {
        for (Status status : Status.values()) {
            if (status.word().equals(word)) {
                return Optional.of(status);
            }
        }
        return Optional.empty();
    }

    private void counts(long rows) {
        if (rows != summary.rows()) {
            fault("summary.json counts " + Plural.of(summary.rows(), "row") + ", the drop has " + rows
                    + " with the deletions of elements that are missing from it");
        }
        for (Status status : Status.values()) {
            long found = counted.getOrDefault(status, 0L);
            if (found != summary.count(status)) {
                fault("summary.json counts " + summary.count(status) + " " + status.word() + ", results.csv has "
                        + found);
            }
        }
    }

    private void created(long row, long id) {
        if (row >= created.length) {
            created = Arrays.copyOf(created, Math.toIntExact(Math.max(row + 1, created.length * 2L)));
        }
        created[(int) row] = id;
    }

    /** Returns how many created rows have an element with their marker. */
    long proven() {
        return proven;
    }

    /** Checks an element with a marker of this load: it must be the one that the marker's row made. */
    private void marked(Element element, long row) {
        long made = row < created.length ? created[(int) row] : 0;
        if (made == element.id()) {
            proven++;
        } else {
            fault("element " + element.id() + " has the marker of row " + row + ", "
                    + (made == 0
                            ? "which the results do not have as created. If the row is in doubt, settle it, and it has the element"
                            : "which created element " + made
                                    + " by the results. Someone copied the element, or the row was added twice"));
        }
    }

    /** Checks an element of the account. */
    void seen(Element element) {
        compare(element);
        marker.filter(one -> one.isIn(element)).ifPresent(one -> marked(element, one.row(element)));
        there.removeLong(element.id());
        if (gone.contains(element.id())) {
            fault("element " + element.id() + " was deleted, but the list still has it");
        }
    }

    private void compare(Element element) {
        if (sent.isEmpty() || gone.contains(element.id()) || compared.contains(element.id())) {
            return;
        }
        try {
            Optional<SentValues.Sent> row = sent.get().of(element.id());
            row.ifPresent(one -> compare(one, element));
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    private void compare(SentValues.Sent row, Element element) {
        compared.addLong(element.id());
        for (ValueDifferences.Difference one : ValueDifferences.of(row.name(), row.fields(), element)) {
            differing++;
            fault("row " + row.row() + ": element " + element.id() + ", field " + one.field() + ": sent '" + one.sent()
                    + "', found '" + one.found() + "'");
        }
    }

    /** Returns how many values of the account differ from what was sent. */
    long differing() {
        return differing;
    }

    /** Reports missing elements. Call it when all lists were read. */
    void allSeen() {
        if (differing > MOST_FAULTS) {
            faults.add(differing + " values are not as they were sent; the first of them are listed");
        }
        if (!there.isEmpty()) {
            long[] missing = there.stream().limit(10).toArray();
            fault(Plural.of(there.getLongCardinality(), "element of the results is", "elements of the results are")
                    + " missing from the account, the first: "
                    + java.util.Arrays.toString(missing));
        }
    }

    private void fault(String text) {
        if (faults.size() < MOST_FAULTS) {
            faults.add(text);
        }
    }
}
