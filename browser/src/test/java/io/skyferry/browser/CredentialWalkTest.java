package io.skyferry.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.sun.net.httpserver.HttpServer;
import io.skyferry.browser.Walk.Chromium;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/// Credentials: made, tried out, mended and deleted, and looked at by those who may not.
@Tag("slow")
@EnabledIf("io.skyferry.browser.Walk$Chromium#isThere")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CredentialWalkTest {
    private final Path folder;
    private final LiveService service;
    private final Chromium chromium;

    CredentialWalkTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        Files.createDirectories(folder.resolve("docs"));
        Files.createDirectories(folder.resolve("nas"));
        LiveService.addUser(folder, "anna", "operator");
        LiveService.addUser(folder, "rita", "reader");
        service = LiveService.start(folder);
        chromium = Chromium.start();
    }

    @BeforeAll
    void makeATask() {
        service.run("credential", "add", "NAS", "--provider", "local", "--set", "path=" + folder.resolve("nas"));
        service.run(
                "task",
                "create",
                "--description",
                "Documents <script>alert(2)</script>",
                "--credential",
                "NAS",
                "--path",
                folder.resolve("docs").toString(),
                "--folder",
                "docs");
    }

    @AfterAll
    void end() {
        chromium.close();
        service.close();
    }

    private static Locator card(Page page, String name) {
        return page.locator(".credential-card", new Page.LocatorOptions().setHasText(name));
    }

    @Test
    void accountIsMadeTriedOutChangedAndDeleted() {
        try (Walk walk = chromium.walk(service.url())) {
            walk.login("anna").to("/credentials").scan();
            Page page = walk.page();
            page.click(".page-actions a");
            walk.scan();
            page.click("text=Folder of this machine");
            assertThat(page.inputValue("#f-name")).isEqualTo("Folder");
            walk.scan();
            page.fill("#f-set-path", folder.resolve("nowhere").toString());
            page.click(".trial button");
            page.locator("#verified .note-bad").waitFor();
            walk.scan();
            page.fill("#f-set-path", folder.resolve("nas").toString());
            page.click(".trial button");
            page.locator("#verified .note-good").waitFor();
            walk.scan();
            page.fill("#f-name", "Second");
            page.click("main button.btn-primary");
            card(page, "Second").locator(".note-good").waitFor();
            walk.scan();

            card(page, "Second").locator("a.btn").click();
            assertThat(page.inputValue("#f-set-path")).endsWith("nas");
            page.selectOption("#f-set-links", "follow");
            page.fill("#f-name", "Third");
            page.click("main button.btn-primary");
            card(page, "Third").locator(".note-good").waitFor();
            assertThat(card(page, "Third").innerText()).contains("follow");
            card(page, "Third").locator("form[data-confirm] button").click();
            assertThat(page.locator("#confirm").innerText()).contains("delete the Third");
            page.click("#confirm-yes");
            walk.told("Deleted 'Third'.");
            assertThat(card(page, "Third").count()).isZero();
        }
    }

    @Test
    void secretIsKeptAndNeverSentBack() {
        try (Walk walk = chromium.walk(service.url())) {
            walk.login("anna").to("/credentials/new?kind=s3");
            Page page = walk.page();
            page.fill("#f-name", "Bucket");
            page.fill("#f-set-endpoint", "http://127.0.0.1:1");
            page.fill("#f-set-access-key-id", "AKIA");
            page.fill("#f-set-secret-access-key", "a very secret key");
            page.click("main button.btn-primary");
            card(page, "Bucket").locator(".note-bad").waitFor();
            assertThat(card(page, "Bucket").innerText())
                    .contains("Secret access key")
                    .contains("Check");
            walk.scan();
            card(page, "Bucket").locator("a.btn").click();
            assertThat(page.inputValue("#f-set-secret-access-key")).isEmpty();
            assertThat(page.content()).doesNotContain("a very secret key");
            page.fill("#f-set-region", "eu-central-1");
            page.click("main button.btn-primary");
            card(page, "Bucket").locator("text=eu-central-1").waitFor();
            assertThat(card(page, "Bucket").innerText()).contains("Secret access key");
        }
    }

    @Test
    void refusedAccountSaysSoAndLeadsToItsRepair() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] body = ("<Error><Code>InvalidAccessKeyId</Code><Message>The AWS access key Id you provided does"
                            + " not exist in our records.</Message></Error>")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(403, exchange.getRequestMethod().equals("HEAD") ? -1 : body.length);
            if (!exchange.getRequestMethod().equals("HEAD")) {
                exchange.getResponseBody().write(body);
            }
            exchange.close();
        });
        server.start();
        String address = "http://127.0.0.1:" + server.getAddress().getPort();
        service.run(
                "credential",
                "add",
                "Closed",
                "--provider",
                "s3",
                "--set",
                "endpoint=" + address,
                "--set",
                "provider=minio",
                "--set",
                "access-key-id=AKIA",
                "--set",
                "secret-access-key=x");
        service.run(
                "task",
                "create",
                "--description",
                "Shut out",
                "--credential",
                "Closed",
                "--path",
                folder.resolve("docs").toString(),
                "--bucket",
                "b",
                "--folder",
                "x");
        try (Walk walk = chromium.walk(service.url())) {
            walk.login("anna");
            Page page = walk.page();
            page.locator("tr", new Page.LocatorOptions().setHasText("Shut out"))
                    .locator("button[title='Run Now']")
                    .click();
            page.click("#confirm-yes");
            page.waitForURL("**/runs/*");
            page.locator("#runhead .state-bad").waitFor();
            walk.to("/credentials").scan();
            assertThat(card(page, "Closed").innerText()).contains("did not let a task in", "Shut out");
            page.click("text=Repair it");
            assertThat(page.locator("main .note-bad").innerText()).contains("Enter keys or password anew");
            walk.scan();
        } finally {
            server.stop(0);
        }
    }

    @Test
    void whatIsWrongStandsBesideItsField() {
        try (Walk walk = chromium.walk(service.url())) {
            walk.login("anna").to("/credentials/new?kind=local");
            Page page = walk.page();
            page.fill("#f-name", "NAS");
            page.click("main button.btn-primary");
            assertThat(page.locator("#h-name .wrong").innerText()).contains("already");
            walk.mayHear(Walk.INVALID).scan();
        }
    }

    @Test
    void usedOneCannotBeDeletedAndReadersOnlyLook() {
        try (Walk walk = chromium.walk(service.url())) {
            walk.login("rita").to("/credentials").scan();
            Page page = walk.page();
            assertThat(card(page, "NAS").innerText()).contains("Documents <script>alert(2)</script>");
            assertThat(page.locator("main button, main .btn").count()).isZero();
            walk.to("/credentials/new");
            assertThat(page.locator("main").innerText()).contains("OPERATOR");
            walk.mayHear(Walk.FORBIDDEN);
        }
        try (Walk walk = chromium.walk(service.url(), new Browser.NewContextOptions().setViewportSize(390, 844))) {
            walk.login("anna").to("/credentials").scan();
            assertThat(card(walk.page(), "NAS").innerText()).contains("Cannot be deleted while a task uses it");
            walk.to("/credentials/new?kind=s3").scan();
        }
    }
}
