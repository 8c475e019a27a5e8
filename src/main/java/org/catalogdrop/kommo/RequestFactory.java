package org.catalogdrop.kommo;

import java.util.Optional;
import org.catalogdrop.model.Intent;
import org.catalogdrop.model.Marker;

/** Makes the documents to send. */
public final class RequestFactory {

    private final ClockSkew clocks;

    /** @param clocks tell the API's time, at which updates are sent that name none */
    public RequestFactory(ClockSkew clocks) {
        this.clocks = clocks;
    }

    /** Returns the document of an intent. */
    public ApiRequest of(Intent intent, Optional<Marker> marker) {
        return new ApiRequest(intent.chunk(), clocks.apiNow().getEpochSecond(), marker);
    }
}
