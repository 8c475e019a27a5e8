package org.catalogdrop.input;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.catalogdrop.input.stream.ReadLimits;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Drop;
import org.catalogdrop.model.DropFormat;
import org.catalogdrop.model.DropRefused;
import org.catalogdrop.model.Problem;
import org.catalogdrop.model.Row;

/** A file in a folder of a test, read as the routes read it. In texts, ␍ ␊ ⇥ stand for CR, LF and tab. */
public record Dropped(Path file, String name, ReadLimits limits) {

    public static Dropped text(Path folder, String name, String text) {
        return bytes(folder, name, visible(text).getBytes(StandardCharsets.UTF_8));
    }

    public static Dropped bytes(Path folder, String name, byte[] bytes) {
        try {
            return new Dropped(Files.write(folder.resolve(name), bytes), name, ReadLimits.DEFAULT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file too large to be made in memory. */
    static Dropped repeated(Path folder, String name, String start, String unit, long bytes) {
        byte[] block = unit.repeat(Math.max(1, 8192 / unit.length())).getBytes(StandardCharsets.UTF_8);
        Path file = folder.resolve(name);
        try (OutputStream raw = Files.newOutputStream(file);
                OutputStream out = name.endsWith(".gz") ? new GZIPOutputStream(raw, 1 << 16) : raw) {
            out.write(start.getBytes(StandardCharsets.UTF_8));
            for (long written = 0; written < bytes; written += block.length) {
                out.write(block);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Dropped(file, name, ReadLimits.DEFAULT);
    }

    public static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    public static String visible(String text) {
        return text.replace('␍', '\r').replace('␊', '\n').replace('⇥', '\t');
    }

    public Dropped within(ReadLimits other) {
        return new Dropped(file, name, other);
    }

    public Drop drop() {
        return new DropInspector(limits).identify(file, name);
    }

    public DropFormat format() {
        return drop().format();
    }

    /** All rows; the pass is verified. */
    public List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        read(drop(), it -> it.forEachRemaining(rows::add));
        return rows;
    }

    public RowSurvey survey() {
        List<RowSurvey> survey = new ArrayList<>();
        read(drop(), it -> survey.add(RowSurvey.of(it)));
        return survey.get(0);
    }

    /** One pass as the routes make it: for CSV camel-csv's lazy parser over the stream. */
    public void read(Drop drop, Consumer<Iterator<Row>> what) {
        try (DropReader reading = DropReader.open(drop, limits)) {
            if (drop.format().isCsv()) {
                what.accept(reading.csv(reading.records()));
                reading.verify();
            } else {
                what.accept(reading.json());
                reading.verify();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the drop is refused with, by identifying it or by a survey. */
    public Problem refusal() {
        return refusal(this::survey);
    }

    static Problem refusal(ThrowingCallable what) {
        return Optional.ofNullable(catchThrowableOfType(DropRefused.class, what))
                .orElseThrow(() -> new AssertionError("the drop was not refused"))
                .problem();
    }

    public static List<Long> lines(List<Row> rows) {
        return rows.stream().map(Row::line).toList();
    }

    public static List<Code> codes(List<Row> rows) {
        return rows.stream()
                .flatMap(row -> problem(row).stream())
                .map(Problem::code)
                .toList();
    }

    /** The problem of a row, or of its first cell that has one. */
    public static Optional<Problem> problem(Row row) {
        return row.problem().or(() -> row.cells().stream()
                .filter(Row.Damaged.class::isInstance)
                .map(cell -> ((Row.Damaged) cell).problem())
                .findFirst());
    }

    public static Row.Literal literal(String text) {
        return new Row.Literal(text);
    }

    public static Map<Code, Long> once(Code code) {
        return Map.of(code, 1L);
    }
}
