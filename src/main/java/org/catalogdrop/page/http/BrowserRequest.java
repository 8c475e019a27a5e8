package org.catalogdrop.page.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request that the guards have let through.
 *
 * @param below the path below that of the page, without a slash at its begin; empty for the page itself
 * @param query the values of the query
 * @param form the values of a form; empty if there is none
 * @param json the text of a JSON body; empty if there is none
 * @param upload the file of an upload
 */
public record BrowserRequest(
        String below,
        Map<String, List<String>> query,
        Map<String, List<String>> form,
        String json,
        Optional<Upload> upload) {

    private static final long MOST_DRAINED = 1 << 20;

    /**
     * A file that a browser sends.
     *
     * @param name the name that the browser gives it, which may be anything
     * @param content its bytes, as they arrive. No limit is checked
     * @param announced how many bytes the request has, a little more than the file; -1 if that is not known
     */
    public record Upload(String name, InputStream content, long announced) {}

    /** Returns a value of the query; empty if there is none. */
    public Optional<String> query(String name) {
        return first(query, name);
    }

    /** Returns a value of the form; empty if there is none. */
    public Optional<String> form(String name) {
        return first(form, name);
    }

    /** Returns a number of the query, or the preset if there is none within the limits. */
    public int number(String name, int preset, int least, int most) {
        return query(name)
                .filter(text -> text.matches("\\d{1,9}"))
                .map(Integer::parseInt)
                .filter(number -> number >= least && number <= most)
                .orElse(preset);
    }

    private static Optional<String> first(Map<String, List<String>> values, String name) {
        return Optional.ofNullable(values.get(name)).map(all -> all.get(0));
    }

    /** Reads the rest of an upload away, so that the browser sees the answer. */
    void drain() throws IOException {
        if (upload.isPresent()) {
            byte[] buffer = new byte[1 << 13];
            long left = MOST_DRAINED;
            int read = 0;
            while (read >= 0 && left > 0) {
                read = upload.get().content().read(buffer);
                left -= read;
            }
        }
    }
}
