package io.skyferry.server.access;

import io.skyferry.control.run.RefusedException;
import io.skyferry.control.store.StoreException;
import io.skyferry.control.task.FieldError;
import io.skyferry.control.task.ForbiddenException;
import io.skyferry.control.task.InvalidException;
import io.skyferry.control.task.NotFoundException;
import io.skyferry.control.vault.VaultException;
import io.skyferry.storage.StorageException;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// Puts what went wrong into a status and a body. The only place that knows which is which.
public final class Faults {
    private static final int MOST_FRAMES = 8;

    private Faults() {}

    /// What is answered.
    ///
    /// @param kind for programs
    /// @param message for people
    /// @param fields what was wrong with the body, member by member
    public record Fault(String kind, String message, List<FieldError> fields) {}

    /// A fault and its status.
    public record Answer(int status, Fault fault) {
        /// Without fields.
        public static Answer of(int status, String kind, String message) {
            return new Answer(status, new Fault(kind, message, List.of()));
        }
    }

    /// What is answered to a failure; what nobody expected is told without its message, which might tell too much.
    public static Answer of(Exception failure) {
        String message = String.valueOf(failure.getMessage());
        return switch (failure) {
            case AccessException access -> Answer.of(access.status(), access.kind(), message);
            case InvalidException invalid -> new Answer(422, new Fault("invalid", message, invalid.errors()));
            case NotFoundException _ -> Answer.of(404, "not_found", message);
            case ForbiddenException _ -> Answer.of(403, "forbidden", message);
            case RefusedException refused
            when !refused.fields().isEmpty() ->
                new Answer(
                        422, new Fault("invalid", message, FieldError.of(refused.fields(), UnaryOperator.identity())));
            case RefusedException _ -> Answer.of(400, "refused", message);
            case VaultException _ -> Answer.of(409, "locked", message);
            case StorageException storage ->
                Answer.of(
                        502, "storage", "%s: %s (%s)".formatted(storage.where().storage(), message, storage.kind()));
            case StoreException _ -> Answer.of(503, "database", message);
            default -> Answer.of(500, "fault", "A fault of Skyferry itself: the service's log has more");
        };
    }

    /// Where in Skyferry something failed that nobody expected, for the log.
    public static String whence(Exception failure) {
        return Arrays.stream(failure.getStackTrace())
                .filter(frame -> frame.getClassName().startsWith("io.skyferry."))
                .limit(MOST_FRAMES)
                .map(frame ->
                        " at %s.%s:%s".formatted(frame.getClassName(), frame.getMethodName(), frame.getLineNumber()))
                .collect(Collectors.joining());
    }
}
