package org.catalogdrop.resolve;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.function.Supplier;
import org.catalogdrop.input.stream.KnownBytes;
import org.catalogdrop.journal.Journal;
import org.catalogdrop.model.Drop;

/**
 * The files of unfinished drops, as the journal knows them. A file of a load that resumes is recognised without a digest. Safe for many
 * threads.
 */
public record FileMemory(Supplier<Journal> journal) implements KnownBytes.Memory {

    @Override
    public Optional<KnownBytes> of(BasicFileAttributes file) {
        return journal.get().files().of(file).map(known -> new KnownBytes(known.checksum(), known.digest()));
    }

    public void remember(long entry, Drop drop) {
        try {
            journal.get().files().remember(entry, drop, Files.readAttributes(drop.path(), BasicFileAttributes.class));
        } catch (IOException gone) {
            // The pass that reads it fails in the same way and reports it.
        }
    }
}
