package org.catalogdrop.reconcile;

import java.util.Collection;
import java.util.stream.LongStream;
import org.catalogdrop.kommo.read.PageBody;
import org.catalogdrop.model.Element;

/** One look at one list. Used by one thread. */
interface ListScan {

    /** Returns whether no further page is wanted. */
    boolean isDone();

    /** Returns the query of the next page, as it stands in the URL. */
    String query();

    /** Takes the page that was asked for. */
    void take(PageBody page);

    /** Elements that adds looked for may have made. */
    Collection<Element> found();

    /** What is in the list from its top to below what is looked for; empty if it cannot be told what should be found where. */
    LongStream seen();
}
