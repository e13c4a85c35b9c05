package io.skyferry.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// A browser that walks through the pages and keeps what went wrong on its way.
///
/// One process of Chromium serves a whole test class; each walk has its own cookies. Closing a walk asserts that
/// nothing was said on the console: there an error of a script and a violation of the content policy are told.
final class Walk implements AutoCloseable {
    private static final List<Path> CHROMIUM =
            List.of(Path.of("/usr/bin/chromium"), Path.of("/usr/bin/chromium-browser"));
    private static final List<String> OPTIONS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-dev-shm-usage");
    /// What the console says of a form that was filled in wrongly.
    static final String INVALID = "status of 422";
    /// What it says of a page that this user may not see.
    static final String FORBIDDEN = "status of 403";
    /// What it says of a page whose session has ended.
    static final String LOGGED_OUT = "status of 401";
    /// What it says while there is no service.
    static final String AWAY = "net::ERR_";
    private static final int WIDE = 1440;
    private static final int HIGH = 900;

    private final BrowserContext context;
    private final Page page;
    private final String url;
    private final List<String> troubles = new ArrayList<>();
    private final List<String> expected = new ArrayList<>();

    /// Chromium, for as many walks as one likes.
    static final class Chromium implements AutoCloseable {
        private final Playwright playwright;
        private final Browser browser;

        private Chromium(Playwright playwright, Browser browser) {
            this.playwright = playwright;
            this.browser = browser;
        }

        /// Whether there is one on this machine.
        static boolean isThere() {
            return program().isPresent();
        }

        private static Optional<Path> program() {
            return CHROMIUM.stream().filter(Files::isExecutable).findFirst();
        }

        /// Starts it.
        static Chromium start() {
            Playwright playwright = Playwright.create(
                    new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
            Browser browser = playwright
                    .chromium()
                    .launch(new BrowserType.LaunchOptions()
                            .setExecutablePath(program().orElseThrow())
                            .setArgs(OPTIONS));
            return new Chromium(playwright, browser);
        }

        /// A walk through the service at this address.
        Walk walk(String url) {
            return walk(url, new Browser.NewContextOptions().setViewportSize(WIDE, HIGH));
        }

        /// The same with options of its own.
        Walk walk(String url, Browser.NewContextOptions options) {
            return new Walk(browser.newContext(options.setReducedMotion(ReducedMotion.REDUCE)), url);
        }

        @Override
        public void close() {
            browser.close();
            playwright.close();
        }
    }

    private Walk(BrowserContext context, String url) {
        this.context = context;
        this.url = url;
        this.page = context.newPage();
        page.onConsoleMessage(this::heard);
        page.onPageError(error -> troubles.add("%s: %s".formatted(page.url(), error)));
    }

    private void heard(ConsoleMessage message) {
        if (message.type().equals("error") || message.type().equals("warning")) {
            troubles.add("%s: %s".formatted(page.url(), message.text()));
        }
    }

    /// The page that is seen.
    Page page() {
        return page;
    }

    /// Another page of the same browser, with the same cookies.
    Page another() {
        return context.newPage();
    }

    /// Goes to a path of the service.
    Walk to(String path) {
        page.navigate(url + path);
        return this;
    }

    /// Logs in by the form.
    Walk login(String name) {
        to("/login");
        page.fill("input[name=name]", name);
        page.fill("input[name=password]", LiveService.PASSWORD);
        page.click("main form button");
        page.waitForURL(url + "/");
        return this;
    }

    /// Waits until the page says these words. What a page before it said does not count.
    Walk told(String words) {
        page.locator(".words:has-text(\"%s\")".formatted(words)).waitFor();
        return this;
    }

    /// The name under which something is offered for download. A download that goes on keeps the browser from closing
    /// the page, so it is ended.
    String downloaded(Runnable asking) {
        Download download = page.waitForDownload(asking);
        String name = download.suggestedFilename();
        download.cancel();
        return name;
    }

    /// The console may say these words in this walk: for steps that are meant to go wrong. It may say them before or
    /// after this call, as it speaks of a page as late as with the next one.
    Walk mayHear(String words) {
        expected.add(words);
        return this;
    }

    /// Asks the service's REST interface for something, as the one who is logged in.
    Walk ask(String method, String path, String json) {
        Object status = page.evaluate(
                "([method, path, json]) => fetch('/api/v1' + path, { method: method, body: json, headers: {"
                        + "'Content-Type': 'application/json',"
                        + "'X-CSRF-Token': document.querySelector('meta[name=csrf]').content } })"
                        + ".then(answer => answer.ok ? 'ok' : answer.text())",
                List.of(method, path, json));
        assertThat(status).as("%s %s", method, path).isEqualTo("ok");
        return this;
    }

    /// Wants the page to be usable by everybody, light and dark: WCAG 2.2 AA as far as axe-core can tell.
    Walk scan() {
        page.evaluate(axe());
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
            Object found = page.evaluate(
                    "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']})"
                            + ".then(all => all.violations.map(one => one.id + ': '"
                            + " + one.nodes.map(node => node.target.join(' ') + ' ' + node.failureSummary).join('; ')))");
            assertThat((List<?>) found)
                    .as("violations on %s, %s", page.url(), scheme)
                    .isEmpty();
            assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                    .as("fits into the window: %s", page.url())
                    .isEqualTo(true);
        }
        return this;
    }

    private static String axe() {
        try (InputStream in = Objects.requireNonNull(Walk.class.getResourceAsStream("axe.min.js"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8) + "\n;0";
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Its pages are closed; what was downloaded goes with the browser, which may wait for it for ever otherwise.
    @Override
    public void close() {
        context.pages().forEach(Page::close);
        assertThat(troubles)
                .as("what the console said")
                .filteredOn(trouble -> expected.stream().noneMatch(trouble::contains))
                .isEmpty();
    }
}
