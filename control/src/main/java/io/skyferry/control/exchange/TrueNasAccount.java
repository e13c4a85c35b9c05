package io.skyferry.control.exchange;

import io.skyferry.control.credential.Credential;
import io.skyferry.control.credential.EncryptionSettings;
import io.skyferry.control.credential.Kinds;
import io.skyferry.control.credential.RcloneWords;
import io.skyferry.control.json.JsonValue;
import io.skyferry.control.run.Places;
import io.skyferry.control.run.RefusedException;
import io.skyferry.control.task.TaskJson;
import io.skyferry.storage.StorageProvider.Setting;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// An account as TrueNAS describes it: its type and what belongs to that type.
///
/// @param type in its words, as `S3`
/// @param fields by its names, secrets among them
public record TrueNasAccount(String type, JsonValue.Members fields) {
    private static final String TYPE = "type";
    private static final String ENDPOINT = "endpoint";
    private static final String REGION = "region";
    private static final String PROVIDER = "provider";
    private static final String PART_SIZE = "part-size";
    private static final String PATH_STYLE = "path-style";
    private static final String STORJ = "storj";
    private static final String STORJ_GATEWAY = "https://gateway.storjshare.io";
    private static final long USUAL_PARTS = 10_000;
    private static final long SCALEWAY_PARTS = 1_000;
    private static final long USUAL_PART = 16L << 20;

    private static final String SIGNATURES_V2 = "signatures_v2";
    private static final String MAX_UPLOAD_PARTS = "max_upload_parts";
    private static final String FORCE_PATH_STYLE = "force_path_style";
    private static final String OTHER = "Other";

    /// What says how to do something that is done here anyway, or need not be done.
    private static final Set<String> NEEDLESS =
            Set.of("skip_region", "sign_accept_encoding", FORCE_PATH_STYLE, SIGNATURES_V2, MAX_UPLOAD_PARTS);

    /// Settings that are told by a field of another name.
    private static final Map<String, String> SETTINGS =
            Map.of(SIGNATURES_V2, "signature", MAX_UPLOAD_PARTS, PART_SIZE, FORCE_PATH_STYLE, PATH_STYLE);

    /// What an account for buckets says where it does not say otherwise.
    private static final Map<String, JsonValue> USUAL = Map.of(
            ENDPOINT,
            JsonValue.of(""),
            REGION,
            JsonValue.of(""),
            SIGNATURES_V2,
            JsonValue.of(false),
            MAX_UPLOAD_PARTS,
            JsonValue.of(USUAL_PARTS),
            PROVIDER,
            JsonValue.of(OTHER),
            FORCE_PATH_STYLE,
            JsonValue.of(true));

    /// Leaves the fields out.
    @Override
    public String toString() {
        return "TrueNasAccount[%s]".formatted(type);
    }

    /// What it is here.
    ///
    /// @param kind the key of the kind of storage
    /// @param settings by our names, secrets among them; those that are not told are left out
    /// @param hidden names of secrets, ours, of which only a row of asterisks is there
    /// @param unknown names of fields that have no like here
    /// @param notes what else is to be known, in words
    public record Ours(
            String kind, Map<String, String> settings, List<String> hidden, List<String> unknown, List<String> notes) {
        /// Leaves the settings out.
        @Override
        public String toString() {
            return "Ours[%s, %s]".formatted(kind, settings.keySet());
        }
    }

    /// Reads an account in any of the forms that there have been: `{type, ...}`; `{provider: {type, ...}}`;
    /// or `{provider, attributes}`.
    ///
    /// @throws RefusedException if it is none of them
    public static TrueNasAccount read(JsonValue.Members given) {
        JsonValue provider = given.get(PROVIDER).orElse(new JsonValue.Null());
        if (provider instanceof JsonValue.Members inner) {
            return read(inner);
        }
        if (!Shapes.text(given, TYPE).isEmpty()) {
            return new TrueNasAccount(Shapes.text(given, TYPE), given.without(TYPE));
        }
        if (provider instanceof JsonValue.Text(String type)) {
            // Where only asterisks may be seen, they stand for all attributes at once.
            return new TrueNasAccount(type, Shapes.object(given, "attributes").orElse(JsonValue.Members.EMPTY));
        }
        throw new RefusedException("Want an account with 'type', or with 'provider' and 'attributes'");
    }

    /// What it is here.
    ///
    /// @throws UnknownKindException if no storage here is of its kind, in words
    public Ours ours(Kinds kinds) {
        String kind = kind(kinds);
        Map<String, Setting> known = kinds.settings(kind);
        Map<String, String> settings = new LinkedHashMap<>();
        List<String> hidden = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        boolean buckets = kind.equals("s3");
        fields.members().forEach((name, value) -> {
            String ours = name.replace('_', '-');
            Optional<String> text = Shapes.plain(value).filter(one -> !one.isEmpty());
            if (text.isEmpty() || (buckets && (NEEDLESS.contains(name) || name.equals(PROVIDER)))) {
                return;
            }
            if (!known.containsKey(ours)) {
                unknown.add(name);
            } else if (text.orElseThrow().equals(TaskJson.HIDDEN)) {
                hidden.add(ours);
            } else {
                settings.put(ours, text.orElseThrow());
            }
        });
        if (buckets) {
            completeBuckets(settings, notes);
        }
        return new Ours(kind, settings, hidden, unknown, notes);
    }

    private String kind(Kinds kinds) {
        Optional<TrueNasProvider> provider = TrueNasProvider.of(type);
        if (provider.isEmpty()) {
            String ours = type.toLowerCase(Locale.ROOT).replace('_', '-');
            if (kinds.keys().contains(ours)
                    && ours.toUpperCase(Locale.ROOT).replace('-', '_').equals(type)) {
                return ours;
            }
            throw new UnknownKindException(
                    switch (type) {
                        case "AMAZON_CLOUD_DRIVE" -> "Amazon Cloud Drive has ended: there is nothing to connect to";
                        case "MEGA" -> "MEGA (MEGA) is no kind of storage here, nor in TrueNAS any more";
                        default -> "Want a type of account that is known but have '%s'".formatted(type);
                    });
        }
        TrueNasProvider there = provider.orElseThrow();
        if (there.kind().isEmpty()) {
            throw new UnknownKindException("%s has ended: there is nothing to connect to".formatted(there.title()));
        }
        if (!kinds.keys().contains(there.kind())) {
            throw new UnknownKindException("%s (%s) is no kind of storage here yet. There are: %s"
                    .formatted(there.title(), type, String.join(", ", kinds.keys())));
        }
        return there.kind();
    }

    private void completeBuckets(Map<String, String> settings, List<String> notes) {
        if (type.equals(TrueNasProvider.STORJ_IX.name())) {
            settings.put(PROVIDER, STORJ);
            String endpoint = settings.getOrDefault(ENDPOINT, "");
            if (endpoint.isEmpty() || withoutSlash(endpoint).equals(STORJ_GATEWAY)) {
                settings.remove(ENDPOINT);
            }
            return;
        }
        // TrueNAS takes the names from rclone.
        String server = Shapes.text(fields, PROVIDER);
        Optional<String> family = RcloneWords.provider(server);
        if (family.isEmpty() && !server.isEmpty()) {
            notes.add("'provider' is not known here: the endpoint tells what to do");
        }
        family.filter(one -> !server.equalsIgnoreCase(OTHER)).ifPresent(one -> settings.put(PROVIDER, one));
        if (Shapes.isTrue(fields, SIGNATURES_V2)) {
            settings.put("signature", "v2");
        }
        if (Shapes.isFalse(fields, FORCE_PATH_STYLE)) {
            settings.put(PATH_STYLE, "off");
        }
        boolean scaleway = withoutSlash(settings.getOrDefault(ENDPOINT, "")).endsWith(".scw.cloud");
        long parts =
                Shapes.whole(fields, MAX_UPLOAD_PARTS).filter(one -> one > 0).orElse(USUAL_PARTS);
        long most = scaleway && parts == USUAL_PARTS ? SCALEWAY_PARTS : parts;
        if (most < USUAL_PARTS) {
            // Larger parts are fewer: the largest file stays as large as it was.
            settings.put(PART_SIZE, Long.toString(Math.min(5L << 30, USUAL_PART * USUAL_PARTS / most)));
        }
    }

    /// The same with everything said that it can say, so that it stands for the whole account.
    public TrueNasAccount whole(Kinds kinds) {
        Map<String, JsonValue> all = new LinkedHashMap<>();
        String kind = kind(kinds);
        if (kind.equals("s3")) {
            all.putAll(USUAL);
        } else {
            kinds.settings(kind).keySet().stream()
                    .filter(name -> !EncryptionSettings.isOne(name) && !name.equals(Places.ROOT_SETTING))
                    .forEach(name -> all.put(name.replace('-', '_'), JsonValue.of("")));
        }
        all.putAll(fields.members());
        return new TrueNasAccount(type, new JsonValue.Members(all));
    }

    /// Settings that a credential loses when it becomes this account: those of which it says something else now, and
    /// that have no value any more. What TrueNAS has no word for stays.
    ///
    /// @param ours what this account is here
    public Set<String> gone(Credential old, Ours ours) {
        JsonValue.Members shown = of(old, Map.of()).fields();
        Set<String> gone = new HashSet<>();
        fields.members().forEach((field, value) -> {
            boolean other = !shown.get(field).equals(Optional.of(value));
            if (other) {
                gone.add(SETTINGS.getOrDefault(field, field.replace('_', '-')));
            }
        });
        gone.removeIf(
                name -> !old.settings().containsKey(name) && !old.secrets().contains(name));
        gone.removeAll(ours.settings().keySet());
        ours.hidden().forEach(gone::remove);
        return gone;
    }

    private static String withoutSlash(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    /// The account of a credential, in TrueNAS's words. A kind that TrueNAS does not have is called by its
    /// key in capitals, as `LOCAL`.
    ///
    /// @param secrets those that are to be seen, by our names; for others that are set there are asterisks
    public static TrueNasAccount of(Credential credential, Map<String, String> secrets) {
        Map<String, String> settings = new LinkedHashMap<>(credential.settings());
        credential.secrets().forEach(name -> settings.put(name, secrets.getOrDefault(name, TaskJson.HIDDEN)));
        if (!credential.provider().equals("s3")) {
            Map<String, JsonValue> fields = new LinkedHashMap<>();
            settings.forEach((name, value) -> fields.put(name.replace('-', '_'), JsonValue.of(value)));
            String type = typeOf(credential);
            return new TrueNasAccount(type, Shapes.members(fields));
        }
        Map<String, JsonValue> fields = new LinkedHashMap<>();
        fields.put("access_key_id", JsonValue.of(settings.getOrDefault("access-key-id", "")));
        fields.put("secret_access_key", JsonValue.of(settings.getOrDefault("secret-access-key", "")));
        if (typeOf(credential).equals(TrueNasProvider.STORJ_IX.name())) {
            fields.put(ENDPOINT, JsonValue.of(settings.getOrDefault(ENDPOINT, STORJ_GATEWAY + "/")));
            return new TrueNasAccount(TrueNasProvider.STORJ_IX.name(), Shapes.members(fields));
        }
        fields.put(ENDPOINT, JsonValue.of(settings.getOrDefault(ENDPOINT, "")));
        fields.put(REGION, JsonValue.of(settings.getOrDefault(REGION, "")));
        fields.put("skip_region", JsonValue.of(false));
        fields.put(
                SIGNATURES_V2,
                JsonValue.of(settings.getOrDefault("signature", "v4").equals("v2")));
        fields.put(MAX_UPLOAD_PARTS, JsonValue.of(parts(settings)));
        fields.put(PROVIDER, JsonValue.of(RcloneWords.server(settings.getOrDefault(PROVIDER, ""))));
        fields.put(
                FORCE_PATH_STYLE,
                JsonValue.of(!settings.getOrDefault(PATH_STYLE, "auto").equals("off")));
        fields.put("sign_accept_encoding", JsonValue.of(true));
        return new TrueNasAccount(TrueNasProvider.S3.name(), Shapes.members(fields));
    }

    private static long parts(Map<String, String> settings) {
        String size = settings.getOrDefault(PART_SIZE, "");
        long bytes = size.matches("[1-9][0-9]{0,14}") ? Long.parseLong(size) : USUAL_PART;
        return Math.min(USUAL_PARTS, Math.max(1, USUAL_PART * USUAL_PARTS / bytes));
    }

    /// What TrueNAS calls the kind of a credential.
    public static String typeOf(Credential credential) {
        String kind = credential.provider();
        if (kind.equals("s3")) {
            boolean storj = credential.settings().getOrDefault(PROVIDER, "").equalsIgnoreCase(STORJ);
            return storj ? TrueNasProvider.STORJ_IX.name() : TrueNasProvider.S3.name();
        }
        for (TrueNasProvider provider : TrueNasProvider.values()) {
            if (provider.kind().equals(kind)) {
                return provider.name();
            }
        }
        return kind.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    /// As one object, its type in front.
    public JsonValue.Members json() {
        Map<String, JsonValue> all = new LinkedHashMap<>();
        all.put(TYPE, JsonValue.of(type));
        all.putAll(fields.members());
        return Shapes.members(all);
    }
}
