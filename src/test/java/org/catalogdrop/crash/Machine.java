package org.catalogdrop.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.catalogdrop.scenario.Command;

/**
 * The packaged program as on a machine of its own: it has a state folder, a clock and a connection to the database of its own. One thread
 * changes it; others may ask it.
 */
final class Machine implements AutoCloseable {

    private final String name;
    private final Path home;
    private final Path place;
    private final Path folders;
    private final DatabaseLink link;
    private final Optional<Path> faketime;
    private volatile Optional<Process> process = Optional.empty();
    private int lives;
    private boolean ending;

    /** Whether its program has come so far that it owns the journal or stands by. */
    private boolean ready;

    /** Whether something was done that keeps it from its work. */
    private boolean disturbed;

    /** When one of these changed last. */
    private long since = System.nanoTime();

    /**
     * @param home the folder that all machines share
     * @param place what belongs to this machine
     * @param folders where its inbox, outbox, archive and refused drops are: one of these two
     * @param faketime the library that sets its clock
     */
    Machine(String name, Path home, Path place, Path folders, DatabaseLink link, Optional<Path> faketime)
            throws IOException {
        this.name = name;
        this.home = home;
        this.place = Files.createDirectories(place);
        this.folders = folders;
        this.link = link;
        this.faketime = faketime;
        setClock(0);
    }

    String name() {
        return name;
    }

    DatabaseLink link() {
        return link;
    }

    /** Returns the inbox, the outbox, the archive, or the refused drops. */
    Path folder(String folder) {
        return folders.resolve(folder);
    }

    /** Starts the program. */
    void start(Map<String, String> settings) throws IOException {
        process = Optional.of(start(settings, "run"));
        setReady(false);
    }

    /** Runs another command to its end, which must be a good one. */
    void call(Map<String, String> settings, String... arguments) throws IOException, InterruptedException {
        assertThat(start(settings, arguments).waitFor()).as(() -> log()).isZero();
    }

    private Process start(Map<String, String> settings, String... arguments) throws IOException {
        Map<String, String> own = new LinkedHashMap<>(settings);
        own.put("drop.state", place.resolve("state").toString());
        for (String folder : List.of("inbox", "outbox", "archive", "refused")) {
            own.put("drop." + folder, folder(folder).toString());
        }
        // Other machines know nothing of it.
        own.put(
                "kommo.pace-folder",
                Files.createDirectories(place.resolve("pace")).toString());
        Command command = new Command(home).with(own);
        faketime.ifPresent(library -> {
            CrashClock.variables(library).forEach(command::variable);
            command.variable("FAKETIME_TIMESTAMP_FILE", clock().toString());
            command.variable("FAKETIME_CACHE_DURATION", "1");
        });
        lives++;
        return command.start(log(".out").toFile(), log(".err").toFile(), arguments);
    }

    /** Its clock is so many seconds ahead. */
    void setClock(int ahead) throws IOException {
        Path next = Files.writeString(place.resolve("clock.next"), "%+d%n".formatted(ahead));
        Files.move(next, clock(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    boolean hasClock() {
        return faketime.isPresent();
    }

    private Path clock() {
        return place.resolve("clock");
    }

    private Path log(String ending) {
        return place.resolve("life-" + lives + ending);
    }

    String log() {
        return name + " said:\n" + (lives == 0 ? "" : Command.read(log(".err")));
    }

    void kill() throws InterruptedException {
        setReady(false);
        if (process.isPresent()) {
            process.get().destroyForcibly().waitFor();
        }
        process = Optional.empty();
    }

    /** Ends it as an operator does. */
    void end() {
        setReady(false);
        process.orElseThrow().destroy();
        ending = true;
    }

    /** Waits until it has ended. */
    void awaitEnd() throws InterruptedException {
        assertThat(process.orElseThrow().waitFor(90, TimeUnit.SECONDS))
                .as("it ends after SIGTERM; %s", log())
                .isTrue();
        ending = false;
        process = Optional.empty();
    }

    void freeze() throws IOException, InterruptedException {
        setDisturbed(true);
        signal("STOP");
    }

    void thaw() throws IOException, InterruptedException {
        signal("CONT");
        setDisturbed(false);
    }

    private void signal(String signal) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder(
                        "kill",
                        "-" + signal,
                        Long.toString(process.orElseThrow().pid()))
                .start();
        assertThat(kill.waitFor()).as("kill -%s", signal).isZero();
    }

    /** Its connection to the database fails from now on. */
    void disturb() {
        setDisturbed(true);
    }

    /** Its connection to the database is as it should be. */
    void recover() {
        link.restore();
        setDisturbed(false);
    }

    private synchronized void setReady(boolean is) {
        ready = is;
        since = System.nanoTime();
    }

    private synchronized void setDisturbed(boolean is) {
        disturbed = is;
        since = System.nanoTime();
    }

    boolean runs() {
        return process.isPresent();
    }

    /**
     * The program must not end by itself. Only a start that finds the database away does; a service manager starts it again. Returns whether
     * that is due.
     */
    boolean isToBeStartedAgain() {
        Optional<Process> ended = process.filter(running -> !ending && !running.isAlive());
        if (ended.isEmpty()) {
            return false;
        }
        assertThat(!ready && Command.read(log(".err")).contains("is away"))
                .as(() -> "it ended by itself with status " + ended.get().exitValue() + "; " + log())
                .isTrue();
        process = Optional.empty();
        return true;
    }

    /** Notices that a start has ended. */
    void look() {
        if (!ready && !ending && process.isPresent()) {
            String said = Command.read(log(".err"));
            if (said.contains("watching") || said.contains("standing by")) {
                setReady(true);
            }
        }
    }

    boolean isProcess(long pid) {
        return process.filter(running -> running.pid() == pid).isPresent();
    }

    synchronized boolean isDisturbed() {
        return disturbed;
    }

    /** Returns how long it could have done its work; negative if it could not for so long. */
    synchronized Duration wellFor() {
        Duration time = Duration.ofNanos(System.nanoTime() - since);
        return ready && !disturbed ? time : time.negated();
    }

    @Override
    public void close() throws IOException {
        process.ifPresent(Process::destroyForcibly);
        link.close();
    }
}
