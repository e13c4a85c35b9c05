package io.skyferry.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.skyferry.browser.Walk.Chromium;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/// Settings, as an admin changes them and as others see them.
@Tag("slow")
@EnabledIf("io.skyferry.browser.Walk$Chromium#isThere")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SettingsWalkTest {
    private static final List<String> ALL = List.of(
            "/settings",
            "/settings/notifications",
            "/settings/notifications?kind=webhook",
            "/settings/notifications?kind=command",
            "/settings/users",
            "/settings/keys",
            "/settings/tls",
            "/settings/exchange",
            "/settings/audit");

    private final Path folder;
    private final LiveService service;
    private final Chromium chromium;

    SettingsWalkTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        Files.createDirectories(folder.resolve("docs"));
        LiveService.addUser(folder, "anna", "admin");
        LiveService.addUser(folder, "rita", "reader");
        service = LiveService.start(folder);
        chromium = Chromium.start();
    }

    @AfterAll
    void end() {
        chromium.close();
        service.close();
    }

    @Test
    void everyPageFitsAndIsUsableByEverybody() {
        for (int width : List.of(1440, 390)) {
            try (Walk walk =
                    chromium.walk(service.url(), new Browser.NewContextOptions().setViewportSize(width, 900))) {
                walk.login("anna");
                for (String path : ALL) {
                    walk.to(path).scan();
                }
            }
        }
    }

    @Test
    void settingIsChangedAndAWrongOneStandsBesideItsField() {
        try (Walk walk = chromium.walk(service.url())) {
            walk.login("anna").to("/settings");
            Page page = walk.page();
            page.fill("#f-max-runs", "7");
            page.fill("#f-bandwidth", "08:00,512K 18:00,off");
            page.click("main button.btn-primary");
            walk.told("Saved.");
            assertThat(page.inputValue("#f-max-runs")).isEqualTo("7");
            assertThat(service.run("config", "get", "max-runs")).contains("7");
            assertThat(service.run("config", "get", "bandwidth")).contains("08:00,512K");
            page.fill("#f-log-keep-size", "much");
            page.click("main button.btn-primary");
            assertThat(page.locator("#h-log-keep-size .wrong").innerText()).contains("a size");
            walk.mayHear(Walk.INVALID);
        }
    }

    @Test
    void userIsMadeAndKeyIsShownOnce() {
        try (Walk walk = chromium.walk(service.url())) {
            walk.login("anna").to("/settings/users");
            Page page = walk.page();
            page.fill("#f-name", "otto");
            page.fill("#f-password", LiveService.PASSWORD);
            page.fill("#f-again", "something else");
            page.click("main .btn-primary:visible");
            assertThat(page.locator("#h-again .wrong").innerText()).contains("same");
            page.fill("#f-password", LiveService.PASSWORD);
            page.fill("#f-again", LiveService.PASSWORD);
            page.click("main .btn-primary:visible");
            page.locator("th:has-text('otto')").waitFor();
            walk.mayHear(Walk.INVALID).to("/settings/keys");
            page.fill("#f-name", "nightly script");
            page.click("main .btn-primary");
            String key = page.locator("#made-key").innerText();
            assertThat(key).matches("[0-9]+-.{20,}");
            walk.scan().to("/settings/keys");
            assertThat(page.content()).doesNotContain(key).contains("nightly script");
        }
        try (Walk walk = chromium.walk(service.url())) {
            walk.login("otto");
            assertThat(walk.page().locator("main h1").innerText()).isNotEmpty();
        }
    }

    @Test
    void channelIsAddedAndDeleted() {
        try (Walk walk = chromium.walk(service.url())) {
            walk.login("anna").to("/settings/notifications?kind=command");
            Page page = walk.page();
            page.fill("#f-name", "to a file");
            page.fill("#f-command", "cat >> " + folder.resolve("heard"));
            page.click("main .btn-primary");
            Locator line = page.locator(".lines li", new Page.LocatorOptions().setHasText("to a file"));
            line.waitFor();
            page.click("main button:has-text('Send a test')");
            walk.told("A test is on its way by").scan();
            line.locator("form button").click();
            page.click("#confirm-yes");
            page.locator("text=Alerts are shown here only").waitFor();
        }
    }

    @Test
    void importIsShownBeforeItIsKept() {
        try (Walk walk = chromium.walk(service.url())) {
            walk.login("anna").to("/settings/exchange");
            Page page = walk.page();
            page.fill("#t-text", """
                    [{"id":1,"name":"moved in","provider":{"type":"S3","access_key_id":"AK","secret_access_key":"SK"}},
                     {"id":2,"name":"drive","provider":{"type":"GOOGLE_DRIVE","token":"{}"}}]""");
            page.click("#truenas-form button[value=preview]");
            page.locator("#truenas-told .lines").waitFor();
            assertThat(page.locator("#truenas-told").innerText())
                    .contains("Nothing is kept yet", "moved in", "left out");
            walk.scan();
            assertThat(service.run("credential", "list")).doesNotContain("moved in");
            page.click("#truenas-form button[value=import]");
            page.locator("#truenas-told .note-good").waitFor();
            assertThat(service.run("credential", "list")).contains("moved in");

            page.setInputFiles("#r-files", rcloneConf());
            page.click("#rclone-form button[value=preview]");
            page.locator("#rclone-told .lines").waitFor();
            assertThat(page.locator("#rclone-told").innerText()).contains("by rclone");
            page.fill("#t-text", "no JSON");
            page.click("#truenas-form button[value=preview]");
            page.locator("#truenas-told .note-bad").waitFor();

            page.click("text=Export rclone.conf");
            assertThat(walk.downloaded(() -> page.click("#confirm-yes"))).isEqualTo("rclone.conf");
            walk.to("/settings/audit");
            assertThat(page.locator("main").innerText()).contains("import.truenas", "export.rclone");
        }
    }

    @Test
    void configurationIsExportedSealedAndTakenInAgain() {
        try (Walk walk = chromium.walk(service.url())) {
            walk.login("anna").to("/settings/exchange");
            Page page = walk.page();
            page.fill("#x-passphrase", "a long passphrase");
            Download download = page.waitForDownload(() -> page.click("text=Export the configuration"));
            Path file = folder.resolve("kept.json");
            download.saveAs(file);
            assertThat(file).isNotEmptyFile();
            page.setInputFiles("#x-file", file);
            page.fill("#x-with", "another passphrase");
            page.click("button:has-text('Take in') >> visible=true");
            page.click("#confirm-yes");
            walk.told("Nothing was taken in");
            page.setInputFiles("#x-file", file);
            page.fill("#x-with", "a long passphrase");
            page.click("button:has-text('Take in') >> visible=true");
            page.click("#confirm-yes");
            walk.told("Taken in: ");
            walk.to("/settings/audit");
            assertThat(page.locator("main").innerText()).contains("config.export", "config.import");
        }
    }

    @Test
    void adminsSeeWhereTheDatabaseIsAndReadersDoNot() {
        try (Walk walk = chromium.walk(service.url())) {
            walk.login("anna").to("/settings");
            assertThat(walk.page().locator("main").innerText()).contains("Database", "app.db", "Time zone");
        }
        try (Walk walk = chromium.walk(service.url())) {
            walk.login("rita").to("/settings");
            assertThat(walk.page().locator("main").innerText()).doesNotContain("app.db");
        }
    }

    @Test
    void importIsShownWithoutScriptsToo() {
        try (Walk walk = chromium.walk(service.url(), new Browser.NewContextOptions().setJavaScriptEnabled(false))) {
            walk.login("anna").to("/settings/exchange");
            Page page = walk.page();
            page.fill("#r-text", "[plain one]\ntype = s3\nprovider = Minio\nendpoint = http://127.0.0.1:1\n");
            page.click("#rclone-form button[value=preview]");
            assertThat(page.locator("#rclone-told").innerText()).contains("plain one");
            assertThat(page.locator("h1").innerText()).isEqualTo("Import and Export");
        }
    }

    private Path rcloneConf() {
        try {
            return Files.writeString(
                    folder.resolve("rclone.conf"),
                    "[by rclone]\ntype = s3\nprovider = Minio\nendpoint = http://127.0.0.1:1\n");
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Test
    void readersSeeWhatHoldsAndTheirOwnKeysAlone() {
        try (Walk walk = chromium.walk(service.url())) {
            walk.login("rita").to("/settings").scan();
            Page page = walk.page();
            assertThat(page.locator("main button").count()).isZero();
            assertThat(page.locator(".tabs").innerText())
                    .doesNotContain("Users")
                    .doesNotContain("Audit");
            walk.to("/settings/keys").scan();
            assertThat(page.locator("#f-user option").count()).isEqualTo(1);
            walk.to("/settings/users");
            assertThat(page.locator("main").innerText()).contains("not allowed");
            walk.mayHear(Walk.FORBIDDEN);
        }
    }
}
