package org.catalogdrop;

import org.catalogdrop.camel.DropBody;
import org.catalogdrop.camel.DropCalls;
import org.catalogdrop.camel.ListSteps;

/** The endpoints that a host calls, and the headers of its calls. */
public final class CatalogDropConstants {

    /** Loads the body; answers a {@link org.catalogdrop.model.Summary}. */
    public static final String LOAD = "direct:catalog-load";

    /** Says what a load of the body would do; answers a {@link org.catalogdrop.model.Plan}. */
    public static final String PLAN = "direct:catalog-plan";

    /** Reads a list; answers its elements, or hands them to an {@link org.catalogdrop.model.ElementSink} in the body. */
    public static final String LIST = "direct:catalog-list";

    /** Of a load or plan: the name of the drop; its ending says which format it is. */
    public static final String DROP_NAME = DropBody.NAME;

    /** Of a plan: the {@link java.nio.file.Path} of a new folder for all changes and rejects. */
    public static final String PLAN_FOLDER = DropCalls.PLAN_FOLDER;

    /** Of a plan without a folder: how many changes and rejects it holds, 20 unless it is set. */
    public static final String PLAN_SAMPLE = DropCalls.PLAN_SAMPLE;

    /** Of a list: which one; else {@code kommo.catalog-id}. */
    public static final String CATALOG_ID = ListSteps.CATALOG_ID;

    /** Of a list: the one element that is wanted. */
    public static final String ELEMENT_ID = ListSteps.ELEMENT_ID;

    /** Of a list: a text to search for. */
    public static final String TERM = ListSteps.TERM;

    private CatalogDropConstants() {}
}
