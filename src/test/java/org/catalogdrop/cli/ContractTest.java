package org.catalogdrop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.catalogdrop.scenario.CommandSandbox;
import org.catalogdrop.scenario.Outbox;
import org.junit.jupiter.api.Test;

/** What scripts rely on stays: names may be added, at the end of a line of columns, and none may go. */
class ContractTest extends CommandSandbox {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final StringWriter out = new StringWriter();

    private int run(String... words) {
        out.getBuffer().setLength(0);
        return CatalogDropMain.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(words);
    }

    private static List<String> keys(JsonNode json) {
        List<String> keys = new ArrayList<>();
        json.fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    private Path load() throws Exception {
        Path file = Files.writeString(home.resolve("drop.csv"), "name\nPencil\n\"\"\n");
        assertThat(run("load", file.toString())).isEqualTo(3);
        return Outbox.only(home).folder();
    }

    @Test
    void given_load_when_it_has_ended_then_results_have_the_names_of_the_contract() throws Exception {
        Path results = load();

        assertThat(results.getFileName().toString()).matches("drop\\.csv-[0-9a-f]{8}");
        assertThat(Files.readAllLines(results.resolve("results.csv")).get(0))
                .startsWith("request_id,row,line,action,outcome,id,key,code,column,message");
        assertThat(Files.readString(results.resolve("mapping.json"))).matches("\\{\n  \"1\": \\d+\n}\n");
        assertThat(Files.readAllLines(results.resolve("rejects.csv")).get(0)).startsWith("name,_code,_column,_message");
        JsonNode summary = JSON.readTree(results.resolve("summary.json").toFile());
        assertThat(keys(summary))
                .contains("drop", "digest", "format", "read_as", "mapping", "account", "catalog_id", "rows", "actions")
                .contains("outcomes", "balance", "missing", "undo", "requests", "retries", "reads", "seconds")
                .contains("rows_per_second", "started", "finished", "folder");
        assertThat(keys(summary.get("outcomes")))
                .contains("created", "updated", "deleted", "unchanged", "rejected", "in_doubt");
        assertThat(keys(summary.get("actions"))).contains("add", "update", "delete", "none");
        assertThat(summary.get("requests").asLong()).as("writes alone, as ever").isEqualTo(1);
    }

    @Test
    void given_load_when_status_and_verify_print_json_then_it_has_the_names_of_the_contract() throws Exception {
        Path results = load();

        assertThat(run("status", "--json")).isZero();
        JsonNode status = JSON.readTree(out.toString());
        assertThat(keys(status))
                .contains(
                        "state",
                        "owner",
                        "standing_by",
                        "journal_fault",
                        "loading",
                        "blocked",
                        "inbox",
                        "drops",
                        "refused",
                        "waiting",
                        "not_taken");
        assertThat(keys(status.at("/drops/0")))
                .contains("drop", "digest", "state", "loading", "account", "catalog_id", "rows", "outcomes", "in_doubt")
                .contains("entered", "finished", "folder", "file", "refusal", "next");
        assertThat(run("verify", results.toString(), "--json")).isZero();
        assertThat(keys(JSON.readTree(out.toString())))
                .contains("folder", "rows", "account", "account_checked", "rows_proven", "sound", "faults");
    }

    @Test
    void given_commands_of_the_contract_when_help_is_asked_then_each_is_listed() {
        assertThat(CatalogDropMain.commandLine().getSubcommands().keySet())
                .contains("run", "load", "plan", "list", "status", "sandbox", "demo")
                .contains("undo", "login", "verify", "keys", "mapping", "forget", "help");
    }
}
