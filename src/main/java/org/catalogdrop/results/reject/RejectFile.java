package org.catalogdrop.results.reject;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.catalogdrop.model.Drop;
import org.catalogdrop.model.DropFormat;
import org.catalogdrop.model.Outcome;
import org.catalogdrop.model.Status;
import org.catalogdrop.results.file.CsvForm;
import org.catalogdrop.results.file.OutcomeFile;
import org.catalogdrop.results.file.Utf8File;

/**
 * {@code rejects.EXT}: the rejected rows as the drop had them, and why. The file exists only if there are any. Rows of a workbook that
 * are too long for a spreadsheet, which would truncate them, are in {@code rejects.csv} beside it.
 *
 * <p>Rows in doubt are not among them: they may have been applied, and dropping them again could make their elements twice. Nor are rows
 * that the drop did not have.
 */
public final class RejectFile implements OutcomeFile {

    private static final Set<String> ENDINGS = Set.of("csv", "tsv", "json", "ndjson", "jsonl");
    private final Path path;
    private final Drop drop;
    private final String mapping;
    private final CsvForm.Settled form;
    private Optional<OutcomeFile> file = Optional.empty();
    private Optional<OutcomeFile> longRows = Optional.empty();

    /**
     * @param mapping as in {@code summary.json}: {@code NAME@DIGEST} for a mapping file
     * @param form whether there is a mark; its delimiter is for rows of workbooks that are too long, because rejects of CSV have the
     *     drop's own, with which they are read again
     */
    public RejectFile(Path folder, Drop drop, String mapping, CsvForm.Settled form) {
        this.form = form;
        this.mapping = mapping.substring(0, Math.max(mapping.lastIndexOf('@'), 0));
        this.path = folder.resolve("rejects." + ending(drop));
        this.drop = drop;
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public void write(Outcome outcome) throws IOException {
        if (outcome.status() != Status.REJECTED || !outcome.row().isInDrop()) {
            return;
        }
        if (drop.format() == DropFormat.XLSX && !XlsxRejects.takes(outcome)) {
            longRows = Optional.of(longRows.isPresent() ? longRows.get() : openLongRows());
            longRows.get().write(outcome);
            return;
        }
        file = Optional.of(file.isPresent() ? file.get() : open());
        file.get().write(outcome);
    }

    private OutcomeFile open() throws IOException {
        return switch (drop.format()) {
            case CSV_COMMA, CSV_SEMICOLON, CSV_TAB, CSV_PIPE, CSV_OTHER ->
                new CsvRejects(begin(form.marked()), drop.shape().delimiter(), drop.shape(), mapping, false);
            case XLSX -> new XlsxRejects(path, mapping);
            case JSON_LINES -> new JsonRejects(begin(false), JsonRejects.Frame.LINES, mapping);
            case JSON_ARRAY -> new JsonRejects(begin(false), JsonRejects.Frame.ARRAY, mapping);
            case API_DOCUMENT -> new JsonRejects(begin(false), JsonRejects.Frame.DOCUMENT, mapping);
        };
    }

    /**
     * Begins a text file. A short one in the drop's own charset may not be enough to detect it; the mark identifies it for us and for
     * spreadsheets.
     */
    private Utf8File begin(boolean marked) throws IOException {
        Utf8File sink = new Utf8File(path);
        return marked || !drop.shape().isUtf8() ? sink.text("\uFEFF") : sink;
    }

    private OutcomeFile openLongRows() throws IOException {
        Utf8File sink = new Utf8File(path.resolveSibling("rejects.csv")).text("\uFEFF");
        return new CsvRejects(sink, form.delimiter(), drop.shape(), mapping, true);
    }

    @Override
    public void finish() throws IOException {
        if (file.isPresent()) {
            file.get().finish();
        }
        if (longRows.isPresent()) {
            longRows.get().finish();
        }
    }

    @Override
    public void close() throws IOException {
        if (file.isPresent()) {
            file.get().close();
        }
        if (longRows.isPresent()) {
            longRows.get().close();
        }
    }

    /** Returns the drop's own ending, because it decides how the file is read; unpacked, because people will edit it. */
    private static String ending(Drop drop) {
        String name = drop.name().toLowerCase(Locale.ROOT);
        String plain = drop.shape().packing().strip(name);
        String ending = plain.substring(plain.lastIndexOf('.') + 1);
        return ENDINGS.contains(ending) ? ending : drop.format().extension();
    }
}
