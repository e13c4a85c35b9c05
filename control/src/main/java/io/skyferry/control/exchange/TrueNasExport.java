package io.skyferry.control.exchange;

import io.skyferry.control.json.JsonValue;
import io.skyferry.control.run.RefusedException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What was written out of a TrueNAS: accounts and tasks, in the forms of all releases.
///
/// @param credentials in the order in which they were found, each once
/// @param tasks in theirs
public record TrueNasExport(List<Found> credentials, List<JsonValue.Members> tasks) {
    private static final int DEEPEST = 6;

    /// Makes the lists unchangeable.
    public TrueNasExport {
        credentials = List.copyOf(credentials);
        tasks = List.copyOf(tasks);
    }

    /// An account.
    ///
    /// @param id by which tasks name it
    public record Found(long id, String name, JsonValue.Members account) {
        /// Leaves the account out.
        @Override
        public String toString() {
            return "Found[%s, %s]".formatted(id, name);
        }
    }

    /// Leaves what may be secret out.
    @Override
    public String toString() {
        return "TrueNasExport[%s credentials, %s tasks]".formatted(credentials.size(), tasks.size());
    }

    /// Reads answers of `cloudsync.query` and `cloudsync.credentials.query`, of the command line, of either
    /// protocol or of REST; several texts, or both answers in one object under any names.
    ///
    /// @throws RefusedException if a text is no JSON, or there is neither an account nor a task in any
    public static TrueNasExport read(List<String> texts) {
        Map<Long, Found> credentials = new LinkedHashMap<>();
        List<JsonValue.Members> tasks = new ArrayList<>();
        for (String text : texts) {
            gather(parsed(text), DEEPEST, credentials, tasks);
        }
        if (credentials.isEmpty() && tasks.isEmpty()) {
            throw new RefusedException("Want what 'midclt call cloudsync.query' or 'midclt call"
                    + " cloudsync.credentials.query' printed but have neither tasks nor accounts");
        }
        return new TrueNasExport(List.copyOf(credentials.values()), tasks);
    }

    /// Several as one; an account of the same number counts once, the last one.
    static TrueNasExport all(List<TrueNasExport> exports) {
        Map<Long, Found> credentials = new LinkedHashMap<>();
        List<JsonValue.Members> tasks = new ArrayList<>();
        for (TrueNasExport export : exports) {
            export.credentials().forEach(one -> credentials.put(one.id(), one));
            tasks.addAll(export.tasks());
        }
        if (credentials.isEmpty() && tasks.isEmpty()) {
            throw new RefusedException("Want accounts or tasks but there are none");
        }
        return new TrueNasExport(List.copyOf(credentials.values()), tasks);
    }

    private static JsonValue parsed(String text) {
        try {
            return JsonValue.parse(text);
        } catch (IllegalArgumentException unreadable) {
            var refused = new RefusedException("Want JSON but have something else: " + unreadable.getMessage());
            refused.initCause(unreadable);
            throw refused;
        }
    }

    private static void gather(
            JsonValue value, int depth, Map<Long, Found> credentials, List<JsonValue.Members> tasks) {
        if (depth == 0) {
            return;
        }
        switch (value) {
            case JsonValue.Array(List<JsonValue> values) ->
                values.forEach(one -> gather(one, depth - 1, credentials, tasks));
            case JsonValue.Members members -> {
                if (isTask(members)) {
                    tasks.add(members);
                    // An account stands here in full where it was asked for by its task only.
                    Shapes.object(members, "credentials")
                            .flatMap(TrueNasExport::found)
                            .ifPresent(found -> credentials.putIfAbsent(found.id(), found));
                } else if (found(members).isPresent()) {
                    Found found = found(members).orElseThrow();
                    credentials.put(found.id(), found);
                } else {
                    members.members().values().forEach(one -> gather(one, depth - 1, credentials, tasks));
                }
            }
            case JsonValue.Text _, JsonValue.Numeral _, JsonValue.Truth _, JsonValue.Null _ -> {
                // Nothing in them.
            }
        }
    }

    private static boolean isTask(JsonValue.Members members) {
        return !Shapes.text(members, "direction").isEmpty()
                && members.get("transfer_mode").isPresent()
                && members.get("path").isPresent();
    }

    private static Optional<Found> found(JsonValue.Members members) {
        Optional<Long> id = Shapes.whole(members, "id");
        return id.isPresent()
                        && !Shapes.text(members, "name").isEmpty()
                        && members.get("provider").isPresent()
                ? Optional.of(new Found(id.orElseThrow(), Shapes.text(members, "name"), members))
                : Optional.empty();
    }
}
