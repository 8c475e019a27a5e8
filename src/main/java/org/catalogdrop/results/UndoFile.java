package org.catalogdrop.results;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.catalogdrop.model.Action;
import org.catalogdrop.model.Cells;
import org.catalogdrop.model.Outcome;
import org.catalogdrop.model.Status;
import org.catalogdrop.model.UndoCount;
import org.catalogdrop.report.ChangeSamples;
import org.catalogdrop.results.file.Csv;
import org.catalogdrop.results.file.CsvForm;
import org.catalogdrop.results.file.OutcomeFile;
import org.catalogdrop.results.file.Utf8File;

/**
 * {@code undo.csv}: rows that take back what the load did. The file exists only if there are any.
 *
 * <p>The rows are in reverse order, as two rows of one element must be, unless all of them delete added elements: no two of those are
 * about one element. Which columns are needed is known only at the end. So the rows are written as they come. If the order is then wrong,
 * or earlier rows lack cells, the file is written once more. Memory does not grow with the rows.
 */
final class UndoFile implements OutcomeFile {

    /** The bytes that are read at once when the order is reversed; a row more. */
    private static final int BLOCK = 1 << 20;

    private final Path path;
    private final CsvForm.Settled form;
    private final Csv csv;
    private final Path aside;
    private final Function<Outcome, Optional<Cells>> undo;
    private final List<String> columns = new ArrayList<>();
    private final Map<String, Integer> places = new HashMap<>();
    private final List<Block> blocks = new ArrayList<>();
    private Optional<Utf8File> rows = Optional.empty();
    private boolean backwards;
    private final UndoCount.Counter counter = new UndoCount.Counter();
    private final ChangeSamples changes = new ChangeSamples();

    /** Rows with the same number of cells, by their start in the temporary file. */
    private record Block(long from, int cells) {}

    /** @param undo returns the row that takes an outcome back; empty if there is nothing to take back */
    UndoFile(Path folder, CsvForm.Settled form, Function<Outcome, Optional<Cells>> undo) {
        this.form = form;
        this.csv = form.csv();
        this.path = folder.resolve("undo.csv");
        this.aside = folder.resolve("undo.rows");
        this.undo = undo;
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public void write(Outcome outcome) throws IOException {
        Optional<Cells> cells = undo.apply(outcome);
        done(outcome.status()).ifPresent(action -> counter.add(action, cells.isPresent()));
        if (cells.isPresent()) {
            changes.add(outcome, cells.get());
            backwards |= outcome.status() != Status.CREATED;
            row(cells.get());
        }
    }

    /** Returns what was done to the element; empty if nothing was. */
    private static Optional<Action> done(Status status) {
        return switch (status) {
            case CREATED -> Optional.of(Action.ADD);
            case UPDATED -> Optional.of(Action.UPDATE);
            case DELETED -> Optional.of(Action.DELETE);
            case UNCHANGED, REJECTED, IN_DOUBT, SKIPPED -> Optional.empty();
        };
    }

    /** Returns how much of what was written so far can be taken back. */
    UndoCount count(String setting) {
        return counter.count(setting);
    }

    /** Returns some of the changes that it takes back. */
    ChangeSamples changes() {
        return changes;
    }

    private void row(Cells cells) throws IOException {
        List<String> texts = cells.columns().equals(columns) ? cells.texts() : inOrder(cells);
        if (rows.isEmpty()) {
            rows = Optional.of(form.open(path));
            header(rows.get());
        }
        Utf8File sink = rows.get();
        Block last = blocks.isEmpty() ? new Block(0, 0) : blocks.get(blocks.size() - 1);
        if (columns.size() > last.cells() || sink.written() - last.from() >= BLOCK) {
            blocks.add(new Block(sink.written(), columns.size()));
        }
        for (int i = 0; i < texts.size(); i++) {
            if (i > 0) {
                sink.put(form.delimiter());
            }
            csv.cell(sink, texts.get(i));
        }
        sink.put('\n');
    }

    /** Returns the cells of a row with other columns than those so far; new ones are added after those. */
    private List<String> inOrder(Cells cells) {
        for (String column : cells.columns()) {
            if (places.putIfAbsent(column, columns.size()) == null) {
                columns.add(column);
            }
        }
        String[] texts = new String[columns.size()];
        Arrays.fill(texts, "");
        for (int i = 0; i < cells.texts().size(); i++) {
            texts[places.get(cells.columns().get(i))] = cells.texts().get(i);
        }
        return List.of(texts);
    }

    @Override
    public void finish() throws IOException {
        if (rows.isEmpty()) {
            return;
        }
        if (!backwards && columns.size() == blocks.get(0).cells()) {
            rows.get().finish();
            return;
        }
        long end = rows.get().written();
        rows.get().end();
        Files.move(path, aside);
        try (RandomAccessFile from = new RandomAccessFile(aside.toFile(), "r");
                Utf8File to = form.open(path)) {
            header(to);
            for (int i = blocks.size() - 1; i >= 0; i--) {
                copy(from, blocks.get(i), end, to);
                end = blocks.get(i).from();
            }
            to.finish();
        }
        Files.delete(aside);
    }

    private void header(Utf8File to) throws IOException {
        for (int i = 0; i < columns.size(); i++) {
            if (i > 0) {
                to.put(form.delimiter());
            }
            csv.header(to, columns.get(i));
        }
        to.put('\n');
    }

    /** Copies the rows of a block, the last one first. */
    private void copy(RandomAccessFile from, Block block, long end, Utf8File to) throws IOException {
        byte[] bytes = new byte[(int) (end - block.from())];
        from.seek(block.from());
        from.readFully(bytes);
        int missing = columns.size() - block.cells();
        int rowEnd = bytes.length - 1;
        boolean quoted = false;
        for (int i = bytes.length - 2; i >= -1; i--) {
            // A quote within a cell is doubled, so an even number of them closes what it opens, also backwards.
            quoted ^= i >= 0 && bytes[i] == '"';
            if (i < 0 || (bytes[i] == '\n' && !quoted)) {
                to.bytes(bytes, i + 1, rowEnd);
                for (int cell = 0; cell < missing; cell++) {
                    to.put(form.delimiter());
                }
                to.put('\n');
                rowEnd = i;
            }
        }
    }

    @Override
    public void close() throws IOException {
        if (rows.isPresent()) {
            rows.get().close();
        }
    }
}
