package io.skyferry.simulators.s3;

/// A request that is refused.
final class S3Problem extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final String code;

    S3Problem(int status, String code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    static S3Problem noSuchKey() {
        return new S3Problem(404, "NoSuchKey", "The specified key does not exist.");
    }

    static S3Problem invalid(String message) {
        return new S3Problem(400, "InvalidArgument", message);
    }

    static S3Problem preconditionFailed() {
        return new S3Problem(
                412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold");
    }
}
