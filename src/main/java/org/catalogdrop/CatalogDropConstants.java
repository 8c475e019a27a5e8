package org.catalogdrop;

import org.apache.camel.spi.Metadata;
import org.catalogdrop.camel.DropBody;
import org.catalogdrop.camel.DropCalls;
import org.catalogdrop.camel.HostCalls;
import org.catalogdrop.camel.ListSteps;
import org.catalogdrop.camel.Notifications;

/** The endpoints that a host calls, and the headers of its calls. The table in {@code docs/embedding.md} has them side by side. */
public final class CatalogDropConstants {

    /**
     * Endpoint that loads the body (file, stream, text, map or list of maps) as a drop. Returns a {@link org.catalogdrop.model.Summary}, also
     * for a drop that is refused. Throws {@link org.catalogdrop.model.RunHalted} if the run cannot go on; call again with the same bytes to
     * resume.
     */
    public static final String LOAD = "direct:catalog-load";

    /**
     * Endpoint that makes a dry run: what a load of the body would do. It sends no write. Returns a {@link org.catalogdrop.model.Plan}.
     * Throws {@link org.catalogdrop.model.DropRefused} for a drop that would be refused, and removes the headers of the exchange.
     */
    public static final String PLAN = "direct:catalog-plan";

    /**
     * Endpoint that reads the elements of a list. Returns them as a {@code List} of {@link org.catalogdrop.model.Element}. If the body of
     * the call is an {@link org.catalogdrop.model.ElementSink}, the sink gets each element instead, and the list is empty. Removes the
     * headers of the exchange.
     */
    public static final String LIST = "direct:catalog-list";

    /**
     * Endpoint that undoes a load. The body is the folder of its results, the name of that folder in the outbox, or its
     * {@link org.catalogdrop.model.Summary}. Returns the {@link org.catalogdrop.model.Summary} of the undo. Throws
     * {@link org.catalogdrop.model.DropRefused} if there is nothing to take back.
     */
    public static final String UNDO = "direct:catalog-undo";

    /** Endpoint that returns what the loader does and the drops that it knows, as a {@link org.catalogdrop.model.LoaderStatus}. */
    public static final String STATUS = "direct:catalog-status";

    /**
     * Endpoint that checks the results of a load against their drop. The body is as for {@link #UNDO}. Returns a
     * {@link org.catalogdrop.model.ResultsVerdict}. Removes the headers of the exchange.
     */
    public static final String VERIFY = "direct:catalog-verify";

    /**
     * Endpoint that a route of the host may consume. It gets the {@link org.catalogdrop.model.Summary} of each drop that has ended, finished
     * or refused. Its exchange variable {@code catalog-summary} has the summary in one line of words.
     */
    public static final String FINISHED = Notifications.FINISHED;

    /**
     * Header of a load or plan: the name of the drop, as text. Its ending says which format the drop has. If it is not set, the name is that
     * of the header {@code CamelFileName}, or that of the file. Rows (a map, or a list of maps) are {@code rows.ndjson}.
     */
    @Metadata(
            label = "producer",
            description = "The name of the drop. Its ending says which format the drop has. Default: CamelFileName.",
            javaType = "String")
    public static final String DROP_NAME = DropBody.NAME;

    /** Header of a plan: the {@link java.nio.file.Path} of a new folder, to which all changes and rejects are written. */
    @Metadata(
            label = "producer",
            description = "plan: a new folder, to which all changes and rejects are written.",
            javaType = "java.nio.file.Path")
    public static final String PLAN_FOLDER = DropCalls.PLAN_FOLDER;

    /** Header of a plan: how many changes and how many rejects the {@link org.catalogdrop.model.Plan} has at most; 20 if it is not set. */
    @Metadata(
            label = "producer",
            description = "plan: how many changes and how many rejects the plan has at most.",
            javaType = "Integer",
            defaultValue = "20")
    public static final String PLAN_SAMPLE = DropCalls.PLAN_SAMPLE;

    /**
     * Header of a call of the component: the name of the account, if {@code catalog-drop.accounts} names several. Header of a summary at
     * {@link #FINISHED}: the account of its drop, if it has a name.
     */
    @Metadata(
            label = "producer",
            description = "The name of the account, if catalog-drop.accounts names several.",
            javaType = "String")
    public static final String ACCOUNT = "CatalogDropAccount";

    /** Header of a load or plan: the name of the mapping file in {@code drop.mappings}; the one that fits the drop's name if it is not set. */
    @Metadata(
            label = "producer",
            description = "The name of the mapping file. Default: the file that fits the name of the drop.",
            javaType = "String")
    public static final String MAPPING = DropCalls.MAPPING;

    /** Header of a load: {@code true} loads bytes again that were loaded before. */
    @Metadata(
            label = "producer",
            description = "load: whether bytes that were loaded before are loaded again.",
            javaType = "Boolean",
            defaultValue = "false")
    public static final String AGAIN = DropCalls.AGAIN;

    /** Header of a load: {@code true} throws {@link org.catalogdrop.model.DropRefused} for a drop that is refused as a whole. */
    @Metadata(
            label = "producer",
            description = "load: whether a drop that is refused as a whole is an exception.",
            javaType = "Boolean",
            defaultValue = "false")
    public static final String THROW_ON_REFUSAL = DropCalls.THROW_ON_REFUSAL;

    /** Header of a check of results: {@code true} compares the account too, which reads whole lists. */
    @Metadata(
            label = "producer",
            description = "verify: whether the account is compared too, which reads whole lists.",
            javaType = "Boolean",
            defaultValue = "false")
    public static final String CHECK_ACCOUNT = HostCalls.CHECK_ACCOUNT;

    /**
     * Header of a load or plan: the id of the list for rows that name none. Header of a list read: the id of the list. {@code
     * kommo.catalog-id} if it is not set.
     */
    @Metadata(
            label = "producer",
            description =
                    "The number of the list: for rows that name none, or of the list to read. Default: kommo.catalog-id.",
            javaType = "Long")
    public static final String CATALOG_ID = ListSteps.CATALOG_ID;

    /** Header of a list read: the id of a single element to read. */
    @Metadata(label = "producer", description = "list: the id of a single element to read.", javaType = "Long")
    public static final String ELEMENT_ID = ListSteps.ELEMENT_ID;

    /** Header of a list read: a text that the API searches for. Blank text counts as none. */
    @Metadata(label = "producer", description = "list: a text that the API searches for.", javaType = "String")
    public static final String TERM = ListSteps.TERM;

    private CatalogDropConstants() {}
}
