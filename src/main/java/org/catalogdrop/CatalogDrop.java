package org.catalogdrop;

import org.apache.camel.CamelContext;
import org.catalogdrop.camel.Installation;

/**
 * The loader, installed into a CamelContext: beans and routes whose names begin with {@code catalog-}. A host then calls the endpoints
 * {@link CatalogDropConstants#LOAD}, {@link CatalogDropConstants#PLAN} and {@link CatalogDropConstants#LIST}. A context whose properties have
 * {@code kommo.base-url} installs it by itself at its start, and closes it when it stops, so a host needs this class only for a context
 * whose properties are set later, or to close the loader earlier. See {@code docs/embedding.md} for complete examples.
 *
 * <p>Safe for many threads: each may call the endpoints at any time. Loads queue, and one drop loads at a time.
 */
public final class CatalogDrop implements AutoCloseable {

    private final Installation installation;

    private CatalogDrop(Installation installation) {
        this.installation = installation;
    }

    /**
     * Installs the loader into a host's context, before or after the start of the context. Settings come from the context's own property
     * placeholders ({@code kommo.base-url} and so on, see {@code docs/settings.md}). The inbox is watched only if the property
     * {@code catalog-drop.watch} is {@code true}. If the context has installed the loader by itself, this returns that one.
     *
     * @param context the context that gets the beans and routes
     * @return the installed loader; close it when the context has stopped
     * @throws org.catalogdrop.config.SettingsFault if settings are missing or wrong; its message lists all of them
     * @throws IllegalStateException if the host has installed a loader in the context before, or the context uses a pooled factory for its processors' exchanges
     * @throws Exception if the routes cannot be added to the context
     */
    public static CatalogDrop install(CamelContext context) throws Exception {
        return new CatalogDrop(Installation.install(context));
    }

    /**
     * Stops the loader and releases the state folder for other processes. A load under way ends with
     * {@link org.catalogdrop.model.RunHalted}; the next call with the same bytes resumes it. This waits for the load at most
     * {@code kommo.response-timeout}. It is final: to load more, install again.
     */
    @Override
    public void close() {
        installation.close();
    }
}
