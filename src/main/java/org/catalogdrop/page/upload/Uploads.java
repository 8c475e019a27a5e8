package org.catalogdrop.page.upload;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.catalogdrop.inbox.InboxDelivery;
import org.catalogdrop.input.DropInspector;
import org.catalogdrop.results.file.Disk;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the files that browsers send. A file is written to disk as it arrives, under a hidden name in the inbox, so that it can be renamed there
 * in one step when a person lets it be loaded. Files that nobody loads are deleted. Safe for many threads.
 */
public final class Uploads {

    private static final Logger LOG = LoggerFactory.getLogger(Uploads.class);

    private static final String PREFIX = ".upload-";
    private static final String ENDING = ".part";
    private static final Duration LASTS = Duration.ofHours(24);
    private static final int MOST = 20;
    private static final int KEPT = 100;
    private static final int BUFFER = 1 << 16;
    /** What a form has besides its file. */
    private static final int FORM = 1 << 16;

    private final Path inbox;
    private final long longest;
    private final long freeSpace;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, StoredUpload> stored = new LinkedHashMap<>();
    private final Map<String, String> released = new LinkedHashMap<>() {

        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > KEPT;
        }
    };
    private boolean swept;

    /**
     * @param longest the most bytes of a file
     * @param freeSpace the bytes that are left free on the disk
     */
    public Uploads(Path inbox, long longest, long freeSpace, InstantSource clock) {
        this.inbox = inbox;
        this.longest = longest;
        this.freeSpace = freeSpace;
        this.clock = clock;
    }

    /** Returns the most bytes of a file. */
    public long longest() {
        return longest;
    }

    /**
     * Keeps a file. One that is kept already, with the same name and bytes, is kept once: its button was pressed twice.
     *
     * @param name the name that the browser gives it, which may be anything
     * @throws UploadRefused if it is too large, or there is no room for it
     */
    public StoredUpload receive(String name, InputStream content) throws IOException {
        sweep();
        synchronized (this) {
            if (stored.size() >= MOST) {
                throw new UploadRefused("There are " + MOST
                        + " files already that were brought and not loaded. Load or remove one of them first.");
            }
        }
        byte[] bytes = new byte[12];
        random.nextBytes(bytes);
        String id = HexFormat.of().formatHex(bytes);
        Path file = inbox.resolve(PREFIX + id + ENDING);
        boolean isKept = false;
        try {
            Files.createDirectories(inbox);
            long size = write(content, file);
            // Not when it is released, which others wait for.
            Disk.syncContent(file);
            StoredUpload upload =
                    new StoredUpload(id, UploadName.of(name), file, size, DropInspector.digest(file), clock.instant());
            synchronized (this) {
                Optional<StoredUpload> same = stored.values().stream()
                        .filter(one -> one.name().equals(upload.name()))
                        .filter(one -> one.digest().equals(upload.digest()))
                        .findFirst();
                if (same.isPresent()) {
                    return same.get();
                }
                stored.put(id, upload);
            }
            isKept = true;
            return upload;
        } finally {
            if (!isKept) {
                Files.deleteIfExists(file);
            }
        }
    }

    /**
     * Refuses a file before it is read.
     *
     * @param announced how many bytes the form with the file has; -1 if that is not known
     * @throws UploadRefused if it is too large, or there is no room for it
     */
    public void requireRoom(long announced) throws IOException {
        if (announced - FORM > longest) {
            throw tooLarge();
        }
        if (announced > 0 && Files.isDirectory(inbox) && usableSpace() - announced < freeSpace) {
            throw noSpace();
        }
    }

    private UploadRefused tooLarge() {
        String most = longest >> 20 == 0 ? (longest >> 10) + " KiB" : (longest >> 20) + " MiB";
        return new UploadRefused("The file has more than " + most
                + ", so it was not kept. Copy it into the inbox yourself, or set drop.page-upload-limit.");
    }

    private long usableSpace() throws IOException {
        return Files.getFileStore(inbox).getUsableSpace();
    }

    private static UploadRefused noSpace() {
        return new UploadRefused(
                "The disk of the inbox has too little space, so the file was not kept. Free up space, then bring it again.");
    }

    private long write(InputStream content, Path file) throws IOException {
        long size = 0;
        long checked = -1;
        byte[] buffer = new byte[BUFFER];
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
            for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
                size += read;
                if (size > longest) {
                    throw tooLarge();
                }
                // Not at each buffer: asking costs more than writing.
                if (size >> 24 != checked) {
                    checked = size >> 24;
                    requireSpace();
                }
                out.write(buffer, 0, read);
            }
        }
        return size;
    }

    private void requireSpace() throws IOException {
        if (usableSpace() < freeSpace) {
            throw noSpace();
        }
    }

    /** Deletes files of earlier runs, as {@link #sweep}. What cannot be deleted stays hidden, and is deleted the next time. */
    public void begin() {
        try {
            sweep();
        } catch (IOException left) {
            LOG.debug("files that were brought to an earlier run cannot be deleted: {}", left.toString());
        }
    }

    /** Returns the files that are kept, the oldest first. */
    public synchronized List<StoredUpload> all() {
        return List.copyOf(stored.values());
    }

    /** Returns a file; empty if it is not kept any more. */
    public synchronized Optional<StoredUpload> find(String id) {
        return Optional.ofNullable(stored.get(id));
    }

    /**
     * Lets a file be loaded: it gets its name in the inbox, or a free one like it.
     *
     * @return the file in the inbox; empty if it is not kept any more
     */
    public synchronized Optional<Path> release(String id) throws IOException {
        StoredUpload upload = stored.get(id);
        if (upload == null) {
            return Optional.empty();
        }
        Path place = InboxDelivery.reveal(upload.file(), inbox, upload.name());
        stored.remove(id);
        released.put(id, place.getFileName().toString());
        return Optional.of(place);
    }

    /** Returns the name in the inbox of one of the last files that were released. */
    public synchronized Optional<String> released(String id) {
        return Optional.ofNullable(released.get(id));
    }

    /** Deletes a file that is not to be loaded. */
    public synchronized void discard(String id) throws IOException {
        StoredUpload upload = stored.remove(id);
        if (upload != null) {
            Files.deleteIfExists(upload.file());
        }
    }

    /** Deletes files that nobody has loaded for a day, and at first those of earlier runs. */
    public synchronized void sweep() throws IOException {
        Instant oldest = clock.instant().minus(LASTS);
        for (StoredUpload upload : all()) {
            if (upload.received().isBefore(oldest)) {
                discard(upload.id());
            }
        }
        if (!swept && Files.isDirectory(inbox)) {
            swept = true;
            InboxDelivery.sweep(inbox);
            try (DirectoryStream<Path> left = Files.newDirectoryStream(inbox, PREFIX + "*" + ENDING)) {
                for (Path file : left) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }
}
