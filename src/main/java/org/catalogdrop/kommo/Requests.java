package org.catalogdrop.kommo;

import java.time.InstantSource;
import java.util.Optional;
import org.catalogdrop.model.Intent;
import org.catalogdrop.model.Marker;

/** Makes the documents to send. */
public final class Requests {

    private final InstantSource clock;

    public Requests(InstantSource clock) {
        this.clock = clock;
    }

    /** The document of an intent. */
    public ApiRequest of(Intent intent, Optional<Marker> marker) {
        return new ApiRequest(intent.chunk(), clock.instant().getEpochSecond(), marker);
    }
}
