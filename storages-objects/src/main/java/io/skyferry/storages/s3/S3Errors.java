package io.skyferry.storages.s3;

import io.skyferry.http.HttpException;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.StorageException.Effect;
import io.skyferry.storage.StorageException.Where;
import io.skyferry.storage.Verb;
import io.skyferry.storages.s3.wire.Failure;

/// Puts S3's error replies into our terms.
///
/// Source: "Error Responses" of the Amazon S3 API Reference, "List of error codes"; codes of MinIO, Ceph, Alibaba and
/// Tencent from their own lists.
final class S3Errors {
    private S3Errors() {}

    /// @param code the reply's `Code`, empty if the body was no error of S3: replies to HEAD have none
    static ErrorKind kindOf(int status, String code) {
        return switch (code) {
            case "NoSuchKey", "NoSuchVersion", "NoSuchUpload", "NoSuchObject" -> ErrorKind.NOT_FOUND;
            case "NoSuchBucket",
                    "InvalidBucketName",
                    "PermanentRedirect",
                    "TemporaryRedirect",
                    "IllegalLocationConstraintException",
                    "InvalidLocationConstraint",
                    "RequestTimeTooSkewed",
                    "InvalidStorageClass",
                    "InvalidEncryptionAlgorithmError",
                    "KMS.NotFoundException",
                    "KMS.DisabledException" -> ErrorKind.MISCONFIGURED;
            case "InvalidAccessKeyId",
                    "SignatureDoesNotMatch",
                    "AuthorizationHeaderMalformed",
                    "ExpiredToken",
                    "InvalidToken",
                    "TokenRefreshRequired",
                    "InvalidSecurity",
                    "MissingSecurityHeader",
                    "MissingAuthenticationToken",
                    "NotSignedUp",
                    "RequestExpired" -> ErrorKind.UNAUTHENTICATED;
            case "AccessDenied",
                    "AccountProblem",
                    "AllAccessDisabled",
                    "InvalidPayer",
                    "UserDisable",
                    "ObjectLocked",
                    "FileImmutable" -> ErrorKind.FORBIDDEN;
            case "InvalidObjectState", "ObjectNotInActiveTierError", "RestoreAlreadyInProgress" -> ErrorKind.ARCHIVED;
            case "BucketAlreadyExists", "BucketAlreadyOwnedByYou" -> ErrorKind.ALREADY_EXISTS;
            case "PreconditionFailed", "InvalidPart", "InvalidPartOrder", "EntityTooSmall", "InvalidRange" ->
                ErrorKind.PRECONDITION_FAILED;
            case "BadDigest",
                    "InvalidDigest",
                    "XAmzContentSHA256Mismatch",
                    "XAmzContentChecksumMismatch",
                    "IncompleteBody" -> ErrorKind.CORRUPT;
            case "EntityTooLarge" -> ErrorKind.TOO_LARGE;
            case "KeyTooLongError", "KeyTooLong", "InvalidURI", "InvalidObjectName", "XMinioInvalidObjectName" ->
                ErrorKind.NAME_REJECTED;
            case "SlowDown",
                    "SlowDownRead",
                    "SlowDownWrite",
                    "TooManyRequests",
                    "Throttling",
                    "ThrottlingException",
                    "RequestLimitExceeded",
                    "BandwidthLimitExceeded" -> ErrorKind.RATE_LIMITED;
            case "RequestTimeout" -> ErrorKind.TIMEOUT;
            case "ConditionalRequestConflict", "OperationAborted", "InternalError", "ServiceUnavailable", "Busy" ->
                ErrorKind.UNAVAILABLE;
            case "QuotaExceeded", "InsufficientCapacity", "XMinioStorageFull", "InsufficientStorage" ->
                ErrorKind.QUOTA_EXCEEDED;
            case "NotImplemented", "MethodNotAllowed" -> ErrorKind.UNSUPPORTED;
            default -> kindOf(status);
        };
    }

    private static ErrorKind kindOf(int status) {
        return switch (status) {
            case 401 -> ErrorKind.UNAUTHENTICATED;
            case 403 -> ErrorKind.FORBIDDEN;
            case 404 -> ErrorKind.NOT_FOUND;
            case 405, 501 -> ErrorKind.UNSUPPORTED;
            case 408 -> ErrorKind.TIMEOUT;
            case 409 -> ErrorKind.UNAVAILABLE;
            case 412, 416 -> ErrorKind.PRECONDITION_FAILED;
            case 413 -> ErrorKind.TOO_LARGE;
            case 429 -> ErrorKind.RATE_LIMITED;
            case 500, 502, 503, 504 -> ErrorKind.UNAVAILABLE;
            case 301, 302, 307, 308 -> ErrorKind.MISCONFIGURED;
            case 507 -> ErrorKind.QUOTA_EXCEEDED;
            default -> ErrorKind.UNEXPECTED;
        };
    }

    /// A reply that says yes and tells an error: of what its status promised, nothing holds.
    static StorageException behindYes(Failure failure, Where where) {
        return of(500, 200, failure, where);
    }

    /// A reply that says no.
    static StorageException of(int status, Failure failure, Where where) {
        return of(status, status, failure, where);
    }

    private static StorageException of(int status, int answered, Failure failure, Where where) {
        ErrorKind kind = failure.code().equals("NoSuchBucket") && looks(where.verb())
                ? ErrorKind.NOT_FOUND
                : kindOf(status, failure.code());
        String words = words(answered, kind, failure);
        // Whoever asks for fewer requests did not serve this one, whatever the status.
        return kind == ErrorKind.RATE_LIMITED || changesNothing(status, where.verb())
                ? StorageException.noEffect(kind, where, words)
                : StorageException.unknownEffect(kind, where, words);
    }

    /// Servers fail with 500 after the work is done; what they refuse they did not do.
    private static boolean changesNothing(int status, Verb verb) {
        return looks(verb) || (status >= 300 && status < 500 && status != 408);
    }

    private static boolean looks(Verb verb) {
        return switch (verb) {
            case LIST, STAT, READ, LIST_PARTS, LIST_UPLOADS, VERSIONS, PROMISE, QUOTA, CHANGES -> true;
            case WRITE,
                    BEGIN_UPLOAD,
                    PUT_PART,
                    FINISH_UPLOAD,
                    ABANDON_UPLOAD,
                    ABANDON_PENDING,
                    COPY,
                    MOVE,
                    DELETE,
                    DELETE_ALL,
                    MAKE_DIRECTORY,
                    REMOVE_DIRECTORY,
                    SET_MOD_TIME,
                    FLUSH -> false;
        };
    }

    private static String words(int status, ErrorKind kind, Failure failure) {
        String told = failure.code().isEmpty()
                ? "The server answered %s".formatted(status)
                : "The server answered %s %s: %s".formatted(status, failure.code(), failure.message());
        return switch (kind) {
            case ARCHIVED -> "It lies in an archive and must be restored before it can be read";
            case UNAUTHENTICATED -> "The key was not let in. " + told;
            case RATE_LIMITED -> "The server asks for fewer requests. " + told;
            default -> told;
        };
    }

    /// No reply at all.
    static StorageException of(HttpException failure, Where where) {
        ErrorKind kind = switch (failure.kind()) {
            case UNREACHABLE, BROKEN, MALFORMED -> ErrorKind.UNAVAILABLE;
            case PROXY_REFUSED, UNTRUSTED -> ErrorKind.MISCONFIGURED;
            case TIMEOUT -> ErrorKind.TIMEOUT;
            case SOURCE_FAILED -> ErrorKind.SOURCE_FAILED;
        };
        String words = String.valueOf(failure.getMessage());
        boolean nothing = failure.effect() == Effect.NONE || changesNothing(0, where.verb());
        StorageException ours = nothing
                ? StorageException.noEffect(kind, where, words)
                : StorageException.unknownEffect(kind, where, words);
        Throwable cause = kind == ErrorKind.SOURCE_FAILED ? failure.getCause() : failure;
        return ours.causedBy(cause == null ? failure : cause);
    }
}
