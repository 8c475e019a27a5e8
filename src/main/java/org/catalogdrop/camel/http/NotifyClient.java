package org.catalogdrop.camel.http;

import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.util.Timeout;
import org.catalogdrop.config.ProxyAddress;

/** Makes the HTTP client that posts to {@code drop.notify}: short time-outs, no redirects, cookies or retries of its own. */
public final class NotifyClient implements HttpClientConfigurer {

    private static final Duration MOST = Duration.ofSeconds(5);

    private final Optional<SSLContext> trust;
    private final Optional<ProxyAddress> proxy;

    public NotifyClient(Optional<SSLContext> trust, Optional<ProxyAddress> proxy) {
        this.trust = trust;
        this.proxy = proxy;
    }

    @Override
    public void configureHttpClient(HttpClientBuilder builder) {
        Timeout most = Timeout.of(MOST);
        PoolingHttpClientConnectionManagerBuilder pool = PoolingHttpClientConnectionManagerBuilder.create();
        trust.ifPresent(known -> pool.setTlsSocketStrategy(new DefaultClientTlsStrategy(known)));
        proxy.ifPresent(address -> HttpClient.reachThrough(address, builder));
        builder.setConnectionManager(pool.setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(most)
                        .setSocketTimeout(most)
                        .build())
                .build());
        builder.setDefaultRequestConfig(RequestConfig.custom()
                .setConnectionRequestTimeout(most)
                .setResponseTimeout(most)
                .build());
        builder.addExecInterceptorLast("deadline", new Deadline(MOST));
        builder.disableAutomaticRetries();
        builder.disableRedirectHandling();
        builder.disableCookieManagement();
        builder.disableAuthCaching();
    }
}
