package org.catalogdrop.results;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.RunHalted;

/** Reads {@code results.csv} and {@code mapping.json} side by side, a line at a time. Used by one thread. */
public final class ResultsReader implements Closeable {

    private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final Path folder;
    private final CSVParser lines;
    private final Iterator<CSVRecord> records;
    private final JsonParser pairs;

    private ResultsReader(Path folder, CSVParser lines, JsonParser pairs) {
        this.folder = folder;
        this.lines = lines;
        this.records = lines.iterator();
        this.pairs = pairs;
    }

    /** A line of {@code results.csv}; empty cells are empty texts. */
    public record Line(
            String requestId, String row, String line, String outcome, String id, String code, String message) {}

    /** @throws RunHalted {@link Code#DISK} if the files do not exist or are not ours */
    public static ResultsReader open(Path folder) {
        try {
            BufferedInputStream bytes = new BufferedInputStream(Files.newInputStream(folder.resolve("results.csv")));
            CSVFormat format = CSVFormat.RFC4180
                    .builder()
                    .setDelimiter(delimiter(bytes))
                    .setHeader()
                    .setSkipHeaderRecord(true)
                    .get();
            CSVParser lines = CSVParser.parse(bytes, StandardCharsets.UTF_8, format);
            JsonParser pairs = new JsonFactory()
                    .createParser(folder.resolve("mapping.json").toFile());
            pairs.nextToken();
            return new ResultsReader(folder, lines, pairs);
        } catch (IOException | RuntimeException fault) {
            throw unreadable(folder, fault);
        }
    }

    /** Returns the delimiter, which follows the first name of the header; skips the byte order mark. */
    private static char delimiter(BufferedInputStream bytes) throws IOException {
        bytes.mark(MARK.length);
        if (!Arrays.equals(bytes.readNBytes(MARK.length), MARK)) {
            bytes.reset();
        }
        int place = ResultLines.HEADER.indexOf(',');
        bytes.mark(place + 1);
        byte[] start = bytes.readNBytes(place + 1);
        bytes.reset();
        return start.length > place ? (char) start[place] : ',';
    }

    public boolean hasNext() {
        try {
            return records.hasNext();
        } catch (RuntimeException fault) {
            throw unreadable(folder, fault);
        }
    }

    public Line next() {
        try {
            CSVRecord record = records.next();
            return new Line(
                    record.get("request_id"),
                    record.get("row"),
                    record.get("line"),
                    record.get("outcome"),
                    record.get("id"),
                    record.get("code"),
                    record.get("message"));
        } catch (RuntimeException fault) {
            throw unreadable(folder, fault);
        }
    }

    /** Returns the next pair of {@code mapping.json} as {@code REQUEST_ID:ID}; empty at its end. */
    public String nextPair() {
        try {
            if (pairs.nextToken() != JsonToken.FIELD_NAME) {
                return "";
            }
            String requestId = pairs.currentName();
            pairs.nextToken();
            return requestId + ":" + pairs.getText();
        } catch (IOException fault) {
            throw unreadable(folder, fault);
        }
    }

    private static RunHalted unreadable(Path folder, Exception fault) {
        return new RunHalted(
                Code.DISK,
                folder + " cannot be read as the results of a load (" + fault.getMessage()
                        + "). Name a folder of the outbox that was not changed.");
    }

    @Override
    public void close() throws IOException {
        lines.close();
        pairs.close();
    }
}
