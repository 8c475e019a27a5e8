package org.catalogdrop.sandbox;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.catalogdrop.sandbox.fault.Switch;
import org.catalogdrop.sandbox.store.CatalogList;

/** The settings of a sandbox. Immutable: each {@code with…} returns a changed copy. */
public final class SandboxSettings implements Cloneable {
    /** The integration that may ask for tokens, as {@code kommo.client-id} … {@code kommo.redirect-uri}. */
    public static final String CLIENT_ID = "sandbox-client";

    public static final String CLIENT_SECRET = "sandbox-secret";
    public static final String REDIRECT_URI = "https://example.com/callback";

    private int port;
    private String token = "sandbox-token";
    private Duration tokenLife = Duration.ofHours(24);
    private int requestsPerSecond = 7;
    private int banAfter;
    private int chunkMaximum = 250;
    private int pageSize = 50;
    private Duration readLag = Duration.ZERO;
    private boolean keepElements = true;
    private int logSize = 10_000;
    private InstantSource clock = InstantSource.system();
    private List<Switch> switches = List.of();
    private List<CatalogList> lists = CatalogList.samples();

    private SandboxSettings() {}

    /** Any free port, token {@code sandbox-token}, 7 requests a second, no ban, 250 a request, 50 a page, all switches at their default. */
    public static SandboxSettings defaults() {
        return new SandboxSettings();
    }

    /** Returns the port on loopback, 0…65535; 0 takes any free one. */
    public SandboxSettings withPort(int value) {
        return with(s -> s.port = inRange("port", value, 0, 65_535));
    }

    /** The token every /api/ request has to bring. */
    public SandboxSettings withToken(String value) {
        return with(s -> s.token = value);
    }

    /** Returns how long access tokens that are given out in pairs are taken. */
    public SandboxSettings withTokenLife(Duration value) {
        return with(s -> s.tokenLife = value);
    }

    /** Requests taken in any second, the others get a 429; 0 takes all. */
    public SandboxSettings withRequestsPerSecond(int value) {
        return with(s -> s.requestsPerSecond = inRange("requests per second", value, 0, 1_000_000));
    }

    /** Returns how many 429 within a minute end in a 403 on everything, until lifted; 0 never. */
    public SandboxSettings withBanAfter(int value) {
        return with(s -> s.banAfter = inRange("ban after", value, 0, 1_000_000));
    }

    /** Returns most items of a request, 1 or more; above it the whole request gets a 422. */
    public SandboxSettings withChunkMaximum(int value) {
        return with(s -> s.chunkMaximum = inRange("chunk maximum", value, 1, 1_000_000));
    }

    /** Elements of a page, 1 or more. */
    public SandboxSettings withPageSize(int value) {
        return with(s -> s.pageSize = inRange("page size", value, 1, 1_000_000));
    }

    /** Returns how long an added element is missing from GET. */
    public SandboxSettings withReadLag(Duration value) {
        return with(s -> s.readLag = value);
    }

    /**
     * Returns whether elements are kept. If not, they are counted and forgotten: memory stays level however many are sent, GET finds nothing,
     * updates and deletes are taken for every id that was ever given.
     */
    public SandboxSettings withKeepElements(boolean value) {
        return with(s -> s.keepElements = value);
    }

    /** Returns how many of the last requests the log keeps; 0 keeps none. */
    public SandboxSettings withLogSize(int value) {
        return with(s -> s.logSize = inRange("log size", value, 0, 10_000_000));
    }

    /**
     * Returns the server's clock: for times of elements, {@code Runtime-Timestamp}, the pace, the read lag; {@code Date} is the
     * machine's. {@code InstantSource.offset} makes a skewed one.
     */
    public SandboxSettings withClock(InstantSource value) {
        return with(s -> s.clock = value);
    }

    /** Returns a choice other than the default; the last one for the same switch holds. */
    public SandboxSettings withSwitch(Switch value) {
        return with(s -> s.switches = plus(s.switches, value));
    }

    /** Returns a list more than the samples, or in place of the one with its id. */
    public SandboxSettings withList(CatalogList value) {
        return with(s -> s.lists = plus(s.lists, value));
    }

    public int port() {
        return port;
    }

    public String token() {
        return token;
    }

    Duration tokenLife() {
        return tokenLife;
    }

    int requestsPerSecond() {
        return requestsPerSecond;
    }

    int banAfter() {
        return banAfter;
    }

    int chunkMaximum() {
        return chunkMaximum;
    }

    int pageSize() {
        return pageSize;
    }

    Duration readLag() {
        return readLag;
    }

    boolean keepElements() {
        return keepElements;
    }

    int logSize() {
        return logSize;
    }

    InstantSource clock() {
        return clock;
    }

    List<Switch> switches() {
        return switches;
    }

    List<CatalogList> lists() {
        return lists;
    }

    private SandboxSettings with(Consumer<SandboxSettings> change) {
        try {
            SandboxSettings copy = (SandboxSettings) clone();
            change.accept(copy);
            return copy;
        } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
        }
    }

    private static int inRange(String what, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "sandbox: " + what + " is " + value + "; expected " + least + " to " + most);
        }
        return value;
    }

    private static <T> List<T> plus(List<T> list, T one) {
        List<T> more = new ArrayList<>(list);
        more.add(one);
        return List.copyOf(more);
    }
}
