package org.catalogdrop.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.Select;
import org.openqa.selenium.support.ui.WebDriverWait;
import org.opentest4j.TestAbortedException;

/** A real Chromium, driven as a person drives it. */
final class Browser implements AutoCloseable {

    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final List<String> CHROMIUM = List.of("/usr/bin/chromium", "/usr/bin/chromium-browser");
    private static final List<String> DRIVER = List.of("/usr/bin/chromedriver", "/usr/lib/chromium/chromedriver");

    /** The folder for screenshots; without it none are taken. */
    private static final String IMAGES = System.getProperty("docs.images", "");

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /** Starts a browser, or says loudly that the test is skipped. */
    static Browser start() {
        Path chromium = find(CHROMIUM, "chromium");
        Path chromedriver = find(DRIVER, "chromium-driver");
        ChromeOptions options = new ChromeOptions();
        options.setBinary(chromium.toFile());
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--window-size=900,760");
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(chromedriver.toFile())
                .usingAnyFreePort()
                .build();
        ChromeDriver driver = new ChromeDriver(service, options);
        driver.manage().timeouts().scriptTimeout(LONGEST);
        return new Browser(driver);
    }

    private static Path find(List<String> places, String name) {
        return places.stream()
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> {
                    System.err.println("SKIPPED: no page was opened in a browser. Install the package " + name + ".");
                    return new TestAbortedException("no " + name);
                });
    }

    /** Leaves the page of the last test, and forgets what it wrote to the console. */
    void forget() {
        driver.get("about:blank");
        driver.manage().logs().get(LogType.BROWSER);
    }

    /** Chooses an option, by its value. */
    void choose(String css, String value) {
        WebElement select = find(css);
        // It may be in a part that is closed.
        script(
                "for (let e = arguments[0]; e; e = e.parentElement) { if (e.tagName === 'DETAILS') { e.open = true; } }",
                select);
        new Select(select).selectByValue(value);
    }

    ChromeDriver driver() {
        return driver;
    }

    void open(String address) {
        driver.get(address);
    }

    /** Waits until some element has a text. */
    void await(String css, String text) {
        new WebDriverWait(driver, LONGEST)
                .ignoring(StaleElementReferenceException.class)
                .withMessage(() -> css + " with " + text + " in " + driver.getCurrentUrl() + ": " + text())
                .until(one -> driver.findElements(By.cssSelector(css)).stream()
                        .anyMatch(element -> element.getText().contains(text)));
    }

    String text() {
        return driver.findElement(By.tagName("body")).getText();
    }

    WebElement find(String css) {
        return driver.findElement(By.cssSelector(css));
    }

    /** Clicks the button or link with this text. */
    void click(String text) {
        By place = By.xpath("//main//*[self::button or self::a][normalize-space(.)='" + text
                + "' and not(@aria-hidden)] | //nav//a[normalize-space(.)='" + text + "']");
        WebElement element = new WebDriverWait(driver, LONGEST)
                .withMessage(() -> "no " + text + " in " + driver.getCurrentUrl() + ": " + text())
                .until(one -> driver.findElements(place).stream().findFirst().orElse(null));
        script("arguments[0].scrollIntoView({block: 'center'})", element);
        element.click();
    }

    /** Writes a text into an input instead of what it has. */
    void type(String css, String text) {
        WebElement input = find(css);
        script("arguments[0].scrollIntoView({block: 'center'})", input);
        input.clear();
        input.sendKeys(text);
    }

    Object script(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /** Nothing was written to the console since the last time: no error, and nothing that the policy refused. */
    void assertNothingWasRefused() {
        assertThat(driver.manage().logs().get(LogType.BROWSER).getAll().stream().map(LogEntry::getMessage))
                .as(driver.getCurrentUrl())
                .isEmpty();
    }

    /** The page can be used by everyone, as far as axe-core can find out, and fits on a phone. */
    void assertEveryoneCanUseIt() throws IOException {
        assertNothingWasRefused();
        try (InputStream axe = Browser.class.getResourceAsStream("/axe.min.js")) {
            script(new String(axe.readAllBytes(), StandardCharsets.UTF_8));
        }
        Object violations = driver.executeAsyncScript("""
                const done = arguments[0];
                axe.run().then(
                    (found) => done(found.violations.map((one) =>
                        one.id + ': ' + one.help + ' ' + one.nodes.slice(0, 3).map((node) => node.html.slice(0, 200)).join(' | '))),
                    (fault) => done([String(fault)]));
                """);
        assertThat((List<?>) violations).as(driver.getCurrentUrl()).isEmpty();
        assertFits(320);
    }

    /** The key Tab reaches all that can be used, and one sees where it is. */
    void assertKeyboardReachesAll() {
        Object all = script("""
                const inputs = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]';
                window.reached = new Set();
                window.unseen = [];
                document.activeElement.blur();
                document.addEventListener('focusin', (event) => {
                    window.reached.add(event.target);
                    const style = getComputedStyle(event.target);
                    if (style.outlineStyle === 'none' && event.target.className !== 'skip') {
                        window.unseen.push(event.target.outerHTML.slice(0, 100));
                    }
                });
                window.usable = [...document.querySelectorAll(inputs)].filter((one) =>
                    one.checkVisibility({visibilityProperty: true}) && one.tabIndex >= 0 && !one.disabled);
                return window.usable.length;
                """);
        int tabs = ((Long) all).intValue() + 3;
        for (int i = 0; i < tabs; i++) {
            new Actions(driver).sendKeys(Keys.TAB).perform();
        }
        assertThat(
                        (List<?>)
                                script(
                                        "return window.usable.filter((one) => !window.reached.has(one)).map((one) => one.outerHTML.slice(0, 120))"))
                .as("not reached by the keyboard in " + driver.getCurrentUrl())
                .isEmpty();
        assertThat((List<?>) script("return window.unseen"))
                .as("focus that cannot be seen in " + driver.getCurrentUrl())
                .isEmpty();
    }

    private void assertFits(int width) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 800, "deviceScaleFactor", 1, "mobile", false));
        try {
            assertThat((Long) script("return document.documentElement.scrollWidth"))
                    .as("width of " + driver.getCurrentUrl())
                    .isLessThanOrEqualTo(width);
        } finally {
            driver.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
        }
    }

    /** Takes a picture for the manual, if one is wanted. */
    void picture(String name) throws IOException {
        if (!IMAGES.isEmpty()) {
            Path folder = Files.createDirectories(Path.of(IMAGES));
            Files.write(folder.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
        }
    }

    @Override
    public void close() {
        driver.quit();
    }
}
