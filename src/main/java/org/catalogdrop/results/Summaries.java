package org.catalogdrop.results;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.catalogdrop.model.Action;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Missing;
import org.catalogdrop.model.PhysicalFormat;
import org.catalogdrop.model.RunHalted;
import org.catalogdrop.model.Status;
import org.catalogdrop.model.Summary;
import org.catalogdrop.model.Target;
import org.catalogdrop.model.UndoCount;

/** Writes and reads the text of {@code summary.json}. Stateless. */
public final class Summaries {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Summaries() {}

    /** Returns the text of {@code summary.json}; for a drop that was refused as a whole it has the reason too, under {@code refusal}. */
    public static String text(Summary summary) {
        return SummaryText.of(summary);
    }

    /** Returns JSON for people and programs, keys in the map's order. */
    public static String json(Map<String, Object> map) {
        return SummaryText.json(map);
    }

    /**
     * Returns the summary of a results folder, without the physical format of its drop.
     *
     * @throws RunHalted {@link Code#DISK} if it does not exist or is not ours
     */
    public static Summary read(Path folder) {
        return read(folder, Optional.empty());
    }

    /** Returns the summary of a drop whose physical format is known. */
    public static Summary read(Path folder, PhysicalFormat shape) {
        return read(folder, Optional.of(shape));
    }

    private static Summary read(Path folder, Optional<PhysicalFormat> shape) {
        Path file = folder.resolve("summary.json");
        try {
            JsonNode json = JSON.readTree(file.toFile());
            Map<String, Long> byAction = new LinkedHashMap<>();
            json.path("actions")
                    .properties()
                    .forEach(e -> byAction.put(e.getKey(), e.getValue().asLong()));
            Map<Status, Long> byStatus = new EnumMap<>(Status.class);
            for (Status status : Status.values()) {
                byStatus.put(status, json.path("outcomes").path(status.word()).asLong());
            }
            return new Summary(
                    json.required("drop").asText(),
                    json.required("digest").asText(),
                    json.path("format").asText(),
                    shape,
                    json.path("mapping").asText(),
                    json.required("rows").asLong(),
                    byAction,
                    byStatus,
                    json.path("requests").asLong(),
                    json.path("retries").asLong(),
                    Instant.parse(json.required("started").asText()),
                    Instant.parse(json.required("finished").asText()),
                    json.path("folder").asText(),
                    missing(json.path("missing")),
                    Optional.empty(),
                    undo(json.path("undo")),
                    target(json),
                    json.path("reads").asLong(),
                    codes(json.path("rejects")),
                    texts(json.path("unknown_columns")));
        } catch (IOException | RuntimeException fault) {
            throw new RunHalted(
                    Code.DISK,
                    file + " cannot be read as the summary of a load (" + fault.getMessage()
                            + "). Name a folder of the outbox that was not changed.");
        }
    }

    private static Target target(JsonNode json) {
        JsonNode catalog = json.path("catalog_id");
        return new Target(
                json.path("account").asText(),
                catalog.isNumber() ? OptionalLong.of(catalog.asLong()) : OptionalLong.empty());
    }

    private static UndoCount undo(JsonNode json) {
        return new UndoCount(
                json.path("setting").asText(), counts(json.path("possible")), counts(json.path("impossible")));
    }

    private static Map<Action, Long> counts(JsonNode json) {
        Map<Action, Long> counts = new EnumMap<>(Action.class);
        for (Action action : Action.values()) {
            long count = json.path(action.word()).asLong();
            if (count > 0) {
                counts.put(action, count);
            }
        }
        return counts;
    }

    private static Map<String, Long> codes(JsonNode json) {
        Map<String, Long> codes = new LinkedHashMap<>();
        json.properties()
                .forEach(code -> codes.put(code.getKey(), code.getValue().asLong()));
        return codes;
    }

    private static List<String> texts(JsonNode json) {
        List<String> texts = new ArrayList<>();
        json.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static Missing missing(JsonNode json) {
        return new Missing(
                json.path("known").asLong(),
                json.path("elements").asLong(),
                json.path("kept").asText());
    }
}
