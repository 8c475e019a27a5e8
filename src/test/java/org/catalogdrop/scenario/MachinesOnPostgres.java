package org.catalogdrop.scenario;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.catalogdrop.journal.PostgresServer;
import org.catalogdrop.sandbox.Sandbox;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Packaged programs on several machines: they share a PostgreSQL server and all folders, and each has a state folder of its own. */
abstract class MachinesOnPostgres {

    @TempDir
    static Path servers;

    static PostgresServer server;

    @TempDir
    Path temp;

    Sandbox sandbox;

    @BeforeAll
    static void serve() throws IOException {
        server = new PostgresServer(servers.resolve("data"));
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @BeforeEach
    void begin() throws IOException {
        sandbox = Sandbox.start(Loading.sandboxSettings());
    }

    @AfterEach
    void end() {
        sandbox.close();
    }

    /** Returns the folder that all machines share. */
    Path home() throws IOException {
        return Files.createDirectories(temp.resolve("shared"));
    }

    /** Returns the settings of the program on one of the machines. */
    Map<String, String> settings(String machine) throws IOException {
        Map<String, String> settings = Loading.settings(home(), sandbox.baseUrl());
        settings.put("drop.state", temp.resolve("state-" + machine).toString());
        settings.put("drop.journal", server.url());
        settings.put("drop.journal-user", "postgres");
        return settings;
    }
}
