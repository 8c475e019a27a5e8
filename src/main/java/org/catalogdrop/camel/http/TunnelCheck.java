package org.catalogdrop.camel.http;

import java.io.IOException;
import java.net.ConnectException;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.catalogdrop.config.ProxyAddress;

/**
 * Prevents a proxy's refusal of CONNECT from being taken for an answer of the API. Apache's client hands it on as the response, and a 403
 * of the proxy would count as a block of the account. In this case the request itself was not sent. Safe for many threads.
 */
final class TunnelCheck {

    private static final String REACHED = "catalog-drop.reached";

    private final ProxyAddress proxy;

    TunnelCheck(ProxyAddress proxy) {
        this.proxy = proxy;
    }

    /** Runs before the tunnel is made. Throws if the answer came although the request was not sent. */
    ExecChainHandler beforeTunnel() {
        return (request, scope, chain) -> {
            scope.clientContext.removeAttribute(REACHED);
            ClassicHttpResponse response = chain.proceed(request, scope);
            if (scope.clientContext.getAttribute(REACHED) == null) {
                int status = response.getCode();
                response.close();
                scope.execRuntime.discardEndpoint();
                throw new ConnectException("the proxy " + proxy + " answered " + status + " and did not connect to "
                        + request.getAuthority() + ". " + advice(status));
            }
            return response;
        };
    }

    private static String advice(int status) {
        return status == 407
                ? "It needs a user and password. Set kommo.proxy=http://USER:PASSWORD@HOST:PORT."
                : "Ask its administrator to allow this address, or set another kommo.proxy.";
    }

    /** Runs when the request itself is about to be sent. */
    ExecChainHandler afterTunnel() {
        return TunnelCheck::markReached;
    }

    private static ClassicHttpResponse markReached(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        scope.clientContext.setAttribute(REACHED, true);
        return chain.proceed(request, scope);
    }
}
