package org.catalogdrop.app;

import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * The page on which the account's administrator lets an integration in, and what the browser is led to afterwards.
 *
 * @param baseUrl the account
 * @param clientId the integration
 * @param state goes there and must come back
 */
record Authorization(String baseUrl, String clientId, String state) {

    /** {@code https://www.kommo.com/oauth}, as the vendor's step-by-step example has it; on loopback the sandbox's own. */
    String page() {
        URI account = URI.create(baseUrl);
        String[] labels = account.getHost().split("\\.");
        boolean https = "https".equals(account.getScheme()) && labels.length > 2;
        String site = https ? "https://www." + labels[labels.length - 2] + "." + labels[labels.length - 1] : baseUrl;
        return site + "/oauth?client_id=" + URLEncoder.encode(clientId, StandardCharsets.UTF_8) + "&state=" + state
                + "&mode=post_message";
    }

    /**
     * The code in what was given: the code itself, or the whole address the browser was led to.
     *
     * @return empty if there is none, or it is the answer to another question or of another account
     */
    Optional<String> code(String given) {
        if (!given.contains("?")) {
            return Optional.of(given).filter(code -> !code.isEmpty() && AccessReader.isPrintable(code));
        }
        String query = given.substring(given.indexOf('?') + 1).replaceFirst("#.*", "");
        boolean ours = parameter(query, "state").map(state::equals).orElse(true)
                && parameter(query, "referer")
                        .map(host -> host.equals(URI.create(baseUrl).getAuthority()))
                        .orElse(true);
        return parameter(query, "code").filter(code -> ours && !code.isEmpty() && AccessReader.isPrintable(code));
    }

    private static Optional<String> parameter(String query, String name) {
        return Arrays.stream(query.split("&"))
                .filter(pair -> pair.startsWith(name + "="))
                .map(pair -> URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8))
                .findFirst();
    }
}
