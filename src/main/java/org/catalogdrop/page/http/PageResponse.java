package org.catalogdrop.page.http;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/** The answer of a page. */
public sealed interface PageResponse {

    /**
     * A page drawn from a template.
     *
     * @param status the HTTP status
     * @param title its title
     * @param template the file below src/main/jte
     * @param view the template's parameter {@code view}
     */
    record View(int status, String title, String template, Object view) implements PageResponse {}

    /**
     * Another page is shown.
     *
     * @param path its path, with a query if it has one
     * @param flash the message on it
     */
    record Redirect(String path, Optional<Flash> flash) implements PageResponse {}

    /**
     * A short text or JSON.
     *
     * @param status the HTTP status
     * @param type its media type
     * @param text the text
     */
    record Text(int status, String type, String text) implements PageResponse {}

    /**
     * A file.
     *
     * @param file the file; the caller has made sure that it may be seen
     * @param type its media type
     * @param policy its Content-Security-Policy
     * @param name the name under which a browser saves it; empty if the browser shows it
     */
    record FileContent(Path file, String type, String policy, Optional<String> name) implements PageResponse {}

    /**
     * Server-sent events.
     *
     * @param state returns the present state as JSON in one line; called about each second. It is sent when it differs from the last one
     */
    record Events(Supplier<String> state) implements PageResponse {}

    /** Returns a page. */
    static PageResponse view(String title, String template, Object view) {
        return new View(200, title, template, view);
    }

    /** Returns a redirect after an action that succeeded. */
    static PageResponse done(String path, String message) {
        return new Redirect(path, Optional.of(new Flash(true, message)));
    }

    /** Returns a redirect after an action that failed. */
    static PageResponse failed(String path, String message) {
        return new Redirect(path, Optional.of(new Flash(false, message)));
    }

    /** Returns a redirect without a message. */
    static PageResponse redirect(String path) {
        return new Redirect(path, Optional.empty());
    }

    /** Returns a plain text. */
    static PageResponse text(int status, String text) {
        return new Text(status, "text/plain", text + "\n");
    }

    /** Returns maps, lists and texts as JSON. */
    static PageResponse json(Object value) {
        return new Text(200, "application/json", PageJson.of(value));
    }

    /** Returns server-sent events, each with the present state as JSON. */
    static PageResponse events(Supplier<?> state) {
        return new Events(() -> PageJson.of(state.get()));
    }

    /** Returns that there is no such page. */
    static PageResponse missing() {
        return text(404, "There is no such page.");
    }
}
