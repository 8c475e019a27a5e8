package org.catalogdrop.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.catalogdrop.scenario.Command;

/**
 * Runs another command in the same folder, at the start of a life or amid it. Not {@code load}: a drop of the inbox that it has finished is a
 * repeat for the next life, and rightly refused.
 */
final class CrashBeside implements CrashChange {

    private final CrashWorld world;
    private final Random random;
    private Map<String, String> settings;
    private boolean amid;
    private String[] arguments;
    private Process process;

    CrashBeside(CrashWorld world, Random random) {
        this.world = world;
        this.random = random;
    }

    @Override
    public void begin(CrashLife life) throws IOException {
        // As the commands are killed too, they have the right account, whatever the life has.
        settings = new LinkedHashMap<>(life.settings());
        settings.putAll(world.rightAccount());
        amid = random.nextBoolean();
        if (!amid) {
            start();
        }
    }

    @Override
    public void turn() throws IOException {
        if (amid) {
            start();
        }
    }

    private void start() throws IOException {
        int choice = random.nextInt(8);
        // The inbox itself may be away.
        String drop = inbox(world.laid().get(world.laid().size() - 1));
        arguments = switch (choice) {
            case 0 -> new String[] {"status"};
            case 1 -> new String[] {"list", "--catalog-id", Long.toString(CrashDrop.LIST)};
            case 2 -> new String[] {"plan", drop};
            case 3 -> new String[] {"run", "--once"};
            default -> null;
        };
        if (arguments != null) {
            File log = log().toFile();
            Command command = new Command(world.home()).with(settings);
            process = world.user(command).start(log, log, arguments);
        }
    }

    private String inbox(String drop) {
        return world.home().resolve("inbox").resolve(drop).toString();
    }

    private Path log() {
        return world.home().resolve("beside.log");
    }

    @Override
    public void end() throws InterruptedException {
        if (process == null) {
            return;
        }
        boolean ended = !process.isAlive();
        process.destroyForcibly().waitFor();
        if (ended) {
            assertThat(process.exitValue())
                    .as("exit status of %s: %s", List.of(arguments), Command.read(log()))
                    .isIn(0, 1, 2, 3, 4, 5);
            assertThat(Command.read(log())).as("%s", List.of(arguments)).doesNotContain("\tat ");
        }
        process = null;
    }
}
