package io.skyferry.browser;

import static com.microsoft.playwright.options.WaitForSelectorState.DETACHED;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.skyferry.browser.Walk.Chromium;
import io.skyferry.simulators.s3.S3Rules;
import io.skyferry.simulators.s3.S3Simulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/// The dashboard, runs and alerts, as those see them who run tasks and those who only look.
@Tag("slow")
@EnabledIf("io.skyferry.browser.Walk$Chromium#isThere")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RunWalkTest {
    private static final String HOSTILE = "<b onclick=alert(1)>&amp;\u202egpj.\u0007exe";

    private static final int CLIPS = 3;
    private static final int CLIP_BYTES = 4_000_000;
    private final Path folder;
    private final LiveService service;
    private final Chromium chromium;
    private final S3Simulator s3 = new S3Simulator(S3Rules.AMAZON, Instant::now).withBucket("backup");

    RunWalkTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        Files.createDirectories(folder.resolve("docs"));
        Files.createDirectories(folder.resolve("nas"));
        Files.writeString(folder.resolve("docs").resolve(HOSTILE), "x");
        Files.writeString(folder.resolve("docs").resolve("plain.txt"), "plain");
        Files.writeString(folder.resolve("docs").resolve("\u0645\u0644\u0641.txt"), "right to left");
        Files.createDirectories(folder.resolve("videos"));
        for (int i = 0; i < CLIPS; i++) {
            Files.write(folder.resolve("videos").resolve("clip-%s.mp4".formatted(i)), new byte[CLIP_BYTES]);
        }
        LiveService.addUser(folder, "anna", "admin");
        LiveService.addUser(folder, "rita", "reader");
        service = LiveService.start(folder);
        chromium = Chromium.start();
    }

    @BeforeAll
    void makeTasks() {
        service.run("credential", "add", "NAS", "--provider", "local", "--set", "path=" + folder.resolve("nas"));
        service.run(
                "credential",
                "add",
                "S3",
                "--provider",
                "s3",
                "--set",
                "endpoint=" + s3.address(),
                "--set",
                "region=us-east-1",
                "--set",
                "access-key-id=" + S3Simulator.KEY_ID,
                "--set",
                "secret-access-key=" + S3Simulator.SECRET);
        task("Documents <script>alert(2)</script>", "docs", "--credential", "NAS");
        task("Music", "music", "--credential", "NAS");
        task(
                "Videos",
                "videos",
                "--credential",
                "S3",
                "--bucket",
                "backup",
                "--set",
                "bwlimit=[{\"time\":\"00:00\",\"bandwidth\":200000}]");
    }

    private void task(String description, String path, String... more) {
        List<String> command = new ArrayList<>(List.of("task", "create", "--description", description, "--path"));
        command.addAll(List.of(folder.resolve(path).toString(), "--folder", path, "--schedule", "daily"));
        command.addAll(List.of(more));
        service.run(command.toArray(String[]::new));
    }

    @AfterAll
    void end() {
        chromium.close();
        service.close();
        s3.close();
    }

    @Test
    void taskIsRunFromTheDashboardAndItsRunTellsWhatItDid() {
        try (Walk walk = chromium.walk(service.url())) {
            walk.login("anna").scan();
            Page page = walk.page();
            Page tab = walk.another();
            tab.navigate(service.url() + "/");
            runNow(page, "Documents");
            page.locator("#runhead .state-good").waitFor();
            tab.locator("tr:has-text('Documents') .state-good").waitFor();
            page.locator("#files td").first().waitFor();
            walk.scan();
            String files = page.locator("#files").innerText();
            assertThat(files).contains("<b onclick=alert(1)>&amp;\u27e8U+202E\u27e9gpj.\u27e8U+0007\u27e9exe");
            assertThat(files).contains("\u0645\u0644\u0641.txt");
            assertThat(page.locator("#files b").count())
                    .as("names are never markup")
                    .isZero();
            page.locator("#log", new Page.LocatorOptions().setHasText("SUCCESS"))
                    .waitFor();
            page.fill("#log-search", "plain.txt");
            assertThat(page.locator("#log").innerText()).contains("plain.txt").doesNotContain("SUCCESS");
            assertThat(walk.downloaded(() -> page.click("text=Download Logs"))).startsWith("run-");
            page.click("#files a:has-text('deleted')");
            assertThat(page.locator("#files").innerText()).contains("No file is like that");
        }
    }

    private static void runNow(Page page, String task) {
        Locator row = page.locator("tr", new Page.LocatorOptions().setHasText(task));
        row.locator("button[title='Run Now']").click();
        Locator dialog = page.locator("#confirm");
        assertThat(dialog.innerText()).contains("Cloud Sync now?");
        dialog.locator("#confirm-yes").click();
        page.waitForURL("**/runs/*");
    }

    @Test
    void runToABucketIsSeenOnItsWayAndStopped() {
        try (Walk walk = chromium.walk(service.url())) {
            walk.login("anna");
            Page page = walk.page();
            runNow(page, "Videos");
            page.locator("#runhead .in-flight", new Page.LocatorOptions().setHasText("clip-"))
                    .first()
                    .waitFor();
            page.locator("[data-chart] canvas").waitFor();
            walk.scan().to("/");
            Locator live = page.locator(".live-run", new Page.LocatorOptions().setHasText("Videos"));
            live.locator("[role=progressbar]").waitFor();
            walk.scan();
            live.locator("a").click();
            page.click("button:has-text('Stop')");
            page.locator("#confirm-yes").click();
            page.locator("#runhead .state-warn").waitFor();
            assertThat(page.locator("#runhead").innerText()).contains("Aborted").contains("What went over stays");
        }
    }

    @Test
    void failureSaysWhatToDoAndRaisesAnAlertThatIsDismissed() {
        try (Walk walk = chromium.walk(service.url())) {
            walk.login("anna");
            Page page = walk.page();
            runNow(page, "Music");
            page.locator("#runhead .state-bad").waitFor();
            assertThat(page.locator("#runhead").innerText())
                    .contains("does not exist")
                    .contains("What to do");
            walk.scan().to("/alerts").scan();
            Locator card = page.locator(".alert-card", new Page.LocatorOptions().setHasText("Music"));
            assertThat(card.innerText()).contains("A task failed");
            card.locator("button").click();
            walk.told("Dismissed.");
            assertThat(card.innerText()).contains("dismissed");
            walk.to("/runs?state=FAILED").scan();
            assertThat(page.locator("tbody tr").first().innerText()).contains("Music");
        }
    }

    @Test
    void runThatAGuardStoppedShowsItsPlanAndIsApprovedOnce() throws IOException {
        Files.createDirectories(folder.resolve("guarded/sub"));
        Files.writeString(folder.resolve("guarded/sub/kept.txt"), "kept");
        Files.createDirectories(folder.resolve("nas/guarded"));
        for (int i = 0; i < CLIPS; i++) {
            Files.writeString(folder.resolve("nas/guarded/old-%s.txt".formatted(i)), "old");
        }
        task("Guarded", "guarded", "--credential", "NAS", "--mode", "sync", "--set", "max_delete=\"1\"");
        try (Walk walk = chromium.walk(service.url())) {
            walk.login("anna");
            Page page = walk.page();
            runNow(page, "Guarded");
            page.locator("#runhead .state-bad:has-text('Refused')").waitFor();
            page.locator("#plan .plan-tile-delete:has-text('3')").waitFor();
            page.locator("#plan .leaf:has-text('old-0.txt')").waitFor();
            walk.scan();
            assertThat(walk.downloaded(() -> page.click("text=Download plan"))).endsWith(".plan");
            Page tab = walk.another();
            tab.navigate(page.url());
            page.click("button:has-text('Run exactly this')");
            page.click("#confirm-yes");
            page.locator("#runhead .state-good").waitFor();
            tab.locator("#runhead:has-text('Its plan was approved')").waitFor();
            tab.locator("button:has-text('Run exactly this')").waitFor(new Locator.WaitForOptions().setState(DETACHED));
            assertThat(folder.resolve("nas/guarded/old-0.txt")).doesNotExist();
        }
    }

    @Test
    void taskIsEnabledAndDisabledOnTheDashboard() {
        try (Walk walk = chromium.walk(service.url())) {
            walk.login("anna");
            Page page = walk.page();
            String toggle = "[role=switch][aria-label='Enable Music']";
            page.click(toggle);
            page.locator(toggle + "[aria-checked=false]").waitFor();
            page.focus(toggle);
            page.keyboard().press("Space");
            page.locator(toggle + "[aria-checked=true]").waitFor();
            page.click("[aria-label='More for Music']");
            page.click("tr:has-text('Music') a:has-text('Restore')");
            assertThat(page.locator("h1").innerText()).isEqualTo("Restore Music");
        }
    }

    @Test
    void readerSeesEverythingAndNoControlThatWouldBeRefused() {
        try (Walk walk = chromium.walk(service.url())) {
            walk.login("rita");
            Page page = walk.page();
            assertThat(page.locator("main form[method=post]").count()).isZero();
            walk.to("/alerts");
            assertThat(page.locator("main form[method=post]").count()).isZero();
            walk.to("/runs");
            assertThat(page.locator("main form[method=post]").count()).isZero();
        }
    }

    @Test
    void pagesFitAPhoneAndAreReadWithoutScripts() {
        var phone = new Browser.NewContextOptions().setViewportSize(390, 844);
        try (Walk walk = chromium.walk(service.url(), phone)) {
            walk.login("rita").scan();
            walk.to("/runs").scan();
            Page page = walk.page();
            assertThat(page.locator("#nav").isVisible()).isFalse();
            page.click(".menu-button");
            page.click("#nav a:has-text('Alerts')");
            page.waitForURL("**/alerts");
        }
        try (Walk walk = chromium.walk(service.url(), new Browser.NewContextOptions().setJavaScriptEnabled(false))) {
            walk.login("rita").to("/runs");
            assertThat(walk.page().locator("h1").innerText()).isEqualTo("Runs");
        }
    }

    @Test
    void themeIsChosenAndKept() {
        try (Walk walk = chromium.walk(service.url())) {
            walk.login("rita");
            Page page = walk.page();
            page.locator("summary[aria-label='Light or dark']").click();
            page.waitForResponse("**/theme", () -> page.click("button[value=dark]"));
            assertThat(page.locator("html").getAttribute("data-bs-theme")).isEqualTo("dark");
            walk.to("/runs");
            assertThat(page.locator("html").getAttribute("data-bs-theme")).isEqualTo("dark");
        }
    }

    @Test
    void keyboardAloneOpensAndCancelsADialog() {
        try (Walk walk = chromium.walk(service.url())) {
            walk.login("anna");
            Page page = walk.page();
            page.keyboard().press("Tab");
            assertThat(page.locator(".skip").evaluate("e => e === document.activeElement"))
                    .isEqualTo(true);
            Locator run = page.locator("button[title='Run Now']").first();
            run.focus();
            page.keyboard().press("Enter");
            assertThat(page.locator("#confirm").isVisible()).isTrue();
            page.keyboard().press("Escape");
            assertThat(page.locator("#confirm").isVisible()).isFalse();
            assertThat(List.of(page.url())).containsExactly(service.url() + "/");
        }
    }
}
