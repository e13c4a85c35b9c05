package io.skyferry.server.rest;

import io.skyferry.control.audit.Role;
import io.skyferry.control.json.JsonValue;
import io.skyferry.server.access.Faults;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Describes a table of routes.
///
/// Source: OpenAPI 3.1.
final class OpenApi {
    private static final Pattern PARAMETER = Pattern.compile("\\{([a-z_]+)}");

    private OpenApi() {}

    static JsonValue of(List<Route> routes, String version) {
        Map<String, JsonValue> paths = new LinkedHashMap<>();
        for (Route route : routes) {
            JsonValue.Members before =
                    paths.get(route.path()) instanceof JsonValue.Members known ? known : JsonValue.Members.EMPTY;
            paths.put(route.path(), before.with(route.method().name().toLowerCase(Locale.ROOT), operation(route)));
        }
        return JsonValue.Members.EMPTY
                .with("openapi", JsonValue.of("3.1.0"))
                .with(
                        "info",
                        JsonValue.Members.EMPTY
                                .with("title", JsonValue.of("Skyferry"))
                                .with("version", JsonValue.of(version)))
                .with("paths", new JsonValue.Members(paths))
                .with("components", JsonValue.Members.EMPTY.with("securitySchemes", schemes()))
                .with(
                        "security",
                        new JsonValue.Array(List.of(
                                JsonValue.Members.EMPTY.with("key", new JsonValue.Array(List.of())),
                                JsonValue.Members.EMPTY.with("session", new JsonValue.Array(List.of())))));
    }

    private static JsonValue schemes() {
        return JsonValue.Members.EMPTY
                .with(
                        "key",
                        JsonValue.Members.EMPTY
                                .with("type", JsonValue.of("http"))
                                .with("scheme", JsonValue.of("bearer")))
                .with(
                        "session",
                        JsonValue.Members.EMPTY
                                .with("type", JsonValue.of("apiKey"))
                                .with("in", JsonValue.of("cookie"))
                                .with("name", JsonValue.of("skyferry")));
    }

    private static JsonValue operation(Route route) {
        JsonValue.Members operation = JsonValue.Members.EMPTY
                .with("summary", JsonValue.of(route.summary()))
                .with("operationId", JsonValue.of(idOf(route)))
                .with("x-role", JsonValue.of(route.role().map(Role::name).orElse("ANYBODY")));
        List<JsonValue> parameters = new ArrayList<>();
        Matcher names = PARAMETER.matcher(route.path());
        while (names.find()) {
            parameters.add(JsonValue.Members.EMPTY
                    .with("name", JsonValue.of(names.group(1)))
                    .with("in", JsonValue.of("path"))
                    .with("required", JsonValue.of(true))
                    .with("schema", JsonValue.Members.EMPTY.with("type", JsonValue.of("string"))));
        }
        if (!parameters.isEmpty()) {
            operation = operation.with("parameters", new JsonValue.Array(parameters));
        }
        if (route.role().isEmpty()) {
            operation = operation.with("security", new JsonValue.Array(List.of()));
        }
        Optional<JsonValue> body = route.request().schema();
        if (body.isPresent()) {
            operation = operation.with(
                    "requestBody", content("application/json", body).with("required", JsonValue.of(true)));
        }
        return operation.with("responses", answers(route));
    }

    private static String idOf(Route route) {
        return route.method().name().toLowerCase(Locale.ROOT)
                + route.path().replaceAll("[^A-Za-z0-9]+", "_").replaceAll("_$", "");
    }

    private static JsonValue answers(Route route) {
        String type = route.answer() instanceof Shape.Plain(String other) ? other : "application/json";
        JsonValue fault = content("application/json", new Shape.Of(Faults.Fault.class).schema())
                .with("description", JsonValue.of("It was not done; the message says why"));
        return JsonValue.Members.EMPTY
                .with("200", content(type, route.answer().schema()).with("description", JsonValue.of("It was done")))
                .with("default", fault);
    }

    private static JsonValue.Members content(String type, Optional<JsonValue> schema) {
        JsonValue.Members media =
                schema.map(one -> JsonValue.Members.EMPTY.with("schema", one)).orElse(JsonValue.Members.EMPTY);
        return JsonValue.Members.EMPTY.with("content", JsonValue.Members.EMPTY.with(type, media));
    }
}
