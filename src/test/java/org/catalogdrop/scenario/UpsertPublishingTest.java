package org.catalogdrop.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.catalogdrop.scenario.Night.SKU;
import static org.catalogdrop.scenario.Night.drop;
import static org.catalogdrop.scenario.Night.told;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.catalogdrop.camel.Installation;
import org.catalogdrop.config.Settings;
import org.catalogdrop.config.SettingsReader;
import org.catalogdrop.journal.DropEntry;
import org.catalogdrop.journal.DropLine;
import org.catalogdrop.journal.Journal;
import org.catalogdrop.mapping.rule.KeyLocation;
import org.catalogdrop.model.RunHalted;
import org.catalogdrop.sandbox.store.StoredElement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A drop of upserts dies with its results on the way to their place, and what its keys stand for changes before it goes on. */
@Timeout(60)
class UpsertPublishingTest extends LivesSandbox {

    @BeforeEach
    void loadTheFirstNight() throws Exception {
        Night.mapping(home, "");
        assertThat(load("night1.csv", drop("A;Ant;1", "B;Bee;2"))).containsExactly("A add created", "B add created");
    }

    @Test
    void a_key_that_was_forgotten_meanwhile_is_added() throws Exception {
        String text = drop("A;Ant;1", "B;Bee;2", "C;Cat;3");
        diesBeforeTheResultsAreInPlace("night2.csv", text);
        delete("Ant");
        try (StepLife life = new StepLife(settings(), new Installation.InboxMode(false, false), NOWHERE)) {
            life.drop()
                    .keyLooks()
                    .sync(new KeyLocation(Loading.LIST, "" + SKU, "No", KeyLocation.Gone.ADD, Optional.empty()));
        }
        assertThat(load("night2.csv", text)).containsExactly("A add created", "B update unchanged", "C add created");
        assertThat(names()).containsExactlyInAnyOrder("Ant", "Bee", "Cat");
    }

    @Test
    void a_key_that_is_unique_by_now_is_updated() throws Exception {
        sandbox.store().put(Loading.LIST, "Ape", List.of(StoredElement.Field.of(SKU, "A")));
        String text = drop("A;Auk;1", "B;Bee;2", "C;Cat;3");
        diesBeforeTheResultsAreInPlace("night2.csv", text);
        assertThat(names()).containsExactlyInAnyOrder("Ant", "Ape", "Bee", "Cat");
        delete("Ape");
        assertThat(load("night2.csv", text)).containsExactly("A update updated", "B update unchanged", "C add created");
        assertThat(names()).containsExactlyInAnyOrder("Auk", "Bee", "Cat");
    }

    private List<String> load(String name, String text) throws Exception {
        assertThat(StepLife.load(settings(), lay(name, text), NOWHERE)).isPresent();
        return told(Outbox.of(home, name));
    }

    /** What stands in the way of {@code summary.json} stops it after the journal has heard of the folder and before the rename. */
    private void diesBeforeTheResultsAreInPlace(String name, String text) throws Exception {
        Path file = lay(name, text);
        assertThatThrownBy(() -> StepLife.load(settings(), file, (node, after) -> {
                    if (node.contains("catalog-loads method:publishResults") && !after) {
                        block();
                    }
                    return false;
                }))
                .hasCauseInstanceOf(RunHalted.class);
        assertThat(Journal.drops(home.resolve("state")))
                .last()
                .extracting(DropLine::state)
                .isEqualTo(DropEntry.State.PUBLISHING);
    }

    private void block() {
        try {
            for (String part : Outbox.names(home.resolve("outbox"))) {
                if (part.endsWith(".part")) {
                    Files.createDirectory(home.resolve("outbox").resolve(part).resolve("summary.json"));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path lay(String name, String text) throws IOException {
        return Files.writeString(home.resolve(name), text);
    }

    private void delete(String name) {
        StoredElement element = sandbox.store().elements(Loading.LIST).stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
        ByHand.delete(sandbox.baseUrl(), TOKEN, element.id());
    }

    private List<String> names() {
        return sandbox.store().elements(Loading.LIST).stream()
                .map(StoredElement::name)
                .toList();
    }

    private Settings settings() {
        Map<String, String> settings = Loading.settings(home, sandbox.baseUrl(), "kommo.access-token=" + TOKEN);
        return SettingsReader.read(key -> Optional.ofNullable(settings.get(key)), true);
    }
}
