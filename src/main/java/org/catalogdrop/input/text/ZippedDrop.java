package org.catalogdrop.input.text;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import org.catalogdrop.input.stream.FileKind;
import org.catalogdrop.input.stream.ReadFaults;
import org.catalogdrop.input.stream.ReadLimits;
import org.catalogdrop.input.stream.Utf8;
import org.catalogdrop.input.stream.Zip;
import org.catalogdrop.model.Code;

/** The one file in a ZIP file, as a stream that closes both. */
final class ZippedDrop extends FilterInputStream {

    private final Zip zip;

    private ZippedDrop(Zip zip, InputStream text) {
        super(text);
        this.zip = zip;
    }

    static InputStream open(Path file, ReadLimits limits) throws IOException {
        Zip zip = Zip.open(file, Code.BAD_ZIP, limits.unpackedBytes());
        try {
            return new ZippedDrop(zip, zip.read(only(zip)));
        } catch (IOException | RuntimeException e) {
            zip.close();
            throw e;
        }
    }

    /** Returns the name of the one file in it, without folders. */
    static String name(Path file, ReadLimits limits) throws IOException {
        try (Zip zip = Zip.open(file, Code.BAD_ZIP, limits.unpackedBytes())) {
            String name = only(zip).getName();
            return name.substring(name.lastIndexOf('/') + 1);
        }
    }

    /** Returns the one file of rows in it: the only file, or the only one whose name says that it has rows. */
    private static ZipEntry only(Zip zip) {
        List<ZipEntry> files = zip.files().stream()
                .filter(entry -> !isMadeBySystem(entry.getName()))
                .toList();
        if (files.size() == 1) {
            return files.get(0);
        }
        List<ZipEntry> tables = files.stream()
                .filter(entry -> FileKind.isKnown(entry.getName()))
                .toList();
        if (tables.size() == 1) {
            return tables.get(0);
        }
        throw ReadFaults.refused(
                Code.BAD_ZIP,
                files.isEmpty()
                        ? "it is empty"
                        : "expected exactly one CSV or JSON file, found " + tables.size() + " among "
                                + files.size() + " files, such as '" + excerpt(files.get(0)) + "' and '"
                                + excerpt(files.get(1)) + "'");
    }

    private static String excerpt(ZipEntry file) {
        return Utf8.excerpt(file.getName(), 100);
    }

    /** Returns whether macOS or Windows adds such a file to folders by itself. */
    private static boolean isMadeBySystem(String name) {
        String last = name.substring(name.lastIndexOf('/') + 1);
        return name.startsWith("__MACOSX/")
                || last.equals(".DS_Store")
                || last.equalsIgnoreCase("desktop.ini")
                || last.equalsIgnoreCase("Thumbs.db");
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
