package org.catalogdrop.page;

import java.util.function.Supplier;
import org.catalogdrop.config.Settings;
import org.catalogdrop.inbox.Approvals;
import org.catalogdrop.inbox.RunState;
import org.catalogdrop.journal.Journal;
import org.catalogdrop.kommo.ClockSkew;
import org.catalogdrop.load.ListReads;
import org.catalogdrop.load.LoadSteps;
import org.catalogdrop.observability.LoaderHealth;

/**
 * The parts of a loader that its page shows.
 *
 * @param api how it talks to the API
 * @param folders its folders
 * @param drops how it loads drops
 * @param health its checks and numbers
 * @param loads the load under way
 * @param reads the reads of lists under way
 * @param runs whether the run is on hold
 * @param approvals which drops wait for an approval
 * @param clocks how far the API's clock is from ours
 * @param calls its routes
 * @param journal its journal
 */
public record LoaderParts(
        Settings.Api api,
        Settings.Folders folders,
        Settings.Drops drops,
        LoaderHealth health,
        LoadSteps loads,
        ListReads reads,
        RunState runs,
        Approvals approvals,
        ClockSkew clocks,
        LoaderCalls calls,
        Supplier<Journal> journal) {}
