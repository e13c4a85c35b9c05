package io.skyferry.server.web.credentials;

import io.skyferry.control.credential.Credential;
import io.skyferry.control.runs.Run;
import io.skyferry.control.runs.RunState;
import io.skyferry.control.task.Task;
import io.skyferry.server.ServerParts;
import io.skyferry.storage.StorageProvider.Setting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/// Puts together what a card says of an account: what is set, who uses it, and whether it lets anybody in.
final class Cards {
    /// How runs end whose account did not let them in.
    private static final Pattern REFUSED = Pattern.compile("(?i)unauthenticated|forbidden|access key|signature|"
            + "invalid credentials|access denied|not authori[sz]ed|token|password|\\b401\\b|\\b403\\b");

    private final ServerParts parts;
    private final Map<Long, Verified> verified = new ConcurrentHashMap<>();

    Cards(ServerParts parts) {
        this.parts = parts;
    }

    /// Keeps what came of a trial, until the service ends.
    void remember(long id, Verified one) {
        verified.put(id, one);
    }

    /// What was tried was another account.
    void forget(long id) {
        verified.remove(id);
    }

    List<CredentialCard> all(String search) {
        List<Task> tasks = parts.tasks().list();
        Map<Long, Run> newest = parts.runs().newest(tasks.stream().map(Task::id).toList());
        String wanted = search.toLowerCase(Locale.ROOT);
        return parts.credentials().list().stream()
                .filter(one -> (one.name() + " " + KindNames.title(one.provider()))
                        .toLowerCase(Locale.ROOT)
                        .contains(wanted))
                .map(one -> card(one, tasks, newest))
                .toList();
    }

    private CredentialCard card(Credential one, List<Task> tasks, Map<Long, Run> newest) {
        Map<String, Setting> known = parts.credentials().kinds().keys().contains(one.provider())
                ? parts.credentials().kinds().settings(one.provider())
                : Map.of();
        Map<String, String> facts = new LinkedHashMap<>();
        one.settings().forEach((name, value) -> facts.put(label(known, name), value));
        List<String> secrets =
                one.secrets().stream().map(name -> label(known, name)).toList();
        List<Task> users = usersOf(one, tasks);
        return new CredentialCard(
                one,
                KindNames.title(one.provider()),
                KindNames.icon(one.provider()),
                facts,
                secrets,
                users,
                refusal(users, newest),
                Optional.ofNullable(verified.get(one.id())));
    }

    private static String label(Map<String, Setting> known, String name) {
        return Optional.ofNullable(known.get(name)).map(Setting::label).orElse(name);
    }

    private static List<Task> usersOf(Credential one, List<Task> tasks) {
        return tasks.stream()
                .filter(task -> task.fields().credential() == one.id())
                .toList();
    }

    /// Why the account was refused of late.
    Optional<CredentialCard.Refusal> refusalOf(Credential one) {
        List<Task> users = usersOf(one, parts.tasks().list());
        return refusal(users, parts.runs().newest(users.stream().map(Task::id).toList()));
    }

    private static Optional<CredentialCard.Refusal> refusal(List<Task> users, Map<Long, Run> newest) {
        List<CredentialCard.Refusal> found = new ArrayList<>();
        for (Task task : users) {
            Optional.ofNullable(newest.get(task.id()))
                    .filter(run -> run.state() == RunState.FAILED
                            && REFUSED.matcher(run.message()).find())
                    .ifPresent(run -> found.add(
                            new CredentialCard.Refusal(run.id(), task.fields().description(), run.message())));
        }
        return found.stream().findFirst();
    }
}
