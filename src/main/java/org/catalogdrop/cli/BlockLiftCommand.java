package org.catalogdrop.cli;

import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.catalogdrop.config.Settings;
import org.catalogdrop.kommo.throttle.ApiBlock;
import org.catalogdrop.kommo.throttle.BlockStore;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.RunHalted;
import org.catalogdrop.shared.SharedStores;
import picocli.CommandLine.Command;

/** {@code block lift}. */
@Command(
        name = "lift",
        mixinStandardHelpOptions = true,
        description = {
            "Lifts the block of the API that is noted in the state folder, or in the database of the journal. A program that runs goes on within"
                    + " seconds, on whatever machine.",
            "Do that only after the vendor's support has lifted the block; else the next request makes it longer."
        })
final class BlockLiftCommand extends AccountCommand {

    @Override
    public Integer call() {
        Settings settings = settings(false);
        BlockStore store = SharedStores.block(settings.api(), settings.folders().journal());
        Optional<ApiBlock> block = store.recall();
        if (block.isEmpty() && store.isLifted()) {
            out().println("No block is noted in " + store.place() + ".");
            return 0;
        }
        block.ifPresent(standing -> store.forget());
        if (!store.isLifted()) {
            throw new RunHalted(
                    Code.DISK,
                    "The block in " + store.place() + " cannot be read or deleted. Make sure that it can be reached and"
                            + " written, and lift it again.");
        }
        out().println("The block since " + block.get().since().truncatedTo(ChronoUnit.SECONDS) + " is lifted in "
                + store.place() + ".");
        return 0;
    }
}
