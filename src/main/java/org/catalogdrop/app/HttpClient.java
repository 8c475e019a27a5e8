package org.catalogdrop.app;

import java.util.concurrent.TimeUnit;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * Makes the HTTP client safe for writes: it never sends a request again by itself (Apache's client would, on 429 and 503), follows
 * no redirect, keeps no cookies, and waits for nothing without end. A host's own HTTP settings stay out of it.
 */
final class HttpClient implements HttpClientConfigurer {

    private final Settings.Api api;

    HttpClient(Settings.Api api) {
        this.api = api;
    }

    @Override
    public void configureHttpClient(HttpClientBuilder builder) {
        Timeout connect = Timeout.of(api.connectTimeout());
        Timeout response = Timeout.of(api.responseTimeout());
        int connections = connections(api);
        builder.setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                .setMaxConnTotal(connections)
                .setMaxConnPerRoute(connections)
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(connect)
                        .setSocketTimeout(response)
                        // A connection the server has closed meanwhile would put a whole chunk in doubt.
                        .setValidateAfterInactivity(TimeValue.ofMilliseconds(500))
                        .setTimeToLive(TimeValue.ofMinutes(5))
                        .build())
                .build());
        builder.setDefaultRequestConfig(RequestConfig.custom()
                .setConnectionRequestTimeout(Timeout.of(5, TimeUnit.MINUTES))
                .setResponseTimeout(response)
                .setContentCompressionEnabled(false)
                .build());
        builder.addExecInterceptorLast("deadline", new Deadline(api.responseTimeout()));
        builder.disableAutomaticRetries();
        builder.disableRedirectHandling();
        builder.disableCookieManagement();
        builder.disableAuthCaching();
    }

    /** As many as can be in use: the senders, the reader that sends when they are busy, a listing. */
    static int connections(Settings.Api api) {
        return api.inFlight() + 4;
    }
}
