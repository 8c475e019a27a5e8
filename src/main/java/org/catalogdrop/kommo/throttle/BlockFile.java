package org.catalogdrop.kommo.throttle;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.catalogdrop.model.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a block of the API in {@code state/blocked.json}, so that the next start knows it. A person lifts the block by deleting the file.
 * Safe for many threads.
 */
public final class BlockFile implements BlockStore {

    private static final Logger LOG = LoggerFactory.getLogger(BlockFile.class);

    private final Path file;
    private final BlockText text;
    private Optional<ApiBlock> unwritten = Optional.empty();

    public BlockFile(Path state, String baseUrl, ObjectMapper json) {
        this.file = state.resolve("blocked.json");
        this.text = new BlockText(baseUrl, json);
    }

    @Override
    public Optional<ApiBlock> recall() {
        if (!Files.exists(file)) {
            return unwritten;
        }
        try {
            return Optional.of(text.read(Files.readAllBytes(file), file.toString()));
        } catch (NoSuchFileException deleted) {
            return unwritten;
        } catch (IOException unreadable) {
            // There is a file that cannot be read: a single request shows whether the block lasts.
            return Optional.of(BlockText.unreadable(file.toString()));
        }
    }

    @Override
    public void keep(ApiBlock block) {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.createDirectories(file.getParent());
            Files.write(part, text.write(block));
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            unwritten = Optional.empty();
        } catch (IOException full) {
            unwritten = Optional.of(block);
            LOG.error("that the API blocks us cannot be written to {} ({}); do not start again at once", file, full);
        }
    }

    @Override
    public void forget() {
        unwritten = Optional.empty();
        try {
            if (Files.deleteIfExists(file)) {
                LOG.info("the API has lifted the block");
            }
        } catch (IOException stuck) {
            LOG.error("the API has lifted the block, but {} cannot be deleted ({}); delete it", file, stuck.toString());
        }
    }

    @Override
    public String place() {
        return file.toAbsolutePath().toString();
    }

    @Override
    public Problem problem(ApiBlock block, String place) {
        return text.problem(block, BlockText.liftOf(place));
    }
}
