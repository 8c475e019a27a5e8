package org.catalogdrop.kommo.throttle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Problem;

/** Writes and reads a block of an account as JSON, and as a message for the operator. Safe for many threads. */
public final class BlockText {

    private final URI account;
    private final ObjectMapper json;

    public BlockText(String baseUrl, ObjectMapper json) {
        this.account = URI.create(baseUrl);
        this.json = json;
    }

    /**
     * Reads a block.
     *
     * @param place where the text is; if it cannot be read, a single request shows whether the block lasts
     */
    public ApiBlock read(byte[] text, String place) {
        try {
            JsonNode block = json.readTree(text);
            return new ApiBlock(
                    Instant.parse(block.path("since").asText()),
                    Instant.parse(block.path("until").asText()),
                    Math.max(1, block.path("times").asInt()),
                    block.path("said").asText());
        } catch (IOException | RuntimeException unreadable) {
            return unreadable(place);
        }
    }

    static ApiBlock unreadable(String place) {
        return new ApiBlock(Instant.EPOCH, Instant.EPOCH, 1, place + " cannot be read");
    }

    /** Writes a block. */
    public byte[] write(ApiBlock block) {
        Map<String, Object> kept = new LinkedHashMap<>();
        kept.put("account", account.toString());
        kept.put("since", block.since().toString());
        kept.put("until", block.until().toString());
        kept.put("times", block.times());
        kept.put("said", block.said());
        try {
            return json.writerWithDefaultPrettyPrinter().writeValueAsBytes(kept);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Returns how a person lifts a block that is kept in a place. */
    public static String liftOf(String place) {
        return place.isEmpty() || SharedBlock.isAddress(place) ? "run 'catalog-drop block lift'" : "delete " + place;
    }

    /**
     * Returns the message for the operator.
     *
     * @param lift how a person lifts the block, as the beginning of a sentence's end: "delete …"
     */
    public Problem problem(ApiBlock block, String lift) {
        return Problem.of(
                Code.BLOCKED,
                "the API blocks this address or account (" + block.said()
                        + "). Nothing more is sent. Ask the vendor's support"
                        + " to lift the block and tell them: account " + account.getHost() + ", address " + address()
                        + ", blocked since " + block.since().truncatedTo(ChronoUnit.SECONDS)
                        + ". What was done is kept. Not before " + block.until().truncatedTo(ChronoUnit.SECONDS)
                        + " a single request checks whether the block is lifted. To resume at once when support has lifted it, "
                        + lift
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
