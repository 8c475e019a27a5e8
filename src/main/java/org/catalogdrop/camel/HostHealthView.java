package org.catalogdrop.camel;

import java.util.Optional;
import org.catalogdrop.observability.LoaderHealth;

/** Where a host shows health, if that is not Camel's health registry. A loader looks for one among the beans of its context. */
public interface HostHealthView {

    /**
     * Shows the health of a loader.
     *
     * @param account its account, if the host has several
     * @param decides whether the host is not ready if the loader is not
     */
    void show(LoaderHealth loader, Optional<String> account, boolean decides);

    /** Shows it no longer. */
    void hide(LoaderHealth loader);
}
