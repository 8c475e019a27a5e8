package org.catalogdrop.page.http;

/** A request that is refused before a page sees it, or by a page. */
public class BadRequest extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int status;

    /**
     * @param status the HTTP status
     * @param reason what is wrong, and what to do
     */
    public BadRequest(int status, String reason) {
        super(reason);
        this.status = status;
    }

    int status() {
        return status;
    }
}
