package io.skyferry.server.web.settings;

import io.javalin.http.UploadedFile;
import io.skyferry.control.audit.AuditLog;
import io.skyferry.control.audit.Role;
import io.skyferry.control.run.RefusedException;
import io.skyferry.control.task.ConfigArchive;
import io.skyferry.control.task.InvalidException;
import io.skyferry.server.ServerParts;
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
import java.util.List;
import java.util.Optional;

/// The configuration of this Skyferry as a file: to be kept, and to be taken in again, here or elsewhere.
public final class ArchivePages implements Pages {
    private static final String PATH = "/settings/exchange";
    private static final int MOST_BYTES = 64 << 20;
    private final ServerParts parts;

    /// Over these parts.
    public ArchivePages(ServerParts parts) {
        this.parts = parts;
    }

    @Override
    public List<NavEntry> entries() {
        return List.of();
    }

    @Override
    public List<WebRoute> routes() {
        return List.of(
                WebRoute.post(PATH + "/configuration", Role.ADMIN, this::export),
                WebRoute.post(PATH + "/configuration/take", Role.ADMIN, this::take));
    }

    private ConfigArchive archive() {
        return new ConfigArchive(parts.settings(), parts.credentials(), parts.tasks(), parts.channels());
    }

    private Reply export(Visit visit) {
        String text = archive().export(passphrase(visit), visit.caller());
        note(visit, "config.export", "");
        return new Reply.File(
                "skyferry-configuration.json",
                "application/octet-stream",
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private Reply take(Visit visit) {
        String text = text(visit);
        if (text.isBlank()) {
            return Reply.to(PATH).saying("Choose a file that was exported here first.");
        }
        ConfigArchive.Imported made;
        try {
            made = archive().take(text, passphrase(visit), visit.caller());
        } catch (RefusedException | InvalidException refused) {
            return Reply.to(PATH).saying("Nothing was taken in. " + refused.getMessage());
        }
        note(visit, "config.import", "%s credentials, %s tasks".formatted(made.credentials(), made.tasks()));
        String left = made.left().isEmpty() ? "" : " Left out: " + String.join("; ", made.left());
        return Reply.to(PATH)
                .saying("Taken in: %s settings, %s credentials, %s tasks, %s channels.%s"
                        .formatted(made.settings(), made.credentials(), made.tasks(), made.channels(), left));
    }

    private void note(Visit visit, String action, String details) {
        parts.database().write(session -> {
            AuditLog.add(session, visit.caller(), parts.clock().instant(), action, "", details);
            return true;
        });
    }

    private static Optional<String> passphrase(Visit visit) {
        return Optional.of(visit.form().value("passphrase")).filter(text -> !text.isEmpty());
    }

    private static String text(Visit visit) {
        for (UploadedFile file : visit.context().uploadedFiles("file")) {
            try (InputStream in = file.content()) {
                return new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }
        return "";
    }
}
