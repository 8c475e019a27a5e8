package org.catalogdrop.kommo;

/**
 * What the routes ask of a reply. By verbs of a bean, since Camel keeps what it asks directly in a cache, and with it the content of a
 * thousand answers.
 */
public final class ReplyChecks {

    /** Returns whether it is a success whose content may be read as JSON. */
    public boolean isReadable(Reply reply) {
        return reply.isReadable();
    }

    /** Returns whether its content may say how single rows of a request ended. */
    public boolean hasRowOutcomes(Reply reply) {
        return reply.isOfRows();
    }

    /** Returns the bytes of the content. */
    public byte[] readContent(Reply reply) {
        return reply.content();
    }
}
