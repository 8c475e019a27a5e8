package org.catalogdrop.camel;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.StreamCache;
import org.apache.camel.WrappedFile;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.DropRefused;
import org.catalogdrop.model.RunHalted;
import org.catalogdrop.model.SafeText;

/**
 * Turns the body of a call to {@code direct:catalog-load} or {@code direct:catalog-plan} into a file. A file is used where it is. A
 * stream, text or list of maps is first written to the state folder, because it is read more than once. Safe for many threads.
 */
public final class DropBody {

    /** The header with the drop's name. Its ending names the format. */
    public static final String NAME = "CatalogDropName";

    /** The exchange property that says whether a drop comes from the inbox. */
    public static final String INBOX = "catalogDropInbox";

    public static final String STARTED = "catalogDropStarted";
    private static final String SPOOLED = "catalogDropSpooled";

    /**
     * The exchange property with the stream that was written to the state folder. If the host redelivers, the same stream comes again,
     * and is empty.
     */
    public static final String READ = "catalogDropRead";

    private final Path spool;

    /** @param spool the folder in which a stream, text or list becomes a file */
    public DropBody(Path spool) {
        this.spool = spool;
    }

    public static Instant started(Exchange exchange) {
        return exchange.getProperty(STARTED, Instant.class);
    }

    /** Returns the name of the drop in results and messages. */
    public String name(Exchange exchange) {
        String name = last(given(exchange));
        if (!name.isBlank()) {
            exchange.setProperty(NAME, name);
            return name;
        }
        Object body = body(exchange);
        if (isRows(body)) {
            return "rows.ndjson";
        }
        // A file that another component has fetched may lie under some other name.
        String fetched = last(exchange.getMessage().getHeader(Exchange.FILE_NAME, "", String.class));
        if (!fetched.isBlank()) {
            return fetched;
        }
        String own = body instanceof Path path ? last(path.toString()) : "";
        return own.isEmpty() ? "drop" : own;
    }

    /** Returns whether a body is rows: a list of maps, or a map, which is one row. */
    private static boolean isRows(Object body) {
        return body instanceof List<?> || body instanceof Map<?, ?>;
    }

    private static String given(Exchange exchange) {
        Object header = exchange.getMessage().getHeader(NAME);
        if (header instanceof Path || header instanceof File) {
            // As text, Camel would return the content of the file.
            return header.toString();
        }
        String name = exchange.getMessage().getHeader(NAME, String.class);
        return name == null ? exchange.getProperty(NAME, "", String.class) : name;
    }

    /**
     * Returns a name without its folders. A folder can have the result as its name: a character that no charset has becomes a question
     * mark.
     */
    private static String last(String name) {
        String path = name.replace(File.separatorChar, '/').replaceAll("/+$", "");
        byte[] letters = path.substring(path.lastIndexOf('/') + 1).getBytes(StandardCharsets.UTF_8);
        return SafeText.of(new String(letters, StandardCharsets.UTF_8));
    }

    public Path file(Exchange exchange) {
        HostExchange.enter(exchange);
        Object body = body(exchange);
        // The body changes on the way, but a refusal still has to name the drop.
        exchange.setProperty(NAME, name(exchange));
        if (body instanceof Path path) {
            return path;
        }
        try {
            Files.createDirectories(spool);
            Path file = Files.createTempFile(spool, "drop-", ".tmp");
            exchange.setProperty(SPOOLED, file);
            try (OutputStream out = Files.newOutputStream(file)) {
                write(exchange, body, out);
            }
            return file;
        } catch (IOException fault) {
            throw new RunHalted(
                    Code.DISK,
                    "the body cannot be written to " + spool + ": " + fault.getMessage()
                            + ". Free up disk space or allow this program to write there, then send it again.");
        }
    }

    private void write(Exchange exchange, Object body, OutputStream out) throws IOException {
        if (body instanceof List<?> rows) {
            MapRows.write(rows, out);
            return;
        }
        if (body instanceof Map<?, ?> row) {
            MapRows.write(List.of(row), out);
            return;
        }
        if (body instanceof String text) {
            // Always UTF-8: the charset of the host's exchange describes some other text.
            out.write(text.getBytes(StandardCharsets.UTF_8));
            return;
        }
        InputStream stream = exchange.getMessage().getBody(InputStream.class);
        if (stream == null) {
            throw new DropRefused(
                    Code.UNKNOWN_TYPE,
                    "the body is "
                            + (body == null ? "empty" : "a " + body.getClass().getName())
                            + ". Expected a file, a stream, text, a map or a list of maps.");
        }
        if (body == exchange.getProperty(READ) && !(body instanceof StreamCache)) {
            throw new RunHalted(
                    Code.STOPPED,
                    "the stream of " + name(exchange)
                            + " was read already, because this is a second call after the first one failed."
                            + " Use a file or text as the body, or enable stream caching, then send it again.");
        }
        exchange.setProperty(READ, body);
        try (stream) {
            stream.transferTo(out);
        }
    }

    private static Object body(Exchange exchange) {
        Object body = exchange.getMessage().getBody();
        if (body instanceof WrappedFile<?> wrapped) {
            body = wrapped.getFile();
        }
        return body instanceof File file ? file.toPath() : body;
    }

    public void release(Exchange exchange) throws IOException {
        // A second drop in the same exchange has a name of its own.
        exchange.removeProperty(NAME);
        exchange.removeProperty(STARTED);
        HostExchange.leave(exchange);
        Path file = (Path) exchange.removeProperty(SPOOLED);
        if (file != null) {
            Files.deleteIfExists(file);
        }
    }
}
