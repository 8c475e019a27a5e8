package org.catalogdrop.cli.status;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.catalogdrop.journal.DropEntry;
import org.catalogdrop.journal.DropLine;
import org.catalogdrop.model.Plural;

/**
 * How one of several accounts is.
 *
 * @param name its name
 * @param fault what is wrong with its settings
 * @param report what is known of its drops; empty if its settings cannot be read
 */
public record AccountStatus(String name, Optional<String> fault, Optional<StatusReport> report) {

    /** Returns all of it in one line. */
    public String line() {
        List<String> parts = new ArrayList<>();
        fault.ifPresent(text -> parts.add("its settings are wrong: "
                + text.lines()
                        .filter(line -> line.startsWith("  "))
                        .map(String::strip)
                        .collect(Collectors.joining("; "))));
        report.ifPresent(one -> describe(one, parts));
        return name + ": " + String.join("; ", parts);
    }

    private static void describe(StatusReport report, List<String> parts) {
        report.blocked().ifPresent(message -> parts.add("blocked: " + message));
        report.inboxFault().ifPresent(parts::add);
        parts.add(
                report.owner().isEmpty()
                        ? "no process is running it"
                        : report.loading()
                                .map(note -> StatusText.loading(report.owner().get(), note))
                                .orElse(
                                        report.journal().elsewhere()
                                                ? "owned by "
                                                        + report.owner().get().name()
                                                : "nothing is loading now"));
        add(parts, report.journal().standbys().size(), "standing by");
        report.journal().refusal().ifPresent(message -> parts.add("its journal is not used: " + message));
        List<DropLine> drops = report.drops();
        long open = drops.stream()
                .filter(drop -> drop.state() == DropEntry.State.OPEN || drop.state() == DropEntry.State.PUBLISHING)
                .count();
        long doubtful = drops.stream().mapToLong(DropLine::inDoubt).sum();
        parts.add(Plural.of(drops.size(), "drop")
                + (open == 0 ? "" : ", " + open + " not finished")
                + (doubtful == 0 ? "" : ", " + Plural.of(doubtful, "row") + " in doubt"));
        add(parts, report.refusals().size(), "refused");
        add(parts, report.waiting().size(), "waiting for approval");
        add(parts, report.notTaken().size(), "not taken");
    }

    private static void add(List<String> parts, int number, String what) {
        if (number > 0) {
            parts.add(number + " " + what);
        }
    }

    /** Returns the same for {@code status --json}: the keys of one account, with its name, and what is wrong with its settings. */
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("account", name);
        json.put("fault", fault.orElse(null));
        report.map(StatusJson::of).ifPresent(json::putAll);
        return json;
    }
}
