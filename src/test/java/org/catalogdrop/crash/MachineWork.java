package org.catalogdrop.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.catalogdrop.journal.PostgresServer;
import org.catalogdrop.sandbox.LoggedRequest;
import org.catalogdrop.scenario.Outbox;

/**
 * Several machines load the drops while machines, their connections, their clocks, the database and the API fail in every way they can. A
 * fault is undone after a while; others happen meanwhile. Used by one thread.
 */
final class MachineWork implements CrashWork {

    /** Without any fault a stage takes seconds. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** After the last fault of a stage the API fails for so long. */
    private static final long API_FAILS_ON_MILLIS = 20_000;

    /** More of them would leave nothing for the later stages of a round. */
    private static final int FAULTS_OF_STAGE = 14;

    private static final List<Integer> AHEAD = List.of(0, 0, -1, 1, -10, 10, -60, 60, -600, 600);

    /** How the names of the files begin that the program keeps in folders of people. */
    private static final String OWN_FILE = ".catalog-drop";

    /** The setting {@code kommo.requests-per-second}. */
    static final int REQUESTS_PER_SECOND = 7;

    static final String SCHEMA = "machines";

    static final Duration LEASE = Duration.ofSeconds(3);

    /** The life of a token, if tokens are renewed. */
    static final Duration TOKEN_LIFE = Duration.ofSeconds(25);

    private interface Step {
        void take() throws IOException, InterruptedException;
    }

    /** Something to do at a time of {@link System#nanoTime()}. */
    private record Due(long at, Step step) {}

    private final CrashWorld world;
    private final PostgresServer server;
    private final List<Machine> machines;
    private final OwnerWatch watch;
    private final Random random;
    private final Map<String, String> settings;
    private final Map<MachineFault, Integer> done = new EnumMap<>(MachineFault.class);
    private final PriorityQueue<Due> due = new PriorityQueue<>((one, two) -> Long.compare(one.at() - two.at(), 0));

    /** Machines to which something is done now. */
    private final Set<Machine> hit = new HashSet<>();

    /** The numbers of the requests that were made by hand, between two stages. */
    private final Set<Long> byHand = new HashSet<>();

    private long lastOfStage;
    private boolean databaseAway;
    private int faultsLeft;
    private String undo = "";

    /**
     * @param settings of all machines, besides those of each test
     * @param faults how many there are in all
     */
    MachineWork(
            CrashWorld world,
            PostgresServer server,
            List<Machine> machines,
            OwnerWatch watch,
            Random random,
            Map<String, String> settings,
            int faults) {
        this.world = world;
        this.server = server;
        this.machines = machines;
        this.watch = watch;
        this.random = random;
        this.settings = settings;
        faultsLeft = faults;
    }

    int faultsLeft() {
        return faultsLeft;
    }

    Map<MachineFault, Integer> done() {
        return done;
    }

    /** Returns the requests of the program. */
    List<LoggedRequest> requests() {
        return world.sandbox().log().stream()
                .filter(request -> !byHand.contains(request.number()))
                .toList();
    }

    @Override
    public void workOff(String wanted) throws IOException, InterruptedException {
        for (long number = lastOfStage + 1; number <= world.sandbox().stats().requests(); number++) {
            byHand.add(number);
        }
        if (!wanted.equals(undo)) {
            endAll();
            undo = wanted;
            startAll();
        }
        world.sandbox().faults().randomly(random.nextLong(), CrashLives.chances(0.01));
        layDrops();
        int share = Math.min(FAULTS_OF_STAGE, faultsLeft);
        int last = faultsLeft - share;
        long fault = later(500);
        while (hasDrops() && faultsLeft > last) {
            if (watch.owner().isEmpty() && done.isEmpty()) {
                fault = later(500);
            }
            if (fault - System.nanoTime() < 0) {
                strike();
                fault = later(300 + random.nextInt(random.nextInt(3) == 0 ? 8000 : 3000));
            }
            goOn();
        }
        long end = System.nanoTime() + PATIENCE.toNanos();
        long calm = later(API_FAILS_ON_MILLIS);
        while (!due.isEmpty() || hasDrops() || !areWell()) {
            if (calm - System.nanoTime() < 0) {
                world.sandbox().faults().clear();
            }
            assertThat(end - System.nanoTime())
                    .as(() -> "all is loaded in time; drops left: " + drops() + logs())
                    .isPositive();
            goOn();
        }
        world.sandbox().faults().clear();
        collect();
        lastOfStage = world.sandbox().stats().requests();
    }

    /** Each drop comes to a machine that chance gives. */
    private void layDrops() throws IOException {
        Path written = world.home().resolve("written");
        for (String name : Outbox.names(written)) {
            Machine machine = machines.get(random.nextInt(machines.size()));
            Files.move(written.resolve(name), machine.folder("inbox").resolve(name));
        }
    }

    private List<String> in(String folder) throws IOException {
        Set<String> names = new TreeSet<>();
        for (Machine machine : machines) {
            if (Files.isDirectory(machine.folder(folder))) {
                names.addAll(Outbox.names(machine.folder(folder)));
            }
        }
        return names.stream().filter(name -> !name.startsWith(OWN_FILE)).toList();
    }

    /** Brings what each machine has for people to one place. */
    private void collect() throws IOException {
        for (Machine machine : machines) {
            for (String folder : List.of("outbox", "archive")) {
                Path from = machine.folder(folder);
                Path to = Files.createDirectories(world.home().resolve(folder));
                if (!from.equals(to) && Files.isDirectory(from)) {
                    for (String name : Outbox.names(from)) {
                        if (!name.startsWith(OWN_FILE)) {
                            Files.move(from.resolve(name), to.resolve(name));
                        }
                    }
                }
            }
        }
    }

    private void goOn() throws IOException, InterruptedException {
        Thread.sleep(20);
        while (!due.isEmpty() && due.peek().at() - System.nanoTime() < 0) {
            due.remove().step().take();
        }
        for (Machine machine : machines) {
            machine.look();
            if (machine.isToBeStartedAgain()) {
                start(machine);
            }
        }
        assertThat(watch.violations()).as(this::logs).isEmpty();
        assertThat(in("refused")).as(() -> "refused" + logs()).isEmpty();
    }

    private static long later(long millis) {
        return System.nanoTime() + millis * 1_000_000;
    }

    private void after(long millis, Step step) {
        due.add(new Due(later(millis), step));
    }

    private boolean areWell() {
        return machines.stream().noneMatch(machine -> machine.wellFor().isNegative());
    }

    private boolean hasDrops() throws IOException {
        return !in("inbox").isEmpty();
    }

    private String drops() {
        try {
            return in("inbox").toString();
        } catch (IOException unknown) {
            return unknown.toString();
        }
    }

    private String logs() {
        StringBuilder logs = new StringBuilder();
        machines.forEach(machine -> logs.append('\n').append(machine.log()));
        return logs.toString();
    }

    private void startAll() throws IOException, InterruptedException {
        if (done.isEmpty() && settings.containsKey("kommo.client-id")) {
            machines.get(0)
                    .call(
                            settings(machines.get(0)),
                            "login",
                            "--code",
                            world.sandbox().code());
        }
        for (Machine machine : machines) {
            start(machine);
        }
    }

    private void start(Machine machine) throws IOException {
        machine.start(settings(machine));
    }

    private Map<String, String> settings(Machine machine) {
        Map<String, String> own =
                CrashChild.settings(world.home(), world.sandbox(), undo, 1 + random.nextInt(12), 1 + random.nextInt(6));
        Map<String, String> all = new LinkedHashMap<>(own);
        all.put("kommo.requests-per-second", Integer.toString(REQUESTS_PER_SECOND));
        all.put("kommo.doubt-wait", "1s");
        all.put("drop.settle", "300ms");
        all.put("drop.poll", "100ms");
        all.put("drop.lease", LEASE.toSeconds() + "s");
        all.put("drop.lease-renewal", "500ms");
        all.put("drop.journal", server.urlAt(machine.link().port()));
        all.put("drop.journal-user", "postgres");
        all.put("drop.journal-schema", SCHEMA);
        all.putAll(settings);
        if (settings.containsKey("kommo.client-id")) {
            all.remove("kommo.access-token");
        }
        return all;
    }

    /** Ends the program on all machines, after all faults are undone. */
    void endAll() throws InterruptedException {
        for (Machine machine : machines) {
            if (machine.runs()) {
                machine.end();
            }
        }
        for (Machine machine : machines) {
            if (machine.runs()) {
                machine.awaitEnd();
            }
        }
    }

    private void strike() throws IOException, InterruptedException {
        MachineFault fault = choose();
        Optional<Machine> machine = victim();
        switch (fault) {
            case DATABASE_KILL, DATABASE_STOP -> {
                if (databaseAway) {
                    return;
                }
                fail(fault);
            }
            case DISCONNECT -> {
                if (databaseAway) {
                    return;
                }
                disconnect();
            }
            default -> {
                if (machine.isEmpty()
                        || (fault == MachineFault.CLOCK && !machine.get().hasClock())) {
                    return;
                }
                hurt(fault, machine.get());
            }
        }
        done.merge(fault, 1, Integer::sum);
        faultsLeft--;
        System.out.printf(
                "%tT fault %d: %s%s; %s%n",
                System.currentTimeMillis(),
                done.values().stream().mapToInt(Integer::intValue).sum(),
                fault,
                fault.isOfDatabase() ? "" : " " + machine.orElseThrow().name(),
                watch.told());
    }

    private MachineFault choose() {
        List<MachineFault> kinds = MachineFault.chosen();
        int drawn = random.nextInt(kinds.stream().mapToInt(MachineFault::weight).sum());
        for (MachineFault fault : kinds) {
            drawn -= fault.weight();
            if (drawn < 0) {
                return fault;
            }
        }
        throw new AssertionError(drawn);
    }

    /** Mostly the owner, since the others have less to lose. */
    private Optional<Machine> victim() {
        Optional<Machine> owner = watch.owner();
        boolean any = random.nextInt(4) == 0;
        int drawn = random.nextInt(machines.size());
        Machine machine = any ? machines.get(drawn) : owner.orElse(machines.get(drawn));
        return Optional.of(machine).filter(one -> !hit.contains(one) && one.runs());
    }

    private void hurt(MachineFault fault, Machine machine) throws IOException, InterruptedException {
        hit.add(machine);
        int moment = random.nextInt(5000);
        boolean chance = random.nextBoolean();
        switch (fault) {
            case KILL -> {
                machine.kill();
                after(moment, () -> restart(machine));
            }
            case END -> {
                machine.end();
                after(moment, () -> {
                    machine.awaitEnd();
                    restart(machine);
                });
            }
            case FREEZE -> {
                machine.freeze();
                after(chance ? moment : LEASE.toMillis() + 2L * moment, () -> {
                    machine.thaw();
                    hit.remove(machine);
                });
            }
            case CUT -> {
                machine.disturb();
                machine.link().cut();
                after(moment, () -> recover(machine));
            }
            case SILENCE -> {
                machine.disturb();
                machine.link().silence(ways());
                after(1000 + moment, () -> {
                    if (chance) {
                        machine.link().reset();
                    }
                    recover(machine);
                });
            }
            case SLOW -> {
                machine.disturb();
                machine.link().delay(20 + random.nextInt(400));
                after(moment, () -> recover(machine));
            }
            case CLOCK -> {
                machine.setClock(AHEAD.get(random.nextInt(AHEAD.size())));
                hit.remove(machine);
            }
            default -> throw new AssertionError(fault);
        }
    }

    private Set<DatabaseLink.Way> ways() {
        Set<DatabaseLink.Way> ways = EnumSet.allOf(DatabaseLink.Way.class);
        int left = random.nextInt(4);
        if (left < 2) {
            ways.remove(DatabaseLink.Way.values()[left]);
        }
        return ways;
    }

    private void restart(Machine machine) throws IOException {
        start(machine);
        hit.remove(machine);
    }

    private void recover(Machine machine) {
        machine.recover();
        hit.remove(machine);
    }

    private void fail(MachineFault fault) throws IOException, InterruptedException {
        databaseAway = true;
        if (fault == MachineFault.DATABASE_KILL) {
            server.kill();
        } else {
            server.stop();
        }
        after(random.nextInt(4000), () -> {
            server.restart();
            databaseAway = false;
        });
    }

    private void disconnect() {
        try (Connection connection = DriverManager.getConnection(server.url() + "?user=postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("select pg_terminate_backend(pid) from pg_stat_activity"
                    + " where application_name like 'catalog-drop%'");
        } catch (SQLException fault) {
            throw new IllegalStateException(fault);
        }
    }
}
