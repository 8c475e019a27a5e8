package org.catalogdrop.cli;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.util.ObjectHelper;
import org.catalogdrop.camel.DropCalls;
import org.catalogdrop.cli.output.ExitStatus;
import org.catalogdrop.config.Settings;
import org.catalogdrop.model.DropRefused;
import org.catalogdrop.model.NormalizedName;
import org.catalogdrop.model.Plan;
import org.catalogdrop.plan.PlanText;
import org.catalogdrop.results.NextStep;
import org.catalogdrop.results.PlanFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plan FILE}. */
@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        description = {
            "Shows what load would do with a file: rows by action, rejects, changes, requests, least time. Sends no write.",
            "Exit status: 0 = every row would be sent; 3 = some would be rejected; 4 = the drop would be refused."
        })
final class PlanCommand extends AccountCommand {

    @Parameters(paramLabel = "FILE", description = "A drop, as for load.")
    private Path file;

    @Option(
            names = "--output",
            paramLabel = "FOLDER",
            description =
                    "Writes all changes and rejects into changes.csv and rejects.EXT in a new folder, and the plan into plan.txt.")
    private Optional<Path> output;

    @Option(
            names = "--sample",
            defaultValue = "20",
            paramLabel = "N",
            description = "How many rejects and how many changed rows are shown. Default: ${DEFAULT-VALUE}.")
    private int sample;

    @Option(names = "--json", description = "Prints the plan as JSON, as in plan.json.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        requireDropFile(file);
        if (sample < 0) {
            throw misuse("--sample must be 0 or more");
        }
        if (output.isPresent() && Files.exists(output.get(), LinkOption.NOFOLLOW_LINKS)) {
            throw misuse(output.get() + " exists already; name a new folder");
        }
        Settings settings = settings(true);
        try (Program program = Program.startReading(settings, err()::println)) {
            Exchange answer = program.context().createProducerTemplate().request("direct:catalog-plan", exchange -> {
                exchange.getMessage().setBody(file.toAbsolutePath());
                exchange.getMessage().setHeader(DropCalls.PLAN_SAMPLE, sample);
                output.ifPresent(
                        folder -> exchange.getMessage().setHeader(DropCalls.PLAN_FOLDER, folder.toAbsolutePath()));
            });
            return printPlan(answer, settings.api().requestsPerSecond());
        }
    }

    private int printPlan(Exchange answer, double rate) throws Exception {
        if (answer.getException() != null) {
            DropRefused refused = ObjectHelper.getException(DropRefused.class, answer.getException());
            if (refused == null) {
                throw answer.getException();
            }
            err().println(NormalizedName.show(file.getFileName().toString()) + ": would be refused ("
                    + refused.problem().code().word() + "): " + refused.getMessage()
                    + NextStep.of(refused.problem().code(), file));
            return ExitStatus.REFUSED;
        }
        Plan plan = answer.getMessage().getBody(Plan.class);
        if (json) {
            out().print(PlanFiles.text(plan));
            return plan.exitStatus();
        }
        PlanText.of(plan, rate, output, PlanText.Hints.COMMANDS).forEach(out()::println);
        return plan.exitStatus();
    }
}
