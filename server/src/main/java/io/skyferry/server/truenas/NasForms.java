package io.skyferry.server.truenas;

import io.skyferry.control.credential.Kinds;
import io.skyferry.control.exchange.TrueNasAccount;
import io.skyferry.control.exchange.TrueNasProvider;
import io.skyferry.control.exchange.UnknownKindException;
import io.skyferry.control.json.JsonValue;
import io.skyferry.control.run.Places;
import io.skyferry.control.run.RefusedException;
import io.skyferry.control.task.FieldError;
import io.skyferry.control.task.InvalidException;
import io.skyferry.control.task.TaskJson;
import io.skyferry.storage.StorageProvider.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What must hold of an account that a client describes, field by field.
///
/// Source: TrueNAS's models of cloud credentials: types are strict, keys that are not known are refused.
final class NasForms {
    private static final String ENDPOINT = "endpoint";
    private static final String REGION = "region";
    private static final List<String> KEYS = List.of("access_key_id", "secret_access_key");
    private static final Set<String> TRUTHS =
            Set.of("skip_region", "signatures_v2", "force_path_style", "sign_accept_encoding");
    private static final Set<String> NUMBERS = Set.of("max_upload_parts");

    private final Kinds kinds;

    NasForms(Kinds kinds) {
        this.kinds = kinds;
    }

    /// The account in our terms.
    ///
    /// @param field under which it was given
    /// @throws InvalidException naming each field that is wrong
    TrueNasAccount.Ours checked(JsonValue.Members given, String field) {
        TrueNasAccount account;
        TrueNasAccount.Ours ours;
        try {
            account = TrueNasAccount.read(given);
            ours = account.ours(kinds);
        } catch (RefusedException | UnknownKindException refused) {
            var invalid = new InvalidException(field, String.valueOf(refused.getMessage()));
            invalid.initCause(refused);
            throw invalid;
        }
        List<FieldError> errors = new ArrayList<>();
        String prefix = field + ".";
        if (ours.kind().equals("s3")) {
            checkBuckets(account, prefix, errors);
        }
        ours.unknown().forEach(name -> errors.add(new FieldError(prefix + name, "Extra inputs are not permitted")));
        ours.settings()
                .forEach((name, value) -> kinds.setting(ours.kind(), name)
                        .fault(value)
                        .ifPresent(fault -> errors.add(new FieldError(prefix + name.replace('-', '_'), fault))));
        kinds.settings(ours.kind()).values().stream()
                .filter(Setting::required)
                .map(Setting::name)
                .filter(name -> !name.equals(Places.ROOT_SETTING)
                        && !ours.settings().containsKey(name)
                        && !ours.hidden().contains(name))
                .forEach(name -> errors.add(new FieldError(prefix + name.replace('-', '_'), "Field required")));
        if (!errors.isEmpty()) {
            throw new InvalidException(errors);
        }
        return ours;
    }

    private static void checkBuckets(TrueNasAccount account, String prefix, List<FieldError> errors) {
        for (String key : KEYS) {
            Optional<JsonValue> value = account.fields().get(key);
            if (value.isEmpty()) {
                errors.add(new FieldError(prefix + key, "Field required"));
            } else if (value.orElseThrow().equals(JsonValue.of(""))) {
                errors.add(new FieldError(prefix + key, "String should have at least 1 character"));
            }
        }
        account.fields().members().forEach((name, value) -> {
            if (!value.equals(JsonValue.of(TaskJson.HIDDEN))) {
                fault(name, value).ifPresent(fault -> errors.add(new FieldError(prefix + name, fault)));
            }
        });
        boolean storj = account.type().equals(TrueNasProvider.STORJ_IX.name());
        if (account.fields().get(ENDPOINT).orElse(new JsonValue.Null()) instanceof JsonValue.Text(String url)
                && !url.isEmpty()
                && !url.matches(storj ? "https://[^/].*" : "https?://[^/].*")) {
            errors.add(new FieldError(prefix + ENDPOINT, "Input should be a valid URL"));
        }
    }

    private static Optional<String> fault(String name, JsonValue value) {
        if (TRUTHS.contains(name)) {
            return value instanceof JsonValue.Truth ? Optional.empty() : Optional.of("Input should be a valid boolean");
        }
        if (NUMBERS.contains(name)) {
            boolean whole = value instanceof JsonValue.Numeral number && number.isWhole();
            return whole ? Optional.empty() : Optional.of("Input should be a valid integer");
        }
        // Old rows have no region.
        boolean right = value instanceof JsonValue.Text || (value instanceof JsonValue.Null && name.equals(REGION));
        return right ? Optional.empty() : Optional.of("Input should be a valid string");
    }
}
