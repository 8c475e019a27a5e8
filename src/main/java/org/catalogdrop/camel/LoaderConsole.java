package org.catalogdrop.camel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.support.console.AbstractDevConsole;
import org.apache.camel.util.json.JsonObject;
import org.catalogdrop.load.LoadPhase;
import org.catalogdrop.load.RunningLoad;
import org.catalogdrop.model.NormalizedName;
import org.catalogdrop.observability.Finding;
import org.catalogdrop.observability.LoaderHealth;

/**
 * The dev console {@code catalog-drop}: what the loader of the context does now. Camel finds it by its file in META-INF if {@code camel-console} is
 * there; nothing is loaded otherwise. It has no token and no secret. Safe for many threads.
 */
public final class LoaderConsole extends AbstractDevConsole {

    private static final String ID = "catalog-drop";

    /** Called by Camel. */
    public LoaderConsole() {
        super("catalogdrop", ID, "Catalog Drop", "The drop that is being loaded, the rate and the state of the loader");
    }

    @Override
    protected String doCallText(Map<String, Object> options) {
        List<String> lines = new ArrayList<>();
        state().forEach((name, value) -> {
            if (value instanceof Map<?, ?> part) {
                lines.add(name + ":");
                part.forEach((key, one) -> lines.add("  " + key + ": " + one));
            } else {
                lines.add(name + ": " + value);
            }
        });
        return String.join("\n", lines) + "\n";
    }

    @Override
    protected Map<String, Object> doCallJson(Map<String, Object> options) {
        return new JsonObject(state());
    }

    private Map<String, Object> state() {
        Installation loader = getCamelContext().getRegistry().lookupByNameAndType(ID, Installation.class);
        return loader == null ? Map.of("loader", "there is none in this context") : state(loader);
    }

    private static Map<String, Object> state(Installation loader) {
        LoaderHealth health = loader.vitals();
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("account", loader.account());
        state.put("load", load(loader.loads().current()));
        Map<String, Object> requests = new LinkedHashMap<>();
        requests.put("perSecond", health.traffic().rate());
        requests.put("limit", health.rateLimit());
        requests.put("inFlight", health.traffic().inFlight());
        requests.put("mostRows", health.chunkRows());
        requests.put("pauseSeconds", health.pauseLeft().toSeconds());
        state.put("requests", requests);
        Map<String, Object> checks = new JsonObject();
        health.checks().forEach((name, check) -> checks.put(name, words(check.get())));
        state.put("checks", checks);
        return state;
    }

    private static Map<String, Object> load(Optional<LoadPhase> current) {
        Map<String, Object> load = new LinkedHashMap<>();
        load.put("state", current.isEmpty() ? "nothing is being loaded" : "loading");
        current.ifPresent(phase -> {
            load.put("drop", NormalizedName.show(phase.drop().name()));
            load.put("digest", phase.drop().digest());
            load.put("rows", phase.rows());
            load.put("done", phase instanceof RunningLoad running ? running.settled() : 0L);
            load.put("since", phase.opened().started().toString());
        });
        return load;
    }

    private static String words(Finding finding) {
        return (finding.good() ? "up: " : "down: ") + finding.message();
    }
}
