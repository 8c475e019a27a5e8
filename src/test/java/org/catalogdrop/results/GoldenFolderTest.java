package org.catalogdrop.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.catalogdrop.results.Given.done;
import static org.catalogdrop.results.Given.drop;
import static org.catalogdrop.results.Given.rejected;
import static org.catalogdrop.results.Given.results;
import static org.catalogdrop.results.Given.row;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.catalogdrop.model.Action;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.DropFormat;
import org.catalogdrop.model.Outcome;
import org.catalogdrop.model.Problem;
import org.catalogdrop.model.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoldenFolderTest {

    private static final List<String> COLUMNS = List.of("action", "id", "name", "cf:7");
    private static final Problem LOST = Problem.of(Code.NO_ANSWER, "no answer within 60 s; look it up");

    @TempDir
    Path outbox;

    @Test
    void every_outcome_is_in_its_file() {
        Map<String, String> files = results(
                outbox,
                drop("products.csv", DropFormat.CSV_SEMICOLON),
                done(row(1, COLUMNS, "", "", "Tea", "1,50"), Action.ADD, 501),
                done(row(2, COLUMNS, "update", "77", "Cup", ""), Action.UPDATE, 77),
                done(row(3, COLUMNS, "delete", "78", "", ""), Action.DELETE, 78),
                new Outcome(
                        row(4, COLUMNS, "", "79", "Pot", ""), "4", "update", Status.UNCHANGED, 79, Optional.empty()),
                rejected(row(5, COLUMNS, "", "", "", "00123;\"x\"")),
                new Outcome(row(6, COLUMNS, "", "", "Jar", ""), "6", "add", Status.IN_DOUBT, 0, Optional.of(LOST)),
                new Outcome(
                        row(7, COLUMNS, "bye", "1", "", ""),
                        "",
                        "",
                        Status.REJECTED,
                        0,
                        Optional.of(new Problem(Code.BAD_ACTION, "action", "'bye' is no action"))));

        assertThat(files).containsOnlyKeys("mapping.json", "results.csv", "rejects.csv", "summary.json");
        assertThat(files.get("mapping.json")).isEqualTo("""
                {
                  "1": 501,
                  "2": 77,
                  "3": 78,
                  "4": 79
                }
                """);
        assertThat(files.get("results.csv")).isEqualTo("""
                request_id;row;line;action;outcome;id;key;code;column;message
                1;1;2;add;created;501;;;;
                2;2;3;update;updated;77;;;;
                3;3;4;delete;deleted;78;;;;
                4;4;5;update;unchanged;79;;;;
                5;5;6;add;rejected;;;name_missing;name;"column 'name' is empty; an add needs one"
                6;6;7;add;in_doubt;;;no_answer;;"no answer within 60 s; look it up"
                ;7;8;;rejected;;;bad_action;action;'bye' is no action
                """);
        assertThat(files.get("rejects.csv")).isEqualTo("""
                action;id;name;cf:7;_code;_column;_message
                ;;;"00123;""x""\";name_missing;name;"column 'name' is empty; an add needs one"
                bye;1;;;bad_action;action;'bye' is no action
                """);
        assertThat(files.get("summary.json")).isEqualTo("""
                {
                  "drop": "products.csv",
                  "digest": "%s",
                  "format": "csv-semicolon",
                  "read_as": {
                    "packing": "none",
                    "charset": "UTF-8",
                    "charset_by": "content",
                    "delimiter": ";",
                    "delimiter_by": "content",
                    "quote": "\\"",
                    "sep_line": false
                  },
                  "mapping": "default",
                  "account": "",
                  "catalog_id": null,
                  "rows": 7,
                  "actions": {
                    "add": 3,
                    "update": 2,
                    "delete": 1,
                    "none": 1
                  },
                  "outcomes": {
                    "created": 1,
                    "updated": 1,
                    "deleted": 1,
                    "unchanged": 1,
                    "rejected": 2,
                    "in_doubt": 1,
                    "skipped": 0
                  },
                  "balance": {
                    "rows": 7,
                    "sum_of_outcomes": 7,
                    "holds": true
                  },
                  "rejects": {
                    "bad_action": 1,
                    "name_missing": 1
                  },
                  "unknown_columns": [ ],
                  "missing": {
                    "known": 0,
                    "elements": 0,
                    "kept": ""
                  },
                  "undo": {
                    "setting": "",
                    "possible": {
                      "add": 0,
                      "update": 0,
                      "delete": 0
                    },
                    "impossible": {
                      "add": 0,
                      "update": 0,
                      "delete": 0
                    }
                  },
                  "requests": 2,
                  "retries": 1,
                  "reads": 0,
                  "seconds": 2.500,
                  "rows_per_second": 2.8,
                  "started": "2026-03-01T10:00:00Z",
                  "finished": "2026-03-01T10:00:02.500Z",
                  "folder": "products.csv-01234567"
                }
                """.formatted(Given.DIGEST));
    }

    @Test
    void without_accepted_rows_the_mapping_is_an_empty_object() {
        Map<String, String> files =
                results(outbox, drop("a.json", DropFormat.JSON_ARRAY), rejected(row(1, List.of("name"), "")));

        assertThat(files.get("mapping.json")).isEqualTo("{}\n");
    }

    @Test
    void without_rejects_there_is_no_rejects_file() {
        Map<String, String> files = results(outbox, drop("a.csv", DropFormat.CSV_COMMA), Given.created(1));

        assertThat(files).containsOnlyKeys("mapping.json", "results.csv", "summary.json");
    }

    @Test
    void cells_of_results_are_no_formulas() {
        String[] columns = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\uFF1D1", "\uFF0B1", "\uFF0D1", "\uFF201"};
        Outcome[] outcomes = new Outcome[columns.length];
        for (int i = 0; i < columns.length; i++) {
            Problem problem = new Problem(Code.BAD_COLUMN, columns[i], "=HYPERLINK(\"http://x\",\"y\")");
            outcomes[i] =
                    new Outcome(row(i + 1, List.of("=n"), "=v"), "-5", "@a", Status.REJECTED, 0, Optional.of(problem));
        }

        Map<String, String> files = results(outbox, drop("a.csv", DropFormat.CSV_COMMA), outcomes);

        assertThat(files.get("results.csv"))
                .contains("'-5,1,2,'@a,rejected,,,bad_column,'=1+1,\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"\n")
                .contains("bad_column,'+1,", "bad_column,'-1,", "bad_column,'@SUM(A1),")
                .contains("bad_column,\"'\t=1\",", "bad_column,\"'\r=1\",")
                .contains(
                        "bad_column,'\uFF1D1,", "bad_column,'\uFF0B1,", "bad_column,'\uFF0D1,", "bad_column,'\uFF201,");
        // Rejects are for loading again, where a guard would become part of the value.
        assertThat(files.get("rejects.csv")).startsWith("=n,_code,_column,_message\n=v,bad_column,=1+1,");
    }

    @Test
    void results_are_utf8_whatever_the_drop_has() {
        Problem problem = new Problem(Code.BAD_ENCODING, "n\uDCE9", "caf\uDCE9 \uD83D\uDE00 é 漢 \uD800");

        Map<String, String> files =
                results(outbox, drop("a.csv", DropFormat.CSV_COMMA), rejected(row(1, List.of("name"), "x"), problem));

        assertThat(files.get("results.csv")).endsWith("bad_encoding,n\uFFFD,caf\uFFFD \uD83D\uDE00 é 漢 \uFFFD\n");
        assertThat(files.get("rejects.csv")).endsWith("bad_encoding,n\uFFFD,caf\uFFFD \uD83D\uDE00 é 漢 \uFFFD\n");
    }
}
