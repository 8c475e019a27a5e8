package org.catalogdrop.input.stream;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.DropRefused;

/**
 * A ZIP file, read through its directory. Limits the bytes that are unpacked from it in all, and compares them with the checksums of the
 * directory.
 */
public final class Zip implements Closeable {

    private final ZipFile file;
    private final Code code;
    private final long most;
    private long unpacked;

    private Zip(ZipFile file, Code code, long most) {
        this.file = file;
        this.code = code;
        this.most = most;
    }

    /**
     * @param code the code with which a file that is no ZIP file, encrypted or damaged is refused
     * @param most the most bytes that may be unpacked from all entries together
     */
    public static Zip open(Path path, Code code, long most) throws IOException {
        try {
            // Only the endings of names matter, so any charset will do; this one accepts all bytes.
            return new Zip(new ZipFile(path.toFile(), StandardCharsets.ISO_8859_1), code, most);
        } catch (ZipException e) {
            String expected = code == Code.BAD_WORKBOOK ? "an .xlsx workbook" : "a ZIP file";
            throw refused(code, new ForeignContent(path).name(expected).orElseGet(() -> why(e)), e);
        } catch (NoSuchFileException | java.io.FileNotFoundException e) {
            throw ReadFaults.fileNotFound();
        }
    }

    private static String why(IOException e) {
        String said = String.valueOf(e.getMessage());
        if (said.contains("encrypted")) {
            return "it is encrypted";
        }
        return said.contains("compression method")
                ? "it is packed with an unknown compression method"
                : "it is truncated, damaged or not a ZIP file (" + said + ")";
    }

    private static DropRefused refused(Code code, String why, Exception cause) {
        DropRefused refused = ReadFaults.refused(code, why);
        refused.initCause(cause);
        return refused;
    }

    /** Returns the files in it, without folders. */
    public List<ZipEntry> files() {
        return file.stream()
                .filter(entry -> !entry.isDirectory())
                .map(ZipEntry.class::cast)
                .toList();
    }

    /**
     * Returns the entry of a name. Names of a package's parts are equal in any letter case (ECMA-376 part 2, 7.3.5), and some programs
     * write {@code \\} for {@code /}. An entry of exactly this name wins.
     */
    public Optional<ZipEntry> entry(String name) {
        return Optional.ofNullable(file.getEntry(name)).or(() -> file.stream()
                .filter(entry -> entry.getName().replace('\\', '/').equalsIgnoreCase(name))
                .map(ZipEntry.class::cast)
                .findFirst());
    }

    /** Returns the bytes of an entry. At their end they are compared with its checksum. */
    public InputStream read(ZipEntry entry) throws IOException {
        try {
            return new Entry(file.getInputStream(entry), entry);
        } catch (ZipException e) {
            throw refused(code, why(e), e);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private final class Entry extends BlockStream {

        private final InputStream bytes;
        private final ZipEntry entry;
        private final CRC32 sum = new CRC32();

        Entry(InputStream bytes, ZipEntry entry) {
            this.bytes = bytes;
            this.entry = entry;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int n;
            try {
                n = bytes.read(buffer, offset, length);
            } catch (ZipException | EOFException e) {
                throw refused(code, "its data is damaged or truncated", e);
            }
            if (n < 0) {
                if (sum.getValue() != entry.getCrc()) {
                    throw ReadFaults.refused(code, "its checksum does not match, so some of the data is damaged");
                }
                return n;
            }
            sum.update(buffer, offset, n);
            unpacked += n;
            if (unpacked > most) {
                throw ReadFaults.tooLarge(most);
            }
            return n;
        }

        @Override
        public void close() throws IOException {
            bytes.close();
        }
    }
}
