package org.catalogdrop.scenario;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An HTTP proxy on loopback that knows CONNECT alone, and leads every host to one port of this machine. */
public final class ConnectProxy implements AutoCloseable {

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int target;
    private final String answer;
    private volatile String authorization;
    private volatile boolean closesAfterRefusal;
    private final List<String> heads = new CopyOnWriteArrayList<>();

    /**
     * @param target the port connections go to
     * @param refusal the status line it answers with to those without the authorization
     * @param authorization what the header Proxy-Authorization must say; empty if anybody may pass; "-" if nobody may
     */
    public ConnectProxy(int target, String refusal, String authorization) throws IOException {
        this.target = target;
        this.answer = refusal;
        this.authorization = authorization;
        run(this::accept);
    }

    public int port() {
        return server.getLocalPort();
    }

    /** From here on it closes the connection after a refusal, without the header that says so. */
    public void closeAfterRefusal() {
        closesAfterRefusal = true;
    }

    public void admitAll() {
        authorization = "";
    }

    /** The heads of all requests so far. */
    public List<String> heads() {
        return heads;
    }

    interface Task {
        void run() throws IOException;
    }

    static void run(Task task) {
        Thread thread = new Thread(() -> {
            try {
                task.run();
            } catch (SocketException closed) {
                // The other side, or the test, is done.
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = server.accept();
            run(() -> serve(client));
        }
    }

    private void serve(Socket client) throws IOException {
        BufferedReader reader =
                new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1), 1);
        while (true) {
            StringBuilder head = new StringBuilder();
            for (String line = reader.readLine(); line != null && !line.isEmpty(); line = reader.readLine()) {
                head.append(line).append('\n');
            }
            if (head.isEmpty()) {
                client.close();
                return;
            }
            heads.add(head.toString());
            OutputStream out = client.getOutputStream();
            if (!authorization.isEmpty() && !head.toString().contains("Proxy-Authorization: " + authorization)) {
                out.write(("HTTP/1.1 " + answer
                                + "\r\nProxy-Authenticate: Basic realm=\"p\"\r\nContent-Length: 4\r\n\r\nnope")
                        .getBytes(StandardCharsets.ISO_8859_1));
                if (closesAfterRefusal) {
                    client.close();
                    return;
                }
                continue;
            }
            Socket upstream = new Socket(InetAddress.getLoopbackAddress(), target);
            out.write("HTTP/1.1 200 Connected\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
            run(() -> pipe(upstream.getInputStream(), client));
            pipe(client.getInputStream(), upstream);
            return;
        }
    }

    static void pipe(InputStream in, Socket to) throws IOException {
        try (to) {
            in.transferTo(to.getOutputStream());
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
