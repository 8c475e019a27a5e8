package org.catalogdrop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The network stands still in the middle of a request, the process is killed, and the network goes on. */
@Timeout(60)
class LateBytesTest {

    /** More than the server's kernel takes of it, and less than ours does. */
    private static final int NAME = 30_000;

    @TempDir
    Path home;

    @Test
    void given_request_half_delivered_when_the_process_is_killed_then_the_kernel_delivers_no_more_of_it()
            throws Exception {
        Files.writeString(home.resolve("a.csv"), "name\n" + "x".repeat(NAME) + "\n");
        try (ServerSocket api = new ServerSocket()) {
            api.setReceiveBufferSize(2048);
            api.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            Process process = load("http://127.0.0.1:" + api.getLocalPort());
            try {
                Optional<Socket> post = Optional.empty();
                while (post.isEmpty()) {
                    post = post(api.accept());
                }
                try (Socket cut = post.get()) {
                    assertThat(cut.getInputStream().read()).isEqualTo('{');
                    process.destroyForcibly().waitFor();
                    assertThat(rest(cut)).isLessThan(NAME);
                }
            } finally {
                process.destroyForcibly();
            }
        }
    }

    private Process load(String url) throws IOException {
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        path,
                        CatalogDropMain.class.getName(),
                        "load",
                        "a.csv"))
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("out.txt").toFile());
        builder.environment()
                .putAll(Map.of(
                        "KOMMO_BASE_URL", url,
                        "KOMMO_ACCESS_TOKEN", "sandbox-token",
                        "KOMMO_CATALOG_ID", "4220"));
        return builder.start();
    }

    /** The connection of a request that writes, of which the head is read; any other request has an answer without content. */
    private static Optional<Socket> post(Socket socket) throws IOException {
        StringBuilder head = new StringBuilder();
        while (true) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                socket.close();
                return Optional.empty();
            }
            head.append((char) next);
            if (head.indexOf("\r\n\r\n") < 0) {
                continue;
            }
            if (head.toString().startsWith("POST")) {
                return Optional.of(socket);
            }
            head.setLength(0);
            socket.getOutputStream()
                    .write("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            socket.close();
            return Optional.empty();
        }
    }

    private static int rest(Socket cut) throws IOException {
        int bytes = 0;
        InputStream body = cut.getInputStream();
        try {
            for (int read = body.readNBytes(1024).length; read > 0; read = body.readNBytes(1024).length) {
                bytes += read;
            }
        } catch (SocketException reset) {
            // Cut off.
        }
        return bytes;
    }
}
