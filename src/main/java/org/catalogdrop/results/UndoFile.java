package org.catalogdrop.results;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.catalogdrop.model.Outcome;
import org.catalogdrop.model.Status;

/**
 * {@code undo.csv}: rows that take back what the load did. It is there only if there are any.
 *
 * <p>They stand last first, as two rows about one element must, unless all take away what was added: no two of those are about one
 * element. And which columns are needed is only known at the end. So the rows are written as they come, and if the order is not right
 * then, or earlier ones lack cells, the file is written once more. Memory does not grow with the rows.
 */
final class UndoFile implements OutcomeFile {

    /** What is read at once when the order is turned round; a row more. */
    private static final int BLOCK = 1 << 20;

    private static final Csv CSV = new Csv(',', Optional.of('"'));

    private final Path path;
    private final Path aside;
    private final Function<Outcome, Optional<Map<String, String>>> undo;
    private final Map<String, Integer> columns = new LinkedHashMap<>();
    private final List<Block> blocks = new ArrayList<>();
    private Optional<Sink> rows = Optional.empty();
    private boolean backwards;

    /** Rows with the same number of cells, by where they begin in the file they are laid aside in. */
    private record Block(long from, int cells) {}

    /** @param undo the cells by column of the row that takes an outcome back; empty if nothing is to be taken back */
    UndoFile(Path folder, Function<Outcome, Optional<Map<String, String>>> undo) {
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
        Optional<Map<String, String>> cells = undo.apply(outcome);
        if (cells.isPresent()) {
            backwards |= outcome.status() != Status.CREATED;
            row(cells.get());
        }
    }

    private void row(Map<String, String> cells) throws IOException {
        boolean usual = isUsual(cells);
        if (!usual) {
            cells.keySet().forEach(column -> columns.putIfAbsent(column, columns.size()));
        }
        if (rows.isEmpty()) {
            rows = Optional.of(new Sink(path));
            header(rows.get());
        }
        Sink sink = rows.get();
        Block last = blocks.isEmpty() ? new Block(0, 0) : blocks.get(blocks.size() - 1);
        if (columns.size() > last.cells() || sink.written() - last.from() >= BLOCK) {
            blocks.add(new Block(sink.written(), columns.size()));
        }
        boolean first = true;
        Collection<String> texts = usual ? cells.values() : inOrder(cells);
        for (String text : texts) {
            if (!first) {
                sink.put(',');
            }
            CSV.cell(sink, text);
            first = false;
        }
        sink.put('\n');
    }

    private List<String> inOrder(Map<String, String> cells) {
        return columns.keySet().stream()
                .map(column -> cells.getOrDefault(column, ""))
                .toList();
    }

    /** Whether the cells are all columns in their order, as those of most rows are. */
    private boolean isUsual(Map<String, String> cells) {
        if (cells.size() != columns.size()) {
            return false;
        }
        Iterator<String> names = columns.keySet().iterator();
        for (String column : cells.keySet()) {
            if (!column.equals(names.next())) {
                return false;
            }
        }
        return true;
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
                Sink to = new Sink(path)) {
            header(to);
            for (int i = blocks.size() - 1; i >= 0; i--) {
                copy(from, blocks.get(i), end, to);
                end = blocks.get(i).from();
            }
            to.finish();
        }
        Files.delete(aside);
    }

    private void header(Sink to) throws IOException {
        boolean first = true;
        for (String column : columns.keySet()) {
            if (!first) {
                to.put(',');
            }
            CSV.header(to, column);
            first = false;
        }
        to.put('\n');
    }

    /** Copies the rows of a block, the last one first. */
    private void copy(RandomAccessFile from, Block block, long end, Sink to) throws IOException {
        byte[] bytes = new byte[(int) (end - block.from())];
        from.seek(block.from());
        from.readFully(bytes);
        int missing = columns.size() - block.cells();
        int rowEnd = bytes.length - 1;
        boolean quoted = false;
        for (int i = bytes.length - 2; i >= -1; i--) {
            // A quote within a cell is doubled, so that an even number of them closes what it opens, from behind too.
            quoted ^= i >= 0 && bytes[i] == '"';
            if (i < 0 || bytes[i] == '\n' && !quoted) {
                to.bytes(bytes, i + 1, rowEnd);
                for (int cell = 0; cell < missing; cell++) {
                    to.put(',');
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
