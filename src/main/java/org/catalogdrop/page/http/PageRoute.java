package org.catalogdrop.page.http;

import java.io.IOException;

/** A page of the program. Safe for many threads: each request comes on a thread of its own. */
public interface PageRoute {

    /** Returns its path, like {@code /history}. It also gets all requests below it. */
    String path();

    /** Returns its word in the menu; empty if it is not there. */
    String menu();

    /** Answers a GET. It changes nothing. */
    PageResponse show(BrowserRequest request) throws IOException;

    /** Answers a POST whose origin and token have been checked. */
    default PageResponse act(BrowserRequest request) throws IOException {
        return PageResponse.text(405, "this page has nothing to send");
    }
}
