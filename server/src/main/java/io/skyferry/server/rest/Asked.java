package io.skyferry.server.rest;

import io.javalin.http.Context;
import io.skyferry.control.audit.Caller;
import io.skyferry.control.json.JsonValue;
import io.skyferry.control.run.RefusedException;
import io.skyferry.control.task.InvalidException;
import io.skyferry.control.task.NotFoundException;
import io.skyferry.server.access.AccessException;
import java.util.Optional;

/// A request, as routes see it.
final class Asked {
    private static final int MOST_ROWS = 1000;
    private static final int MOST_BODY = 1024 * 1024;
    private final Context context;
    private final Caller caller;

    Asked(Context context, Caller caller) {
        this.context = context;
        this.caller = caller;
    }

    /// Who asks.
    Caller caller() {
        return caller;
    }

    /// The request itself, for the few routes that set cookies.
    Context context() {
        return context;
    }

    /// A parameter of the path.
    String path(String name) {
        return context.pathParam(name);
    }

    /// A number in the path.
    long number(String name) {
        String text = path(name);
        if (!text.matches("[0-9]{1,18}")) {
            throw new NotFoundException("Want a number but have '%s'".formatted(text));
        }
        return Long.parseLong(text);
    }

    /// A parameter of the query.
    Optional<String> query(String name) {
        return Optional.ofNullable(context.queryParam(name)).filter(text -> !text.isEmpty());
    }

    /// A number of the query.
    long query(String name, long usual) {
        String text = query(name).orElse(Long.toString(usual));
        if (!text.matches("[0-9]{1,18}")) {
            throw new RefusedException("Want a number for '%s' but have '%s'".formatted(name, text));
        }
        return Long.parseLong(text);
    }

    /// How many rows are wanted: `limit`, at most 1000.
    int limit() {
        long limit = query("limit", 100);
        if (limit < 1 || limit > MOST_ROWS) {
            throw new RefusedException("Want a limit from 1 to %s but have '%s'".formatted(MOST_ROWS, limit));
        }
        return (int) limit;
    }

    /// The body as an object.
    ///
    /// @throws InvalidException if it is none
    JsonValue.Members members() {
        // What does not say how large it is may be as large as the server takes at all.
        boolean unsaid = context.header("Transfer-Encoding") != null;
        if (unsaid || context.contentLength() > MOST_BODY) {
            throw AccessException.tooLarge("Want a body of at most %s bytes".formatted(MOST_BODY));
        }
        return large();
    }

    /// The same for bodies that may be larger than others.
    JsonValue.Members large() {
        String type = Optional.ofNullable(context.contentType()).orElse("");
        if (!type.startsWith("application/json")) {
            throw new InvalidException("", "Want a body of type application/json but have '%s'".formatted(type));
        }
        try {
            if (JsonValue.parse(context.body()) instanceof JsonValue.Members object) {
                return object;
            }
        } catch (IllegalArgumentException unreadable) {
            var invalid = new InvalidException("", String.valueOf(unreadable.getMessage()));
            invalid.initCause(unreadable);
            throw invalid;
        }
        throw new InvalidException("", "Want an object but have another value");
    }

    /// The body as a record.
    <R extends Record> R body(Class<R> type) {
        return Wire.read(members(), type);
    }
}
