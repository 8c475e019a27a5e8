package org.catalogdrop.kommo.throttle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import org.catalogdrop.model.Code;
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
    private final URI account;
    private final ObjectMapper json;
    private Optional<ApiBlock> unwritten = Optional.empty();

    public BlockFile(Path state, String baseUrl, ObjectMapper json) {
        this.file = state.resolve("blocked.json");
        this.account = URI.create(baseUrl);
        this.json = json;
    }

    @Override
    public Optional<ApiBlock> recall() {
        if (!Files.exists(file)) {
            return unwritten;
        }
        try {
            JsonNode block = json.readTree(file.toFile());
            return Optional.of(new ApiBlock(
                    Instant.parse(block.path("since").asText()),
                    Instant.parse(block.path("until").asText()),
                    Math.max(1, block.path("times").asInt()),
                    block.path("said").asText()));
        } catch (IOException | RuntimeException unreadable) {
            // There is a file that cannot be read: a single request shows whether the block lasts.
            return Optional.of(new ApiBlock(Instant.EPOCH, Instant.EPOCH, 1, file + " cannot be read"));
        }
    }

    @Override
    public void keep(ApiBlock block) {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.createDirectories(file.getParent());
            json.writerWithDefaultPrettyPrinter()
                    .writeValue(
                            part.toFile(),
                            Map.of(
                                    "account", account.toString(),
                                    "since", block.since().toString(),
                                    "until", block.until().toString(),
                                    "times", block.times(),
                                    "said", block.said()));
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
        return Problem.of(
                Code.BLOCKED,
                "the API blocks this address or account (" + block.said()
                        + "). Nothing more is sent. Ask the vendor's support"
                        + " to lift the block and tell them: account " + account.getHost() + ", address " + address()
                        + ", blocked since " + block.since().truncatedTo(ChronoUnit.SECONDS)
                        + ". What was done is kept. Not before " + block.until().truncatedTo(ChronoUnit.SECONDS)
                        + " a single request checks whether the block is lifted. To resume at once when support has lifted it, delete "
                        + place
                        + " and run again.");
    }

    /** Returns the address from which this machine sends. Nothing is sent to find it out. */
    private String address() {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(account.getHost(), 443));
            return "of this machine as the vendor sees it (here it is "
                    + socket.getLocalAddress().getHostAddress() + ")";
        } catch (IOException | RuntimeException unknown) {
            return "of this machine as the vendor sees it";
        }
    }
}
