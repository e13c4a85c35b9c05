package io.skyferry.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.SelectOption;
import com.microsoft.playwright.options.WaitForSelectorState;
import io.skyferry.browser.Walk.Chromium;
import io.skyferry.simulators.s3.S3Rules;
import io.skyferry.simulators.s3.S3Simulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/// Tasks from the first click of the wizard to their deletion, against a strict S3 server.
@Tag("slow")
@EnabledIf("io.skyferry.browser.Walk$Chromium#isThere")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TaskWalkTest {
    private static final String HOSTILE = "<img src=x onerror=alert(1)>\u202egpj.*[x]\n{}";

    private static final int MANY = 10_000;
    private static final int MOST_TABS = 80;

    /// The page of a task, which that of a new one is not.
    private static final Pattern A_TASK = Pattern.compile("^[^?]*/tasks/[0-9]+(\\?.*)?$");

    private final Path folder;
    private final S3Simulator server = new S3Simulator(S3Rules.AMAZON, Instant::now).withBucket("photos");
    private final LiveService service;
    private final Chromium chromium;

    TaskWalkTest(@TempDir Path folder) throws IOException {
        this.folder = folder.toRealPath();
        Path photos = Files.createDirectories(this.folder.resolve("photos/2024"));
        Files.writeString(photos.resolve("a.jpg"), "one");
        Files.writeString(photos.resolve("b.tmp"), "two");
        Files.createDirectories(this.folder.resolve("photos/2025"));
        Files.writeString(this.folder.resolve("photos/2025/c.jpg"), "three");
        Files.createDirectories(this.folder.resolve("photos").resolve(HOSTILE));
        Files.writeString(this.folder.resolve("photos").resolve(HOSTILE).resolve("d.jpg"), "four");
        Files.createDirectories(this.folder.resolve("back"));
        LiveService.addUser(folder, "anna", "admin");
        LiveService.addUser(folder, "olga", "operator");
        LiveService.addUser(folder, "rita", "reader");
        service = LiveService.start(folder);
        chromium = Chromium.start();
    }

    @BeforeAll
    void addAccount() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret.txt"), S3Simulator.SECRET);
        service.run(
                "credential",
                "add",
                "Work",
                "--provider",
                "s3",
                "--set",
                "provider=minio",
                "--set",
                "endpoint=" + server.address(),
                "--set",
                "access-key-id=" + S3Simulator.KEY_ID,
                "--secret-file",
                "secret-access-key=" + secret);
    }

    @AfterAll
    void end() {
        chromium.close();
        service.close();
        server.close();
    }

    private void addTask(String description, String... more) {
        String[] fixed = {
            "task",
            "create",
            "--description",
            description,
            "--credential",
            "Work",
            "--path",
            folder.resolve("photos").toString(),
            "--bucket",
            "photos",
            "--folder",
            description.toLowerCase(Locale.ROOT),
            "--schedule",
            "daily"
        };
        service.run(Stream.concat(Arrays.stream(fixed), Arrays.stream(more)).toArray(String[]::new));
    }

    private static Locator confirm(Page page, String words) {
        Locator dialog = page.locator("#confirm[open]");
        dialog.waitFor();
        assertThat(dialog.innerText()).contains(words);
        return dialog.locator("#confirm-yes");
    }

    @Test
    void taskIsMadeByTheWizardTriedRunChangedRestoredAndDeleted() {
        try (Walk walk = chromium.walk(service.url())) {
            walk.login("anna").to("/tasks/new").scan();
            Page page = walk.page();
            makeByWizard(walk);
            assertThat(page.locator("main").innerText()).contains("Pending", "At 03:15 on Monday", "/2024/**");

            page.click("main button:has-text('Dry Run')");
            confirm(page, "No data is sent").click();
            page.waitForURL("**/plans/*");
            page.locator(".plan-tile-add").waitFor();
            assertThat(page.locator(".plan-tile-add").innerText()).contains("2");
            page.click(".plan-tree summary");
            page.getByText("a.jpg").waitFor();
            walk.scan();
            assertThat(walk.downloaded(() -> page.click("text=Download plan"))).endsWith(".plan");
            page.click("button:has-text('Run exactly this')");
            confirm(page, "Exactly these steps").click();
            page.waitForURL("**/runs/*");
            page.locator(".state-good").first().waitFor();
            assertThat(server.keys("made-here")).containsExactlyInAnyOrder("in/2024/a.jpg", "in/2024/b.tmp");

            changeByForm(walk);
            restoreAndDelete(walk);
        }
    }

    private void makeByWizard(Walk walk) {
        Page page = walk.page();
        page.selectOption("#f-credentials", new SelectOption().setLabel("Work (Amazon S3 and compatible)"));
        page.click("text=Verify Credential");
        page.getByText("The credential works.").waitFor();
        page.click("button:has-text('Next')");
        page.locator("select[name='attributes.bucket']").waitFor();
        page.click("text=Add new bucket");
        page.fill("#new-bucket", "made-here");
        page.click("[data-new-bucket]");
        page.getByText("The bucket 'made-here' was made.").waitFor();
        assertThat(page.inputValue("[name='attributes.bucket']")).isEqualTo("made-here");
        page.click("[data-tree=local] > summary");
        page.click("[data-tree=local] .tree details > summary .icon");
        page.click("[aria-label='Use the folder photos']");
        assertThat(page.inputValue("#f-path"))
                .isEqualTo(folder.resolve("photos").toString());
        page.fill("[name='attributes.folder']", "in");
        page.click("[data-ticks] > summary");
        page.locator("[aria-label='Take the folder 2025']").waitFor();
        assertThat(page.locator("[data-ticks] img").count())
                .as("names are never markup")
                .isZero();
        page.check("[aria-label='Take the folder 2024']");
        page.getByText("Only what is ticked: 1 include rule").waitFor();
        assertThat(page.inputValue("#f-include")).isEqualTo("/2024/**");
        page.selectOption("#f-schedule", "weekly");
        page.check("[value=MONDAY]");
        page.fill("[name='schedule.time']", "03:15");
        page.getByText("At 03:15 on Monday").waitFor();
        walk.scan();
        page.click("[data-dry-run]");
        page.locator("#dry-run .plan-tile-add").waitFor();
        page.click("#dry-run [data-dialog-close]");
        page.click("button[value=save]");
        page.waitForURL(A_TASK);
    }

    private static void changeByForm(Walk walk) {
        Page page = walk.page();
        walk.to("/tasks");
        page.click("main tbody th a:has-text('Work')");
        page.click("main a:has-text('Edit')");
        page.fill("#f-exclude", "*.tmp");
        page.click("[data-preview] > summary");
        Locator row = page.locator(".preview-box tr", new Page.LocatorOptions().setHasText("b.tmp"));
        assertThat(row.innerText()).contains("no", "- *.tmp");
        assertThat(page.locator(".preview-box tr", new Page.LocatorOptions().setHasText("a.jpg"))
                        .innerText())
                .contains("+ /2024/**");
        page.fill("#f-bwlimit", "25:00,512");
        page.locator("#f-bwlimit").blur();
        page.locator("#h-bwlimit .wrong").waitFor();
        page.fill("#f-bwlimit", "");
        page.locator("#f-bwlimit").blur();
        page.locator("#h-bwlimit .wrong").waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
        paint(page);
        walk.scan();
        page.click(".form-foot .btn-primary");
        page.waitForURL(A_TASK);
        assertThat(page.locator("main").innerText()).contains("*.tmp", "Mon-08:00,10Mi Mon-10:00,off");
    }

    /// Two hours by mouse, then two more by keys.
    private static void paint(Page page) {
        page.click("text=Week to paint on");
        page.evaluate("document.getElementById('week').scrollIntoView({block: 'center'})");
        BoundingBox from = page.locator("[data-at='1.8']").boundingBox();
        BoundingBox to = page.locator("[data-at='1.9']").boundingBox();
        page.mouse().move(from.x + 4, from.y + 4);
        page.mouse().down();
        page.mouse().move(to.x + 4, to.y + 4);
        page.mouse().up();
        page.locator("[data-at='1.9'][title='Monday 9:00: 10 MiB/s']").waitFor();
        page.fill("#brush", "512");
        page.locator("[data-at='6.0']").focus();
        page.keyboard().press(" ");
        page.keyboard().press("ArrowDown");
        page.keyboard().press(" ");
        page.locator("[data-at='7.0'][title='Sunday 0:00: 512 KiB/s']").waitFor();
        assertThat(page.inputValue("#f-bwlimit"))
                .isEqualTo("Mon-08:00,10Mi Mon-10:00,off Sat-00:00,512Ki Sat-01:00,off Sun-00:00,512Ki Sun-01:00,off");
    }

    private void restoreAndDelete(Walk walk) {
        Page page = walk.page();
        page.click("main a:has-text('Restore')");
        walk.scan();
        page.fill("#f-description", "Bring back");
        page.fill("#f-path", folder.resolve("back").toString());
        page.click("button:has-text('Make the restore task')");
        page.waitForURL(A_TASK);
        assertThat(page.locator("main").innerText()).contains("has been restored", "PULL", "disabled");
        page.click("main button:has-text('Run Now')");
        confirm(page, "are copied to '%s'".formatted(folder.resolve("back"))).click();
        page.locator(".state-good").first().waitFor();
        assertThat(folder.resolve("back/2024/a.jpg")).hasContent("one");
        page.click("main button:has-text('Delete')");
        confirm(page, "no file is deleted").click();
        page.waitForURL("**/tasks");
        assertThat(page.locator("tbody").allInnerTexts()).noneMatch(text -> text.contains("Bring back"));
        assertThat(folder.resolve("back/2024/a.jpg")).exists();
    }

    private static Locator level(Page page, String folder) {
        return page.locator(
                "[data-tree=local] .node:has(> [aria-label='Use the folder %s']) > details".formatted(folder));
    }

    @Test
    void longFolderIsShownByStretchesAndLookedThroughByName() throws IOException {
        Path many = Files.createDirectories(folder.resolve("many"));
        for (int i = 0; i < MANY; i++) {
            Files.createDirectory(many.resolve("folder-" + (MANY + i)));
        }
        Files.createDirectory(many.resolve(HOSTILE));
        try (Walk walk = chromium.walk(service.url())) {
            Page page = walk.login("anna").to("/tasks/new/advanced").page();
            page.click("[data-tree=local] > summary");
            page.click("[data-tree=local] .tree details > summary .icon");
            level(page, "many").locator("> summary .icon").click();
            Locator names = level(page, "many").locator("li");
            page.locator("[data-more]").waitFor();
            assertThat(level(page, "many").locator("[data-more]").innerText())
                    .startsWith("200 of 10")
                    .endsWith("001 are shown: show more");
            page.click("[data-more]");
            page.locator("[data-more]:has-text('400 of')").waitFor();
            assertThat(names.count()).isEqualTo(400);
            assertThat(level(page, "many").locator("img").count())
                    .as("names are never markup")
                    .isZero();
            Locator find = level(page, "many").locator("[data-find]");
            find.fill("FOLDER-1999");
            page.locator("[aria-label='Use the folder folder-19990']").waitFor();
            assertThat(names.count()).isEqualTo(10);
            find.press("Enter");
            walk.scan();
            page.click("[aria-label='Use the folder folder-19995']");
            assertThat(page.inputValue("#f-path"))
                    .isEqualTo(many.resolve("folder-19995").toString());

            page.selectOption("#f-credentials", new SelectOption().setLabel("Work (Amazon S3 and compatible)"));
            page.check("[name=direction][value=PUSH]");
            page.fill("#f-path", many.toString());
            page.fill("#f-include", "/folder-12345/**");
            page.click("[data-ticks] > summary");
            page.fill("[data-ticks] [data-find]", "folder-19999");
            page.check("[aria-label='Take the folder folder-19999']");
            page.getByText("2 include rules").waitFor();
            assertThat(page.inputValue("#f-include").lines())
                    .as("what was ticked before and is not seen stays")
                    .containsExactlyInAnyOrder("/folder-12345/**", "/folder-19999/**");
        }
    }

    @Test
    void keyboardAloneMakesATask() {
        try (Walk walk = chromium.walk(service.url())) {
            Page page = walk.login("anna").to("/tasks/new").page();
            reach(page, "#f-credentials");
            page.keyboard().type("Work");
            reach(page, "button[value=next], main form button.btn-primary");
            page.keyboard().press("Enter");
            page.locator("select[name='attributes.bucket']").waitFor();
            reach(page, "[name=direction]");
            page.keyboard().press("ArrowDown");
            page.keyboard().press("ArrowUp");
            reach(page, "[data-tree=local] > summary");
            page.keyboard().press("Enter");
            page.locator("[data-tree=local] .tree summary").first().waitFor();
            reach(page, "[data-tree=local] .tree summary");
            page.keyboard().press("Enter");
            page.locator("[aria-label='Use the folder back']").waitFor();
            reach(page, "[aria-label='Use the folder back']");
            page.keyboard().press("Enter");
            assertThat(page.inputValue("#f-path"))
                    .isEqualTo(folder.resolve("back").toString());
            reach(page, "select[name='attributes.bucket']");
            page.keyboard().type("photos");
            reach(page, "[name='attributes.folder']");
            page.keyboard().type("by-keys");
            reach(page, "#f-description");
            page.keyboard().type("Made by keys");
            reach(page, "button[data-dry-run]");
            page.keyboard().press("Enter");
            page.locator("#dry-run .state-good, #dry-run .state-bad").first().waitFor();
            page.keyboard().press("Escape");
            assertThat(page.locator("#dry-run").isVisible()).isFalse();
            reach(page, "button[value=save]");
            page.keyboard().press("Enter");
            page.waitForURL(A_TASK);
            assertThat(page.locator("h1").innerText()).isEqualTo("Made by keys");
            reach(page, "main button[formaction$='/delete']");
            page.keyboard().press("Enter");
            page.locator("#confirm[open]").waitFor();
            reach(page, "#confirm-yes");
            page.keyboard().press("Enter");
            page.waitForURL("**/tasks");
        }
    }

    /// Presses Tab until the element has the focus.
    private static void reach(Page page, String selector) {
        for (int presses = 0; presses < MOST_TABS; presses++) {
            Object isThere = page.evaluate("selector => document.activeElement.matches(selector)", selector);
            if (isThere.equals(true)) {
                return;
            }
            page.keyboard().press("Tab");
        }
        throw new AssertionError("Want to come to '%s' by Tab".formatted(selector));
    }

    @Test
    void listIsSortedSearchedExpandedAndChangedInBulk() {
        addTask("Zebra");
        addTask("Apple");
        try (Walk walk = chromium.walk(service.url())) {
            Page page = walk.login("anna")
                    .to("/tasks?q=e&sort=description&order=down")
                    .page();
            assertThat(page.locator("tbody th").allInnerTexts()).containsSubsequence("Zebra", "Apple");
            walk.scan().to("/tasks?q=zebra");
            assertThat(page.locator("tbody th").allInnerTexts()).containsExactly("Zebra");
            page.click("[aria-label='Details of Zebra']");
            page.locator("td.more dl").waitFor();
            assertThat(page.locator("td.more").innerText()).contains("PUSH", "Work:photos/zebra", "Restore");
            walk.scan();
            page.click("text=Columns");
            page.check("[value=transfer_mode]");
            page.click("button:has-text('Show these')");
            assertThat(page.locator("thead").innerText()).contains("Transfer Mode");
            page.click("[role=switch][aria-label='Enable Zebra']");
            page.locator("[role=switch][aria-checked=false]").waitFor();
            page.check("[data-tick-all]");
            page.click(".bulk button:has-text('Enable')");
            walk.told("1 of 1 tasks enabled.");
            assertThat(page.locator("[role=switch]").getAttribute("aria-checked"))
                    .isEqualTo("true");
        }
    }

    @Test
    void whatIsWrongIsToldBesideTheFieldAndNothingIsLost() {
        try (Walk walk = chromium.walk(service.url())) {
            Page page = walk.login("anna").to("/tasks/new/advanced").page();
            page.fill("#f-description", "Half done");
            page.fill("#f-path", "/etc");
            page.selectOption("#f-schedule", "custom");
            page.fill("[name='schedule.minute']", "61");
            page.locator("#due .wrong").waitFor();
            page.click(".form-foot .btn-primary");
            assertThat(page.evaluate("document.querySelector('#f-credentials').validity.valueMissing"))
                    .isEqualTo(true);
            page.selectOption("#f-credentials", new SelectOption().setLabel("Work (Amazon S3 and compatible)"));
            page.locator("select[name='attributes.bucket']").waitFor();
            page.click(".form-foot .btn-primary");
            page.locator(".problems").waitFor();
            assertThat(page.locator(".problems").innerText()).contains("schedule", "attributes.bucket", "path");
            assertThat(page.locator("#h-path").innerText()).contains("allowed folders");
            assertThat(page.inputValue("#f-description")).isEqualTo("Half done");
            walk.mayHear(Walk.INVALID).scan();
        }
    }

    @Test
    void nobodySeesAControlThatWouldBeRefused() {
        addTask("Seen");
        try (Walk walk = chromium.walk(service.url())) {
            Page page = walk.login("rita").to("/tasks?q=seen").page();
            assertThat(page.locator("main [formaction], .bulk, main [role=switch], main a[href='/tasks/new']")
                            .count())
                    .isZero();
            page.click("tbody th a");
            assertThat(page.locator("main form, main a[href$='/edit']").count()).isZero();
            walk.scan();
        }
        try (Walk walk = chromium.walk(service.url())) {
            Page page = walk.login("olga").to("/tasks?q=seen").page();
            page.click("tbody th a");
            page.click("main a:has-text('Edit')");
            assertThat(page.locator("[name=pre_script]").count()).isZero();
            page.fill("#f-description", "Seen by Olga");
            page.click(".form-foot .btn-primary");
            page.waitForURL(A_TASK);
            assertThat(page.locator("h1").innerText()).isEqualTo("Seen by Olga");
        }
    }

    @Test
    void pagesFitAPhoneAndAreUsedWithoutScripts() {
        addTask("Plain");
        var phone = new Browser.NewContextOptions().setViewportSize(390, 844);
        try (Walk walk = chromium.walk(service.url(), phone)) {
            walk.login("anna").to("/tasks").scan().to("/tasks/new/advanced").scan();
        }
        try (Walk walk = chromium.walk(service.url(), new Browser.NewContextOptions().setJavaScriptEnabled(false))) {
            Page page = walk.login("anna").to("/tasks?q=plain").page();
            page.click("tbody th a");
            page.click("main a:has-text('Edit')");
            page.fill("#f-exclude", "*.bak");
            page.click(".form-foot .btn-primary");
            assertThat(page.locator("main").innerText()).contains("Saved.", "*.bak");
            page.click("main button:has-text('Dry Run')");
            assertThat(page.url()).contains("/plans/");
            walk.to("/tasks/new")
                    .page()
                    .selectOption("#f-credentials", new SelectOption().setLabel("Work (Amazon S3 and compatible)"));
            page.click("button:has-text('Next')");
            assertThat(List.of(page.inputValue("[name=schedule]"), page.inputValue("[name='schedule.time']")))
                    .containsExactly("daily", "00:00");
        }
    }
}
