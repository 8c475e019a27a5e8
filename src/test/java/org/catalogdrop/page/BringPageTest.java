package org.catalogdrop.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.catalogdrop.model.Status;
import org.catalogdrop.model.Summary;
import org.catalogdrop.page.OpenPage.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A file is brought, mapped, planned and let into the inbox by plain forms, without scripts. */
@Timeout(60)
class BringPageTest {

    private static final String HOSTILE = "<script>alert(1)</script>\"><img src=x onerror=alert(1)>\u202E";

    @TempDir
    Path home;

    private static Answer bring(OpenPage page, String name, String content, String token) throws Exception {
        page.get("/bring");
        String mark = "----x1";
        String body = "--" + mark + "\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n"
                + (token.isEmpty() ? page.token() : token) + "\r\n--" + mark
                + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name
                + "\"\r\nContent-Type: text/csv\r\n\r\n" + content + "\r\n--" + mark + "--\r\n";
        return page.send("POST /bring HTTP/1.1\r\nHost: 127.0.0.1:" + page.port() + "\r\nCookie: " + page.cookie()
                + "\r\nOrigin: " + page.address() + "\r\nContent-Type: multipart/form-data; boundary=" + mark
                + "\r\nContent-Length: " + body.getBytes(StandardCharsets.UTF_8).length
                + "\r\nConnection: close\r\n\r\n" + body);
    }

    /** Waits until the file was looked at. */
    private static Answer looked(OpenPage page, String address) throws Exception {
        Answer answer = page.get(address);
        while (answer.body().contains("data-events")) {
            Thread.onSpinWait();
            answer = page.get(address);
        }
        return answer;
    }

    private List<String> inbox() throws Exception {
        try (Stream<Path> files = Files.list(home.resolve("inbox"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void given_a_file_with_standard_columns_when_brought_then_its_plan_is_shown_and_nothing_is_sent_before_the_button()
            throws Exception {
        try (OpenPage page = OpenPage.start(home)) {
            String rows = "name,action\n" + HOSTILE.replace("\"", "") + ",\n,add\nB,\n";
            Answer sent = bring(page, "../p.csv", rows, "");
            assertThat(sent.status()).isEqualTo(303);
            Answer seen = looked(page, sent.header("Location"));

            assertThat(seen.body())
                    .contains("Load it", "<code>name_missing</code>", "Requests at least", "&lt;script&gt;alert")
                    .doesNotContain("<script>alert", "<img", "\u202E");
            assertThat(page.loading().posts()).isEmpty();
            assertThat(inbox()).hasSize(1).allMatch(name -> name.startsWith(".upload-"));

            Answer loaded = page.post(sent.header("Location") + "/load", Map.of());
            assertThat(loaded.header("Location")).isEqualTo("/");
            assertThat(inbox()).containsExactly("p.csv");
            assertThat(page.post(sent.header("Location") + "/load", Map.of()).header("Location"))
                    .isEqualTo("/bring");
            assertThat(page.get("/bring").body()).contains("p.csv was put into the inbox before");
            assertThat(inbox()).containsExactly("p.csv");
        }
    }

    @Test
    void given_a_file_when_it_comes_without_the_token_or_is_too_large_then_nothing_of_it_is_kept() throws Exception {
        try (OpenPage page = OpenPage.start(home, "drop.page-upload-limit=1KiB")) {
            assertThat(bring(page, "p.csv", "name\nA\n", "wrong").status()).isEqualTo(403);
            Answer large = bring(page, "p.csv", "name\n" + "A\n".repeat(1000), "");
            assertThat(page.get(large.header("Location")).body()).contains("drop.page-upload-limit");
            assertThat(bring(page, "", "", "").header("Location")).isEqualTo("/bring");
            assertThat(home.resolve("inbox"))
                    .satisfiesAnyOf(inbox -> assertThat(inbox).doesNotExist(), inbox -> assertThat(inbox)
                            .isEmptyDirectory());
        }
    }

    @Test
    void given_a_file_without_a_mapping_when_its_columns_get_a_meaning_then_the_mapping_is_saved_and_the_plan_follows()
            throws Exception {
        try (OpenPage page = OpenPage.start(home)) {
            String address = bring(
                            page,
                            "preise.csv",
                            "Artikel;Titel;Preis\nA1;" + HOSTILE.replace("\"", "") + ";1,50\nA2;Zwei;x\n",
                            "")
                    .header("Location");
            assertThat(looked(page, address).body())
                    .contains("It cannot be loaded as it is.", "Say what its columns mean")
                    .doesNotContain("<script>alert");

            Answer shown = page.get(address + "/mapping");
            assertThat(shown.body()).contains("rejected", "bad_number").doesNotContain("<script>alert", "<img");
            Map<String, String> form = OpenPage.form(shown.body(), "mapping");
            form.put("name", "Titel");
            form.put("action", "upsert");
            form.put("key", "Artikel");
            form.put("e1.decimal", ",");
            form.put("do", "preview");
            Answer tried = page.post(address + "/mapping", form);
            assertThat(tried.status()).isEqualTo(200);
            assertThat(tried.body())
                    .contains("add or update", "1.50", "Of the first 2 rows, 1 would be sent and 1 rejected.");

            Map<String, String> again = OpenPage.form(tried.body(), "mapping");
            again.put("do", "save");
            Answer saved = page.post(address + "/mapping", again);

            assertThat(saved.header("Location")).isEqualTo(address);
            assertThat(Files.readString(home.resolve("mappings/preise.yaml")))
                    .contains("# Guessed from preise.csv", "action: upsert", "key: \"Artikel\"");
            assertThat(home.resolve("mappings/mapping.schema.json")).exists();
            assertThat(looked(page, address).body()).contains("preise.yaml", "bad_number", "Load it");
            assertThat(page.loading().posts()).isEmpty();
        }
    }

    @Test
    void given_rejects_when_they_are_corrected_on_the_page_then_a_file_with_them_is_in_the_inbox() throws Exception {
        try (OpenPage page = OpenPage.start(home)) {
            Summary first =
                    page.loading().load("p.csv", "name,action\nA,\n,add\n" + HOSTILE.replace("\"", "") + ",later\n");
            assertThat(first.count(Status.REJECTED)).isEqualTo(2);
            assertThat(page.get("/rejects").body()).contains("/rejects/" + first.folder() + "?file=rejects.csv");
            String address = "/rejects/" + first.folder() + "?file=rejects.csv&from=0";
            Answer shown = page.get(address);
            assertThat(shown.body())
                    .contains("name_missing", "bad_action", "0 of 2 rows would be sent now.")
                    .doesNotContain("<script>alert", "<img");
            Map<String, String> form = OpenPage.form(shown.body(), "rejects");
            form.put("c1.0", "New");
            form.put("do", "try");
            assertThat(page.post(address, form).body()).contains("\"2\":{").doesNotContain("\"1\":{");
            form.put("do", "check");
            assertThat(page.post(address, form).body()).contains("1 of 2 rows would be sent now.");
            form.put("c2.1", "");
            form.put("do", "load");
            // A file where the inbox should be: it cannot be written, whoever runs the test.
            Files.deleteIfExists(home.resolve("inbox"));
            Files.createFile(home.resolve("inbox"));
            assertThat(page.post(address, form).body())
                    .contains("Nothing was done, because", "inbox cannot be written", "value=\"New\"");
            Files.delete(home.resolve("inbox"));
            assertThat(page.post(address, form).header("Location")).isEqualTo("/");

            assertThat(inbox()).containsExactly("rejects-p.csv");
            Summary second = page.loading().load(home.resolve("inbox/rejects-p.csv"));
            assertThat(second.count(Status.CREATED)).isEqualTo(2);
            assertThat(page.loading().names()).contains("A", "New");
        }
    }

    @Test
    void given_an_address_that_leads_elsewhere_when_asked_for_then_there_is_no_such_page() throws Exception {
        try (OpenPage page = OpenPage.start(home)) {
            Files.createDirectories(home.resolve("secret"));
            Files.writeString(home.resolve("secret/rejects.csv"), "name,_code\nsecret,x\n");
            Files.createDirectories(home.resolve("outbox"));
            List<Integer> statuses = new ArrayList<>();
            for (String path : List.of(
                    "..%2fsecret", "%2e%2e/secret", "../secret", "x?file=..%2f..%2fsecret%2frejects.csv", "%00")) {
                Answer answer = page.get("/rejects/" + path);
                statuses.add(answer.status());
                assertThat(answer.body()).doesNotContain(">secret<");
            }
            assertThat(statuses).doesNotContain(200);
        }
    }
}
