package io.skyferry.control.exchange;

import io.skyferry.control.audit.Caller;
import io.skyferry.control.credential.Credential;
import io.skyferry.control.credential.Credentials;
import io.skyferry.control.credential.EncryptionSettings;
import io.skyferry.control.credential.SettingChanges;
import io.skyferry.control.exchange.ImportReport.Fate;
import io.skyferry.control.exchange.ImportReport.Line;
import io.skyferry.control.exchange.ImportReport.What;
import io.skyferry.control.json.JsonValue;
import io.skyferry.control.run.RefusedException;
import io.skyferry.control.task.ExtraOptions;
import io.skyferry.control.task.InvalidException;
import io.skyferry.control.task.TaskJson;
import io.skyferry.control.task.Tasks;
import io.skyferry.storage.StorageProvider;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// An export of TrueNAS on its way here, all secrets found that can be.
final class TrueNasImport {
    /// Fields that tasks have, in any release; others are told and left out.
    private static final Set<String> KNOWN = Set.of(
            "id",
            "description",
            "direction",
            "transfer_mode",
            "path",
            "dataset",
            "relative_path",
            "credentials",
            "attributes",
            "schedule",
            "enabled",
            "bwlimit",
            "transfers",
            "include",
            "exclude",
            "follow_symlinks",
            "create_empty_src_dirs",
            "snapshot",
            "pre_script",
            "post_script",
            "encryption",
            "filename_encryption",
            "encryption_password",
            "encryption_salt",
            "args",
            "job",
            "locked");

    /// Without these a TrueNAS has no account for buckets.
    private static final List<String> KEYS = List.of("access-key-id", "secret-access-key");

    /// What its people said of buckets themselves.
    private static final List<String> BUCKETS = List.of("access-key-id", "secret-access-key", "endpoint", "region");

    private static final List<String> SECRETS = List.of("encryption_password", "encryption_salt");

    private final List<Account> accounts;
    private final List<JsonValue.Members> tasks;
    private final ImportWishes wishes;

    private TrueNasImport(List<Account> accounts, List<JsonValue.Members> tasks, ImportWishes wishes) {
        this.accounts = accounts;
        this.tasks = tasks;
        this.wishes = wishes;
    }

    /// An account on its way.
    ///
    /// @param settings with the secrets that were found
    /// @param missing secrets that nobody knows, by TrueNAS's names
    /// @param refusal why it cannot be; empty: it can
    private record Account(
            long id,
            String name,
            String kind,
            Map<String, String> settings,
            List<String> missing,
            List<String> notes,
            String refusal) {
        @Override
        public String toString() {
            return "Account[%s, %s]".formatted(id, name);
        }
    }

    static TrueNasImport prepared(TrueNasExport export, ImportWishes wishes, SecretSource secrets, Imports.Desk desk) {
        List<Account> accounts = new ArrayList<>();
        Map<String, Credential> there = new HashMap<>();
        desk.credentials().list().forEach(one -> there.put(one.name(), one));
        RightNames names = new RightNames(desk.credentials().kinds().keys());
        for (TrueNasExport.Found found : export.credentials()) {
            accounts.add(account(found, names, there, secrets, desk.credentials()));
        }
        List<JsonValue.Members> tasks =
                export.tasks().stream().map(task -> withSecrets(task, secrets)).toList();
        return new TrueNasImport(accounts, tasks, wishes);
    }

    private static Account account(
            TrueNasExport.Found found,
            RightNames names,
            Map<String, Credential> there,
            SecretSource secrets,
            Credentials credentials) {
        String name = names.of(found.name());
        TrueNasAccount.Ours ours;
        try {
            ours = TrueNasAccount.read(found.account()).ours(credentials.kinds());
        } catch (RefusedException refused) {
            return new Account(
                    found.id(), name, "", Map.of(), List.of(), List.of(), String.valueOf(refused.getMessage()));
        }
        Map<String, String> settings = new LinkedHashMap<>(ours.settings());
        List<String> missing = new ArrayList<>();
        Set<String> saved =
                Optional.ofNullable(there.get(name)).map(Credential::secrets).orElse(Set.of());
        Map<String, String> settled =
                Optional.ofNullable(there.get(name)).map(Credential::settings).orElse(Map.of());
        for (String secret : hidden(ours, credentials)) {
            String field = secret.replace('-', '_');
            Optional<String> known = secrets.find(found.name(), field).filter(text -> !text.isEmpty());
            known.ifPresent(text -> settings.put(secret, text));
            boolean kept = saved.contains(secret) || settled.containsKey(secret);
            if (known.isEmpty() && !kept && isNeeded(secret, ours.kind(), credentials)) {
                missing.add(field);
            }
        }
        List<String> notes = new ArrayList<>(ours.notes());
        if (!name.equals(found.name())) {
            notes.add("called '%s' here".formatted(name));
        }
        return new Account(found.id(), name, ours.kind(), settings, missing, notes, "");
    }

    /// Asterisks may stand for single secrets, or for all that was there.
    private static List<String> hidden(TrueNasAccount.Ours ours, Credentials credentials) {
        boolean nothing = ours.settings().keySet().stream().allMatch(name -> name.equals("provider"));
        if (!ours.hidden().isEmpty() || !nothing) {
            return ours.hidden();
        }
        return credentials.kinds().settings(ours.kind()).values().stream()
                .filter(one -> one.required() || one.secret() || isOfBuckets(one.name(), ours.kind()))
                .filter(one -> !EncryptionSettings.isOne(one.name()))
                .map(StorageProvider.Setting::name)
                .toList();
    }

    private static boolean isOfBuckets(String name, String kind) {
        return kind.equals("s3") && BUCKETS.contains(name);
    }

    /// Whether nothing can be done without it.
    private static boolean isNeeded(String name, String kind, Credentials credentials) {
        return kind.equals("s3")
                ? KEYS.contains(name)
                : Optional.ofNullable(credentials.kinds().settings(kind).get(name))
                        .filter(one -> one.required() || one.secret())
                        .isPresent();
    }

    private static JsonValue.Members withSecrets(JsonValue.Members task, SecretSource secrets) {
        JsonValue.Members all = task;
        for (String field : SECRETS) {
            if (Shapes.text(task, field).equals(TaskJson.HIDDEN)) {
                Optional<String> known = secrets.find(Shapes.text(task, "description"), field);
                if (known.isPresent()) {
                    all = all.with(field, JsonValue.of(known.orElseThrow()));
                }
            }
        }
        return all;
    }

    /// Makes everything; the caller decides whether it is kept.
    ImportReport into(Imports.Desk desk, Caller caller) {
        List<Line> lines = new ArrayList<>();
        Map<Long, Credential> made = new HashMap<>();
        Map<Long, Account> lacking = new HashMap<>();
        for (Account account : accounts) {
            lines.add(credential(account, desk.credentials(), made));
            if (!account.missing().isEmpty()) {
                lacking.put(account.id(), account);
            }
        }
        for (JsonValue.Members task : tasks) {
            lines.add(task(task, desk.tasks(), made, lacking, caller));
        }
        return new ImportReport(lines, false);
    }

    private static Line credential(Account account, Credentials credentials, Map<Long, Credential> made) {
        if (!account.refusal().isEmpty()) {
            return new Line(What.CREDENTIAL, account.name(), Fate.LEFT_OUT, account.refusal());
        }
        List<String> notes = new ArrayList<>(account.notes());
        if (!account.missing().isEmpty()) {
            notes.add("secrets are missing: %s; set them with 'skyferry credential edit'"
                    .formatted(String.join(", ", account.missing())));
        }
        try {
            Made one = put(account.name(), account.kind(), account.settings(), credentials);
            made.put(account.id(), one.credential());
            return new Line(What.CREDENTIAL, account.name(), one.fate(), String.join("; ", notes));
        } catch (RefusedException refused) {
            return new Line(What.CREDENTIAL, account.name(), Fate.LEFT_OUT, String.valueOf(refused.getMessage()));
        }
    }

    record Made(Credential credential, Fate fate) {}

    /// Saves an account under its name, or changes the one that is there.
    ///
    /// @throws RefusedException saying why it cannot be
    static Made put(String name, String kind, Map<String, String> settings, Credentials credentials) {
        Optional<Credential> there = credentials.list().stream()
                .filter(one -> one.name().equals(name))
                .findFirst();
        if (there.isEmpty()) {
            return new Made(credentials.add(name, kind, SettingChanges.of(settings)), Fate.MADE);
        }
        if (!there.orElseThrow().provider().equals(kind)) {
            throw new RefusedException("Want a new name: the credential '%s' that is here is for '%s', not '%s'"
                    .formatted(name, there.orElseThrow().provider(), kind));
        }
        return new Made(credentials.edit(name, Optional.empty(), SettingChanges.of(settings)), Fate.UPDATED);
    }

    private Line task(
            JsonValue.Members task,
            Tasks tasks,
            Map<Long, Credential> made,
            Map<Long, Account> lacking,
            Caller caller) {
        long number = Shapes.object(task, "credentials")
                .flatMap(one -> Shapes.whole(one, "id"))
                .or(() -> Shapes.whole(task, "credentials"))
                .orElse(-1L);
        String name = nameOf(task);
        Optional<Credential> credential = Optional.ofNullable(made.get(number));
        if (credential.isEmpty()) {
            return new Line(What.TASK, name, Fate.LEFT_OUT, "its account is not here");
        }
        List<String> notes = new ArrayList<>();
        List<String> reasons = new ArrayList<>();
        if (lacking.containsKey(number)) {
            reasons.add("its account lacks secrets");
        }
        JsonValue.Members fields = fields(task, credential.orElseThrow(), notes, reasons);
        try {
            OptionalLong there = SameTask.of(fields, credential.orElseThrow(), tasks);
            List<String> hidden = SECRETS.stream()
                    .filter(field -> Shapes.text(fields, field).equals(TaskJson.HIDDEN))
                    .toList();
            if (there.isEmpty() && !hidden.isEmpty()) {
                // With another password or salt it would write what nobody can read.
                return new Line(
                        What.TASK,
                        name,
                        Fate.LEFT_OUT,
                        "secrets are missing: %s; give them by --secrets".formatted(String.join(", ", hidden)));
            }
            if (there.isPresent()) {
                // Whoever switched it on or off since then is right.
                JsonValue.Members changes = reasons.isEmpty() ? fields : fields.without("enabled");
                tasks.update(there.orElseThrow(), changes, caller);
            } else {
                tasks.create(reasons.isEmpty() ? fields : fields.with("enabled", JsonValue.of(false)), caller);
            }
            if (!reasons.isEmpty()) {
                notes.add((there.isPresent() ? "check it: " : "disabled: ") + String.join(", ", reasons));
            }
            return new Line(What.TASK, name, there.isPresent() ? Fate.UPDATED : Fate.MADE, String.join("; ", notes));
        } catch (InvalidException | RefusedException wrong) {
            return new Line(What.TASK, name, Fate.LEFT_OUT, String.valueOf(wrong.getMessage()));
        }
    }

    private static String nameOf(JsonValue.Members task) {
        String description = Shapes.text(task, "description");
        return description.isEmpty()
                ? "task " + Shapes.whole(task, "id").map(String::valueOf).orElse("without a number")
                : description;
    }

    private JsonValue.Members fields(
            JsonValue.Members task, Credential credential, List<String> notes, List<String> reasons) {
        Map<String, JsonValue> kept = new LinkedHashMap<>();
        task.members().forEach((name, value) -> {
            if (!KNOWN.contains(name)) {
                notes.add("'%s' is not known here and left out".formatted(name));
            } else if (!(value instanceof JsonValue.Null) || name.equals("transfers")) {
                kept.put(name, value);
            }
        });
        JsonValue.Members ours = TrueNasTask.ours(new JsonValue.Members(kept))
                .with("credentials", JsonValue.of(credential.id()))
                .with("path", JsonValue.of(wishes.path(Shapes.text(task, "path"))));
        if (Shapes.isFalse(task, "encryption")) {
            ours = ours.without("encryption_password").without("encryption_salt");
        }
        if (!Shapes.text(task, "pre_script").isBlank()
                || !Shapes.text(task, "post_script").isBlank()) {
            reasons.add("it has scripts, written for another machine");
        }
        String args = Shapes.text(task, "args");
        try {
            var _ = ExtraOptions.parse(args);
        } catch (IllegalArgumentException unknown) {
            reasons.add("of 'args' not all is known here, so all are left out: " + unknown.getMessage());
            ours = ours.without("args");
        }
        return ours;
    }
}
