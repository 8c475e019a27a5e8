package org.catalogdrop;

import org.apache.camel.CamelContext;
import org.catalogdrop.camel.Installation;

/**
 * Puts the loader into a CamelContext: its beans and routes, whose names begin with {@code catalog-}. A host then calls
 * {@code direct:catalog-load} (body: file, stream, text or list of maps; header {@link CatalogDropConstants#DROP_NAME}; answers the
 * {@link org.catalogdrop.model.Summary}), {@code direct:catalog-plan} and {@code direct:catalog-list}. Safe for any number of threads.
 */
public final class CatalogDrop implements AutoCloseable {

    private final Installation installation;

    private CatalogDrop(Installation installation) {
        this.installation = installation;
    }

    /**
     * Installs the loader into a host's context, before or after its start. Settings come from the context's own property
     * placeholders ({@code kommo.base-url} and so on); the inbox is watched only if {@code catalog-drop.watch} is {@code true} there.
     * Close what is returned when the context has stopped.
     *
     * @throws org.catalogdrop.config.SettingsFault if settings are missing or wrong; its message has all of them
     * @throws IllegalStateException if the context has a loader already, or pooled exchanges
     * @throws Exception if the routes cannot be added to the context
     */
    public static CatalogDrop install(CamelContext context) throws Exception {
        return new CatalogDrop(Installation.install(context));
    }

    /** Frees the state folder for others. A load under way ends as by a stop and is resumed by the next call with its drop. */
    @Override
    public void close() {
        installation.close();
    }
}
