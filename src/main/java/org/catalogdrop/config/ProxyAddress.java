package org.catalogdrop.config;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The HTTP proxy through which the API is reached, by CONNECT. Credentials are sent as Basic authentication.
 *
 * @param user empty if the proxy asks for none
 * @param password empty if the proxy asks for none; never shown
 */
public record ProxyAddress(String host, int port, String user, String password) {

    /** The word for "no proxy, whatever the environment has". */
    static final String NONE = "none";

    private static final String ALLOWED = "http://HOST:PORT, http://USER:PASSWORD@HOST:PORT, or none";
    private static final List<String> VARIABLES = List.of("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY");
    private static final List<String> EXCEPTIONS = List.of("no_proxy", "NO_PROXY");

    /**
     * Finds the proxy for a host: {@code kommo.proxy}, else Java's {@code -Dhttps.proxyHost}, else {@code HTTPS_PROXY}. The last two
     * respect {@code -Dhttp.nonProxyHosts} and {@code NO_PROXY}.
     *
     * @param setting the text of {@code kommo.proxy}
     * @param target the API's host
     * @param faults gets a sentence about a wrong address, without its password
     */
    public static Optional<ProxyAddress> find(
            Optional<String> setting,
            String target,
            Properties system,
            Map<String, String> environment,
            Consumer<String> faults) {
        if (setting.isPresent()) {
            return setting.get().equals(NONE) ? Optional.empty() : parse("kommo.proxy", setting.get(), faults);
        }
        String host = system.getProperty("https.proxyHost", "").strip();
        if (!host.isEmpty()) {
            String port = system.getProperty("https.proxyPort", "443").strip();
            return isExcepted(system.getProperty("http.nonProxyHosts", ""), target)
                    ? Optional.empty()
                    : parse("https.proxyHost", host + ":" + port, faults);
        }
        Optional<String> variable = first(VARIABLES, environment);
        if (variable.isEmpty() || isBypassed(first(EXCEPTIONS, environment).orElse(""), target)) {
            return Optional.empty();
        }
        return parse("HTTPS_PROXY", variable.get(), faults);
    }

    private static Optional<String> first(List<String> names, Map<String, String> environment) {
        return names.stream()
                .map(name -> environment.getOrDefault(name, "").strip())
                .filter(text -> !text.isEmpty())
                .findFirst();
    }

    /** Returns whether a host matches Java's list: names separated by bars, with asterisks. */
    private static boolean isExcepted(String list, String target) {
        return Arrays.stream(list.split("\\|"))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .map(name ->
                        Stream.of(name.split("\\*", -1)).map(Pattern::quote).toList())
                .anyMatch(parts -> target.toLowerCase(Locale.ROOT).matches("(?i)" + String.join(".*", parts)));
    }

    /**
     * Returns whether a host matches the list of {@code NO_PROXY}: names separated by commas, each for itself and all names below it; an
     * asterisk for all.
     */
    private static boolean isBypassed(String list, String target) {
        String host = target.toLowerCase(Locale.ROOT);
        return Arrays.stream(list.toLowerCase(Locale.ROOT).split("[,\\s]+"))
                .map(name -> name.replaceFirst(":\\d+$", "").replaceFirst("^\\*?\\.", ""))
                .filter(name -> !name.isEmpty())
                .anyMatch(name -> name.equals("*") || host.equals(name) || host.endsWith("." + name));
    }

    private static Optional<ProxyAddress> parse(String source, String text, Consumer<String> faults) {
        try {
            URI uri = URI.create(text.contains("://") ? text : "http://" + text);
            String[] user = Optional.ofNullable(uri.getUserInfo()).orElse("").split(":", 2);
            String path = Optional.ofNullable(uri.getRawPath()).orElse("");
            if ("http".equals(uri.getScheme())
                    && uri.getHost() != null
                    && uri.getPort() > 0
                    && (path.isEmpty() || path.equals("/"))) {
                return Optional.of(
                        new ProxyAddress(uri.getHost(), uri.getPort(), user[0], user.length > 1 ? user[1] : ""));
            }
        } catch (IllegalArgumentException unreadable) {
            // Reported below without the text, because it may have a password.
        }
        faults.accept(
                source + " = '" + text.replaceFirst("//[^/]*@", "//(user)@").replaceFirst("^[^/]*@", "(user)@")
                        + "': expected " + ALLOWED);
        return Optional.empty();
    }

    /** Returns host and port, without credentials. */
    @Override
    public String toString() {
        return host + ":" + port;
    }
}
