package org.catalogdrop.accounts;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What is the same for all accounts of a run.
 *
 * @param once whether the run ends when all inboxes are empty; otherwise it follows the folder of accounts until it is stopped
 * @param look how often the folder of accounts is looked at
 * @param routes the folder of changed routes; empty for those of the jar
 * @param prepare is called for each loader before its first drop is taken
 * @param listener follows the accounts
 */
public record AccountsRun(
        boolean once,
        Duration look,
        Optional<Path> routes,
        Consumer<AccountLoader> prepare,
        AccountListener listener) {}
