package io.skyferry.server.web.credentials;

import io.skyferry.probe.Finding;
import io.skyferry.probe.ProbeReport;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.StorageException;
import java.time.Instant;
import java.util.List;

/// What came of trying an account out.
///
/// @param works whether nothing was wrong
/// @param words in one sentence
/// @param next what to do; empty: nothing
/// @param findings one by one; none where it did not come so far
public record Verified(boolean works, String words, String next, List<Finding> findings, Instant at) {
    /// Makes the list unchangeable.
    public Verified {
        findings = List.copyOf(findings);
    }

    static Verified of(ProbeReport report, Instant at) {
        if (report.isRight()) {
            return new Verified(true, "The account works.", "", report.findings(), at);
        }
        boolean list = report.wrong().stream().anyMatch(one -> one.what().equals("list"));
        return new Verified(
                false,
                list ? "The account cannot be looked into." : "The account answers, but not everything works.",
                list
                        ? "Check the keys or the password, the endpoint, and that the account may list this place."
                        : "Read below what does not work: a task that needs it will fail.",
                report.findings(),
                at);
    }

    /// Where it did not even begin.
    static Verified of(RuntimeException failure, Instant at) {
        String next = failure instanceof StorageException storage
                ? next(storage.kind())
                : "Correct the settings and verify again.";
        return new Verified(false, String.valueOf(failure.getMessage()), next, List.of(), at);
    }

    private static String next(ErrorKind kind) {
        return switch (kind) {
            case UNAUTHENTICATED -> "Enter the keys or the password anew: the account does not take these.";
            case FORBIDDEN -> "Give the account the right to list this place, or use other keys.";
            case NOT_FOUND, NOT_A_DIRECTORY -> "Check the name of the bucket or folder.";
            case UNAVAILABLE, TIMEOUT, RATE_LIMITED ->
                "Check the endpoint and the way to it, then verify again: it did not answer as it should.";
            case MISCONFIGURED, UNSUPPORTED -> "Correct the settings and verify again.";
            case QUOTA_EXCEEDED -> "Make space at the account, or give it more.";
            case ALREADY_EXISTS,
                    NOT_A_FILE,
                    DIRECTORY_NOT_EMPTY,
                    PRECONDITION_FAILED,
                    NAME_REJECTED,
                    TOO_LARGE,
                    CONTENT_REJECTED,
                    ARCHIVED,
                    SOURCE_FAILED,
                    CORRUPT,
                    UNEXPECTED -> "Verify again. If it stays so, the service's log has more.";
        };
    }
}
