package org.catalogdrop.kommo;

import java.util.Optional;
import org.catalogdrop.model.Intent;
import org.catalogdrop.model.Marker;

/** Makes the request bodies. Safe for many threads. */
public final class RequestFactory {

    private final ClockSkew clocks;

    /** @param clocks knows the API's time, which updates without a time get */
    public RequestFactory(ClockSkew clocks) {
        this.clocks = clocks;
    }

    /** Returns the body for an intent. */
    public ApiRequest of(Intent intent, Optional<Marker> marker) {
        return new ApiRequest(intent.chunk(), clocks.apiNow().getEpochSecond(), marker);
    }
}
