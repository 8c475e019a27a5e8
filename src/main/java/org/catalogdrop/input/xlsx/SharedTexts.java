package org.catalogdrop.input.xlsx;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.ZipEntry;
import org.catalogdrop.input.stream.Blocks;
import org.catalogdrop.input.stream.ReadFaults;
import org.catalogdrop.input.stream.ReadLimits;
import org.catalogdrop.input.stream.Utf8;
import org.catalogdrop.input.stream.Zip;

/**
 * The texts that the cells of a workbook share. They are written to a temporary file, because there may be as many as cells. Memory has
 * the position of every 32nd, the texts used last, and some blocks of the file. Used by one thread.
 */
final class SharedTexts implements Closeable {

    private static final int EVERY = 32;
    private static final int REMEMBERED = 1 << 12;

    private final Zip zip;
    private final Optional<ZipEntry> entry;
    private final ReadLimits limits;
    private final int[] rememberedIndex = new int[REMEMBERED];
    private final String[] remembered = new String[REMEMBERED];
    private Optional<Blocks> file = Optional.empty();
    private long[] places = new long[1 << 10];
    private int count;
    private int next;
    private long nextPlace;

    SharedTexts(Zip zip, Optional<ZipEntry> entry, ReadLimits limits) {
        this.zip = zip;
        this.entry = entry;
        this.limits = limits;
    }

    /** Returns the text of an index as a cell has it. */
    String get(String written) throws IOException {
        if (file.isEmpty()) {
            file = Optional.of(spill());
        }
        int index = index(written);
        int slot = index % REMEMBERED;
        if (remembered[slot] == null || rememberedIndex[slot] != index) {
            remembered[slot] = read(file.get(), index);
            rememberedIndex[slot] = index;
        }
        return remembered[slot];
    }

    private int index(String written) {
        try {
            int index = Integer.parseInt(written.strip());
            if (index >= 0 && index < count) {
                return index;
            }
        } catch (NumberFormatException noNumber) {
            // Reported below.
        }
        throw ReadFaults.badWorkbook(
                "a cell refers to the shared text '" + Utf8.excerpt(written, 20) + "', but there are only " + count);
    }

    private String read(Blocks blocks, int index) throws IOException {
        // Most sheets use their texts in the order in which they are stored.
        boolean further = index >= next && index / EVERY == next / EVERY;
        long place = further ? nextPlace : places[index / EVERY];
        for (int i = further ? next : index - index % EVERY; i < index; i++) {
            place += Integer.BYTES + blocks.length(place);
        }
        int length = blocks.length(place);
        next = index + 1;
        nextPlace = place + Integer.BYTES + length;
        return new String(blocks.bytes(place + Integer.BYTES, length), StandardCharsets.UTF_8);
    }

    private Blocks spill() throws IOException {
        Path path = Files.createTempFile("catalog-drop-", ".texts");
        FileChannel channel = FileChannel.open(
                path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
        try {
            // Not closed, because that would close the channel.
            OutputStream bytes = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
            DataOutputStream out = new DataOutputStream(bytes);
            if (entry.isPresent()) {
                spill(entry.get(), out);
            }
            out.flush();
            return new Blocks(channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private void spill(ZipEntry shared, DataOutputStream out) throws IOException {
        long place = 0;
        try (XmlPart xml = XmlPart.open(zip, shared, limits)) {
            while (xml.next()) {
                if (xml.isStart("si")) {
                    byte[] text = RichText.read(xml, "si", limits.rowBytes()).getBytes(StandardCharsets.UTF_8);
                    if (count % EVERY == 0) {
                        places = count / EVERY == places.length ? Arrays.copyOf(places, 2 * places.length) : places;
                        places[count / EVERY] = place;
                    }
                    out.writeInt(text.length);
                    out.write(text);
                    place += Integer.BYTES + text.length;
                    count++;
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        if (file.isPresent()) {
            file.get().close();
        }
    }
}
