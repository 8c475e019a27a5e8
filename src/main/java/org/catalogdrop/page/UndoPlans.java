package org.catalogdrop.page;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.catalogdrop.journal.DropLine;
import org.catalogdrop.model.Action;
import org.catalogdrop.model.Change;
import org.catalogdrop.model.NormalizedName;
import org.catalogdrop.model.Plan;
import org.catalogdrop.model.Plural;
import org.catalogdrop.report.DisplayText;

/** The plans of undos that a page has asked for. The last ones are kept in memory. Safe for many threads. */
final class UndoPlans {

    private static final int KEPT = 20;
    private static final int SAMPLE = 20;

    private final LoaderCalls calls;
    private final PageTasks tasks;
    private final Set<Long> planning = new HashSet<>();
    private final Map<Long, Plan> plans = new LinkedHashMap<>() {

        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Plan> eldest) {
            return size() > KEPT;
        }
    };

    UndoPlans(LoaderCalls calls, PageTasks tasks) {
        this.calls = calls;
        this.tasks = tasks;
    }

    /** Begins to make a plan. Returns false if too much waits already. */
    synchronized boolean begin(DropLine drop, Path file, String name) {
        if (planning.contains(drop.id())) {
            return true;
        }
        plans.remove(drop.id());
        boolean begun = PageTasks.Begun.FULL
                != tasks.begin("plan " + drop.id(), "Planning the undo of " + NormalizedName.show(drop.name()), () -> {
                    try {
                        keep(drop, calls.plan(file, name, SAMPLE, Optional.empty()));
                        return "the plan is made.";
                    } finally {
                        end(drop);
                    }
                });
        if (begun) {
            planning.add(drop.id());
        }
        return begun;
    }

    private synchronized void keep(DropLine drop, Plan plan) {
        plans.put(drop.id(), plan);
    }

    private synchronized void end(DropLine drop) {
        planning.remove(drop.id());
    }

    /** Takes the plan of these bytes away, so that only one of two that ask gets it; empty if there is none. */
    synchronized Optional<Plan> take(DropLine drop, String digest) {
        Optional<Plan> plan = Optional.ofNullable(plans.get(drop.id()))
                .filter(one -> one.digest().equals(digest));
        plan.ifPresent(taken -> plans.remove(drop.id()));
        return plan;
    }

    /** Gives a plan back that was taken and came to nothing. */
    synchronized void giveBack(DropLine drop, Plan plan) {
        plans.putIfAbsent(drop.id(), plan);
    }

    synchronized UndoView view(String path, DropLine drop) throws IOException {
        Optional<Plan> plan = Optional.ofNullable(plans.get(drop.id()));
        return new UndoView(
                path,
                DisplayText.of(drop.name()),
                plan.isPresent(),
                planning.contains(drop.id()),
                plan.map(Plan::digest).orElse(""),
                plan.map(UndoPlans::counts).orElse(List.of()),
                plan.map(UndoPlans::notes).orElse(List.of()),
                plan.map(UndoPlans::rejects).orElse(List.of()),
                plan.map(UndoPlans::changes).orElse(List.of()));
    }

    private static List<NowView.Amount> counts(Plan plan) {
        List<NowView.Amount> counts = new ArrayList<>();
        for (Action action : Action.values()) {
            long rows = plan.byAction().getOrDefault(action, 0L);
            if (rows > 0) {
                counts.add(new NowView.Amount(
                        switch (action) {
                            case ADD -> "elements that come back";
                            case UPDATE -> "elements that get their former values";
                            case DELETE -> "elements that are deleted";
                        },
                        rows));
            }
        }
        if (plan.rejects() > 0) {
            counts.add(new NowView.Amount("rows that cannot be sent", plan.rejects()));
        }
        counts.add(new NowView.Amount("requests at least", plan.requests()));
        return counts;
    }

    private static List<String> notes(Plan plan) {
        List<String> notes = new ArrayList<>();
        plan.refusals().forEach(refusal -> notes.add("It would be refused: " + DisplayText.of(refusal, 1000)));
        plan.loadedBefore()
                .ifPresent(before -> notes.add("This load was undone before, with results in " + DisplayText.of(before)
                        + ", so it would be refused."));
        if (plan.missing() > 0) {
            notes.add(Plural.of(plan.missing(), "element is", "elements are")
                    + " gone already. Their rows would be rejected.");
        }
        if (plan.unchanged() > 0) {
            notes.add(Plural.of(plan.unchanged(), "element has", "elements have") + " the former values already.");
        }
        plan.remarks().forEach(remark -> notes.add(DisplayText.of(remark, 1000) + "."));
        notes.add("Elements that someone has edited since the load are left as they are, and reported.");
        return notes;
    }

    private static List<String> rejects(Plan plan) {
        return plan.firstRejects().stream()
                .map(reject -> "Row " + reject.row().number() + ": "
                        + DisplayText.of(reject.problem().orElseThrow().message(), 500))
                .toList();
    }

    private static List<UndoView.Change> changes(Plan plan) {
        return plan.firstChanges().stream().map(UndoPlans::change).toList();
    }

    private static UndoView.Change change(Change change) {
        String element = (change.id() == 0 ? "new" : Long.toString(change.id())) + " " + change.name();
        boolean delete = change.action() == Action.DELETE;
        return new UndoView.Change(
                DisplayText.of(element.strip()),
                delete ? "deleted" : DisplayText.of(change.fieldName().isEmpty() ? change.field() : change.fieldName()),
                DisplayText.of(change.before()),
                DisplayText.of(change.after()));
    }
}
