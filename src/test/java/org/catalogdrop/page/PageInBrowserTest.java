package org.catalogdrop.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.catalogdrop.sandbox.store.StoredElement;
import org.catalogdrop.scenario.Loading;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The page in a real Chromium, used as a person uses it. With {@code -Ddocs.images=docs/images} the pictures of the manual are taken. */
@Tag("slow")
@Timeout(240)
class PageInBrowserTest {

    private static final String HOSTILE =
            "<script>window.owned=1</script>\"><img src=x onerror=\"window.owned=1\"><a href=javascript:window.owned=1>\u202Egpj.exe";

    private static Browser browser;

    @TempDir
    Path home;

    @BeforeAll
    static void start() {
        browser = Browser.start();
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
    }

    private OpenPage page(String... settings) throws Exception {
        List<String> all = new ArrayList<>(List.of(settings));
        all.add("drop.page=true");
        browser.forget();
        return OpenPage.of(Loading.watchOn(home, all.toArray(String[]::new)));
    }

    private static void await(BooleanSupplier done) {
        new WebDriverWait(browser.driver(), Duration.ofSeconds(30)).until(one -> done.getAsBoolean());
    }

    private void bring(OpenPage page, String name, String content) throws Exception {
        Path file =
                Files.writeString(Files.createDirectories(home.resolve("mine")).resolve(name), content);
        browser.open(page.address() + "/bring");
        browser.find("#file").sendKeys(file.toString());
        browser.click("Look at this file");
    }

    @Test
    void given_a_file_without_mapping_when_a_person_works_with_it_then_it_is_mapped_planned_loaded_fixed_and_undone()
            throws Exception {
        try (OpenPage page = page("drop.undo=full")) {
            browser.open(page.address() + "/bring");
            browser.find("body").sendKeys(Keys.TAB);
            assertThat(browser.driver().switchTo().activeElement().getText()).isEqualTo("Skip to the content");
            browser.assertEveryoneCanUseIt();
            browser.picture("bring");

            bring(
                    page,
                    "preise.csv",
                    "Artikelnummer;Bezeichnung;Preis;Farbe\n00415;Bleistift HB;1,20;rot\n00416;Lineal 30 cm;2,50;Green\n"
                            + "00417;Zirkel;auf Anfrage;Green\n00418;Radierer;0,80;Green\n");
            browser.await("main", "Say what its columns mean");
            browser.assertEveryoneCanUseIt();
            browser.click("Say what its columns mean");

            browser.choose("#action", "upsert");
            browser.type("#key", "Artikelnummer");
            browser.choose("select[name$='.label0']", "Red");
            browser.await("#trial", "3 would be sent and 1 rejected");
            browser.await("#trial", "add or update");
            browser.assertEveryoneCanUseIt();
            browser.script("document.querySelectorAll('.entry')[1].scrollIntoView()");
            browser.picture("mapping");
            browser.click("Save the mapping file");

            browser.await("main", "Why rows would be rejected");
            browser.assertEveryoneCanUseIt();
            browser.picture("plan");
            assertThat(page.loading().posts()).isEmpty();
            browser.click("Load it");
            await(() -> page.loading().names().size() == 3);

            browser.open(page.address() + "/rejects");
            await(() -> {
                browser.driver().navigate().refresh();
                return browser.text().contains("preise.csv-");
            });
            browser.assertEveryoneCanUseIt();
            browser.find("main table a").click();
            browser.await("#reject-state", "would be sent now");
            browser.assertEveryoneCanUseIt();
            browser.picture("rejects");
            browser.type("[aria-invalid=true]", "3,10");
            browser.await("td.reason", "would be sent");
            int before = page.loading().names().size();
            browser.click("Load these");
            await(() -> page.loading().names().size() > before);
            assertThat(page.loading().names()).contains("Zirkel");

            browser.open(page.address() + "/history");
            await(() -> {
                browser.driver().navigate().refresh();
                return browser.text().contains("preise.csv");
            });
            browser.assertEveryoneCanUseIt();
            browser.driver()
                    .findElement(By.xpath("//th/a[normalize-space(.)='preise.csv']"))
                    .click();
            browser.assertEveryoneCanUseIt();
            assertThat(browser.find("a[href*='/rejects/']").getText()).isEqualTo("Correct the rejected rows");
            browser.click("Plan the undo");
            browser.await("main h2", "What would be done");
            browser.assertEveryoneCanUseIt();
            browser.click("Undo the load");
            await(() -> !page.loading().names().contains("Lineal 30 cm"));
            assertThat(page.loading().stored()).extracting(StoredElement::name).contains("Zirkel");
        }
    }

    @Test
    void given_rejects_in_parts_when_a_person_edits_them_in_two_tabs_then_edits_stay_and_each_row_is_loaded_once()
            throws Exception {
        try (OpenPage page = page()) {
            String rows = IntStream.range(0, 60)
                    .mapToObj(row -> "Element " + row + ",later")
                    .collect(Collectors.joining("\n", "name,action\n", "\n"));
            Path drop = Files.writeString(home.resolve("inbox/parts.csv"), rows);
            await(() -> !Files.exists(drop));
            browser.open(page.address() + "/rejects");
            browser.find("main table a").click();
            String table = browser.driver().getCurrentUrl();
            String first = browser.driver().getWindowHandle();
            browser.driver().switchTo().newWindow(WindowType.TAB);
            browser.open(table);
            browser.type("[name='c1.1']", "add");
            browser.await("#why1", "would be sent");
            browser.click("Rows behind");
            browser.type("[name='c51.1']", "add");
            browser.await("#why51", "would be sent");
            browser.assertEveryoneCanUseIt();
            browser.click("Rows before");
            assertThat(browser.find("[name='c1.1']").getDomProperty("value")).isEqualTo("add");
            browser.click("Load these");
            browser.await("[role=status]", "is in the inbox");
            await(() -> page.loading().names().size() == 2);
            browser.driver().close();
            browser.driver().switchTo().window(first);
            browser.type("[name='c1.1']", "add");
            browser.click("Load these");

            browser.await("[role=alert]", "Nothing was loaded this time");
            assertThat(browser.find("[name='c1.1']").getDomProperty("value")).isEqualTo("add");
            assertThat(browser.find("[name=load1]").isSelected()).isFalse();
            browser.assertEveryoneCanUseIt();
            browser.open(table);
            await(() -> {
                browser.driver().navigate().refresh();
                return browser.text().contains("created as");
            });
            assertThat(page.loading().names()).containsExactlyInAnyOrder("Element 0", "Element 50");
        }
    }

    @Test
    void given_a_mapping_file_that_was_used_when_a_person_edits_it_then_its_last_file_shows_each_change()
            throws Exception {
        try (OpenPage page = page()) {
            Path file = Files.createDirectories(home.resolve("mappings")).resolve("preise.yaml");
            Files.writeString(
                    file,
                    "drops: \"preise*.csv\"\ncatalog: Products # ours\naction: add\nname: Titel\nfields:\n"
                            + "  - field: Price\n    column: Preis\n    type: number\n");
            Path drop = Files.writeString(home.resolve("inbox/preise-1.csv"), "Titel;Preis\nAnt;1,50\nSumme;1,50\n");
            await(() -> !Files.exists(drop));
            browser.open(page.address() + "/mappings");
            browser.await("main td", "preise-1.csv");
            browser.assertEveryoneCanUseIt();
            browser.click("preise.yaml");

            browser.await("#trial", "0 would be sent and 2 rejected");
            browser.assertEveryoneCanUseIt();
            browser.script("document.querySelectorAll('details').forEach(one => one.open = true)");
            browser.type("[name='e0.decimal']", ",");
            browser.await("#trial", "2 would be sent and 0 rejected");
            browser.type("[name='s0.column']", "Titel");
            browser.type("[name='s0.words']", "Summe*");
            browser.await("#trial", "skipped");
            browser.assertEveryoneCanUseIt();
            browser.picture("mapping-file");
            browser.click("Edit as text");
            browser.await("textarea", "skip_rows:");
            browser.assertEveryoneCanUseIt();
            browser.type("textarea", "drops: [");
            browser.await("#trial", "cannot be used yet");
            browser.click("Show the first rows");
            browser.await("main", "There is no form for it");
            browser.assertEveryoneCanUseIt();
            browser.open(page.address() + "/mappings/preise.yaml");
            browser.script("document.querySelectorAll('details').forEach(one => one.open = true)");
            browser.type("[name='e0.decimal']", ",");
            browser.click("Save the mapping file");
            browser.await("[role=status]", "is saved");
            assertThat(Files.readString(file)).contains("# ours", "decimal: \",\"");
        }
    }

    @Test
    void given_a_file_above_the_limit_when_it_is_brought_then_it_is_not_sent_and_the_reason_is_shown()
            throws Exception {
        try (OpenPage page = page("drop.page-upload-limit=1KiB")) {
            bring(page, "large.csv", "name\n" + "A\n".repeat(1000));
            browser.await("#bring-state", "too large to be brought here");
            browser.assertEveryoneCanUseIt();
            bring(page, "small.csv", "name\nA\n");
            browser.await("main", "What a load would do");
        }
    }

    @Test
    void given_the_keyboard_alone_when_each_page_is_walked_then_all_that_can_be_used_is_reached() throws Exception {
        try (OpenPage page = page("drop.undo=full", "drop.page-password=correct horse battery")) {
            browser.driver().manage().deleteAllCookies();
            browser.open(page.address() + "/login");
            browser.assertKeyboardReachesAll();
            browser.find("input[type=password]").sendKeys("correct horse battery" + Keys.ENTER);
            browser.await("nav", "Bring a file");
            Files.writeString(
                    Files.createDirectories(home.resolve("mappings")).resolve("preise.yaml"),
                    "drops: \"preise*.csv\"\ncatalog: Products\naction: {column: Status}\nname: Titel\nfields:\n"
                            + "  - {field: Colour, column: Farbe, type: options}\n  - {field: Nirgends, column: Preis}\n");
            Path drop = Files.writeString(home.resolve("inbox/rows.csv"), "action,name\nadd,Ant\nlater,Bee\n");
            await(() -> !Files.exists(drop));
            for (String path :
                    List.of("/", "/bring", "/mappings", "/mappings/preise.yaml", "/rejects", "/history", "/account")) {
                browser.open(page.address() + path);
                browser.assertEveryoneCanUseIt();
                browser.assertKeyboardReachesAll();
            }
            browser.open(page.address() + "/mappings/preise.yaml");
            assertThat(browser.find("#trial").getText()).contains("Nirgends");
            browser.script("document.querySelectorAll('details').forEach(one => one.open = true)");
            browser.assertEveryoneCanUseIt();
            browser.assertKeyboardReachesAll();
            browser.open(page.address() + "/rejects");
            browser.find("main table a").click();
            browser.assertKeyboardReachesAll();
            browser.open(page.address() + "/history");
            browser.find("th a").click();
            browser.assertKeyboardReachesAll();
            bring(page, "preise.csv", "Titel;Farbe\nAnt;rot\n");
            browser.await("main", "It cannot be loaded as it is");
            assertThat(browser.find("#load-button").isDisplayed()).isFalse();
            browser.assertEveryoneCanUseIt();
            browser.assertKeyboardReachesAll();
        }
    }

    @Test
    void given_a_drop_that_waits_when_a_person_approves_its_plan_then_it_is_loaded() throws Exception {
        try (OpenPage page = page("drop.approve=true")) {
            Files.writeString(home.resolve("inbox/night.csv"), "name\nAnt\nBee\n");
            browser.open(page.address() + "/bring");
            await(() -> {
                browser.driver().navigate().refresh();
                return browser.text().contains("night.csv");
            });
            assertThat(browser.text()).contains("2 rows");
            browser.assertEveryoneCanUseIt();
            browser.picture("approval");
            assertThat(page.loading().posts()).isEmpty();

            browser.click("Approve and load");

            browser.await("[role=status]", "is approved");
            await(() -> page.loading().names().size() == 2);
        }
    }

    @Test
    void given_a_load_under_way_when_its_page_stays_open_then_it_shows_the_progress_without_reloading()
            throws Exception {
        try (OpenPage page = page("kommo.requests-per-second=5", "kommo.chunk-size=10", "kommo.in-flight=1")) {
            String rows = IntStream.range(0, 600)
                    .mapToObj(row -> "Element " + row)
                    .collect(Collectors.joining("\n", "name\n", "\n"));
            Files.writeString(home.resolve("inbox/long.csv"), rows);
            browser.open(page.address() + "/");
            browser.script("window.stayed = true");
            browser.await("#percent", "%");
            browser.assertEveryoneCanUseIt();
            browser.picture("now");
            String first = browser.find("#percent").getText();
            await(() -> !browser.find("#percent").getText().equals(first));
            assertThat(browser.script("return window.stayed")).isEqualTo(true);
            browser.assertNothingWasRefused();
        }
    }

    @Test
    void given_hostile_cells_and_names_when_every_page_and_the_report_show_them_then_no_script_runs() throws Exception {
        try (OpenPage page = page("drop.undo=full")) {
            String cell = '"' + HOSTILE.replace("\"", "\"\"") + '"';
            String large = "x".repeat(1 << 20);
            String name = "a'b&c<img src=x onerror=owned=1>.csv";
            bring(page, "hostile.csv", cell + ";Titel;Groß\n" + cell + ";" + cell + ";" + large + "\nx;;y\n");
            browser.await("main", "Say what its columns mean");
            assertThat(browser.text()).contains("characters)");
            assertHarmless();
            browser.click("Say what its columns mean");
            browser.await("#trial", "rows");
            browser.type("#name", HOSTILE.substring(0, 20));
            browser.await("#trial", "column");
            assertHarmless();

            Path file = Files.writeString(
                    home.resolve("inbox").resolve(name.replace("/", "_")),
                    "action,name,updated_at,cf:4400049\n," + cell + ",,x\n" + cell + "," + cell + ",,\n,," + cell
                            + ",\n");
            await(() -> !Files.exists(file));
            browser.open(page.address() + "/rejects");
            assertHarmless();
            browser.find("main table a").click();
            browser.await("#reject-state", "would be sent now");
            assertHarmless();
            browser.open(page.address() + "/history");
            assertHarmless();
            browser.find("th a").click();
            assertHarmless();
            browser.open(page.address() + "/");
            assertHarmless();
            try (var folders = Files.list(home.resolve("outbox"))) {
                Path results = folders.filter(Files::isDirectory)
                        .filter(folder -> Files.exists(folder.resolve("report.html")))
                        .findFirst()
                        .orElseThrow();
                browser.open(results.resolve("report.html").toUri().toString());
                assertThat(browser.text()).contains("owned");
                assertHarmless();
            }
        }
    }

    private static void assertHarmless() {
        assertThat(browser.script("return window.owned")).isNull();
        assertThat((List<?>) browser.script(
                        "return [...document.querySelectorAll('img, main script, a[href^=\"javascript\"]')]"))
                .as(browser.driver().getCurrentUrl())
                .isEmpty();
        browser.assertNothingWasRefused();
    }

    @Test
    void given_a_file_that_is_dropped_onto_the_page_then_it_is_looked_at_and_can_be_removed() throws Exception {
        try (OpenPage page = page()) {
            browser.open(page.address() + "/bring");
            Object taken = browser.script("""
                    const carried = new DataTransfer();
                    carried.items.add(new File(['name\\nA\\n'], 'dropped.csv', {type: 'text/csv'}));
                    const drop = new DragEvent('drop', {dataTransfer: carried, bubbles: true, cancelable: true});
                    document.getElementById('drop-zone').dispatchEvent(drop);
                    return drop.defaultPrevented && document.getElementById('file').files.length === 1;
                    """);
            assertThat(taken).isEqualTo(true);
            browser.await("h1", "dropped.csv");
            browser.await("main", "What a load would do");
            browser.click("Remove it");
            browser.await("[role=status]", "Nothing of it was sent");
            browser.open(page.address() + "/account");
            browser.assertEveryoneCanUseIt();
            assertThat(page.loading().posts()).isEmpty();
        }
    }

    @Test
    void given_a_page_with_a_password_when_someone_logs_in_then_the_forms_work() throws Exception {
        try (OpenPage page = page("drop.page-password=correct horse battery")) {
            browser.driver().manage().deleteAllCookies();
            browser.open(page.address() + "/bring");
            browser.assertEveryoneCanUseIt();
            browser.find("input[type=password]").sendKeys("correct horse battery" + Keys.ENTER);
            browser.await("nav", "Bring a file");
            bring(page, "p.csv", "name\nA\n");
            browser.await("main", "What a load would do");
            browser.assertNothingWasRefused();
        }
    }
}
