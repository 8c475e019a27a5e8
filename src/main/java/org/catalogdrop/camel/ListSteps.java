package org.catalogdrop.camel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.catalogdrop.kommo.read.ElementQuery;
import org.catalogdrop.kommo.read.ListReader;
import org.catalogdrop.kommo.read.PageBody;
import org.catalogdrop.kommo.read.PageRequest;
import org.catalogdrop.load.ListReads;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Element;
import org.catalogdrop.model.ElementSink;
import org.catalogdrop.model.RunHalted;

/**
 * The steps of the route {@code catalog-list}. Headers of a call: {@code CatalogId} (else {@code kommo.catalog-id}),
 * {@code CatalogElementId}, {@code CatalogTerm}. Returns the list of elements as the body. If the body of the call is an
 * {@link ElementSink}, the sink takes them one by one instead. Safe for many threads.
 */
public final class ListSteps {

    public static final String CATALOG_ID = "CatalogId";
    public static final String ELEMENT_ID = "CatalogElementId";
    public static final String TERM = "CatalogTerm";

    private final OptionalLong catalogId;
    private final ListReads reads;

    public ListSteps(OptionalLong catalogId, ListReads reads) {
        this.reads = reads;
        this.catalogId = catalogId;
    }

    /**
     * A read of a list and the elements collected so far. It is not a record, because Camel would compute the hash code of all elements
     * at every step.
     */
    public static final class Begun {

        private final ListReader listing;
        private final List<Element> elements;
        private final ListReads.Read read;
        private long passed;

        private Begun(ElementQuery query, Consumer<Element> sink, List<Element> elements, ListReads.Read read) {
            this.read = read;
            this.listing = new ListReader(query, element -> {
                read.at(++passed);
                sink.accept(element);
            });
            this.elements = elements;
        }

        public boolean isUnfinished() {
            return listing.isUnfinished();
        }
    }

    public Begun beginRead(Exchange exchange) {
        Message call = exchange.getMessage();
        OptionalLong catalog = number(call, CATALOG_ID);
        if (catalog.isEmpty()) {
            catalog = catalogId;
        }
        long list = catalog.orElseThrow(() ->
                new RunHalted(Code.CATALOG_MISSING, "no list is named. Set the header CatalogId or kommo.catalog-id."));
        ElementQuery query = new ElementQuery(
                list,
                number(call, ELEMENT_ID),
                Optional.ofNullable(call.getHeader(TERM, String.class)).filter(term -> !term.isBlank()));
        List<Element> elements = new ArrayList<>();
        Consumer<Element> sink = call.getBody() instanceof ElementSink streaming ? streaming : elements::add;
        HostExchange.enter(exchange);
        call.removeHeaders("*");
        return new Begun(query, sink, elements, reads.begin("list " + list));
    }

    private static OptionalLong number(Message call, String header) {
        Long number = call.getHeader(header, Long.class);
        return number == null ? OptionalLong.empty() : OptionalLong.of(number);
    }

    public PageRequest nextPage(Begun begun) {
        return begun.listing.nextPage();
    }

    public void takePage(Begun begun, PageBody page) {
        begun.listing.take(page);
        if (!begun.isUnfinished()) {
            begun.read.close();
        }
    }

    public List<Element> endRead(Begun begun, Exchange exchange) {
        HostExchange.leave(exchange);
        return begun.elements;
    }
}
