package org.catalogdrop.reconcile;

import java.util.Collection;
import java.util.stream.LongStream;
import org.catalogdrop.kommo.read.PageBody;
import org.catalogdrop.model.Element;

/** A scan of a list for elements that adds may have made. Used by one thread. */
interface ListScan {

    /** Returns whether no further page is needed. */
    boolean isDone();

    /** Returns the query of the next page, as it is in the URL. */
    String query();

    /** Takes the page that was requested. */
    void take(PageBody page);

    /** Returns the elements that the adds in doubt may have made. */
    Collection<Element> found();

    /** Returns the ids in the list, from its top to below what is looked for; empty if their places are not known. */
    LongStream seen();
}
