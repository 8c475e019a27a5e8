package org.catalogdrop.app;

import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code run}. */
@Command(name = "run", mixinStandardHelpOptions = true, description = "Watches the inbox until stopped.")
final class RunCommand implements Callable<Integer> {

    private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);

    @Option(names = "--once", description = "Works off what is in the inbox and ends.")
    private boolean once;

    @Option(names = "--settle", description = "A finished drop that is dropped again is looked up for rows in doubt.")
    private boolean settle;

    @Override
    public Integer call() throws Exception {
        Settings settings = Program.settings(true);
        try (Program program = Program.start(settings, new CatalogDrop.Mode(true, once), this::prepare);
                Progress progress = Progress.ofRun(program.drop())) {
            program.show(settings);
            progress.begin();
            LOG.info("watching {}", settings.folders().inbox());
            if (!once) {
                program.awaitStop();
            }
            program.drop().runs().awaitIdle();
            return program.drop().runs().exitStatus();
        }
    }

    private void prepare(CatalogDrop drop) {
        drop.runs().advise(NextStep::of);
        drop.aside().advise(NextStep::of);
        if (settle) {
            drop.loads().entrance().onRepeat(Repeat.SETTLE);
        }
    }
}
