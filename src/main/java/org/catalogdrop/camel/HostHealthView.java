package org.catalogdrop.camel;

import org.catalogdrop.observability.LoaderHealth;

/** Where a host shows health, if that is not Camel's health registry. A loader looks for one among the beans of its context. */
public interface HostHealthView {

    /**
     * Shows the health of a loader.
     *
     * @param decides whether the host is not ready if the loader is not
     */
    void show(LoaderHealth loader, boolean decides);

    /** Shows it no longer. */
    void hide(LoaderHealth loader);
}
