package org.catalogdrop.verify;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.catalogdrop.model.CustomField;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/**
 * The values that the rows of a drop sent, by element: in a temporary file, because a list comes in another order than the rows. It takes
 * some bytes of memory for each element. Used by one thread: first all rows are added, then elements are looked up.
 */
final class SentValues implements Closeable {

    /**
     * The values that the last row of an element sent.
     *
     * @param row the row
     * @param name empty if the element kept its own
     * @param fields the fields
     */
    record Sent(long row, String name, List<CustomField> fields) {}

    private static final int PLAIN = 0;
    private static final int WITH_ENUM = 1;
    private static final int WITH_SUBTYPE = 2;
    private static final int OPTION = 3;
    private static final int RAW = 4;

    private final Path file;
    private final DataOutputStream out;
    private final Roaring64Bitmap elements = new Roaring64Bitmap();
    private long[] ids = new long[1024];
    private long[] places = new long[1024];
    private int rows;
    private long end;
    private Optional<RandomAccessFile> in = Optional.empty();

    SentValues() throws IOException {
        file = Files.createTempFile("catalog-drop-verify", ".tmp");
        out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), 1 << 16));
    }

    void add(long element, Sent sent) throws IOException {
        byte[] bytes = bytes(sent);
        if (rows == ids.length) {
            ids = Arrays.copyOf(ids, rows * 2);
            places = Arrays.copyOf(places, rows * 2);
        }
        ids[rows] = element;
        places[rows++] = end;
        elements.addLong(element);
        out.writeInt(bytes.length);
        out.write(bytes);
        end += Integer.BYTES + bytes.length;
    }

    /** Returns the values sent for an element; empty if no row sent any. */
    Optional<Sent> of(long element) throws IOException {
        if (in.isEmpty()) {
            open();
        }
        if (!elements.contains(element)) {
            return Optional.empty();
        }
        RandomAccessFile reader = in.orElseThrow();
        reader.seek(places[(int) elements.rankLong(element) - 1]);
        byte[] bytes = new byte[reader.readInt()];
        reader.readFully(bytes);
        return Optional.of(sent(bytes));
    }

    /** Sorts the elements. From now on a position is found by the rank of its element. */
    private void open() throws IOException {
        out.close();
        in = Optional.of(new RandomAccessFile(file.toFile(), "r"));
        long[] byRank = new long[Math.toIntExact(elements.getLongCardinality())];
        for (int i = 0; i < rows; i++) {
            byRank[(int) elements.rankLong(ids[i]) - 1] = places[i];
        }
        places = byRank;
        ids = new long[0];
    }

    private static byte[] bytes(Sent sent) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream data = new DataOutputStream(bytes);
        data.writeLong(sent.row());
        write(data, sent.name());
        data.writeInt(sent.fields().size());
        for (CustomField field : sent.fields()) {
            write(data, field.id());
            data.writeInt(field.values().size());
            for (CustomField.Value value : field.values()) {
                write(data, value);
            }
        }
        return bytes.toByteArray();
    }

    private static void write(DataOutputStream data, CustomField.Value value) throws IOException {
        if (value instanceof CustomField.Plain plain) {
            write(data, PLAIN, plain.value(), "");
        } else if (value instanceof CustomField.WithEnum withEnum) {
            write(data, WITH_ENUM, withEnum.value(), withEnum.enumId());
        } else if (value instanceof CustomField.WithSubtype withSubtype) {
            write(data, WITH_SUBTYPE, withSubtype.value(), withSubtype.subtype());
        } else if (value instanceof CustomField.Option option) {
            write(data, OPTION, option.enumId(), "");
        } else {
            write(data, RAW, "", ""); // it cannot be compared
        }
    }

    private static void write(DataOutputStream data, int kind, String one, String other) throws IOException {
        data.writeByte(kind);
        write(data, one);
        write(data, other);
    }

    private static void write(DataOutputStream data, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        data.writeInt(bytes.length);
        data.write(bytes);
    }

    private static Sent sent(byte[] bytes) throws IOException {
        DataInputStream data = new DataInputStream(new ByteArrayInputStream(bytes));
        long row = data.readLong();
        String name = text(data);
        int count = data.readInt();
        List<CustomField> fields = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            String id = text(data);
            int values = data.readInt();
            List<CustomField.Value> all = new ArrayList<>(values);
            for (int j = 0; j < values; j++) {
                all.add(value(data));
            }
            fields.add(new CustomField(id, all));
        }
        return new Sent(row, name, fields);
    }

    private static CustomField.Value value(DataInputStream data) throws IOException {
        int kind = data.readByte();
        String one = text(data);
        String other = text(data);
        return switch (kind) {
            case PLAIN -> new CustomField.Plain(one);
            case WITH_ENUM -> new CustomField.WithEnum(one, other);
            case WITH_SUBTYPE -> new CustomField.WithSubtype(one, other);
            case OPTION -> new CustomField.Option(one);
            default -> new CustomField.Raw("");
        };
    }

    private static String text(DataInputStream data) throws IOException {
        return new String(data.readNBytes(data.readInt()), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        out.close();
        if (in.isPresent()) {
            in.get().close();
        }
        Files.deleteIfExists(file);
    }
}
