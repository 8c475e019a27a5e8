package org.catalogdrop.journal;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.catalogdrop.journal.store.JournalPlace;

/** A PostgreSQL server with an empty cluster, on loopback. Its programs come from Maven, so it runs everywhere. */
public final class PostgresServer implements AutoCloseable {

    private final Path data;
    private EmbeddedPostgres server;
    private final int port;

    /** @param data the folder of its data; must not exist */
    public PostgresServer(Path data) throws IOException {
        this.data = data;
        server = start(0);
        port = server.getPort();
    }

    private EmbeddedPostgres start(int at) throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(data)
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

    /** Starts it again, with what it had. */
    public void restart() throws IOException {
        server = start(port);
    }

    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
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
