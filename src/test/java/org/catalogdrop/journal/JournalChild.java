package org.catalogdrop.journal;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.catalogdrop.model.Chunk;
import org.catalogdrop.model.Intent;
import org.catalogdrop.model.RunHalted;

/** Another process with a journal. Says on stdout what the journal has acknowledged, a line each. */
final class JournalChild {
    static final int THREADS = 3;
    static final int ROWS = 20;

    /** So that a journal that never fails fails the test, not the build. */
    private static final int MOST = 10_000;

    private JournalChild() {}

    static Process start(Path state, String... shell) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = new ArrayList<>(Arrays.asList(shell));
        command.addAll(List.of(java, "-XX:TieredStopAtLevel=1", "-Djava.io.tmpdir=" + state.getParent()));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(JournalChild.class.getName(), state.toString()));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Journals chunk after chunk, each with rows of its own, until it is killed, the journal fails or nobody listens. */
    public static void main(String[] arguments) throws InterruptedException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try (Journal journal = Journal.open(Path.of(arguments[0]))) {
            long drop = journal.enter(Samples.drop("products.csv", 'a'), Samples.SETTINGS)
                    .id();
            out.println("open " + drop);
            List<Thread> threads = new ArrayList<>();
            for (int number = 0; number < THREADS; number++) {
                int first = number;
                threads.add(new Thread(() -> loop(journal, drop, first, out)));
            }
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }
        }
    }

    static Chunk chunk(long number) {
        long[] rows = new long[ROWS];
        Arrays.setAll(rows, i -> number * ROWS + i + 1);
        return Samples.adds(rows);
    }

    private static void loop(Journal journal, long drop, int first, PrintStream out) {
        try {
            for (long number = first; number < MOST && !out.checkError(); number += THREADS) {
                Chunk chunk = chunk(number);
                Intent intent = journal.intend(drop, chunk);
                out.println("intended " + number);
                journal.settle(intent, Samples.allSettled(chunk));
                out.println("settled " + number);
            }
        } catch (RunHalted halted) {
            out.println("halted " + halted.problem().code() + " " + halted.getMessage());
        }
    }
}
