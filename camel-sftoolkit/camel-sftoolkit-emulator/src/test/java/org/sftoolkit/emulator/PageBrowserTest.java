package org.sftoolkit.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.deque.html.axecore.results.Results;
import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;
import org.sftoolkit.emulator.fault.Fault;
import org.sftoolkit.emulator.fault.FaultPlan;

/**
 * Uses each panel of the page as a person would, in Chromium ({@code mvn -Pbrowser}); its pictures are in target/screenshots.
 * Says that it was skipped where no Chromium is installed.
 */
@Tag("browser")
class PageBrowserTest {

    private static final Path PICTURES = Path.of("target", "screenshots");
    /** Written with -Dsftoolkit.docs.update=true. */
    private static final Path DOCS = Path.of("..", "..", "docs", "images");

    private static final List<String> IN_DOCS = List.of("query", "requests");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private static Path profile;

    private static ChromeDriver browser;

    private SalesforceEmulator emulator;
    private Client client;

    @BeforeAll
    static void open() throws IOException {
        Path chromium = installed("chromium", "chromium-browser", "google-chrome");
        Path driver = installed("chromedriver");
        assumeThat(chromium).as("an installed Chromium").isNotNull();
        assumeThat(driver).as("an installed chromedriver").isNotNull();
        Files.createDirectories(PICTURES);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(chromium.toFile());
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--hide-scrollbars",
                "--user-data-dir=" + profile);
        browser = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(driver.toFile())
                        .build(),
                options);
        browser.manage().timeouts().pageLoadTimeout(PATIENCE);
    }

    private static Path installed(String... names) {
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.of(names)
                .flatMap(name -> Stream.of(path.split(":")).map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.quit();
        }
    }

    @BeforeEach
    void start() {
        emulator = SalesforceEmulator.builder().accessToken("t").start();
        emulator.requests().keepBodies(10_000);
        client = new Client(emulator.url(), "t");
        String acme = emulator.org()
                .insert(
                        "Account",
                        Map.of("Name", "Acme", "Industry", "Energy", "BillingCity", "Rome", "External_ID__c", "A-1"));
        emulator.org().insert("Account", Map.of("Name", "Umbrella", "Industry", "Biotechnology"));
        emulator.org().insert("Contact", Map.of("LastName", "Lovelace", "FirstName", "Ada", "AccountId", acme));
        window(1200, 800);
        dark(false);
    }

    @AfterEach
    void stop() {
        if (emulator != null) {
            emulator.close();
        }
    }

    @Test
    void recordsAreFoundByLinksAndDeleted() {
        visit("/");
        click(By.linkText("Account"));
        assertThat(text(By.tagName("main"))).contains("2 records", "Acme", "Umbrella", "Energy");
        picture("records");
        click(By.xpath("//td[text()='Acme']/../td/a"));
        assertThat(text(By.id("row"))).contains("BillingCity", "Rome", "Contacts (1)", "Ada Lovelace");
        click(By.xpath("//button[text()='Delete']"));
        waitFor("lies in the recycle bin", By.id("row"));
        assertThat(emulator.org().count("Account")).isEqualTo(1);
        click(By.xpath("//button[text()='Take out of the recycle bin']"));
        wait(By.xpath("//button[text()='Delete']"));
        assertThat(emulator.org().count("Account")).isEqualTo(2);
    }

    @Test
    void aQueryIsTypedAndRunByKeyboard() {
        visit("/__emulator/page/query");
        WebElement box = wait(By.id("soql"));
        box.clear();
        box.sendKeys("SELECT Id, Name, (SELECT LastName FROM Contacts) FROM Account WHERE External_ID__c = 'A-1'");
        box.sendKeys(Keys.TAB, Keys.TAB, Keys.ENTER);
        waitFor("1 rows", By.id("result"));
        assertThat(text(By.id("result"))).contains("Acme");
        click(By.xpath("//summary[text()='1 rows']"));
        waitFor("LastName: Lovelace", By.id("result"));
        click(By.xpath("//summary[text()='How it was understood']"));
        waitFor("leadingOperationType", By.id("result"));
        picture("query");
        box = wait(By.id("soql"));
        box.clear();
        box.sendKeys("SELECT Nmae FROM Account");
        click(By.xpath("//button[text()='Run']"));
        waitFor("INVALID_FIELD", By.id("result"));
        assertThat(text(By.tagName("mark"))).isEqualTo("Nmae");
        picture("query-error");
    }

    @Test
    void requestsComeByThemselvesAndAreLookedInto() {
        visit("/__emulator/page/requests");
        client.post("/sobjects/Account", "{\"Name\":\"Live\"}");
        client.get("/sobjects/Account/001000000000000AAA");
        waitFor("sobjects/Account", By.id("log"));
        picture("requests");
        click(By.linkText("/services/data/v66.0/sobjects/Account"));
        assertThat(text(By.tagName("main")))
                .contains("Status 201", "{\"Name\":\"Live\"}", "\"success\":true", "authorization", "***")
                .contains("curl -X POST '" + emulator.url() + "/services/data/v66.0/sobjects/Account'")
                .doesNotContain("Bearer t");
    }

    @Test
    void aFaultIsAddedByAForm() {
        visit("/__emulator/page/faults");
        wait(By.cssSelector("#fault option[value=limitReached]")).click();
        wait(By.id("parameter-limit"));
        WebElement when = wait(By.id("when"));
        when.clear();
        when.sendKeys("GET limits");
        click(By.xpath("//button[text()='Add']"));
        waitFor("Added.", By.id("faults"));
        picture("faults");
        assertThat(client.get("/limits").body()).contains("REQUEST_LIMIT_EXCEEDED");
        assertThat(client.get("/limits").status()).isEqualTo(200);
    }

    @Test
    void jobContinuesStepByStep() {
        emulator.bulk().change(emulator.bulk().settings().withBatchRows(2).manual());
        String job = client.post("/jobs/ingest", "{\"object\":\"Account\",\"operation\":\"insert\"}")
                .json()
                .path("id")
                .asText();
        client.call("PUT", "/jobs/ingest/" + job + "/batches", "Name\na\nb\nc\nd\n", "Content-Type", "text/csv");
        client.patch("/jobs/ingest/" + job, "{\"state\":\"UploadComplete\"}");
        visit("/__emulator/page/jobs");
        waitFor("UploadComplete", By.id("jobs"));
        click(By.id("jobs-step"));
        waitFor("InProgress", By.id("jobs"));
        click(By.id("jobs-step"));
        until("//progress[@value='50']");
        picture("jobs");
        click(By.id("jobs-run"));
        waitFor("JobComplete", By.id("jobs"));
        until("//progress[@value='100']");
    }

    @Test
    void eventsComeByThemselvesAndArePublished() {
        client.post(
                "/__emulator/schema",
                "{\"objects\":[{\"name\":\"Order__e\",\"fields\":[{\"name\":\"No__c\",\"type\":\"text\"}]}]}");
        visit("/__emulator/page/events");
        emulator.org().insert("Account", Map.of("Name", "Changed"));
        waitFor("Changed", By.id("events"));
        WebElement fields = wait(By.id("fields"));
        fields.clear();
        fields.sendKeys("{\"No__c\": \"O-1\"}");
        click(By.xpath("//button[text()='Publish']"));
        waitFor("Published as", By.id("published"));
        wait(By.xpath("//option[contains(text(), 'Order__e')]")).click();
        click(By.xpath("//button[text()='Show']"));
        waitFor("O-1", By.id("events"));
        picture("events");
    }

    @Test
    void limitsAreChangedAndLatencyIsDrawn() {
        for (int i = 0; i < 30; i++) {
            client.get("/query?q=SELECT+Id+FROM+Account");
        }
        visit("/__emulator/page/limits");
        waitFor("30 of 1000000 calls", By.id("figures"));
        assertThat(browser.findElements(By.cssSelector("svg.chart rect"))).hasSize(30);
        picture("limits");
        WebElement limit = wait(By.id("dailyLimit"));
        limit.clear();
        limit.sendKeys("40");
        click(By.xpath("//button[text()='Change']"));
        waitFor("Changed.", By.id("settings"));
        assertThat(emulator.usage().limit()).isEqualTo(40);
    }

    @Test
    void theClockIsMovedASnapshotTakenAndTheOrgReset() {
        visit("/__emulator/page/org");
        click(By.xpath("//button[text()='Stop it']"));
        waitFor("the clock stands", By.id("now"));
        assertThat(emulator.clock().stopped()).isTrue();
        wait(By.id("snapshot")).sendKeys("before");
        click(By.xpath("//button[text()='Keep all records']"));
        waitFor("before:", By.id("snapshots"));
        picture("org");
        click(By.xpath("//button[text()='Reset the org']"));
        new WebDriverWait(browser, PATIENCE)
                .until(ExpectedConditions.alertIsPresent())
                .accept();
        waitFor("The org is empty.", By.id("done"));
        assertThat(emulator.org().count("Account")).isZero();
        click(By.xpath("//button[text()='Put back']"));
        waitFor("All records are as they were.", By.id("snapshots"));
        assertThat(emulator.org().count("Account")).isEqualTo(2);
    }

    @Test
    void aHostileRecordRunsNothing() {
        emulator.org()
                .insert(
                        "Account",
                        Map.of(
                                "Name",
                                "<img src=x"
                                        + " onerror=\"document.title='owned'\"><script>document.title='owned'</script>"));
        visit("/__emulator/page/records/Account");
        assertThat(text(By.tagName("main"))).contains("<img src=x onerror");
        assertThat(browser.findElements(By.cssSelector("main img, main script")))
                .isEmpty();
        assertThat(browser.getTitle()).startsWith("Account");
    }

    @ParameterizedTest
    @CsvSource({
        "1200,false",
        "1200,true",
        "360,false",
        "360,true",
    })
    void eachPanelIsAccessibleAndFitsTheScreen(int width, boolean dark) {
        window(width, 740);
        dark(dark);
        client.get("/limits");
        emulator.faults().next(FaultPlan.when("*"), Fault.truncateBody());
        List<String> panels = List.of(
                "/",
                "/__emulator/page/records/Account",
                "/__emulator/page/query",
                "/__emulator/page/requests",
                "/__emulator/page/faults",
                "/__emulator/page/jobs",
                "/__emulator/page/events",
                "/__emulator/page/events",
                "/__emulator/page/limits",
                "/__emulator/page/org",
                "/__emulator/page/control");
        for (String panel : panels) {
            visit(panel);
            Results results = new AxeBuilder()
                    .withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa"))
                    .analyze(browser);
            assertThat(results.getViolations())
                    .as("%s at %d, dark: %s", panel, width, dark)
                    .extracting(Rule::getId, Rule::getNodes)
                    .isEmpty();
            assertThat((Long) browser.executeScript("return document.documentElement.scrollWidth - window.innerWidth"))
                    .as("what sticks out of %s at %d", panel, width)
                    .isLessThanOrEqualTo(0);
        }
        picture("narrow-" + width + (dark ? "-dark" : ""));
    }

    @Test
    void theScriptFindsNothingToComplainAbout() {
        for (String panel :
                List.of("/", "/__emulator/page/query", "/__emulator/page/requests", "/__emulator/page/limits")) {
            visit(panel);
            wait(By.tagName("h1"));
        }
        assertThat(browser.manage().logs().get(LogType.BROWSER).getAll()).isEmpty();
    }

    private void visit(String path) {
        browser.get(emulator.url() + path);
    }

    private static void window(int width, int height) {
        browser.manage().window().setSize(new Dimension(width, height));
        // The smallest window is wider than a telephone.
        browser.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    private static void dark(boolean yes) {
        Map<String, Object> feature =
                new HashMap<>(Map.of("name", "prefers-color-scheme", "value", yes ? "dark" : "light"));
        browser.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", List.of(feature)));
    }

    private static void picture(String name) {
        try {
            byte[] png = browser.getScreenshotAs(OutputType.BYTES);
            Files.write(PICTURES.resolve(name + ".png"), png);
            if (Boolean.getBoolean("sftoolkit.docs.update") && IN_DOCS.contains(name)) {
                Files.write(Files.createDirectories(DOCS).resolve("emulator-" + name + ".png"), png);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is polled may be replaced under a click: then it is tried again. */
    private static void click(By what) {
        new WebDriverWait(browser, PATIENCE)
                .ignoring(StaleElementReferenceException.class)
                .until(driver -> {
                    driver.findElement(what).click();
                    return true;
                });
    }

    private static WebElement wait(By what) {
        return new WebDriverWait(browser, PATIENCE).until(ExpectedConditions.presenceOfElementLocated(what));
    }

    private static void until(String xpath) {
        wait(By.xpath(xpath));
    }

    private static void waitFor(String text, By where) {
        new WebDriverWait(browser, PATIENCE)
                .ignoring(StaleElementReferenceException.class)
                .until(driver -> driver.findElement(where).getText().contains(text));
    }

    private static String text(By what) {
        return wait(what).getText();
    }
}
