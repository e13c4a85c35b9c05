package io.skyferry.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.WaitForSelectorState;
import com.microsoft.playwright.options.WaitUntilState;
import io.skyferry.browser.Walk.Chromium;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/// Many tabs of one browser: all load, all stay as the service has things, all end with the session.
@Tag("slow")
@EnabledIf("io.skyferry.browser.Walk$Chromium#isThere")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TabsWalkTest {
    /// More than the six connections that Chromium opens to one site.
    private static final int TABS = 9;

    private static final String SWITCH = "[role=switch][aria-label='Enable Documents']";

    private final Path folder;
    private final LiveService service;
    private final Chromium chromium;

    TabsWalkTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        Files.createDirectories(folder.resolve("docs"));
        Files.createDirectories(folder.resolve("nas"));
        Files.writeString(folder.resolve("docs/plain.txt"), "plain");
        LiveService.addUser(folder, "anna", "admin");
        service = LiveService.start(folder);
        chromium = Chromium.start();
    }

    @BeforeAll
    void makeTask() {
        service.run("credential", "add", "NAS", "--provider", "local", "--set", "path=" + folder.resolve("nas"));
        service.run(
                "task",
                "create",
                "--description",
                "Documents",
                "--path",
                docs(),
                "--folder",
                "docs",
                "--credential",
                "NAS");
    }

    private String docs() {
        return folder.resolve("docs").toString();
    }

    private void addTask(Walk walk, String name) {
        walk.ask("POST", "/tasks", """
                {"description":"%s","direction":"PUSH","transfer_mode":"COPY","path":"%s","credentials":1,
                 "attributes":{"folder":"/%s"}}""".formatted(name, docs(), name));
    }

    @AfterAll
    void end() {
        chromium.close();
        service.close();
    }

    private Page tab(Walk walk, String path) {
        Page tab = walk.another();
        tab.navigate(service.url() + path);
        return tab;
    }

    @Test
    void moreTabsThanConnectionsAllLoadAndAllHearTheNews() {
        try (Walk walk = chromium.walk(service.url())) {
            walk.login("anna");
            List<Page> tabs = new ArrayList<>();
            for (int i = 0; i < TABS; i++) {
                tabs.add(tab(walk, "/tasks"));
            }
            for (Page tab : tabs) {
                assertThat(tab.locator(SWITCH).getAttribute("aria-checked")).isEqualTo("true");
            }
            tabs.getFirst().click(SWITCH);
            for (Page tab : tabs) {
                tab.locator(SWITCH + "[aria-checked=false]").waitFor();
            }
            tabs.getLast().reload();
            tabs.getLast().click(SWITCH);
            for (Page tab : tabs) {
                tab.locator(SWITCH + "[aria-checked=true]").waitFor();
            }
        }
    }

    @Test
    void whatIsChangedElsewhereIsSeenOnEachPageThatShowsIt() {
        try (Walk walk = chromium.walk(service.url())) {
            walk.login("anna").to("/tasks");
            Page tasks = walk.page();
            Page dashboard = tab(walk, "/");
            Page credentials = tab(walk, "/credentials");
            Page settings = tab(walk, "/settings");
            Page users = tab(walk, "/settings/users");
            Page runs = tab(walk, "/runs");
            tasks.click("[aria-label='Details of Documents']");
            tasks.check("[aria-label='Documents']");
            addTask(walk, "Elsewhere made");
            tasks.locator("th:has-text('Elsewhere made')").waitFor();
            dashboard.locator("th:has-text('Elsewhere made')").waitFor();
            tasks.locator("td.more dl").waitFor();
            assertThat(tasks.isChecked("[aria-label='Documents']")).isTrue();
            walk.ask(
                    "POST",
                    "/credentials",
                    "{\"name\":\"Second NAS\",\"provider\":\"local\",\"settings\":{\"path\":\"%s\"}}"
                            .formatted(docs()));
            credentials.locator("h2:has-text('Second NAS')").waitFor();
            walk.ask("PUT", "/config/max-runs", "{\"value\":\"9\"}");
            settings.locator("#f-max-runs[value='9']").waitFor();
            settings.fill("#f-log-keep-runs", "77");
            walk.ask("PUT", "/config/max-runs", "{\"value\":\"8\"}");
            settings.locator("#changed-elsewhere").waitFor();
            assertThat(settings.inputValue("#f-log-keep-runs")).isEqualTo("77");
            walk.ask("POST", "/users", "{\"name\":\"olga\",\"role\":\"OPERATOR\"}");
            users.locator("th:has-text('olga')").waitFor();
            tasks.click("tbody:has-text('Elsewhere made') button[title='Run Now']");
            tasks.click("#confirm-yes");
            runs.locator("td:has-text('Elsewhere made')").first().waitFor();
            runs.locator("tr:has-text('Elsewhere made') .state-good").first().waitFor();
            tasks.locator("tbody:has-text('Elsewhere made') .state-good").waitFor();
        }
    }

    @Test
    void formSaysThatTheTaskWasChangedElsewhere() {
        try (Walk walk = chromium.walk(service.url())) {
            walk.login("anna").to("/");
            addTask(walk, "Edited twice");
            walk.to("/tasks");
            Page page = walk.page();
            page.click("th a:has-text('Edited twice')");
            page.click("main a:has-text('Edit')");
            page.fill("#f-exclude", "*.tmp");
            service.run("task", "edit", "Edited twice", "--exclude", "*.bak");
            page.locator("#changed-elsewhere").waitFor();
            assertThat(page.inputValue("#f-exclude")).isEqualTo("*.tmp");
        }
    }

    @Test
    void logoutInOneTabLeadsAllToTheLoginAndALoginBackAgain() {
        try (Walk walk = chromium.walk(service.url())) {
            walk.login("anna");
            Page first = walk.page();
            Page second = tab(walk, "/runs?state=FAILED");
            first.click(".user-button");
            first.click("text=Log out");
            second.waitForURL("**/login?to=*");
            first.fill("input[name=name]", "anna");
            first.fill("input[name=password]", LiveService.PASSWORD);
            first.click("main form button");
            second.waitForURL("**/runs?state=FAILED");
            walk.mayHear(Walk.LOGGED_OUT);
        }
    }

    @Test
    void tabHasAStreamOfItsOwnWhereTabsCannotShareOne() {
        try (Walk walk = chromium.walk(service.url())) {
            walk.page().addInitScript("delete window.SharedWorker");
            walk.login("anna").to("/tasks");
            Page page = walk.page();
            Locator lost = page.locator("#offline");
            assertThat(lost.isVisible()).isFalse();
            addTask(walk, "Heard alone");
            page.locator("th:has-text('Heard alone')").waitFor();
            hide(page, true);
            addTask(walk, "Made while hidden");
            hide(page, false);
            page.locator("th:has-text('Made while hidden')").waitFor();
            lost.waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.HIDDEN));
        }
    }

    @Test
    void tabGoesAloneWhenTheSharedStreamNeverComes() {
        try (Walk walk = chromium.walk(service.url())) {
            walk.page()
                    .addInitScript("window.SharedWorker = function () {"
                            + " this.port = { postMessage: function () {} };"
                            + " var port = this.port;"
                            + " setTimeout(function () { port.onmessage({ data: { kind: 'lost' } }); }, 50); }");
            walk.login("anna").to("/tasks");
            Page page = walk.page();
            addTask(walk, "Heard after all");
            page.locator("th:has-text('Heard after all')").waitFor();
            assertThat(page.locator("#offline").isVisible()).isFalse();
        }
    }

    @Test
    void whatChangesBetweenThePageAndItsStreamIsSeen() {
        try (Walk walk = chromium.walk(service.url())) {
            Page page = walk.page();
            page.addInitScript("delete window.SharedWorker");
            walk.login("anna");
            List<Route> held = new ArrayList<>();
            page.route("**/events*.js", held::add);
            page.navigate(
                    service.url() + "/tasks", new Page.NavigateOptions().setWaitUntil(WaitUntilState.DOMCONTENTLOADED));
            addTask(walk, "Made before the stream");
            page.waitForCondition(() -> !held.isEmpty());
            // Longer than the service takes to tell those who listen already.
            page.waitForTimeout(1500);
            held.forEach(Route::resume);
            page.locator("th:has-text('Made before the stream')").waitFor();
        }
    }

    private static void hide(Page page, boolean is) {
        page.evaluate(
                "is => { Object.defineProperty(document, 'hidden', { value: is, configurable: true });"
                        + " document.dispatchEvent(new Event('visibilitychange')); }",
                is);
    }
}
