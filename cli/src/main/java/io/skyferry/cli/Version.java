package io.skyferry.cli;

/// Which Skyferry this is.
final class Version {
    /// The version of the build, as the root pom says it.
    static final String TEXT = "0.1.0-SNAPSHOT";

    private Version() {}
}
