package org.catalogdrop.page.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.catalogdrop.observability.ExchangeThreads;

/**
 * Reads the body of a form with a file ({@code multipart/form-data}) as it arrives: short fields first, then the content of the first part that is
 * a file. Nothing is kept in memory but the fields.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7578">RFC 7578</a>
 */
final class MultipartBody {

    private static final Pattern BOUNDARY =
            Pattern.compile("(?i)multipart/form-data\\s*;.*?\\bboundary=(?:\"([^\"]{1,70})\"|([^\\s;\"]{1,70})).*");
    private static final Pattern NAME = Pattern.compile("(?i)(?:^|;)\\s*name=\"([^\"]*)\"");
    private static final Pattern FILE = Pattern.compile("(?i)(?:^|;)\\s*filename=\"([^\"]*)\"");
    private static final int LONGEST_LINE = 8192;
    private static final int LONGEST_FIELD = 4096;
    private static final int MOST_HEADERS = 20;
    private static final int BUFFER = 1 << 16;

    private final InputStream in;
    private final byte[] end;

    /**
     * The head of a part.
     *
     * @param name the name of its field
     * @param file the name of its file, if it is one
     */
    record Part(String name, Optional<String> file) {}

    private MultipartBody(InputStream in, String boundary) {
        this.in = new BufferedInputStream(in, BUFFER);
        this.end = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Returns the body, after its first boundary; empty if the type is another one. */
    static Optional<MultipartBody> of(String type, InputStream in) throws IOException {
        Matcher match = BOUNDARY.matcher(type);
        if (!match.matches()) {
            return Optional.empty();
        }
        String boundary = match.group(1) == null ? match.group(2) : match.group(1);
        MultipartBody body = new MultipartBody(in, boundary);
        if (!body.line().equals("--" + boundary)) {
            throw odd();
        }
        return Optional.of(body);
    }

    private static BadRequest odd() {
        return new BadRequest(400, "The form cannot be read. Reload the page and send it again.");
    }

    /** Returns the head of the next part; its content is read next. */
    Part next() throws IOException {
        String disposition = "";
        String line = line();
        for (int lines = 0; !line.isEmpty(); lines++) {
            if (lines == MOST_HEADERS) {
                throw odd();
            }
            if (line.regionMatches(true, 0, "Content-Disposition:", 0, 20)) {
                disposition = line;
            }
            line = line();
        }
        Matcher name = NAME.matcher(disposition);
        Matcher file = FILE.matcher(disposition);
        return new Part(name.find() ? name.group(1) : "", file.find() ? Optional.of(file.group(1)) : Optional.empty());
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int c = in.read();
        while (c >= 0 && c != '\n') {
            if (line.size() == LONGEST_LINE) {
                throw odd();
            }
            line.write(c);
            c = in.read();
        }
        if (c < 0) {
            throw odd();
        }
        return line.toString(StandardCharsets.UTF_8).replaceFirst("\r$", "");
    }

    /** Returns the text of a short field. */
    String field() throws IOException {
        byte[] text = content().readNBytes(LONGEST_FIELD + 1);
        if (text.length > LONGEST_FIELD) {
            throw odd();
        }
        // The rest of the line of the boundary.
        line();
        return new String(text, StandardCharsets.UTF_8);
    }

    /** Returns the content of the part, up to its boundary. */
    InputStream content() {
        return new Content();
    }

    private final class Content extends InputStream {

        private boolean ended;

        @Override
        public int read() throws IOException {
            if (ended) {
                return -1;
            }
            int c = in.read();
            if (c == '\r' && isEnd()) {
                ended = true;
                return -1;
            }
            if (c < 0) {
                throw new ExchangeThreads.ClientGone("the upload ended before its end");
            }
            return c;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            int read = 0;
            while (read < length) {
                int c = read();
                if (c < 0) {
                    return read == 0 ? -1 : read;
                }
                bytes[from + read++] = (byte) c;
            }
            return read;
        }

        /** Reads the rest of the boundary if it is there, else nothing. */
        private boolean isEnd() throws IOException {
            in.mark(end.length);
            for (int i = 1; i < end.length; i++) {
                if (in.read() != end[i]) {
                    in.reset();
                    return false;
                }
            }
            return true;
        }
    }
}
