package org.catalogdrop.mapping.yaml;

import java.util.List;

/** The sections of a mapping file and the keys of each. {@code docs/mapping.md} and {@code docs/mapping.schema.json} have the same. */
enum Section {
    FILE(
            "a mapping file",
            "drops catalog action key unknown known gone missing missing_at_most on_reject skip_rows"
                    + " id name request_id updated_at fields defaults header sheet rows merged_cells csv"),
    ACTION("action", "column words otherwise"),
    SOURCE("a column, constant or template", "column constant template"),
    MOMENT("updated_at", "column constant template pattern zone locale"),
    FIELD(
            "a field",
            "field subtype column constant template type separator empty replace decimal thousands signs"
                    + " empty_words pattern zone locale true_words false_words labels"),
    DEFAULTS("defaults", "empty decimal thousands signs empty_words pattern zone locale true_words false_words"),
    SKIP("an entry of skip_rows", "column words empty"),
    CSV("csv", "delimiter quote charset escape missing_cells");

    private final String title;
    private final List<String> keys;

    /** @param keys with a blank between two */
    Section(String title, String keys) {
        this.title = title;
        this.keys = List.of(keys.split(" ", -1));
    }

    /** Returns its name in messages. */
    String title() {
        return title;
    }

    List<String> keys() {
        return keys;
    }
}
