package io.skyferry.server.web.settings;

import io.javalin.http.UploadedFile;
import io.skyferry.control.audit.AuditLog;
import io.skyferry.control.audit.Role;
import io.skyferry.control.exchange.ImportReport;
import io.skyferry.control.exchange.ImportWishes;
import io.skyferry.control.exchange.ImportWishes.Doing;
import io.skyferry.control.exchange.ImportWishes.Keeping;
import io.skyferry.control.exchange.RcloneExport;
import io.skyferry.control.exchange.RcloneRemotes;
import io.skyferry.control.exchange.RcloneSecret;
import io.skyferry.control.exchange.SecretSource;
import io.skyferry.control.exchange.TrueNasBackup;
import io.skyferry.control.exchange.TrueNasSeed;
import io.skyferry.control.json.JsonValue;
import io.skyferry.control.run.RefusedException;
import io.skyferry.control.task.InvalidException;
import io.skyferry.server.ServerParts;
import io.skyferry.server.web.Form;
import io.skyferry.server.web.NavEntry;
import io.skyferry.server.web.Pages;
import io.skyferry.server.web.Reply;
import io.skyferry.server.web.Visit;
import io.skyferry.server.web.WebRoute;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Moving in from TrueNAS and rclone, and out to rclone.
public final class ExchangePages implements Pages {
    private static final String PATH = "/settings/exchange";
    private static final String TITLE = "Import and Export";
    private static final int MOST_BYTES = 64 << 20;
    private final ServerParts parts;

    /// Over these parts.
    public ExchangePages(ServerParts parts) {
        this.parts = parts;
    }

    /// What came of an import, or would come of it.
    ///
    /// @param fault why nothing could be read; empty: it could
    public record Told(List<ImportReport.Line> lines, boolean done, String fault) {
        /// How many things cannot be made; without `partial` they keep the others from being made.
        public long wrong() {
            return lines.stream()
                    .filter(line -> line.fate() == ImportReport.Fate.REFUSED)
                    .count();
        }

        /// Makes the list unchangeable.
        public Told {
            lines = List.copyOf(lines);
        }
    }

    /// What was told, where a browser without scripts asked: the page comes anew, and its forms with it.
    public record ExchangePage(Optional<Told> trueNas, Optional<Told> rclone) {}

    @Override
    public List<NavEntry> entries() {
        return List.of();
    }

    @Override
    public List<WebRoute> routes() {
        return List.of(
                WebRoute.get(
                        PATH,
                        Role.ADMIN,
                        _ -> Reply.page(
                                "settings-exchange.jte", TITLE, new ExchangePage(Optional.empty(), Optional.empty()))),
                WebRoute.post(
                        PATH + "/truenas",
                        Role.ADMIN,
                        visit -> reply(
                                visit, told(() -> trueNas(visit)), one -> new ExchangePage(one, Optional.empty()))),
                WebRoute.post(
                        PATH + "/rclone",
                        Role.ADMIN,
                        visit -> reply(
                                visit, told(() -> rclone(visit)), one -> new ExchangePage(Optional.empty(), one))),
                WebRoute.post(PATH + "/export", Role.ADMIN, this::export));
    }

    /// Imports, or tries to.
    @FunctionalInterface
    private interface Taking {
        ImportReport report();
    }

    private static Told told(Taking taking) {
        try {
            ImportReport report = taking.report();
            return new Told(report.lines(), report.done(), "");
        } catch (RefusedException | InvalidException refused) {
            return new Told(List.of(), false, String.valueOf(refused.getMessage()));
        }
    }

    private static Reply reply(Visit visit, Told told, Function<Optional<Told>, ExchangePage> page) {
        return visit.isForPart()
                ? Reply.part("part/imported.jte", told)
                : Reply.page("settings-exchange.jte", TITLE, page.apply(Optional.of(told)));
    }

    private ImportReport trueNas(Visit visit) {
        Form form = visit.form();
        List<byte[]> files = files(visit, "files");
        if (!form.value("text").isBlank()) {
            files.add(form.value("text").getBytes(StandardCharsets.UTF_8));
        }
        if (files.isEmpty()) {
            throw new RefusedException("Want a file, or text in the field, but have neither");
        }
        Optional<TrueNasSeed> seed = files(visit, "seed").stream().findFirst().map(TrueNasSeed::of);
        var wishes = new ImportWishes(doing(form), keeping(form), folders(form.value("paths")), Optional.empty());
        return parts.imports()
                .trueNas(TrueNasBackup.read(files, seed), wishes, secrets(form.value("secrets")), visit.caller());
    }

    private ImportReport rclone(Visit visit) {
        Form form = visit.form();
        List<byte[]> files = files(visit, "files");
        String text = files.isEmpty() ? form.value("text") : new String(files.getFirst(), StandardCharsets.UTF_8);
        String plain = RcloneSecret.isEncrypted(text) ? RcloneSecret.opened(text, form.value("password")) : text;
        String local = form.value("local").strip();
        var wishes = new ImportWishes(
                doing(form), keeping(form), Map.of(), local.isEmpty() ? Optional.empty() : Optional.of(local));
        return parts.imports().rclone(RcloneRemotes.read(plain, parts.encryption()), wishes, visit.caller());
    }

    private static Doing doing(Form form) {
        return form.value("do").equals("import") ? Doing.KEEP : Doing.TELL;
    }

    private static Keeping keeping(Form form) {
        return form.value("partial").isEmpty() ? Keeping.ALL_OF_KNOWN_KINDS : Keeping.WHAT_CAN_BE;
    }

    private static List<byte[]> files(Visit visit, String name) {
        List<byte[]> files = new ArrayList<>();
        for (UploadedFile file : visit.context().uploadedFiles(name)) {
            try (InputStream in = file.content()) {
                byte[] bytes = in.readNBytes(MOST_BYTES);
                if (bytes.length > 0) {
                    files.add(bytes);
                }
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }
        return files;
    }

    /// `/there=/here`, one on a line.
    private static Map<String, String> folders(String text) {
        Map<String, String> folders = new LinkedHashMap<>();
        for (String line :
                text.lines().map(String::strip).filter(one -> !one.isEmpty()).toList()) {
            int equals = line.indexOf('=');
            if (equals < 1 || !line.startsWith("/")) {
                throw new RefusedException("Want '/there=/here' on each line but have '%s'".formatted(line));
            }
            folders.put(line.substring(0, equals), line.substring(equals + 1));
        }
        return folders;
    }

    private static SecretSource secrets(String text) {
        if (text.isBlank()) {
            return SecretSource.NONE;
        }
        JsonValue known;
        try {
            known = JsonValue.parse(text);
        } catch (IllegalArgumentException unreadable) {
            var refused = new RefusedException("Want JSON for the secrets but have something else");
            refused.initCause(unreadable);
            throw refused;
        }
        return (owner, field) -> known instanceof JsonValue.Members all
                        && all.get(owner).orElse(JsonValue.Members.EMPTY) instanceof JsonValue.Members of
                        && of.get(field).orElse(new JsonValue.Null()) instanceof JsonValue.Text(String secret)
                ? Optional.of(secret)
                : Optional.empty();
    }

    private Reply export(Visit visit) {
        String text = new RcloneExport(parts.credentials(), parts.tasks(), parts.encryption()).text();
        parts.database().write(session -> {
            AuditLog.add(session, visit.caller(), parts.clock().instant(), "export.rclone", "", "");
            return true;
        });
        return new Reply.File(
                "rclone.conf",
                "application/octet-stream",
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }
}
