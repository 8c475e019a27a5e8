package org.catalogdrop.journal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A PostgreSQL server of the machine with an empty cluster, on loopback. It refuses to be run by root; then it is run by
 * {@code nobody}.
 */
final class InstalledPostgres implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 30;

    private final Path programs;
    private final Path folder;
    private final boolean root = System.getProperty("user.name").equals("root");
    private final int port = freePort();
    private final Process server;

    /** @param programs where {@code initdb} and {@code postgres} are */
    InstalledPostgres(Path programs) throws IOException, InterruptedException {
        this.programs = programs;
        folder = Files.createTempDirectory("catalog-drop-postgres");
        if (root) {
            Files.setOwner(
                    folder,
                    folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
        }
        Path data = folder.resolve("data");
        Process init = start("initdb", "-D", data.toString(), "-U", "journal", "-A", "trust", "-E", "UTF8", "-N");
        if (!init.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || init.exitValue() != 0) {
            String log = log("initdb");
            init.destroyForcibly().waitFor();
            delete();
            throw new IOException("initdb failed: " + log);
        }
        server = start(
                "postgres",
                "-D",
                data.toString(),
                "-p",
                Integer.toString(port),
                "-F",
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "unix_socket_directories=" + folder);
        awaitAnswer();
    }

    /** The newest there is. */
    static Optional<Path> programs() throws IOException {
        List<Path> found = new ArrayList<>();
        Path debian = Path.of("/usr/lib/postgresql");
        if (Files.isDirectory(debian)) {
            try (Stream<Path> versions = Files.list(debian)) {
                versions.map(version -> version.resolve("bin")).forEach(found::add);
            }
        }
        found.sort(Comparator.reverseOrder());
        for (String folder : System.getenv("PATH").split(":", -1)) {
            found.add(Path.of(folder));
        }
        return found.stream()
                .filter(folder ->
                        Files.isExecutable(folder.resolve("initdb")) && Files.isExecutable(folder.resolve("postgres")))
                .findFirst();
    }

    private Process start(String program, String... arguments) throws IOException {
        List<String> line = new ArrayList<>();
        if (root) {
            line.addAll(List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"));
        }
        line.add(programs.resolve(program).toString());
        line.addAll(List.of(arguments));
        return new ProcessBuilder(line)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(program + ".log").toFile())
                .start();
    }

    private void awaitAnswer() throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        boolean answers = false;
        while (!answers) {
            try (Connection connection = connect()) {
                answers = connection.isValid(1);
            } catch (SQLException notYet) {
                if (System.nanoTime() > end || server.waitFor(20, TimeUnit.MILLISECONDS)) {
                    String log = log("postgres");
                    close();
                    throw new IOException("the server does not answer: " + log, notYet);
                }
            }
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(url(), "journal", "");
    }

    String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    private String log(String program) throws IOException {
        return Files.readString(folder.resolve(program + ".log"));
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException fault) {
            throw new java.io.UncheckedIOException(fault);
        }
    }

    @Override
    public void close() throws IOException {
        server.destroy();
        try {
            if (!server.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                server.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        delete();
    }

    private void delete() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
