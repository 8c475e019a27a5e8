package org.catalogdrop.results.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.catalogdrop.model.DetectedBy;
import org.catalogdrop.model.Drop;
import org.catalogdrop.model.DropFormat;
import org.catalogdrop.model.PhysicalFormat;

/**
 * How the CSV of results is written; empty parts are as in the drop.
 *
 * @param delimiter the delimiter
 * @param mark whether files begin with a byte order mark
 */
public record CsvForm(Optional<Character> delimiter, Optional<Boolean> mark) {

    /** Everything is as in the drop. */
    public static final CsvForm OF_DROP = new CsvForm(Optional.empty(), Optional.empty());

    /** Returns the form for the results of a drop. */
    public Settled of(Drop drop) {
        return new Settled(delimiter.orElseGet(() -> delimiter(drop)), mark.orElseGet(() -> isMarked(drop)));
    }

    /** Returns the drop's own delimiter, unless neither a spreadsheet nor a second load would detect it. */
    private static char delimiter(Drop drop) {
        char own = drop.format().isCsv() ? drop.shape().delimiter() : ',';
        return Csv.isUsual(own) ? own : ',';
    }

    /**
     * Returns whether a mark is needed. A program that reads the drop correctly without knowing that it is UTF-8 reads UTF-8 without a
     * mark.
     */
    private static boolean isMarked(Drop drop) {
        PhysicalFormat shape = drop.shape();
        return drop.format() == DropFormat.XLSX
                || (drop.format().isCsv() && (!shape.isUtf8() || shape.charsetBy() == DetectedBy.MARK));
    }

    /**
     * The form of the results of one drop.
     *
     * @param delimiter the delimiter
     * @param marked whether files begin with a byte order mark
     */
    public record Settled(char delimiter, boolean marked) {

        public static final Settled PLAIN = new Settled(',', false);

        public Csv csv() {
            return new Csv(delimiter, PhysicalFormat.DOUBLE_QUOTE);
        }

        /** Begins a file. */
        public Utf8File open(Path path) throws IOException {
            Utf8File sink = new Utf8File(path);
            return marked ? sink.text("\uFEFF") : sink;
        }
    }
}
