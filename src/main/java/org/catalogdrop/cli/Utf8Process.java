package org.catalogdrop.cli;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Runs the program in a locale whose charset is UTF-8. Java reads arguments and the names of files in the charset of the locale, before any
 * code of ours runs: under {@code LC_ALL=C}, as services and cron jobs start {@code java -jar}, it loses all letters beyond ASCII. Then the
 * command is run by a second process, with the locale set and the same streams. The launcher sets the locale itself and needs no second
 * process. Linux only: elsewhere names are UTF-8 or wide. Stateless.
 */
final class Utf8Process {

    /** The process whose arguments are to be read. */
    private static final String FIRST = "CATALOG_DROP_FIRST_PROCESS";

    private Utf8Process() {}

    /**
     * Returns whether this process cannot read names beyond ASCII and a second one can.
     *
     * @return false also in the second one
     */
    static boolean isNeeded() {
        return System.getProperty("os.name").equals("Linux")
                && !System.getProperty("sun.jnu.encoding").equals("UTF-8")
                && System.getenv(FIRST) == null
                && Files.isReadable(line("self"));
    }

    /**
     * Runs the second process. It gets a signal to end when this one does.
     *
     * @param program the class that has {@code main}
     * @return its exit status
     */
    static int run(Class<?> program) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().put(FIRST, Long.toString(ProcessHandle.current().pid()));
        Process second = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            second.destroy();
            second.onExit().join();
        }));
        return second.waitFor();
    }

    /**
     * Returns the arguments of the command. The second process reads them from the first one, as they were given, and ends when the first
     * one does.
     *
     * @param program the class that has {@code main}
     * @param args the arguments of this process
     * @return the arguments as they were given
     */
    static String[] arguments(Class<?> program, String[] args) throws IOException {
        Optional<ProcessHandle> first =
                Optional.ofNullable(System.getenv(FIRST)).map(Long::valueOf).flatMap(ProcessHandle::of);
        if (first.isEmpty() || !first.equals(ProcessHandle.current().parent())) {
            return args;
        }
        first.get().onExit().thenRun(() -> Runtime.getRuntime().halt(1));
        String[] words =
                Files.readString(line(Long.toString(first.get().pid()))).split("\0", -1);
        List<String> given = Arrays.asList(words);
        int begin = Math.max(given.indexOf("-jar") + 2, given.indexOf(program.getName()) + 1);
        // The last word is empty.
        return Arrays.copyOfRange(words, begin, words.length - 1);
    }

    private static Path line(String process) {
        return Path.of("/proc", process, "cmdline");
    }
}
