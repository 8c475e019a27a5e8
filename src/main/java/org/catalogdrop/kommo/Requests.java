package org.catalogdrop.kommo;

import java.time.InstantSource;
import org.catalogdrop.model.Intent;

/** Makes the documents to send. */
public final class Requests {

    private final InstantSource clock;

    public Requests(InstantSource clock) {
        this.clock = clock;
    }

    /** The document of an intent. */
    public ApiRequest of(Intent intent) {
        return new ApiRequest(intent.chunk(), clock.instant().getEpochSecond());
    }
}
