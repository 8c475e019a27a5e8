package org.catalogdrop.page.http;

import com.sun.net.httpserver.Headers;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Refuses requests that another web site has a browser make: by a name that leads to this machine (DNS rebinding), or across origins.
 * Stateless.
 *
 * @param hosts the names under which the page may be reached, besides addresses and localhost
 */
record RequestGuard(List<String> hosts) {

    /** Nobody can have an address lead elsewhere. */
    private static final Pattern ADDRESS = Pattern.compile("(\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9a-f:.]+])(:\\d{1,5})?");

    private static final Pattern PORT = Pattern.compile(":\\d{1,5}$");

    /** @throws BadRequest if the request names a host that is not ours */
    void checkHost(Headers headers) {
        List<String> named = headers.getOrDefault("Host", List.of());
        String host = named.size() == 1 ? named.get(0).toLowerCase(Locale.ROOT) : "";
        String name = PORT.matcher(host).replaceFirst("");
        if (!ADDRESS.matcher(host).matches() && !name.equals("localhost") && !hosts.contains(name)) {
            throw new BadRequest(
                    421,
                    "This page is not served under this name. Use the address that the program shows at its start, or set"
                            + " drop.page-host to the name.");
        }
    }

    /** @throws BadRequest if a write does not come from a page of ours */
    void checkOrigin(Headers headers) {
        String host = headers.getFirst("Host").toLowerCase(Locale.ROOT);
        boolean same = Optional.ofNullable(headers.getFirst("Origin"))
                .map(origin -> isOrigin(origin, host))
                .orElse(false);
        boolean sameSite = Optional.ofNullable(headers.getFirst("Sec-Fetch-Site"))
                .map("same-origin"::equals)
                .orElse(true);
        if (!same || !sameSite) {
            throw new BadRequest(
                    403,
                    "This was not sent by a page of this program (its Origin is not the Host), so nothing was done. Behind a reverse"
                            + " proxy, let it pass on the header Host.");
        }
    }

    private static boolean isOrigin(String origin, String host) {
        try {
            URI uri = URI.create(origin.toLowerCase(Locale.ROOT));
            return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                    && host.equals(uri.getAuthority());
        } catch (IllegalArgumentException odd) {
            return false;
        }
    }
}
