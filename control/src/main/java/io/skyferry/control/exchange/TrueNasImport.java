package io.skyferry.control.exchange;

import io.skyferry.control.audit.Caller;
import io.skyferry.control.credential.Credential;
import io.skyferry.control.credential.Credentials;
import io.skyferry.control.credential.EncryptionSettings;
import io.skyferry.control.exchange.ImportReport.Fate;
import io.skyferry.control.exchange.ImportReport.Line;
import io.skyferry.control.exchange.ImportReport.What;
import io.skyferry.control.exchange.ImportWishes.Keeping;
import io.skyferry.control.json.JsonValue;
import io.skyferry.control.run.RefusedException;
import io.skyferry.control.task.ExtraOptions;
import io.skyferry.control.task.InvalidException;
import io.skyferry.control.task.TaskJson;
import io.skyferry.storage.StorageProvider;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// An export of TrueNAS on its way here, all secrets found that can be.
final class TrueNasImport {
    /// Without these a TrueNAS has no account for buckets.
    private static final List<String> KEYS = List.of("access-key-id", "secret-access-key");

    /// What its people said of buckets themselves.
    private static final List<String> BUCKETS = List.of("access-key-id", "secret-access-key", "endpoint", "region");

    private static final Set<String> PLACES = Set.of("bucket", "folder", "fast_list");
    private static final List<String> SECRETS = List.of(TaskJson.PASSWORD, TaskJson.SALT);

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
    /// @param ours with the secrets that were found
    /// @param given as the export has it
    /// @param missing secrets that nobody knows, by TrueNAS's names
    /// @param refusal why it cannot be; empty: it can
    private record Account(
            long id,
            String name,
            TrueNasAccount given,
            TrueNasAccount.Ours ours,
            List<String> missing,
            List<String> notes,
            Optional<Line> refusal) {
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
        TrueNasAccount given;
        TrueNasAccount.Ours ours;
        try {
            given = TrueNasAccount.read(found.account());
            ours = given.ours(credentials.kinds());
        } catch (UnknownKindException none) {
            return refused(found, name, Fate.LEFT_OUT, none);
        } catch (RefusedException wrong) {
            return refused(found, name, Fate.REFUSED, wrong);
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
        List<String> notes = new ArrayList<>();
        ours.unknown().forEach(field -> notes.add(leftOut(field)));
        notes.addAll(ours.notes());
        if (!name.equals(found.name())) {
            notes.add("called '%s' here".formatted(name));
        }
        var whole = new TrueNasAccount.Ours(ours.kind(), settings, ours.hidden(), ours.unknown(), ours.notes());
        return new Account(found.id(), name, given, whole, missing, notes, Optional.empty());
    }

    private static Account refused(TrueNasExport.Found found, String name, Fate fate, RuntimeException why) {
        var line = new Line(What.CREDENTIAL, name, fate, String.valueOf(why.getMessage()));
        var none = new TrueNasAccount("", JsonValue.Members.EMPTY);
        var nothing = new TrueNasAccount.Ours("", Map.of(), List.of(), List.of(), List.of());
        return new Account(found.id(), name, none, nothing, List.of(), List.of(), Optional.of(line));
    }

    private static String leftOut(String field) {
        return "'%s' is not known here and left out".formatted(field);
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
        return new Taking(desk, caller).report();
    }

    /// One import.
    private final class Taking {
        private final Imports.Desk desk;
        private final Caller caller;
        private final SameTask same;
        private final Map<Long, Credential> made = new HashMap<>();
        private final Map<Long, Fate> unmade = new HashMap<>();
        private final Set<Long> lacking = new HashSet<>();

        Taking(Imports.Desk desk, Caller caller) {
            this.desk = desk;
            this.caller = caller;
            this.same = new SameTask(desk.tasks());
        }

        ImportReport report() {
            List<Line> lines = new ArrayList<>();
            for (Account account : accounts) {
                Line line = credential(account);
                lines.add(line);
                if (!made.containsKey(account.id())) {
                    unmade.put(account.id(), line.fate());
                } else if (!account.missing().isEmpty()) {
                    lacking.add(account.id());
                }
            }
            for (JsonValue.Members task : tasks) {
                lines.add(task(task));
            }
            return new ImportReport(lines, false);
        }

        private Line credential(Account account) {
            if (account.refusal().isPresent()) {
                return account.refusal().orElseThrow();
            }
            List<String> notes = new ArrayList<>(account.notes());
            if (!account.missing().isEmpty()) {
                notes.add("secrets are missing: %s; set them with 'skyferry credential edit'"
                        .formatted(String.join(", ", account.missing())));
            }
            try {
                ImportedAccount one = ImportedAccount.put(
                        account.name(),
                        account.ours().kind(),
                        account.ours().settings(),
                        old -> account.given().gone(old, account.ours()),
                        desk.credentials());
                made.put(account.id(), one.credential());
                // It is made all the same, so that its tasks tell what they lack; nothing of all this is kept then.
                Fate fate = isStrict() && !account.missing().isEmpty() ? Fate.REFUSED : one.fate();
                return new Line(What.CREDENTIAL, account.name(), fate, String.join("; ", notes));
            } catch (RefusedException refused) {
                return new Line(What.CREDENTIAL, account.name(), Fate.REFUSED, String.valueOf(refused.getMessage()));
            }
        }

        private boolean isStrict() {
            return wishes.keeping() == Keeping.ALL_OR_NOTHING;
        }

        private Line task(JsonValue.Members task) {
            long number = Shapes.object(task, "credentials")
                    .flatMap(one -> Shapes.whole(one, "id"))
                    .or(() -> Shapes.whole(task, "credentials"))
                    .orElse(-1L);
            String name = nameOf(task);
            Optional<Credential> credential = Optional.ofNullable(made.get(number));
            if (credential.isEmpty()) {
                return new Line(What.TASK, name, unmade.getOrDefault(number, Fate.REFUSED), "its account is not here");
            }
            List<String> reasons = new ArrayList<>();
            if (lacking.contains(number)) {
                reasons.add("its account lacks secrets");
            }
            try {
                return kept(task, name, credential.orElseThrow(), reasons);
            } catch (InvalidException | RefusedException wrong) {
                return new Line(What.TASK, name, Fate.REFUSED, String.valueOf(wrong.getMessage()));
            }
        }

        /// @param reasons why it is not to run by itself
        private Line kept(JsonValue.Members task, String name, Credential credential, List<String> reasons) {
            List<String> notes = new ArrayList<>();
            JsonValue.Members fields = fields(
                    task,
                    credential,
                    desk.credentials().kinds().settings(credential.provider()).keySet(),
                    notes,
                    reasons);
            OptionalLong there = same.as(fields, credential);
            List<String> hidden = SECRETS.stream()
                    .filter(field -> Shapes.text(fields, field).equals(TaskJson.HIDDEN))
                    .toList();
            boolean known = there.isPresent()
                    && desk.tasks().get(there.orElseThrow()).secrets().contains(TaskJson.PASSWORD);
            JsonValue.Members whole = fields;
            if (!hidden.isEmpty() && !known) {
                String words = "secrets are missing: %s; give them by --secrets".formatted(String.join(", ", hidden));
                if (isStrict()) {
                    return new Line(What.TASK, name, Fate.REFUSED, words);
                }
                // With another password or salt it would write what nobody can read: it gets neither.
                whole = fields.without(TaskJson.PASSWORD).without(TaskJson.SALT);
                reasons.add(words + ", or to the task");
            }
            if (there.isPresent()) {
                // Whoever switched it on or off since then is right.
                desk.tasks().update(there.orElseThrow(), reasons.isEmpty() ? whole : whole.without("enabled"), caller);
            } else {
                JsonValue.Members disabled = whole.with("enabled", JsonValue.of(false));
                same.made((hidden.isEmpty()
                                ? desk.tasks().create(reasons.isEmpty() ? whole : disabled, caller)
                                : desk.tasks().createUnfinished(disabled, caller))
                        .id());
            }
            if (!reasons.isEmpty()) {
                notes.add((there.isPresent() ? "check it: " : "disabled: ") + String.join(", ", reasons));
            }
            return new Line(What.TASK, name, there.isPresent() ? Fate.UPDATED : Fate.MADE, String.join("; ", notes));
        }
    }

    /// What a newer release says of the account is left out where there is no like.
    private static JsonValue.Members attributes(JsonValue.Members task, Set<String> settings, List<String> notes) {
        Map<String, JsonValue> kept = new LinkedHashMap<>();
        Shapes.object(task, "attributes")
                .orElse(JsonValue.Members.EMPTY)
                .members()
                .forEach((name, value) -> {
                    if (PLACES.contains(name) || settings.contains(name.replace('_', '-'))) {
                        kept.put(name, value);
                    } else {
                        notes.add(leftOut("attributes." + name));
                    }
                });
        return new JsonValue.Members(kept);
    }

    private static String nameOf(JsonValue.Members task) {
        String description = Shapes.text(task, "description");
        return description.isEmpty()
                ? "task " + Shapes.whole(task, "id").map(String::valueOf).orElse("without a number")
                : description;
    }

    private JsonValue.Members fields(
            JsonValue.Members task,
            Credential credential,
            Set<String> settings,
            List<String> notes,
            List<String> reasons) {
        Map<String, JsonValue> kept = new LinkedHashMap<>();
        task.members().forEach((name, value) -> {
            if (!TrueNasTask.isKnown(name)) {
                notes.add(leftOut(name));
            } else if (!(value instanceof JsonValue.Null) || name.equals("transfers")) {
                kept.put(name, value);
            }
        });
        JsonValue.Members ours = TrueNasTask.ours(new JsonValue.Members(kept))
                .with("credentials", JsonValue.of(credential.id()))
                .with("path", JsonValue.of(wishes.path(Shapes.text(task, "path"))));
        ours = ours.with("attributes", attributes(ours, settings, notes));
        if (Shapes.isFalse(task, "encryption")) {
            ours = ours.without(TaskJson.PASSWORD).without(TaskJson.SALT);
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
