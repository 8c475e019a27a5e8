package org.catalogdrop.kommo.auth;

import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.catalogdrop.kommo.Secret;
import org.catalogdrop.model.SafeText;

/**
 * The page on which the account's administrator authorizes an integration, and the address to which the browser is redirected afterwards.
 *
 * @param baseUrl the account
 * @param clientId the integration
 * @param state a random text that the redirect must return
 */
public record Authorization(String baseUrl, String clientId, String state) {

    private static final String EXPECTED = ": expected the code, or the whole address the browser was led to";

    /** The input of a person. */
    public sealed interface Given {

        record Code(Secret code) implements Given {}

        /** @param why what is wrong with it, and what to do */
        record Wrong(String why) implements Given {}
    }

    /**
     * Returns the address of the page: {@code https://www.kommo.com/oauth}, as in the vendor's step-by-step example; on loopback that of
     * the sandbox.
     */
    public String page() {
        URI account = URI.create(baseUrl);
        String[] labels = account.getHost().split("\\.", -1);
        boolean https = "https".equals(account.getScheme()) && labels.length > 2;
        String site = https ? "https://www." + labels[labels.length - 2] + "." + labels[labels.length - 1] : baseUrl;
        return site + "/oauth?client_id=" + URLEncoder.encode(clientId, StandardCharsets.UTF_8) + "&state=" + state
                + "&mode=post_message";
    }

    /** Returns the code in the input: the code itself, or the whole address of the redirect. */
    public Given answer(String given) {
        Optional<String> other = parameter(given, "state").filter(came -> !came.equals(state));
        if (other.isPresent()) {
            return new Given.Wrong(
                    "the address belongs to another login: it does not have the state of this one. Open the page that"
                            + " this login shows, agree there, and give the address it leads to. Or give only the text after code= in"
                            + " the address you have, if you agreed less than 20 minutes ago");
        }
        return code(given);
    }

    /** Returns the code if the person agreed on a page that is not ours. */
    public Given code(String given) {
        boolean address = given.contains("?") || given.contains("://");
        Optional<String> refused = parameter(given, "error");
        Optional<String> account = parameter(given, "referer");
        String code = address ? parameter(given, "code").orElse("") : given;
        if (refused.isPresent()) {
            return new Given.Wrong("the address has no authorization code, it says " + SafeText.of(refused.get())
                    + ": open the page again, as the account's administrator, and agree there");
        }
        if (account.isPresent() && !account.get().equals(URI.create(baseUrl).getAuthority())) {
            return new Given.Wrong("the address is of account " + SafeText.of(account.get())
                    + ", but kommo.base-url is " + baseUrl + ": agree for that account, or correct kommo.base-url");
        }
        if (address && code.contains("%")) {
            return new Given.Wrong(
                    "the address has a % that is not part of an escape such as %2F, so it may be truncated. Copy the whole address");
        }
        return code.isEmpty() || !Secret.isPrintable(code)
                ? new Given.Wrong("no authorization code of " + baseUrl + " was given" + EXPECTED)
                : new Given.Code(new Secret(code));
    }

    /** Returns a parameter of an address; empty if it has none of this name. */
    private static Optional<String> parameter(String given, String name) {
        String query = given.substring(given.indexOf('?') + 1).replaceFirst("#.*", "");
        return Arrays.stream(given.contains("?") ? query.split("&") : new String[0])
                .filter(pair -> pair.startsWith(name + "="))
                .map(pair -> decoded(pair.substring(name.length() + 1)))
                .filter(value -> !value.isEmpty())
                .findFirst();
    }

    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException cut) {
            return value;
        }
    }
}
