package org.catalogdrop.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.catalogdrop.camel.Installation;
import org.catalogdrop.config.Folders;
import org.catalogdrop.config.Settings;
import org.catalogdrop.config.SettingsReader;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Plural;
import org.catalogdrop.model.RunHalted;
import org.catalogdrop.results.file.Disk;
import org.catalogdrop.sandbox.Sandbox;
import org.catalogdrop.sandbox.SandboxSettings;
import picocli.CommandLine.Command;

/** {@code demo}. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description =
                "Shows a whole load: starts a sandbox of the API, drops a sample file, shows the results, and ends.")
final class DemoCommand extends CliCommand {

    private static final String SAMPLE = "products.csv";

    @Override
    public Integer call() throws Exception {
        PrintWriter out = out();
        Path home = Path.of("demo").toAbsolutePath();
        clear(home);
        try (Sandbox sandbox = Sandbox.start(SandboxSettings.defaults())) {
            Settings settings = settings(sandbox, home);
            Folders.make(settings.folders());
            out.println("1. A sandbox of the API answers on " + sandbox.baseUrl() + "; nothing leaves this machine.");
            Path drop = settings.folders().inbox().resolve(SAMPLE);
            writeSample(drop);
            out.println("2. This drop was put into " + settings.folders().inbox() + ":");
            show(drop, out);
            int status = load(settings);
            Path results = only(settings.folders().outbox());
            out.println("3. It was loaded and moved to the archive; its results are in " + results + ":");
            for (String name : List.of("mapping.json", "results.csv", "rejects.csv")) {
                out.println("--- " + name);
                show(results.resolve(name), out);
            }
            out.println(
                    "4. The sandbox now has " + Plural.of(sandbox.store().count(4220), "element") + " in list 4220.");
            out.println("Fix the rows of rejects.csv and drop that file: then they load too. Exit status of the load: "
                    + status + " (3 = finished, some rows rejected).");
            check(status, sandbox);
        }
        return 0;
    }

    private static Settings settings(Sandbox sandbox, Path home) {
        Map<String, String> demo = Map.of(
                "kommo.base-url", sandbox.baseUrl(),
                "kommo.access-token", SandboxSettings.defaults().token(),
                "kommo.catalog-id", "4220",
                "drop.home", home.toString(),
                "drop.settle", "200ms");
        return SettingsReader.read(key -> Optional.ofNullable(demo.get(key)), true);
    }

    private static int load(Settings settings) throws Exception {
        try (Program program = Program.start(settings, new Installation.InboxMode(true, true), drop -> {})) {
            program.drop().runs().awaitIdle();
            return program.drop().runs().exitStatus();
        }
    }

    /** Checks the counts of the demo: the sample has three rows that load, one that the API refuses and one that is bad in itself. */
    private static void check(int status, Sandbox sandbox) {
        if (status != 3 || sandbox.store().count(4220) != 3) {
            throw new RunHalted(
                    Code.UNEXPECTED_ANSWER,
                    "the demo expected status 3 and 3 elements; found status " + status + " and "
                            + Plural.of(sandbox.store().count(4220), "element") + ". Please report it.");
        }
    }

    private static void writeSample(Path drop) throws IOException {
        try (InputStream sample = DemoCommand.class.getResourceAsStream("/catalog-drop/demo/" + SAMPLE)) {
            Files.copy(sample, drop);
        }
    }

    private static void show(Path file, PrintWriter out) throws IOException {
        out.println(Files.readString(file).stripTrailing().indent(4).stripTrailing());
    }

    private static Path only(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            Optional<Path> first = files.filter(Files::isDirectory)
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .findFirst();
            return first.orElseThrow(
                    () -> new RunHalted(Code.DISK, "the demo left no results in " + folder + ". Please report it."));
        }
    }

    /** Deletes the folder of an earlier demo, and only that: it has our mark. */
    private static void clear(Path home) throws IOException {
        Path mark = home.resolve(".catalog-drop-demo");
        if (Files.exists(home)) {
            if (!Files.exists(mark)) {
                throw new RunHalted(
                        Code.DISK,
                        home
                                + " exists and was not made by an earlier demo. Move it away, or run the demo in another folder.");
            }
            Disk.wipe(home);
        }
        try {
            Files.createDirectories(home);
            Files.createFile(mark);
        } catch (IOException fault) {
            throw new RunHalted(
                    Code.DISK,
                    "the folder " + home + " cannot be created (" + fault
                            + "). Run the demo in a folder where this program may write.");
        }
    }
}
