package org.catalogdrop.page;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.catalogdrop.camel.Management;
import org.catalogdrop.scenario.Loading;

/** A running loader with its page, and a browser without scripts that a test can make do what no browser would. */
public final class OpenPage implements AutoCloseable {

    private static final Pattern TOKEN = Pattern.compile("<meta name=\"csrf\" content=\"([^\"]+)\">");

    private final Loading loading;
    private final Management management;
    private final int port;
    private String cookie = "";
    private String token = "";

    /** What the server answered. */
    public record Answer(int status, Map<String, String> headers, String body) {

        public String header(String name) {
            return headers.getOrDefault(name.toLowerCase(java.util.Locale.ROOT), "");
        }
    }

    private OpenPage(Loading loading, int port) {
        this.loading = loading;
        this.port = port;
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        this.management = Management.open(
                        loading.context(),
                        loading.drop().vitals(),
                        address,
                        loading.drop().page(address))
                .orElseThrow();
    }

    /** Opens the page of a loader that was started with {@code drop.page=true}. */
    public static OpenPage of(Loading loading) throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        return new OpenPage(loading, port);
    }

    /** The loader without a watched inbox. */
    public static OpenPage start(Path home, String... settings) throws Exception {
        List<String> all = new ArrayList<>(List.of(settings));
        all.add("drop.page=true");
        return of(Loading.start(home, all.toArray(String[]::new)));
    }

    public Loading loading() {
        return loading;
    }

    public int port() {
        return port;
    }

    public String address() {
        return "http://127.0.0.1:" + port;
    }

    public String token() {
        return token;
    }

    public String cookie() {
        return cookie;
    }

    /** Forgets the cookie, as another browser that comes for the first time. */
    public void forgetCookie() {
        cookie = "";
        token = "";
    }

    /** Gets a page as a browser does, and remembers its cookie and token. */
    public Answer get(String path) throws IOException {
        Answer answer = send("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nAccept: text/html\r\n"
                + cookieLine() + "Connection: close\r\n\r\n");
        remember(answer);
        return answer;
    }

    /** Sends a form as a browser does. */
    public Answer post(String path, Map<String, String> values) throws IOException {
        Map<String, String> form = new LinkedHashMap<>(values);
        form.putIfAbsent("csrf", token);
        return post(path, encode(form), "Origin: " + address() + "\r\n");
    }

    private static String encode(Map<String, String> form) {
        List<String> pairs = new ArrayList<>();
        form.forEach((name, value) -> pairs.add(URLEncoder.encode(name, StandardCharsets.UTF_8) + "="
                + URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return String.join("&", pairs);
    }

    /** Sends a form with other headers. */
    public Answer post(String path, String body, String headers) throws IOException {
        Answer answer = send("POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n" + cookieLine()
                + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: "
                + body.getBytes(StandardCharsets.UTF_8).length + "\r\nConnection: close\r\n" + headers + "\r\n" + body);
        remember(answer);
        return answer;
    }

    /** Returns the values that a browser would send of the form with an id. */
    public static Map<String, String> form(String html, String id) {
        String form = html.substring(html.indexOf("id=\"" + id + "\""));
        form = form.substring(0, form.indexOf("</form>"));
        Map<String, String> values = new LinkedHashMap<>();
        Matcher input = Pattern.compile("<input((?:[^>\"]|\"[^\"]*\")*)>").matcher(form);
        while (input.find()) {
            String tag = input.group(1);
            if (!tag.contains("type=\"checkbox\"") || tag.contains(" checked")) {
                values.put(attribute(tag, "name"), attribute(tag, "value"));
            }
        }
        Matcher area = Pattern.compile("(?s)<textarea((?:[^>\"]|\"[^\"]*\")*)>\n(.*?)</textarea>")
                .matcher(form);
        while (area.find()) {
            values.put(attribute(area.group(1), "name"), unescaped(area.group(2)));
        }
        Matcher select = Pattern.compile("(?s)<select((?:[^>\"]|\"[^\"]*\")*)>(.*?)</select>")
                .matcher(form);
        while (select.find()) {
            Matcher option = Pattern.compile("<option((?:[^>\"]|\"[^\"]*\")* selected(?:[^>\"]|\"[^\"]*\")*)>")
                    .matcher(select.group(2));
            values.put(attribute(select.group(1), "name"), option.find() ? attribute(option.group(1), "value") : "");
        }
        return values;
    }

    private static String attribute(String tag, String name) {
        Matcher found = Pattern.compile("\\b" + name + "=\"([^\"]*)\"").matcher(tag);
        return found.find() ? unescaped(found.group(1)) : "";
    }

    private static String unescaped(String text) {
        return text.replace("&#34;", "\"")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&#39;", "'")
                .replace("&amp;", "&");
    }

    private String cookieLine() {
        return cookie.isEmpty() ? "" : "Cookie: other=1; " + cookie + "\r\n";
    }

    private void remember(Answer answer) {
        String set = answer.header("Set-Cookie");
        if (!set.isEmpty()) {
            cookie = set.replaceFirst(";.*", "");
        }
        Matcher found = TOKEN.matcher(answer.body());
        if (found.find()) {
            token = found.group(1);
        }
    }

    /** Sends these bytes and reads what comes until the server closes. It may do so before it has read all of them. */
    public Answer send(String request) throws IOException {
        ByteArrayOutputStream got = new ByteArrayOutputStream();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(5000);
            try {
                socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            } catch (SocketException closed) {
                // The answer is there.
            }
            try {
                socket.getInputStream().transferTo(got);
            } catch (SocketException reset) {
                if (got.size() == 0) {
                    throw reset;
                }
            }
            return read(got.toString(StandardCharsets.UTF_8));
        }
    }

    private static Answer read(String text) {
        String[] parts = text.split("\r\n\r\n", 2);
        String[] lines = parts[0].split("\r\n", -1);
        Map<String, String> headers = new LinkedHashMap<>();
        for (int i = 1; i < lines.length; i++) {
            String[] pair = lines[i].split(": ?", 2);
            headers.merge(pair[0].toLowerCase(java.util.Locale.ROOT), pair[1], (a, b) -> a + ", " + b);
        }
        return new Answer(Integer.parseInt(lines[0].split(" ", -1)[1]), headers, parts.length < 2 ? "" : parts[1]);
    }

    @Override
    public void close() throws IOException {
        management.close();
        loading.close();
    }
}
