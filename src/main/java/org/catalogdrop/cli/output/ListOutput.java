package org.catalogdrop.cli.output;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.catalogdrop.mapping.DropColumns;
import org.catalogdrop.model.Element;
import org.catalogdrop.results.ElementJson;

/** Writes elements as they come. Memory does not grow with their number. */
public abstract class ListOutput implements Closeable {

    private static final ObjectMapper JSON = new ObjectMapper().disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);

    public static ListOutput of(ListFormat format, OutputStream out) throws IOException {
        return switch (format) {
            case csv -> new Csv(out);
            case json -> new Json(out, true);
            case ndjson -> new Json(out, false);
        };
    }

    public final void accept(Element element) {
        try {
            write(element);
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    abstract void write(Element element) throws IOException;

    public abstract void finish() throws IOException;

    /** An array, or one object on each line. */
    private static final class Json extends ListOutput {
        private final JsonGenerator out;
        private final boolean array;

        Json(OutputStream out, boolean array) throws IOException {
            this.out = JSON.createGenerator(out);
            this.out.setPrettyPrinter(new MinimalPrettyPrinter("\n"));
            this.array = array;
            if (array) {
                this.out.writeStartArray();
            }
        }

        @Override
        void write(Element element) throws IOException {
            JSON.writeValue(out, ElementJson.of(element));
        }

        @Override
        public void finish() throws IOException {
            if (array) {
                out.writeEndArray();
            }
            out.writeRaw('\n');
            out.flush();
        }

        @Override
        public void close() throws IOException {
            out.flush();
        }
    }

    /** CSV. The columns are known only when all elements were seen, so the elements wait in a temporary file. */
    private static final class Csv extends ListOutput {
        private final OutputStream out;
        private final FileChannel waiting;
        private final OutputStream spool;
        private final DropColumns columns = new DropColumns();

        Csv(OutputStream out) throws IOException {
            this.out = out;
            Path file = Files.createTempFile("catalog-drop-list", ".ndjson");
            this.waiting = FileChannel.open(
                    file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
            this.spool = new BufferedOutputStream(Channels.newOutputStream(waiting));
        }

        @Override
        void write(Element element) throws IOException {
            columns.see(element);
            spool.write(JSON.writeValueAsBytes(element));
            spool.write('\n');
        }

        @Override
        public void finish() throws IOException {
            spool.flush();
            waiting.position(0);
            OutputStreamWriter text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
            CSVPrinter printer = new CSVPrinter(
                    text, CSVFormat.RFC4180.builder().setRecordSeparator('\n').get());
            printer.printRecord(columns.columns());
            try (MappingIterator<Element> elements =
                    JSON.readerFor(Element.class).readValues(Channels.newInputStream(waiting))) {
                while (elements.hasNext()) {
                    printer.printRecord(columns.cells(elements.next()));
                }
            }
            printer.flush();
        }

        @Override
        public void close() throws IOException {
            waiting.close();
        }
    }

    /** The formats of {@code list}. */
    public enum ListFormat {
        csv,
        json,
        ndjson
    }
}
