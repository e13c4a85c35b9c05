package io.skyferry.control.exchange;

import static io.skyferry.control.exchange.RcloneBases.CRYPT;

import io.skyferry.control.audit.Caller;
import io.skyferry.control.credential.Credential;
import io.skyferry.control.credential.RcloneConfig;
import io.skyferry.control.credential.RcloneConfig.Remote;
import io.skyferry.control.credential.RcloneImport;
import io.skyferry.control.credential.RcloneWords;
import io.skyferry.control.crypt.Encryption;
import io.skyferry.control.exchange.ImportReport.Fate;
import io.skyferry.control.exchange.ImportReport.Line;
import io.skyferry.control.exchange.ImportReport.What;
import io.skyferry.control.exchange.RcloneBases.Base;
import io.skyferry.control.json.JsonValue;
import io.skyferry.control.run.Places;
import io.skyferry.control.run.RefusedException;
import io.skyferry.control.task.InvalidException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/// The remotes of an rclone configuration on their way here: accounts become credentials, aliases become
/// credentials that begin at a path, encrypted remotes become credentials with the same encryption, or tasks where
/// a local folder for them is named.
public final class RcloneRemotes {
    private static final String BUCKETS = "s3";

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

    ImportReport into(Imports.Desk desk, ImportWishes wishes, Caller caller) {
        return new Taking(desk, wishes, caller).report();
    }

    /// One import.
    private final class Taking {
        private final Imports.Desk desk;
        private final ImportWishes wishes;
        private final Caller caller;
        private final RcloneBases bases;
        private final RightNames names;
        private final SameTask same;
        private final Map<String, Credential> made = new HashMap<>();
        private final List<Line> lines = new ArrayList<>();

        Taking(Imports.Desk desk, ImportWishes wishes, Caller caller) {
            this.desk = desk;
            this.wishes = wishes;
            this.caller = caller;
            this.bases = new RcloneBases(remotes, desk.credentials().kinds().keys());
            this.names = new RightNames(desk.credentials().kinds().keys());
            this.same = new SameTask(desk.tasks());
        }

        ImportReport report() {
            for (Remote remote : remotes.values()) {
                if (!remote.type().equals(CRYPT)) {
                    tell(What.CREDENTIAL, remote, () -> credential(remote));
                }
            }
            for (Remote remote : remotes.values()) {
                if (remote.type().equals(CRYPT)) {
                    if (wishes.local().isEmpty()) {
                        tell(What.CREDENTIAL, remote, () -> credential(remote));
                    } else {
                        tell(What.TASK, remote, () -> task(remote));
                    }
                }
            }
            return new ImportReport(lines, false);
        }

        private void tell(What what, Remote remote, Runnable making) {
            try {
                making.run();
            } catch (UnknownKindException none) {
                lines.add(new Line(what, remote.name(), Fate.LEFT_OUT, String.valueOf(none.getMessage())));
            } catch (RefusedException | InvalidException wrong) {
                lines.add(new Line(what, remote.name(), Fate.REFUSED, String.valueOf(wrong.getMessage())));
            }
        }

        /// An account of its own: that of the remote which it leads to, from the same path on, with its encryption.
        private void credential(Remote remote) {
            String name = names.of(remote.name());
            Base base = bases.of(remote);
            RcloneImport.Translated ours =
                    RcloneImport.translated(base.account(), desk.credentials().kinds());
            Map<String, String> settings = new LinkedHashMap<>(ours.settings());
            if (!base.path().isEmpty()) {
                settings.put(Places.ROOT_SETTING, base.path());
            }
            if (remote.type().equals(CRYPT)) {
                settings.putAll(RcloneCrypt.of(remote, encryption).settings());
            }
            ImportedAccount one = put(name, base.account().type(), settings);
            made.put(remote.name(), one.credential());
            List<String> words = new ArrayList<>();
            if (!name.equals(remote.name())) {
                words.add("called '%s' here".formatted(name));
            }
            if (!ours.words().isEmpty()) {
                words.add(ours.words());
            }
            lines.add(new Line(What.CREDENTIAL, remote.name(), one.fate(), String.join("; ", words)));
        }

        private ImportedAccount put(String name, String kind, Map<String, String> settings) {
            return ImportedAccount.put(name, kind, settings, Taking::told, desk.credentials());
        }

        /// Settings of a credential that a remote would tell, if they were as they are.
        private static Set<String> told(Credential old) {
            Set<String> told = new HashSet<>(old.settings().keySet());
            told.addAll(old.secrets());
            told.removeIf(one -> !RcloneWords.has(one));
            return told;
        }

        /// A disabled task for an encrypted remote, over the account that it leads to.
        private void task(Remote remote) {
            Base base = bases.of(remote);
            Map<String, JsonValue> encrypting =
                    RcloneCrypt.of(remote, encryption).fields();
            Credential credential;
            String path = base.path();
            if (base.isUnnamed()) {
                String name = names.of(remote.name() + "-base");
                ImportedAccount one = put(name, base.account().type(), Map.of(Places.ROOT_SETTING, path));
                lines.add(new Line(What.CREDENTIAL, name, one.fate(), "where '%s' begins".formatted(remote.name())));
                credential = one.credential();
                path = "";
            } else {
                Credential there = made.get(base.account().name());
                if (there == null) {
                    throw new RefusedException("its account '%s' is not here"
                            .formatted(base.account().name()));
                }
                credential = there;
            }
            Map<String, JsonValue> all = new LinkedHashMap<>(fields(remote, credential, path));
            all.putAll(encrypting);
            JsonValue.Members fields = new JsonValue.Members(all);
            OptionalLong known = same.as(fields, credential);
            if (known.isPresent()) {
                desk.tasks().update(known.orElseThrow(), fields.without("enabled"), caller);
                lines.add(new Line(What.TASK, remote.name(), Fate.UPDATED, ""));
            } else {
                same.made(desk.tasks().create(fields, caller).id());
                lines.add(new Line(What.TASK, remote.name(), Fate.MADE, "disabled: say what it is to copy, and when"));
            }
        }

        private Map<String, JsonValue> fields(Remote remote, Credential credential, String path) {
            Map<String, JsonValue> attributes = new LinkedHashMap<>();
            String folder = path;
            boolean buckets = credential.provider().equals(BUCKETS)
                    && !credential.settings().containsKey(Places.ROOT_SETTING);
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
            fields.put("path", JsonValue.of(RcloneBases.join(wishes.local().orElse(""), remote.name())));
            fields.put("credentials", JsonValue.of(credential.id()));
            fields.put("attributes", new JsonValue.Members(attributes));
            fields.put("enabled", JsonValue.of(false));
            return fields;
        }
    }
}
