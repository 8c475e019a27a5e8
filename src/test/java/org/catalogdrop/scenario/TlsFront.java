package org.catalogdrop.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/** Speaks TLS on loopback in front of a port that does not, with a certificate made by itself. */
public final class TlsFront implements AutoCloseable {

    public static final String HOST = "shop.kommo.test";

    private final Path folder;
    private final SSLServerSocket server;

    public TlsFront(Path folder, int target) throws IOException, GeneralSecurityException, InterruptedException {
        this.folder = folder;
        keytool("-genkeypair", "-alias", "a", "-keyalg", "EC", "-dname", "CN=" + HOST, "-ext", "SAN=dns:" + HOST);
        keytool("-exportcert", "-alias", "a", "-rfc", "-file", pem().toString());
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(KeyStore.getInstance(keyStore().toFile(), "changeit".toCharArray()), "changeit".toCharArray());
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(keys.getKeyManagers(), null, null);
        server = (SSLServerSocket)
                tls.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        ConnectProxy.run(() -> {
            while (true) {
                Socket client = server.accept();
                Socket upstream = new Socket(InetAddress.getLoopbackAddress(), target);
                ConnectProxy.run(() -> ConnectProxy.pipe(upstream.getInputStream(), client));
                ConnectProxy.run(() -> ConnectProxy.pipe(client.getInputStream(), upstream));
            }
        });
    }

    private void keytool(String... arguments) throws IOException, InterruptedException {
        String[] line = new String[arguments.length + 7];
        System.arraycopy(
                new String[] {
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                    arguments[0],
                    "-keystore",
                    keyStore().toString(),
                    "-storepass",
                    "changeit",
                    "-noprompt"
                },
                0,
                line,
                0,
                7);
        System.arraycopy(arguments, 1, line, 7, arguments.length - 1);
        Process process = new ProcessBuilder(java.util.Arrays.copyOf(line, 6 + arguments.length))
                .inheritIO()
                .start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES) && process.exitValue() == 0)
                .isTrue();
    }

    public int port() {
        return server.getLocalPort();
    }

    public Path pem() {
        return folder.resolve("ca.pem");
    }

    public Path keyStore() {
        return folder.resolve("ca.p12");
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
