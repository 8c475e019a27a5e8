package org.catalogdrop.observability;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients that are slow, at a real server. */
class ExchangeThreadsTest {

    private static final Duration SHORT = Duration.ofMillis(100);
    private static final Duration LONG = Duration.ofMillis(300);
    private static final long RATE = 1 << 16;

    private final ExchangeThreads threads = ExchangeThreads.of("test", 1, SHORT);
    private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            ExchangeThreads.headRead();
            try {
                if (exchange.getRequestMethod().equals("PUT")) {
                    exchange.sendResponseHeaders(200, 2);
                    exchange.getResponseBody().write(new byte[2]);
                    return;
                }
                if (exchange.getRequestMethod().equals("POST")) {
                    ExchangeThreads.timed(exchange.getRequestBody(), SHORT, LONG, RATE)
                            .readAllBytes();
                } else if (exchange.getRequestMethod().equals("PATCH")) {
                    ExchangeThreads.timed(exchange.getRequestBody(), ExchangeThreads.SLOWEST, LONG, RATE)
                            .readAllBytes();
                } else {
                    // Longer than the limit, which does not count here.
                    TimeUnit.MILLISECONDS.sleep(3 * SHORT.toMillis());
                }
                exchange.sendResponseHeaders(204, -1);
                seen.add("answered");
            } catch (IOException closed) {
                seen.add("closed");
            } catch (InterruptedException stopped) {
                seen.add("interrupted");
            } finally {
                ExchangeThreads.close(exchange);
                seen.add("free");
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.close();
    }

    private Socket send(String text) throws IOException {
        Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), server.getAddress().getPort());
        socket.setSoTimeout(5000);
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    @Test
    void given_half_a_head_when_the_limit_is_over_then_the_connection_is_closed_and_the_thread_free() throws Exception {
        try (Socket slow = send("GET / HT")) {
            assertThat(slow.getInputStream().read()).isNegative();
        }
        try (Socket next = send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")) {
            assertThat(next.getInputStream().read()).isEqualTo('H');
        }
        assertThat(seen.poll(5, TimeUnit.SECONDS)).isEqualTo("answered");
    }

    @Test
    void given_half_a_body_when_the_limit_is_over_then_the_connection_is_closed() throws Exception {
        try (Socket slow = send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nhalf")) {
            assertThat(slow.getInputStream().read()).isNegative();
        }
        assertThat(seen.poll(5, TimeUnit.SECONDS)).isEqualTo("closed");
    }

    @Test
    void given_a_handler_that_works_when_it_takes_longer_than_the_limit_then_it_is_not_interrupted() throws Exception {
        try (Socket client = send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")) {
            assertThat(client.getInputStream().read()).isEqualTo('H');
        }
        assertThat(seen.poll(5, TimeUnit.SECONDS)).isEqualTo("answered");
    }

    @Test
    void given_half_a_body_that_nobody_reads_when_the_exchange_is_closed_then_the_thread_is_free() throws Exception {
        try (Socket slow = send("PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\nhalf")) {
            assertThat(seen.poll(5, TimeUnit.SECONDS)).isEqualTo("free");
            assertThat(new String(slow.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.1 200")
                    .endsWith("\0\0");
        }
        // The interrupt does not meet the next request of this thread.
        try (Socket next = send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")) {
            assertThat(next.getInputStream().read()).isEqualTo('H');
        }
        assertThat(seen.poll(5, TimeUnit.SECONDS)).isEqualTo("answered");
    }

    @Test
    void given_a_body_that_comes_byte_by_byte_when_the_limit_for_all_is_over_then_the_connection_is_closed()
            throws Exception {
        try (Socket slow = send("PATCH / HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n")) {
            while (seen.isEmpty()) {
                slow.getOutputStream().write('x');
                TimeUnit.MILLISECONDS.sleep(SHORT.toMillis() / 4);
            }
        } catch (IOException closed) {
            assertThat(closed).isNotNull();
        }
        assertThat(seen.poll(5, TimeUnit.SECONDS)).isEqualTo("closed");
    }

    @Test
    void given_a_body_that_comes_fast_enough_when_the_limit_for_all_is_over_then_it_is_read() throws Exception {
        int chunk = 1 << 18;
        int chunks = 8;
        try (Socket fast = send("PATCH / HTTP/1.1\r\nHost: x\r\nContent-Length: " + chunk * chunks + "\r\n\r\n")) {
            for (int i = 0; i < chunks; i++) {
                fast.getOutputStream().write(new byte[chunk]);
                TimeUnit.MILLISECONDS.sleep(SHORT.toMillis() / 2);
            }
            assertThat(fast.getInputStream().read()).isEqualTo('H');
        }
        assertThat(seen.poll(5, TimeUnit.SECONDS)).isEqualTo("answered");
    }
}
