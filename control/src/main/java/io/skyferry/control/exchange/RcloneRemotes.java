package io.skyferry.control.exchange;

import io.skyferry.control.audit.Caller;
import io.skyferry.control.credential.Credential;
import io.skyferry.control.credential.RcloneConfig;
import io.skyferry.control.credential.RcloneConfig.Remote;
import io.skyferry.control.credential.RcloneImport;
import io.skyferry.control.crypt.Encryption;
import io.skyferry.control.exchange.ImportReport.Fate;
import io.skyferry.control.exchange.ImportReport.Line;
import io.skyferry.control.exchange.ImportReport.What;
import io.skyferry.control.json.JsonValue;
import io.skyferry.control.run.Places;
import io.skyferry.control.run.RefusedException;
import io.skyferry.control.task.InvalidException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// The remotes of an rclone configuration on their way here: accounts become credentials, aliases become
/// credentials that begin at a path, encrypted remotes become tasks with the same encryption.
public final class RcloneRemotes {
    private static final String ALIAS = "alias";
    private static final String CRYPT = "crypt";
    private static final String REMOTE = "remote";
    private static final String LOCAL = "local";
    private static final String BUCKETS = "s3";
    private static final int LONGEST_CHAIN = 10;

    private final Map<String, Remote> remotes = new LinkedHashMap<>();
    private final Encryption encryption;

    private RcloneRemotes(List<Remote> remotes, Encryption encryption) {
        remotes.forEach(remote -> this.remotes.put(remote.name(), remote));
        this.encryption = encryption;
    }

    /// Reads a configuration.
    ///
    /// @param text not encrypted any more
    /// @throws RefusedException if it is no such file; nothing of it is quoted
    public static RcloneRemotes read(String text, Encryption encryption) {
        return new RcloneRemotes(RcloneConfig.parse(text), encryption);
    }

    /// Where something begins that other remotes lead to.
    ///
    /// @param remote the account; empty: a folder of this machine
    private record Base(String remote, String path) {}

    ImportReport into(Imports.Desk desk, ImportWishes wishes, Caller caller) {
        List<Line> lines = new ArrayList<>();
        Map<String, Credential> made = new HashMap<>();
        RightNames names = new RightNames(desk.credentials().kinds().keys());
        for (Remote remote : remotes.values()) {
            if (!remote.type().equals(CRYPT)) {
                lines.add(credential(remote, names.of(remote.name()), desk, made));
            }
        }
        for (Remote remote : remotes.values()) {
            if (remote.type().equals(CRYPT)) {
                lines.addAll(crypt(remote, names, desk, wishes, made, caller));
            }
        }
        return new ImportReport(lines, false);
    }

    private Line credential(Remote remote, String name, Imports.Desk desk, Map<String, Credential> made) {
        try {
            Base base = remote.type().equals(ALIAS) ? base(remote) : new Base(remote.name(), "");
            Remote account =
                    base.remote().isEmpty() ? new Remote(name, LOCAL, Map.of()) : account(base.remote(), remote);
            var ours = RcloneImport.translated(account, desk.credentials().kinds());
            Map<String, String> settings = new LinkedHashMap<>(ours.settings());
            if (!base.path().isEmpty()) {
                settings.put(Places.ROOT_SETTING, base.path());
            }
            TrueNasImport.Made one = TrueNasImport.put(name, account.type(), settings, desk.credentials());
            made.put(remote.name(), one.credential());
            List<String> words = new ArrayList<>();
            if (!name.equals(remote.name())) {
                words.add("called '%s' here".formatted(name));
            }
            if (!ours.words().isEmpty()) {
                words.add(ours.words());
            }
            return new Line(What.CREDENTIAL, remote.name(), one.fate(), String.join("; ", words));
        } catch (RefusedException refused) {
            return new Line(What.CREDENTIAL, remote.name(), Fate.LEFT_OUT, String.valueOf(refused.getMessage()));
        }
    }

    private Remote account(String name, Remote asking) {
        Remote account = remotes.get(name);
        if (account == null) {
            throw new RefusedException("'%s' leads to '%s:', which is not in the file".formatted(asking.name(), name));
        }
        if (account.type().equals(CRYPT)) {
            throw new RefusedException("'%s' leads to '%s:', which is encrypted: that is a task's affair here"
                    .formatted(asking.name(), name));
        }
        return account;
    }

    /// Where a remote that leads to another one begins, aliases followed to their end.
    private Base base(Remote leading) {
        String target = leading.options().getOrDefault(REMOTE, "");
        String below = "";
        for (int i = 0; i < LONGEST_CHAIN; i++) {
            int colon = target.indexOf(':');
            int slash = target.indexOf('/');
            if (target.startsWith(":")) {
                throw new RefusedException("Want the name of a remote but have one described on the spot");
            }
            if (colon < 1 || (slash >= 0 && slash < colon)) {
                if (!target.startsWith("/")) {
                    throw new RefusedException(
                            "Want a path from the top or 'name:path' but have '%s'".formatted(target));
                }
                return new Base("", join(target, below));
            }
            String name = target.substring(0, colon);
            below = join(target.substring(colon + 1), below);
            Remote next = remotes.get(name);
            if (next == null || !next.type().equals(ALIAS)) {
                return new Base(name, below);
            }
            target = next.options().getOrDefault(REMOTE, "");
        }
        throw new RefusedException("'%s' leads in a circle, or too far".formatted(leading.name()));
    }

    private static String join(String above, String below) {
        if (above.isEmpty() || below.isEmpty()) {
            return above + below;
        }
        return above.replaceAll("/+$", "") + "/" + below.replaceAll("^/+", "");
    }

    private List<Line> crypt(
            Remote remote,
            RightNames names,
            Imports.Desk desk,
            ImportWishes wishes,
            Map<String, Credential> made,
            Caller caller) {
        List<Line> lines = new ArrayList<>();
        try {
            String refusal = refusal(remote, wishes);
            if (!refusal.isEmpty()) {
                throw new RefusedException(refusal);
            }
            Base base = base(remote);
            Credential credential;
            String path = base.path();
            if (base.remote().isEmpty()) {
                String name = names.of(remote.name() + "-base");
                TrueNasImport.Made one =
                        TrueNasImport.put(name, LOCAL, Map.of(Places.ROOT_SETTING, path), desk.credentials());
                lines.add(new Line(What.CREDENTIAL, name, one.fate(), "where '%s' begins".formatted(remote.name())));
                credential = one.credential();
                path = "";
            } else {
                var _ = account(base.remote(), remote);
                Credential there = made.get(base.remote());
                if (there == null) {
                    throw new RefusedException("its account '%s' is not here".formatted(base.remote()));
                }
                credential = there;
            }
            JsonValue.Members fields =
                    fields(remote, credential, path, wishes.local().orElse(""));
            OptionalLong same = SameTask.of(fields, credential, desk.tasks());
            if (same.isPresent()) {
                desk.tasks().update(same.orElseThrow(), fields.without("enabled"), caller);
            } else {
                desk.tasks().create(fields, caller);
            }
            lines.add(new Line(
                    What.TASK,
                    remote.name(),
                    same.isPresent() ? Fate.UPDATED : Fate.MADE,
                    same.isPresent() ? "" : "disabled: say what it is to copy, and when"));
        } catch (RefusedException | InvalidException wrong) {
            lines.add(new Line(What.TASK, remote.name(), Fate.LEFT_OUT, String.valueOf(wrong.getMessage())));
        }
        return lines;
    }

    private static String refusal(Remote remote, ImportWishes wishes) {
        if (remote.options().getOrDefault("filename_encryption", "standard").equals("obfuscate")) {
            return "names that are only obfuscated are no choice for tasks";
        }
        if (remote.options().getOrDefault("no_data_encryption", "false").equals("true")) {
            return "encrypted names over contents in the open are no choice for tasks";
        }
        return wishes.local().isEmpty()
                ? "it becomes the encryption of a task, which needs a folder of this machine: give --local"
                : "";
    }

    private JsonValue.Members fields(Remote remote, Credential credential, String path, String local) {
        Map<String, String> options = remote.options();
        Map<String, JsonValue> attributes = new LinkedHashMap<>();
        String folder = path;
        boolean buckets =
                credential.provider().equals(BUCKETS) && !credential.settings().containsKey(Places.ROOT_SETTING);
        if (buckets) {
            String cut = path.replaceAll("^/+", "");
            int slash = cut.indexOf('/');
            attributes.put("bucket", JsonValue.of(slash < 0 ? cut : cut.substring(0, slash)));
            folder = slash < 0 ? "" : cut.substring(slash + 1);
        }
        attributes.put("folder", JsonValue.of(folder));
        Map<String, JsonValue> fields = new LinkedHashMap<>();
        fields.put("description", JsonValue.of(remote.name()));
        fields.put("direction", JsonValue.of("PUSH"));
        fields.put("transfer_mode", JsonValue.of("COPY"));
        fields.put("path", JsonValue.of(join(local, remote.name())));
        fields.put("credentials", JsonValue.of(credential.id()));
        fields.put("attributes", new JsonValue.Members(attributes));
        fields.put("enabled", JsonValue.of(false));
        fields.put("encryption", JsonValue.of(true));
        boolean names = options.getOrDefault("filename_encryption", "standard").equals("standard");
        fields.put("filename_encryption", JsonValue.of(names));
        boolean directories =
                options.getOrDefault("directory_name_encryption", "true").equals("true");
        fields.put("directory_name_encryption", JsonValue.of(directories));
        fields.put("encryption_encoding", JsonValue.of(options.getOrDefault("filename_encoding", "base32")));
        fields.put("encryption_suffix", JsonValue.of(options.getOrDefault("suffix", ".bin")));
        fields.put("encryption_password", JsonValue.of(revealed(options.getOrDefault("password", ""))));
        fields.put("encryption_salt", JsonValue.of(revealed(options.getOrDefault("password2", ""))));
        return new JsonValue.Members(fields);
    }

    private String revealed(String obscured) {
        return obscured.isEmpty() ? "" : new String(encryption.reveal(obscured), StandardCharsets.UTF_8);
    }
}
