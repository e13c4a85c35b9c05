package io.skyferry.server.truenas;

import io.skyferry.control.json.JsonValue;
import io.skyferry.control.run.RefusedException;
import io.skyferry.control.store.StoreException;
import io.skyferry.control.task.FieldError;
import io.skyferry.control.task.ForbiddenException;
import io.skyferry.control.task.InvalidException;
import io.skyferry.control.task.NotFoundException;
import io.skyferry.control.vault.VaultException;
import io.skyferry.server.truenas.CallException.Errno;
import io.skyferry.storage.StorageException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What went wrong with a call, as all three protocols tell it.
///
/// @param errors what is wrong with what was given, field by field; empty: something else went wrong
record Failure(Errno errno, String reason, JsonValue extra, List<FieldError> errors) {
    private static final int INVALID_PARAMS = -32602;
    private static final int CALL_ERROR = -32001;

    /// What nobody expected is told without its message, which might tell too much.
    private static final Failure FAULT = plain(Errno.EFAULT, "A fault of Skyferry itself: the service's log has more");

    /// The failure behind an exception.
    static Failure of(Exception failure) {
        String message = String.valueOf(failure.getMessage());
        return switch (failure) {
            case InvalidException invalid -> new Failure(Errno.EINVAL, message, new JsonValue.Null(), invalid.errors());
            case CallException call -> new Failure(call.errno(), message, call.extra(), List.of());
            case NotFoundException _ -> plain(Errno.ENOENT, message);
            case ForbiddenException _ -> plain(Errno.EACCES, message);
            case RefusedException _, VaultException _, StoreException _, StorageException _ ->
                plain(Errno.EFAULT, message);
            default -> FAULT;
        };
    }

    private static Failure plain(Errno errno, String message) {
        return new Failure(errno, message, new JsonValue.Null(), List.of());
    }

    /// The same, noted in the log.
    static Failure logged(Exception failure, System.Logger log) {
        Failure told = of(failure);
        log.log(told.isFault() ? System.Logger.Level.ERROR : System.Logger.Level.DEBUG, "A call failed", failure);
        return told;
    }

    /// Whether nobody but Skyferry is to blame.
    boolean isFault() {
        return equals(FAULT);
    }

    /// Every error as `[attribute, message, number]`; else what was said besides.
    JsonValue told() {
        if (errors.isEmpty()) {
            return extra;
        }
        return new JsonValue.Array(errors.stream()
                .<JsonValue>map(one -> new JsonValue.Array(List.of(
                        JsonValue.of(one.path()), JsonValue.of(one.message()), JsonValue.of(Errno.EINVAL.number()))))
                .toList());
    }

    /// As clients print it.
    String words() {
        return "[%s] %s".formatted(errno.name(), reason);
    }

    /// The `error` of a JSON-RPC answer.
    JsonValue rpc() {
        Map<String, JsonValue> error = new LinkedHashMap<>();
        error.put("code", JsonValue.of(errors.isEmpty() ? CALL_ERROR : INVALID_PARAMS));
        error.put("message", JsonValue.of(errors.isEmpty() ? "Method call error" : "Invalid params"));
        error.put("data", data());
        return new JsonValue.Members(error);
    }

    private JsonValue data() {
        Map<String, JsonValue> data = new LinkedHashMap<>();
        data.put("error", JsonValue.of(errno.number()));
        data.put("errname", JsonValue.of(errno.name()));
        data.put("reason", JsonValue.of(words()));
        data.put("trace", new JsonValue.Null());
        data.put("extra", told());
        return new JsonValue.Members(data);
    }

    /// The `error` of an answer of the older protocol.
    JsonValue legacy() {
        Map<String, JsonValue> error = new LinkedHashMap<>();
        error.put("error", JsonValue.of(errno.number()));
        error.put("errname", JsonValue.of(errno.name()));
        error.put("type", errors.isEmpty() ? new JsonValue.Null() : JsonValue.of("VALIDATION"));
        error.put("reason", JsonValue.of(words()));
        error.put("trace", new JsonValue.Null());
        error.put("extra", told());
        return new JsonValue.Members(error);
    }
}
