package org.catalogdrop.page.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** Limits wrong passwords, for each address and for all together. Safe for many threads. */
final class LoginLimit {

    static final int MOST = 5;
    private static final int MOST_OF_ALL = 100;
    private static final int ADDRESSES = 10_000;
    private static final Duration WINDOW = Duration.ofMinutes(5);

    private final InstantSource clock;
    private final Map<String, Window> wrong = new LinkedHashMap<>() {

        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Window> eldest) {
            return size() > ADDRESSES;
        }
    };

    private Window all = new Window(Instant.EPOCH, 0);

    private record Window(Instant end, int count) {

        Window add(int tries) {
            return new Window(end, Math.max(0, count + tries));
        }
    }

    LoginLimit(InstantSource clock) {
        this.clock = clock;
    }

    /** Counts a try, before its password is compared. Returns how long to wait; zero if it may be compared. */
    synchronized Duration tried(InetAddress address) {
        String network = network(address);
        Window one = current(wrong.get(network));
        all = current(all);
        if (one.count() >= MOST) {
            return Duration.between(clock.instant(), one.end());
        }
        if (all.count() >= MOST_OF_ALL) {
            return Duration.between(clock.instant(), all.end());
        }
        wrong.put(network, one.add(1));
        all = all.add(1);
        return Duration.ZERO;
    }

    /** Takes the count of a try back, because its password was right. */
    synchronized void succeeded(InetAddress address) {
        wrong.remove(network(address));
        all = all.add(-1);
    }

    private Window current(Window known) {
        Instant now = clock.instant();
        return known == null || !now.isBefore(known.end()) ? new Window(now.plus(WINDOW), 0) : known;
    }

    /** A single customer of a provider has 2^64 addresses of IPv6. */
    static String network(InetAddress address) {
        byte[] bytes = address.getAddress();
        return HexFormat.of().formatHex(address instanceof Inet6Address ? Arrays.copyOf(bytes, 8) : bytes);
    }
}
