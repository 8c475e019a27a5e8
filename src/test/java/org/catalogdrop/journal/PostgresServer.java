package org.catalogdrop.journal;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.catalogdrop.journal.store.JournalPlace;

/** A PostgreSQL server with an empty cluster, on loopback. Its programs come from Maven, so it runs everywhere. */
public final class PostgresServer implements AutoCloseable {

    private final Path data;
    private final Map<String, String> options;
    private EmbeddedPostgres server;
    private final int port;

    /** @param data the folder of its data; must not exist */
    public PostgresServer(Path data) throws IOException {
        this(data, Map.of());
    }

    /**
     * @param data the folder of its data; must not exist
     * @param options of the server; without them it waits for no disk
     */
    public PostgresServer(Path data, Map<String, String> options) throws IOException {
        this.data = data;
        this.options = options;
        server = start(0);
        port = server.getPort();
    }

    private EmbeddedPostgres start(int at) throws IOException {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder();
        options.forEach(builder::setServerConfig);
        return builder.setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setPort(at)
                .setServerConfig("max_connections", "100")
                .setPGStartupWait(Duration.ofSeconds(60))
                .start();
    }

    /** Stops it as a crash does for its clients: their connections end. */
    public void stop() throws IOException {
        server.close();
    }

    /** Kills the server with SIGKILL; waits until all its processes have gone. */
    public void kill() throws IOException, InterruptedException {
        ProcessHandle postmaster = ProcessHandle.of(Long.parseLong(
                        Files.readAllLines(data.resolve("postmaster.pid")).get(0)))
                .orElseThrow();
        List<ProcessHandle> children = postmaster.children().toList();
        postmaster.destroyForcibly();
        for (ProcessHandle child : children) {
            // They end by themselves when they notice; a machine that is gone takes them with it.
            child.destroyForcibly();
        }
        for (ProcessHandle child : children) {
            while (child.isAlive()) {
                TimeUnit.MILLISECONDS.sleep(10);
            }
        }
        server.close();
    }

    /** Starts it again, with what it had. */
    public void restart() throws IOException {
        server = start(port);
    }

    public String url() {
        return urlAt(port);
    }

    /** Returns its address through another port of loopback. */
    public String urlAt(int otherPort) {
        return "jdbc:postgresql://127.0.0.1:" + otherPort + "/postgres";
    }

    public int port() {
        return port;
    }

    /** Returns the place of a journal in a schema of its own. */
    public JournalPlace.Postgres place(Path state, String schema) {
        return new JournalPlace.Postgres(
                state,
                url(),
                "postgres",
                "",
                schema,
                "example.kommo.com",
                Duration.ofSeconds(2),
                Duration.ofMillis(500));
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
