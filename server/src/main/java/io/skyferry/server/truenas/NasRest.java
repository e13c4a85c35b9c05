package io.skyferry.server.truenas;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.skyferry.control.audit.Caller;
import io.skyferry.control.json.JsonValue;
import io.skyferry.control.task.FieldError;
import io.skyferry.control.task.InvalidException;
import io.skyferry.control.user.Logins;
import io.skyferry.control.user.User;
import io.skyferry.server.ServerParts;
import io.skyferry.server.truenas.CallException.Errno;
import io.skyferry.server.truenas.NasAccounts.Form;
import io.skyferry.server.truenas.NasMethods.Answer;
import io.skyferry.server.truenas.NasMethods.Call;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// REST v2.0 over the methods, as TrueNAS derives it from them.
final class NasRest {
    private static final System.Logger LOG = System.getLogger(NasRest.class.getName());
    private static final String BASE = "/api/v2.0";
    private static final String BASIC = "Basic ";
    private static final String BEARER = "Bearer ";
    private static final Set<String> OPERATORS =
            Set.of("gt", "gte", "lt", "lte", "in", "nin", "rin", "startswith", "endswith", "regex", "ne", "eq");

    private final ServerParts parts;
    private final NasMethods methods;

    NasRest(ServerParts parts, NasMethods methods) {
        this.parts = parts;
        this.methods = methods;
    }

    /// Makes the parameters of a method of what was asked.
    @FunctionalInterface
    private interface Reading {
        List<JsonValue> of(Context context);
    }

    void bind(RoutesConfig config) {
        for (String service : List.of("cloudsync", "cloudsync/credentials")) {
            String name = service.replace('/', '.');
            String path = "/" + service;
            bind(config, HandlerType.GET, path, name + ".query", NasRest::query);
            bind(config, HandlerType.POST, path, name + ".create", context -> List.of(body(context)));
            bind(config, HandlerType.GET, path + "/id/{id}", name + ".get_instance", context -> List.of(id(context)));
            bind(
                    config,
                    HandlerType.PUT,
                    path + "/id/{id}",
                    name + ".update",
                    context -> List.of(id(context), body(context)));
            bind(config, HandlerType.DELETE, path + "/id/{id}", name + ".delete", context -> List.of(id(context)));
        }
        bind(
                config,
                HandlerType.POST,
                "/cloudsync/id/{id}/sync",
                "cloudsync.sync",
                context -> List.of(id(context), bodyOr(context, JsonValue.Members.EMPTY)));
        bind(config, HandlerType.POST, "/cloudsync/id/{id}/abort", "cloudsync.abort", context -> List.of(id(context)));
        bind(
                config,
                HandlerType.POST,
                "/cloudsync/id/{id}/restore",
                "cloudsync.restore",
                context -> List.of(id(context), body(context)));
        bind(
                config,
                HandlerType.POST,
                "/cloudsync/sync_onetime",
                "cloudsync.sync_onetime",
                context -> List.of(
                        inside(context, "cloud_sync_sync_onetime"),
                        inside(context, "cloud_sync_sync_onetime_options")));
        bind(
                config,
                HandlerType.POST,
                "/cloudsync/list_buckets",
                "cloudsync.list_buckets",
                context -> List.of(body(context)));
        bind(
                config,
                HandlerType.POST,
                "/cloudsync/create_bucket",
                "cloudsync.create_bucket",
                context -> List.of(inside(context, "credentials_id"), inside(context, "name")));
        bind(
                config,
                HandlerType.POST,
                "/cloudsync/list_directory",
                "cloudsync.list_directory",
                context -> List.of(body(context)));
        bind(config, HandlerType.GET, "/cloudsync/providers", "cloudsync.providers", _ -> List.of());
        bind(
                config,
                HandlerType.POST,
                "/cloudsync/onedrive_list_drives",
                "cloudsync.onedrive_list_drives",
                context -> List.of(body(context)));
        bind(
                config,
                HandlerType.POST,
                "/cloudsync/credentials/verify",
                "cloudsync.credentials.verify",
                context -> List.of(body(context)));
        bind(config, HandlerType.GET, "/core/get_jobs", "core.get_jobs", NasRest::query);
        bind(config, HandlerType.GET, "/core/ping", "core.ping", _ -> List.of());
        bind(config, HandlerType.POST, "/core/job_wait", "core.job_wait", context -> List.of(body(context)));
        bind(
                config,
                HandlerType.POST,
                "/core/job_download_logs",
                "core.job_download_logs",
                context -> List.of(inside(context, "id"), inside(context, "filename")));
        bind(
                config,
                HandlerType.POST,
                "/core/download",
                "core.download",
                context -> List.of(inside(context, "method"), inside(context, "args"), inside(context, "filename")));
        bind(config, HandlerType.POST, "/core/job_abort", "core.job_abort", context -> List.of(body(context)));
    }

    private void bind(RoutesConfig config, HandlerType verb, String path, String method, Reading reading) {
        config.addHttpHandler(verb, BASE + path, context -> answer(context, method, reading));
    }

    private void answer(Context context, String method, Reading reading) {
        context.contentType("application/json");
        Optional<Caller> caller = caller(context);
        if (caller.isEmpty()) {
            context.status(401)
                    .header("WWW-Authenticate", "Basic realm=\"Skyferry\"")
                    .result("");
            return;
        }
        try {
            Answer answer = methods.call(method, new Call(reading.of(context), caller.orElseThrow(), Form.NEW));
            JsonValue value = switch (answer) {
                case Answer.Now(JsonValue now) -> now;
                case Answer.Later(var run) -> JsonValue.of(run.id());
            };
            context.status(200).result(value.toString());
        } catch (MalformedException malformed) {
            context.status(400)
                    .result(message(String.valueOf(malformed.getMessage())).toString());
        } catch (RuntimeException failure) {
            tell(context, Failure.logged(failure, LOG));
        }
    }

    private static JsonValue message(String text) {
        return new JsonValue.Members(Map.of("message", JsonValue.of(text)));
    }

    private static void tell(Context context, Failure failure) {
        if (!failure.errors().isEmpty()) {
            Map<String, List<JsonValue>> byField = new LinkedHashMap<>();
            for (FieldError one : failure.errors()) {
                byField.computeIfAbsent(one.path(), _ -> new ArrayList<>()).add(error(one.message(), Errno.EINVAL));
            }
            Map<String, JsonValue> all = new LinkedHashMap<>();
            byField.forEach((field, errors) -> all.put(field, new JsonValue.Array(errors)));
            context.status(422).result(new JsonValue.Members(all).toString());
            return;
        }
        if (failure.isFault()) {
            Map<String, JsonValue> fault = new LinkedHashMap<>();
            fault.put("message", JsonValue.of(failure.reason()));
            fault.put("traceback", JsonValue.of(""));
            context.status(500).result(new JsonValue.Members(fault).toString());
            return;
        }
        int status = switch (failure.errno()) {
            case ENOENT -> 404;
            case EACCES -> 403;
            case ENOTAUTHENTICATED -> 401;
            case ENOMETHOD -> 404;
            case EFAULT, EBUSY, EEXIST, EINVAL, ECANCELED -> 422;
        };
        context.status(status).result(error(failure.reason(), failure.errno()).toString());
    }

    private static JsonValue error(String text, Errno errno) {
        Map<String, JsonValue> error = new LinkedHashMap<>();
        error.put("message", JsonValue.of(text));
        error.put("errno", JsonValue.of(errno.number()));
        return new JsonValue.Members(error);
    }

    /// Who asks, by password or API key.
    private Optional<Caller> caller(Context context) {
        String given = Optional.ofNullable(context.header("Authorization")).orElse("");
        if (given.startsWith(BEARER)) {
            return parts.keys().userOf(given.substring(BEARER.length()).strip()).map(user -> user.from(context.ip()));
        }
        if (!given.startsWith(BASIC)) {
            return Optional.empty();
        }
        String coded = given.substring(BASIC.length()).strip();
        if (!coded.matches("[A-Za-z0-9+/]*={0,2}") || coded.length() % 4 != 0) {
            return Optional.empty();
        }
        String pair = new String(Base64.getDecoder().decode(coded), StandardCharsets.UTF_8);
        int colon = pair.indexOf(':');
        if (colon < 0) {
            return Optional.empty();
        }
        return switch (parts.logins().tryPassword(pair.substring(0, colon), pair.substring(colon + 1), context.ip())) {
            case Logins.Verdict.Welcome(User user) -> Optional.of(user.from(context.ip()));
            case Logins.Verdict.Wrong(), Logins.Verdict.TooMany _ -> Optional.empty();
        };
    }

    /// What was asked cannot be read.
    private static final class MalformedException extends RuntimeException {
        private static final long serialVersionUID = 1;

        MalformedException(String message) {
            super(message);
        }
    }

    private static JsonValue id(Context context) {
        String text = context.pathParam("id");
        if (!text.matches("[0-9]{1,18}")) {
            throw new MalformedException("Want a number but have '%s'".formatted(text));
        }
        return JsonValue.of(Long.parseLong(text));
    }

    private static JsonValue body(Context context) {
        try {
            return JsonValue.parse(context.body());
        } catch (IllegalArgumentException unreadable) {
            var malformed = new MalformedException("Want JSON but have something else");
            malformed.initCause(unreadable);
            throw malformed;
        }
    }

    private static JsonValue bodyOr(Context context, JsonValue usual) {
        return context.body().isBlank() ? usual : body(context);
    }

    private static JsonValue inside(Context context, String name) {
        if (body(context) instanceof JsonValue.Members members) {
            return members.get(name).orElse(new JsonValue.Null());
        }
        throw new InvalidException(name, "Field required");
    }

    /// Filters and options of `field__op=value`, `limit`, `offset`, `sort` and `count`.
    private static List<JsonValue> query(Context context) {
        List<JsonValue> filters = new ArrayList<>();
        Map<String, JsonValue> options = new LinkedHashMap<>();
        context.queryParamMap().forEach((name, values) -> {
            String value = values.isEmpty() ? "" : values.getFirst();
            switch (name) {
                case "limit", "offset" -> options.put(name, typed(value));
                case "count" -> options.put(name, JsonValue.of(true));
                case "sort" -> options.put("order_by", JsonValue.of(List.of(value.split(",", -1))));
                default -> filters.add(filter(name, value));
            }
        });
        return List.of(new JsonValue.Array(filters), new JsonValue.Members(options));
    }

    private static JsonValue filter(String name, String value) {
        int cut = name.lastIndexOf("__");
        boolean has = cut > 0 && OPERATORS.contains(name.substring(cut + 2));
        String field = (has ? name.substring(0, cut) : name).replace("__", ".");
        String operator = has ? name.substring(cut + 2) : "eq";
        String sign = switch (operator) {
            case "gt" -> ">";
            case "gte" -> ">=";
            case "lt" -> "<";
            case "lte" -> "<=";
            case "ne" -> "!=";
            case "startswith" -> "^";
            case "endswith" -> "$";
            case "regex" -> "~";
            case "in", "nin", "rin" -> operator;
            default -> "=";
        };
        JsonValue wanted = List.of("in", "nin").contains(operator)
                ? new JsonValue.Array(List.of(value.split(",", -1)).stream()
                        .map(NasRest::typed)
                        .toList())
                : typed(value);
        return new JsonValue.Array(List.of(JsonValue.of(field), JsonValue.of(sign), wanted));
    }

    /// Numbers, truths and `null` are themselves; all else is text.
    private static JsonValue typed(String value) {
        return switch (value) {
            case "true", "True" -> JsonValue.of(true);
            case "false", "False" -> JsonValue.of(false);
            case "null", "None" -> new JsonValue.Null();
            default -> value.matches("-?[0-9]{1,18}") ? JsonValue.of(Long.parseLong(value)) : JsonValue.of(value);
        };
    }
}
