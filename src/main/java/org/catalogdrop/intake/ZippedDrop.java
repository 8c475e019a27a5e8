package org.catalogdrop.intake;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import org.catalogdrop.model.Code;

/** The one file in a ZIP file, as a stream that closes both. */
final class ZippedDrop extends FilterInputStream {

    private final Zip zip;

    private ZippedDrop(Zip zip, InputStream text) {
        super(text);
        this.zip = zip;
    }

    static InputStream open(Path file, Limits limits) throws IOException {
        Zip zip = Zip.open(file, Code.BAD_ZIP, limits.unpackedBytes());
        try {
            return new ZippedDrop(zip, zip.read(only(zip)));
        } catch (IOException | RuntimeException e) {
            zip.close();
            throw e;
        }
    }

    /** The name of the one file in it, without folders. */
    static String name(Path file, Limits limits) throws IOException {
        try (Zip zip = Zip.open(file, Code.BAD_ZIP, limits.unpackedBytes())) {
            String name = only(zip).getName();
            return name.substring(name.lastIndexOf('/') + 1);
        }
    }

    private static ZipEntry only(Zip zip) {
        List<ZipEntry> files = zip.files().stream()
                .filter(entry -> !isByTheWay(entry.getName()))
                .toList();
        if (files.size() != 1) {
            throw Zip.refused(
                    Code.BAD_ZIP,
                    files.isEmpty()
                            ? "nothing is in it"
                            : "expected exactly one file in it, found " + files.size() + ", among them '"
                                    + Utf8.excerpt(files.get(0).getName(), 100) + "' and '"
                                    + Utf8.excerpt(files.get(1).getName(), 100) + "'");
        }
        return files.get(0);
    }

    /** What macOS adds to each ZIP file it makes. */
    private static boolean isByTheWay(String name) {
        return name.startsWith("__MACOSX/") || name.equals(".DS_Store") || name.endsWith("/.DS_Store");
    }

    @Override
    public void close() throws IOException {
        try {
            super.close();
        } finally {
            zip.close();
        }
    }
}
