package org.catalogdrop.cli;

import java.util.Optional;
import picocli.CommandLine.Option;

/** A command for one of the accounts of the process, if it has several. */
abstract class AccountCommand extends CliCommand {

    @Option(
            names = {"-a", "--account"},
            paramLabel = "NAME",
            description = "The account, if there are several: the name of its file in the folder 'accounts'.")
    private Optional<String> account;

    @Override
    Optional<String> accountName() {
        return account;
    }
}
