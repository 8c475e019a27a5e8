package org.catalogdrop.camel.component;

/** What an endpoint of the component does. Each is a route of the loader, named {@code catalog-} and the word. */
public enum CatalogDropOperation {
    /** Loads the body as a drop. */
    load,
    /** Shows what a load of the body would do. */
    plan,
    /** Reads the elements of a list. */
    list,
    /** Takes a load back. */
    undo,
    /** Tells what the loader does and the drops that it knows. */
    status,
    /** Checks the results of a load. */
    verify;

    /** Returns the endpoint of the route that does it. */
    String route() {
        return "direct:catalog-" + name();
    }
}
