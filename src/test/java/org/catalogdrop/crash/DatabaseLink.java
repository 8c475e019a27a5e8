package org.catalogdrop.crash;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Carries the bytes between one machine and the database, and fails as networks do: connections are cut, nothing arrives any more though the
 * connection is there, everything is slow. Safe for many threads.
 */
final class DatabaseLink implements AutoCloseable {

    /** Which way bytes go. */
    enum Way {
        TO_SERVER,
        TO_MACHINE
    }

    private final ServerSocket door;
    private final int server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    /** What is held until the link is restored. */
    private final Set<Way> silent = ConcurrentHashMap.newKeySet();

    private volatile boolean cut;
    private volatile long delayMillis;

    /** @param server the port of the database */
    DatabaseLink(int server) throws IOException {
        this.server = server;
        door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    /** Ends all connections, and each new one, until it is restored. */
    void cut() {
        cut = true;
        reset();
    }

    /** Holds what comes from now on, until it is restored. Neither side notices. */
    void silence(Set<Way> ways) {
        silent.addAll(ways);
    }

    /** Lets each piece of data wait so long. */
    void delay(long millis) {
        delayMillis = millis;
    }

    /** Carries everything again, what it held too. */
    synchronized void restore() {
        cut = false;
        delayMillis = 0;
        silent.clear();
        notifyAll();
    }

    /** Ends all connections. What is held is lost, as the packets of a network are. */
    void reset() {
        open.forEach(DatabaseLink::end);
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                carry(door.accept());
            } catch (IOException closed) {
                // The loop ends with the door.
            }
        }
    }

    private void carry(Socket machine) {
        if (cut) {
            end(machine);
            return;
        }
        Socket database = new Socket();
        open.add(machine);
        open.add(database);
        try {
            database.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server), 2000);
            machine.setTcpNoDelay(true);
            database.setTcpNoDelay(true);
        } catch (IOException away) {
            endBoth(machine, database);
            return;
        }
        start(() -> pump(machine, database, Way.TO_SERVER));
        start(() -> pump(database, machine, Way.TO_MACHINE));
        if (cut) {
            endBoth(machine, database);
        }
    }

    private void pump(Socket from, Socket to, Way way) {
        byte[] bytes = new byte[16 << 10];
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                awaitTurn(way, to);
                out.write(bytes, 0, read);
            }
        } catch (IOException ended) {
            // The other direction ends too.
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        try {
            // Nor does the end of a connection arrive.
            awaitTurn(way, to);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        endBoth(from, to);
    }

    private void awaitTurn(Way way, Socket to) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(delayMillis);
        synchronized (this) {
            while (silent.contains(way) && !to.isClosed() && !door.isClosed()) {
                wait(100);
            }
        }
    }

    private void endBoth(Socket one, Socket two) {
        end(one);
        end(two);
        open.remove(one);
        open.remove(two);
    }

    private static void end(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException closed) {
            // It is closed below, if it is not yet.
        }
        try {
            socket.close();
        } catch (IOException closed) {
            // It is.
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "database-link");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        door.close();
        reset();
    }
}
