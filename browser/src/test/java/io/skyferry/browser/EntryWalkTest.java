package io.skyferry.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import io.skyferry.browser.Walk.Chromium;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/// From the printed link to a login, as the first user goes.
@Tag("slow")
@EnabledIf("io.skyferry.browser.Walk$Chromium#isThere")
class EntryWalkTest {
    private static final int STOPS = 25;
    private static final int NARROW = 1024;
    private static final int LOW = 500;
    private final Path folder;

    EntryWalkTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void printedLinkMakesTheFirstUserAndLogsThemIn() {
        try (LiveService service = LiveService.start(folder);
                Chromium chromium = Chromium.start();
                Walk walk = chromium.walk(service.url())) {
            Page page = walk.page();
            walk.to("/login").scan();
            assertThat(page.content()).contains("There is no user yet");
            page.navigate(service.setupLink());
            assertThat(page.inputValue("input[name=token]")).isNotEmpty();
            assertThat(page.url()).as("the code has left the address").endsWith("/setup");
            walk.scan();
            fillSetup(page, "short");
            assertThat(page.locator("[role=alert]").innerText()).contains("8 letters or more");
            assertThat(page.inputValue("input[name=name]")).isEqualTo("anna");
            assertThat(page.inputValue("input[name=password]")).isEmpty();
            walk.mayHear(Walk.INVALID).scan();
            fillSetup(page, LiveService.PASSWORD);
            page.waitForURL(service.url() + "/");
            assertThat(page.locator(".words").innerText()).contains("Welcome, anna");
            logOut(page);
            wrongPassword(page);
            comeBack(walk);
            comeFromElsewhere(walk, service);
        }
    }

    @Test
    void whateverHasTheKeyboardHasAFrameThatIsSeen() {
        LiveService.addUser(folder, "anna", "admin");
        try (Chromium chromium = Chromium.start();
                LiveService service = LiveService.start(folder);
                Walk walk = chromium.walk(service.url())) {
            walk.login("anna");
            for (String path : List.of("/", "/tasks", "/runs", "/credentials", "/settings", "/settings/exchange")) {
                Page page = walk.to(path).page();
                Set<Object> widths = new HashSet<>();
                for (int i = 0; i < STOPS; i++) {
                    page.keyboard().press("Tab");
                    widths.add(page.evaluate("document.activeElement === document.body ? '3px'"
                            + " : getComputedStyle(document.activeElement).outlineWidth"));
                }
                assertThat(widths).as("frames on %s", path).containsExactly("3px");
            }
        }
    }

    @Test
    void topBarStaysWhereItIsWhenALongPageIsScrolled() {
        LiveService.addUser(folder, "anna", "admin");
        try (Chromium chromium = Chromium.start();
                LiveService service = LiveService.start(folder);
                Walk walk = chromium.walk(service.url())) {
            Page page = walk.login("anna").to("/settings/exchange").page();
            page.setViewportSize(NARROW, LOW);
            page.evaluate("window.scrollTo(0, document.documentElement.scrollHeight)");
            assertThat(page.locator(".topbar").boundingBox().y).isZero();
        }
    }

    @Test
    void lostConnectionIsShownAndHeals() {
        LiveService.addUser(folder, "anna", "admin");
        try (Chromium chromium = Chromium.start();
                LiveService service = LiveService.start(folder);
                Walk walk = chromium.walk(service.url())) {
            walk.login("anna");
            Locator banner = walk.page().locator("#offline");
            assertThat(banner.isVisible()).isFalse();
            service.kill();
            banner.waitFor();
            try (LiveService again = service.again()) {
                assertThat(again.url()).isEqualTo(service.url());
                banner.waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.HIDDEN));
                walk.mayHear(Walk.AWAY).to("/runs");
                assertThat(walk.page().locator("h1").innerText())
                        .as("the session lives on")
                        .isEqualTo("Runs");
            }
        }
    }

    private static void fillSetup(Page page, String password) {
        page.fill("input[name=name]", "anna");
        page.fill("input[name=password]", password);
        page.fill("input[name=again]", password);
        page.click("main form button");
        page.waitForLoadState();
    }

    private static void logOut(Page page) {
        page.locator(".user-button").click();
        page.locator("button", new Page.LocatorOptions().setHasText("Log out")).click();
        page.waitForURL("**/login");
    }

    private static void wrongPassword(Page page) {
        page.fill("input[name=name]", "anna");
        page.fill("input[name=password]", "not this one");
        page.click("main form button");
        assertThat(page.locator("[role=alert]").innerText()).contains("Name or password is wrong");
    }

    /// A link in a mail leads to its page, not to the login.
    private static void comeFromElsewhere(Walk walk, LiveService service) {
        Page page = walk.page();
        page.navigate(service.url().replace("127.0.0.1", "localhost") + "/login");
        page.evaluate("to => { location.href = to; }", service.url() + "/alerts");
        page.waitForURL(service.url() + "/alerts");
        assertThat(page.locator("h1").innerText()).isEqualTo("Alerts");
    }

    /// Who was sent to the login comes back to where they wanted to go.
    private static void comeBack(Walk walk) {
        Page page = walk.page();
        walk.to("/runs?state=FAILED");
        assertThat(page.url()).contains("/login?to=");
        page.fill("input[name=name]", "anna");
        page.fill("input[name=password]", LiveService.PASSWORD);
        page.click("main form button");
        page.waitForURL("**/runs?state=FAILED");
        Locator heading = page.locator("h1");
        assertThat(heading.innerText()).isEqualTo("Runs");
    }
}
