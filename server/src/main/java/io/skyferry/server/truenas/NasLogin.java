package io.skyferry.server.truenas;

import io.skyferry.control.audit.Caller;
import io.skyferry.control.json.JsonValue;
import io.skyferry.control.task.InvalidException;
import io.skyferry.control.user.ApiKey;
import io.skyferry.control.user.ApiKeys;
import io.skyferry.control.user.Logins;
import io.skyferry.control.user.User;
import io.skyferry.server.ServerParts;
import io.skyferry.server.truenas.CallException.Errno;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Who is at the other end of one connection, and how they came in. One call at a time.
final class NasLogin {
    private static final int NONCE_BYTES = 24;
    private static final long USUAL_SECONDS = 600;
    private static final long MOST_SECONDS = 24 * 3600;
    private static final Duration GOOD_FOR = Duration.ofSeconds(5);
    private static final List<String> MECHANISMS = List.of("PASSWORD_PLAIN", "API_KEY_PLAIN", "SCRAM", "TOKEN_PLAIN");

    private final ServerParts parts;
    private final Tickets tickets;
    private final String address;
    private final Supplier<Optional<byte[]>> endPoint;
    private Optional<Caller> caller = Optional.empty();
    /// Whom the caller is known to be now; users are removed and keys taken back.
    private Supplier<Optional<Caller>> owner = Optional::empty;
    private Instant asked = Instant.MIN;
    private Optional<Scram> exchange = Optional.empty();
    private int refusals;

    NasLogin(ServerParts parts, Tickets tickets, String address, Supplier<Optional<byte[]>> endPoint) {
        this.parts = parts;
        this.tickets = tickets;
        this.address = address;
        this.endPoint = endPoint;
    }

    synchronized Optional<Caller> caller() {
        Instant now = parts.clock().instant();
        if (caller.isPresent() && !now.isBefore(asked.plus(GOOD_FOR))) {
            caller = owner.get();
            asked = now;
        }
        return caller;
    }

    /// How often somebody was not let in.
    synchronized int refusals() {
        return refusals;
    }

    /// Whether the method is about who is at the other end.
    static boolean isMine(String method) {
        return method.startsWith("auth.");
    }

    /// Answers a method about the login.
    synchronized JsonValue call(String method, List<JsonValue> params) {
        return switch (method) {
            case "auth.mechanism_choices" -> JsonValue.of(MECHANISMS);
            case "auth.login" -> JsonValue.of(password(text(params, 0), text(params, 1)));
            case "auth.login_with_api_key" -> JsonValue.of(apiKey(text(params, 0), ""));
            case "auth.login_with_token" -> JsonValue.of(token(text(params, 0)));
            case "auth.login_ex" -> extended(params);
            case "auth.login_ex_continue" -> response("AUTH_ERR");
            case "auth.logout" -> {
                caller = Optional.empty();
                owner = Optional::empty;
                yield JsonValue.of(true);
            }
            case "auth.me" -> me(known());
            case "auth.generate_token" -> JsonValue.of(pass(params));
            default -> throw new CallException(Errno.ENOMETHOD, "Method '%s' not found".formatted(method));
        };
    }

    private Caller known() {
        return caller().orElseThrow(() -> new CallException(Errno.ENOTAUTHENTICATED, "Not authenticated"));
    }

    private static String text(List<JsonValue> params, int index) {
        return index < params.size() && params.get(index) instanceof JsonValue.Text(String value) ? value : "";
    }

    private boolean password(String name, String password) {
        return switch (parts.logins().tryPassword(name, password, address)) {
            case Logins.Verdict.Welcome(User user) ->
                entered(user, () -> parts.users().find(user.name()).filter(one -> one.id() == user.id()));
            case Logins.Verdict.Wrong(), Logins.Verdict.TooMany _ -> refused();
        };
    }

    private boolean entered(User user, Supplier<Optional<User>> still) {
        owner = () -> still.get().map(one -> one.from(address));
        caller = Optional.of(user.from(address));
        asked = parts.clock().instant();
        return true;
    }

    private boolean refused() {
        refusals++;
        return false;
    }

    /// @param name whose key it has to be; empty: anybody's
    private boolean apiKey(String key, String name) {
        Optional<User> user = parts.keys()
                .userOf(key)
                .filter(one -> name.isEmpty() || one.name().equals(name));
        return user.isPresent() ? entered(user.orElseThrow(), () -> parts.keys().userOf(key)) : refused();
    }

    private boolean token(String token) {
        Optional<Supplier<Optional<Caller>>> known = tickets.owner(token, address);
        Optional<Caller> now = known.flatMap(Supplier::get);
        if (now.isEmpty()) {
            return refused();
        }
        owner = known.orElseThrow();
        caller = now;
        asked = parts.clock().instant();
        return true;
    }

    /// `[seconds, attributes, only from this address, only once]`.
    private String pass(List<JsonValue> params) {
        known();
        long seconds = !params.isEmpty() && params.getFirst() instanceof JsonValue.Numeral number && number.isWhole()
                ? number.value().longValueExact()
                : USUAL_SECONDS;
        if (seconds < 1 || seconds > MOST_SECONDS) {
            throw new InvalidException("ttl", "Want 1 to %s seconds".formatted(MOST_SECONDS));
        }
        return tickets.pass(
                owner,
                Duration.ofSeconds(seconds),
                isTrue(params, 2) ? address : "",
                isTrue(params, 3) ? Tickets.Uses.ONE : Tickets.Uses.ANY);
    }

    private static boolean isTrue(List<JsonValue> params, int index) {
        return index < params.size() && params.get(index).equals(JsonValue.of(true));
    }

    private JsonValue extended(List<JsonValue> params) {
        JsonValue.Members given = !params.isEmpty() && params.getFirst() instanceof JsonValue.Members members
                ? members
                : JsonValue.Members.EMPTY;
        return switch (field(given, "mechanism")) {
            case "PASSWORD_PLAIN" -> outcome(password(field(given, "username"), field(given, "password")));
            case "API_KEY_PLAIN" -> outcome(apiKey(field(given, "api_key"), field(given, "username")));
            case "TOKEN_PLAIN" -> outcome(token(field(given, "token")));
            case "SCRAM" -> scram(field(given, "scram_type"), field(given, "rfc_str"));
            default -> {
                refusals++;
                yield response("AUTH_ERR");
            }
        };
    }

    private static String field(JsonValue.Members given, String name) {
        return given.get(name).orElse(new JsonValue.Null()) instanceof JsonValue.Text(String value) ? value : "";
    }

    private JsonValue outcome(boolean entered) {
        return entered ? success(Map.of()) : response("AUTH_ERR");
    }

    private static JsonValue response(String type) {
        return new JsonValue.Members(Map.of("response_type", JsonValue.of(type)));
    }

    private JsonValue success(Map<String, JsonValue> more) {
        Map<String, JsonValue> answer = new LinkedHashMap<>();
        answer.put("response_type", JsonValue.of("SUCCESS"));
        answer.put("user_info", me(known()));
        answer.put("authenticator", JsonValue.of("LEVEL_1"));
        answer.putAll(more);
        return new JsonValue.Members(answer);
    }

    private JsonValue scram(String type, String message) {
        if (type.equals("CLIENT_FIRST_MESSAGE")) {
            byte[] nonce = new byte[NONCE_BYTES];
            new SecureRandom().nextBytes(nonce);
            exchange = Scram.begun(message, parts.keys(), Base64.getEncoder().encodeToString(nonce), endPoint.get());
            if (exchange.isPresent()) {
                return scramResponse(
                        "SCRAM_RESPONSE",
                        "SERVER_FIRST_RESPONSE",
                        exchange.orElseThrow().serverFirst());
            }
        }
        if (type.equals("CLIENT_FINAL_MESSAGE")) {
            Optional<Scram.Proven> proven = exchange.flatMap(one -> one.proven(message));
            exchange = Optional.empty();
            if (proven.isPresent()) {
                ApiKey key = proven.orElseThrow().known().key();
                parts.keys().used(key);
                entered(
                        proven.orElseThrow().user(),
                        () -> parts.keys().find(key.id()).map(ApiKeys.Known::user));
                return scramResponse(
                        "SCRAM_RESPONSE",
                        "SERVER_FINAL_RESPONSE",
                        proven.orElseThrow().serverFinal());
            }
        }
        refusals++;
        return response("AUTH_ERR");
    }

    private static JsonValue scramResponse(String response, String type, String message) {
        Map<String, JsonValue> answer = new LinkedHashMap<>();
        answer.put("response_type", JsonValue.of(response));
        answer.put("scram_type", JsonValue.of(type));
        answer.put("rfc_str", JsonValue.of(message));
        return new JsonValue.Members(answer);
    }

    private static JsonValue me(Caller caller) {
        Map<String, JsonValue> me = new LinkedHashMap<>();
        me.put("pw_name", JsonValue.of(caller.name()));
        List<String> roles = switch (caller.role()) {
            case ADMIN -> List.of("FULL_ADMIN");
            case OPERATOR -> List.of("CLOUD_SYNC_WRITE", "CLOUD_SYNC_READ");
            case READER -> List.of("CLOUD_SYNC_READ");
        };
        me.put("privilege", new JsonValue.Members(Map.of("roles", JsonValue.of(roles))));
        me.put("account_attributes", JsonValue.of(List.of("LOCAL")));
        return new JsonValue.Members(me);
    }
}
