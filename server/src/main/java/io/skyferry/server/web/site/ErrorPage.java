package io.skyferry.server.web.site;

/// What is shown when a page could not be: what happened, and what to do next.
///
/// @param next a sentence
public record ErrorPage(int status, String title, String message, String next) {
    static ErrorPage of(int status, String message) {
        return switch (status) {
            case 401 -> new ErrorPage(status, "Log in first", message, "Log in, and you come back to where you were.");
            case 403 ->
                new ErrorPage(
                        status,
                        "This is not allowed",
                        message,
                        "If you need it, ask an admin for another role. If you were away for long, load the page again and"
                                + " repeat what you did.");
            case 404 ->
                new ErrorPage(
                        status,
                        "This is not here",
                        message,
                        "It may have been deleted, or the address may be mistyped. The dashboard leads to everything that"
                                + " is there.");
            case 400, 409, 422 ->
                new ErrorPage(
                        status, "This cannot be done now", message, "Go back, change what is named, and try again.");
            case 413 ->
                new ErrorPage(status, "This is too much", message, "Send less at once: at most 1 MiB is taken.");
            case 429 -> new ErrorPage(status, "Wait a little", message, "Wait as long as it says, then try again.");
            case 502 ->
                new ErrorPage(
                        status,
                        "The storage did not answer as hoped",
                        message,
                        "Check the credential with Verify Credential, and whether the provider can be reached from this"
                                + " machine.");
            case 503 ->
                new ErrorPage(
                        status,
                        "Not now",
                        message,
                        "Load the page again in a moment. If it stays so, look at the service's own log.");
            default ->
                new ErrorPage(
                        status,
                        "Something went wrong in Skyferry",
                        message,
                        "Load the page again. If it happens twice, the service's own log has what to report.");
        };
    }
}
