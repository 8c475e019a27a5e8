package org.catalogdrop.kommo;

/**
 * The questions that routes ask about a reply. They are methods of a bean, because Camel caches what it asks directly, and with it the
 * content of a thousand answers. Stateless.
 */
public final class ReplyChecks {

    /** Returns whether it is a success whose content may be JSON. */
    public boolean isReadable(Reply reply) {
        return reply.isReadable();
    }

    /** Returns the bytes of the content. */
    public byte[] readContent(Reply reply) {
        return reply.content();
    }
}
