package org.catalogdrop.camel.http;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.auth.AuthExchange;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.client5.http.impl.auth.BasicScheme;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.HttpConnection;
import org.apache.hc.core5.http.HttpEntityContainer;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.DefaultConnectionReuseStrategy;
import org.apache.hc.core5.http.impl.Http1StreamListener;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.catalogdrop.config.ProxyAddress;
import org.catalogdrop.config.Settings;
import org.catalogdrop.kommo.throttle.RateLimiter;

/**
 * Makes the HTTP client safe for writes. It never sends a request again by itself (Apache's client would, on 429 and 503), follows no
 * redirects, keeps no cookies, and waits for nothing without a limit. A host's own HTTP settings do not affect it.
 */
public final class HttpClient implements HttpClientConfigurer {

    /**
     * Limits on headers. No answer of the API has nearly as many or as long ones; endless headers would take all memory before the
     * time-out.
     */
    private static final Http1Config HEADERS = Http1Config.custom()
            .setMaxLineLength(32 << 10)
            .setMaxHeaderCount(200)
            .build();

    private final Settings.Api api;
    private final RateLimiter pace;
    private final Runnable requireOwner;

    /** @param requireOwner throws if nothing may be sent, because another process may own the journal */
    public HttpClient(Settings.Api api, RateLimiter pace, Runnable requireOwner) {
        this.api = api;
        this.pace = pace;
        this.requireOwner = requireOwner;
    }

    @Override
    public void configureHttpClient(HttpClientBuilder builder) {
        Timeout connect = Timeout.of(api.connectTimeout());
        Timeout response = Timeout.of(api.responseTimeout());
        int connections = connections(api);
        PoolingHttpClientConnectionManagerBuilder pool = PoolingHttpClientConnectionManagerBuilder.create();
        api.connection().trust().ifPresent(trust -> pool.setTlsSocketStrategy(new DefaultClientTlsStrategy(trust)));
        api.connection().proxy().ifPresent(proxy -> reachThrough(proxy, builder));
        builder.setConnectionManager(pool.setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .http1Config(HEADERS)
                        .build())
                .setDefaultSocketConfig(SocketConfig.custom()
                        .setSoTimeout(response)
                        // A connection is cut off when it is closed: the kernel sends nothing later, not even for a
                        // killed process.
                        .setSoLinger(TimeValue.ZERO_MILLISECONDS)
                        .build())
                .setMaxConnTotal(connections)
                .setMaxConnPerRoute(connections)
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(connect)
                        .setSocketTimeout(response)
                        // A connection that the server has closed meanwhile would leave a whole chunk in doubt.
                        .setValidateAfterInactivity(TimeValue.ofMilliseconds(500))
                        .setTimeToLive(TimeValue.ofMinutes(5))
                        .build())
                .build());
        builder.setDefaultRequestConfig(RequestConfig.custom()
                .setConnectionRequestTimeout(Timeout.of(5, TimeUnit.MINUTES))
                .setResponseTimeout(response)
                .build());
        builder.addExecInterceptorLast("deadline", new Deadline(api.responseTimeout()));
        // After the connection is there, which may take a while: nothing is between this and the request.
        builder.addExecInterceptorLast("owner", (request, scope, chain) -> {
            requireOwner.run();
            return chain.proceed(request, scope);
        });
        builder.addRequestInterceptorLast((request, entity, context) -> departsWithItsBody(request));
        builder.setRequestExecutor(
                new HttpRequestExecutor(Http1Config.DEFAULT, DefaultConnectionReuseStrategy.INSTANCE, departures()));
        builder.disableContentCompression();
        builder.disableAutomaticRetries();
        builder.disableRedirectHandling();
        builder.disableCookieManagement();
        builder.disableAuthCaching();
    }

    static void reachThrough(ProxyAddress proxy, HttpClientBuilder builder) {
        HttpHost host = new HttpHost("http", proxy.host(), proxy.port());
        builder.setProxy(host);
        TunnelCheck check = new TunnelCheck(proxy);
        builder.addExecInterceptorFirst("before-tunnel", check.beforeTunnel());
        builder.addExecInterceptorLast("after-tunnel", check.afterTunnel());
        if (!proxy.user().isEmpty()) {
            UsernamePasswordCredentials user = new UsernamePasswordCredentials(
                    proxy.user(), proxy.password().toCharArray());
            BasicCredentialsProvider credentials = new BasicCredentialsProvider();
            credentials.setCredentials(new AuthScope(host), user);
            builder.setDefaultCredentialsProvider(credentials);
            builder.addExecInterceptorFirst("proxy-user", (request, scope, chain) -> {
                scope.clientContext.setAuthExchange(host, preemptive(user));
                return chain.proceed(request, scope);
            });
        }
    }

    /** Sends the password with the first CONNECT. Some proxies close the connection on which they ask for it, without saying so. */
    private static AuthExchange preemptive(UsernamePasswordCredentials user) {
        BasicScheme basic = new BasicScheme();
        basic.initPreemptive(user);
        AuthExchange exchange = new AuthExchange();
        exchange.select(basic);
        return exchange;
    }

    /** Sends the head of a request together with the last of its body. */
    private void departsWithItsBody(HttpRequest request) {
        if (request instanceof HttpEntityContainer container && container.getEntity() != null) {
            container.setEntity(new HttpEntityWrapper(container.getEntity()) {
                @Override
                public void writeTo(OutputStream out) throws IOException {
                    super.writeTo(out);
                    pace.requestSent(kind(request) + " " + magnitude(getContentLength()));
                }
            });
        }
    }

    /** Returns the kind of a request. Requests of one kind take the server about the same time. */
    private static String kind(HttpRequest request) {
        String path = request.getRequestUri();
        int query = path.indexOf('?');
        return request.getMethod() + " " + (query < 0 ? path : path.substring(0, query));
    }

    private static int magnitude(long bytes) {
        return Long.SIZE - Long.numberOfLeadingZeros(Math.max(0, bytes));
    }

    /**
     * Listens for the moment when a request has left and when its answer begins. The rate limit counts arrivals, and the arrival lies
     * between these two moments. Making a new connection may take some time before.
     */
    private Http1StreamListener departures() {
        return new Http1StreamListener() {
            @Override
            public void onRequestHead(HttpConnection connection, HttpRequest request) {
                pace.requestSent(kind(request));
            }

            @Override
            public void onResponseHead(HttpConnection connection, HttpResponse response) {
                pace.answered();
            }

            @Override
            public void onExchangeComplete(HttpConnection connection, boolean keepAlive) {}
        };
    }

    /**
     * Returns how many connections can be in use at once: one for each sender, one for the thread that sends when all senders are busy,
     * one for a read of a list.
     */
    public static int connections(Settings.Api api) {
        return api.mostInFlight() + 4;
    }
}
